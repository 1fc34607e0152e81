"""Start the warm server, hand out its kernelspec, and take everything away again."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import TracebackType

from labkit.errors import LabkitError
from labkit.language import Text

KERNEL_NAME = "labkit-warm"
"""Name of the kernelspec; notebooks on disk keep ``python3``."""
STUB = Path(__file__).with_name("stub.py")
LONGEST_FOLDER = 80
SECONDS_TO_END = 10

_NOT_HERE = LabkitError(
    Text("Warm kernels do not exist on this system.", "本系统没有预热内核。"),
    Text("They fork a process, which Windows cannot do.", "预热内核靠复制进程（fork）实现，Windows 不支持。"),
    Text("Use --kernel cold: the results are the same.", "请改用 --kernel cold，结果完全相同。"),
)


def can_fork() -> bool:
    """Can this system run warm kernels?"""
    return hasattr(os, "fork")


class WarmServer:
    """A process that has the heavy libraries in memory and forks a kernel in milliseconds.

    Use it as a context manager. While it is open, its kernelspec :data:`KERNEL_NAME` lies in
    :attr:`kernel_dir`, and any Jupyter client that is told of it gets warm kernels.

    Raises
    ------
    LabkitError
        On Windows, which cannot fork.
    """

    def __init__(self) -> None:
        if not can_fork():
            raise _NOT_HERE
        self.folder = short_folder()
        self.log = self.folder / "server.log"
        address = str(self.folder / "s")
        with socket.socket(socket.AF_UNIX) as listener, open(self.log, "wb") as log:
            listener.bind(address)
            listener.listen(socket.SOMAXCONN)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "labkit.running.warm.server", str(listener.fileno())],
                cwd=self.folder,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                pass_fds=[listener.fileno()],
                start_new_session=True,
                env=server_environment(),
            )
        self._write_kernelspec(address)

    @property
    def kernel_dir(self) -> Path:
        """The folder of kernelspecs, for ``KernelSpecManager(kernel_dirs=[…])``."""
        return self.folder / "share" / "kernels"

    @property
    def environment(self) -> dict[str, str]:
        """What another program needs to find the kernelspec, e.g. ``pytest --nbval-kernel-name``."""
        others = os.environ.get("JUPYTER_PATH")
        ours = str(self.kernel_dir.parent)
        return {"JUPYTER_PATH": os.pathsep.join([ours, others] if others else [ours])}

    def _write_kernelspec(self, address: str) -> None:
        spec = {
            "argv": [sys.executable, "-I", "-S", str(STUB), address, "{connection_file}"],
            "display_name": "Python 3 (warm)",
            "language": "python",
            "interrupt_mode": "message",
        }
        folder = self.kernel_dir / KERNEL_NAME
        folder.mkdir(parents=True)
        (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")

    def close(self) -> None:
        """End the server and every kernel of it; remove its folder."""
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> WarmServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def short_folder() -> Path:
    """Return a new temporary folder whose path leaves room for a Unix socket (104 characters on macOS)."""
    folder = Path(tempfile.mkdtemp(prefix="labkit-"))
    if os.name != "nt" and len(str(folder)) > LONGEST_FOLDER:
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="labkit-", dir="/tmp"))
    return folder


def server_environment() -> dict[str, str]:
    """The environment the libraries are imported in, on one thread; each kernel later gets its own."""
    inherited = {key: value for key, value in os.environ.items() if key != "JPY_PARENT_PID"}
    return inherited | {
        "JE_ARROW_MALLOC_CONF": "background_thread:false",
        "OBJC_DISABLE_INITIALIZE_FORK_SAFETY": "YES",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


_shared: WarmServer | None = None
_sharing = threading.Lock()


def shared_server() -> WarmServer:
    """The one server of this process, started at the first call and ended with the process."""
    global _shared
    with _sharing:
        if _shared is None:
            _shared = WarmServer()
            atexit.register(end_shared_server)
        return _shared


def end_shared_server() -> None:
    """End the server of this process, if there is one; the next call starts another."""
    global _shared
    with _sharing:
        server, _shared = _shared, None
    if server is not None:
        atexit.unregister(end_shared_server)
        server.close()
