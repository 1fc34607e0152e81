"""Start a kernel for one notebook, cold or warm, and know every kernel that is running."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal, get_args

from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager

from labkit.running.warm.starter import KERNEL_NAME, shared_server, short_folder

KernelKind = Literal["cold", "warm"]
KERNEL_KINDS: tuple[KernelKind, ...] = get_args(KernelKind)


class NotebookKernel(AsyncKernelManager):
    """A kernel with a working folder, an environment and a log of its own."""

    def surround(self, *, cwd: Path, env: Mapping[str, str], log: Path, others: Sequence[Path] = ()) -> None:
        """Set the working folder, the whole environment, where its messages go, and what else it depends on."""
        self._cwd, self._env, self._log, self._other_logs = cwd, env, log, others

    async def _begin(self, **options: Any) -> None:
        with open(self._log, "wb") as log:
            await super()._async_start_kernel(
                cwd=str(self._cwd), env=dict(self._env), stdout=log, stderr=log, **options
            )

    start_kernel: Callable[..., Any] = _begin

    def last_words(self, lines: int = 5) -> str:
        """The last lines that its processes wrote past the notebook, e.g. why they crashed."""
        logs = [log for log in (self._log, *self._other_logs) if log.exists()]
        texts = [log.read_text(encoding="utf-8", errors="replace").strip().splitlines() for log in logs]
        return "\n".join(line for text in texts for line in text[-lines:])

    def kill_now(self) -> None:
        """Kill the kernel from any thread; whoever waits for it learns that it died."""
        process = getattr(self.provisioner, "process", None)
        if process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)


_running: set[NotebookKernel] = set()
_changing = threading.Lock()


@contextmanager
def notebook_kernel(kind: KernelKind, *, cwd: Path, env: Mapping[str, str]) -> Iterator[NotebookKernel]:
    """A kernel that is ready to be started, in the interpreter that runs this.

    Parameters
    ----------
    kind : {"cold", "warm"}
        ``cold`` starts a new Python, ``warm`` forks the shared server of this process.
    cwd : Path
        Working folder of the notebook.
    env : mapping
        Variables added to the environment of this process.
    """
    server = shared_server() if kind == "warm" else None
    scratch = Path(tempfile.mkdtemp(dir=server.folder)) if server else short_folder()
    kernel = NotebookKernel(
        kernel_name=KERNEL_NAME if server else "python3",
        # No folder of kernelspecs for a cold kernel: then it is this interpreter's own.
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(server.kernel_dir)] if server else []),
        connection_file=str(scratch / "kernel.json"),
        shutdown_wait_time=2.0,
    )
    if sys.platform != "win32":
        kernel.transport, kernel.ip = "ipc", str(scratch / "k")
    kernel.surround(
        cwd=cwd,
        env=kernel_environment(env, scratch),
        log=scratch / "kernel.log",
        others=[server.log] if server else [],
    )
    with _changing:
        _running.add(kernel)
    try:
        yield kernel
    finally:
        with _changing:
            _running.discard(kernel)
        shutil.rmtree(scratch, ignore_errors=True)


def kernel_environment(added: Mapping[str, str], scratch: Path) -> dict[str, str]:
    """The environment of a notebook that runs without a person.

    One thread per library, because notebooks run side by side; no IPython profile of the user's; figures
    inline, whatever backend the shell asks for; and labkit told that nobody is there, so that what a notebook
    says depends on nothing that was done before.
    """
    inherited = {key: value for key, value in os.environ.items() if key != "MPLBACKEND"}
    ours = {
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "LABKIT_UNATTENDED": "1",
        "IPYTHONDIR": str(scratch / "ipython"),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
    return inherited | ours | dict(added)


def kill_running_kernels() -> None:
    """Kill every kernel that this process started, so that the threads that wait for them end."""
    with _changing:
        kernels = list(_running)
    for kernel in kernels:
        kernel.kill_now()
