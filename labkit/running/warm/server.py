"""The process that imports the heavy libraries once and forks a real ipykernel for every stub that asks.

Run in an empty folder as ``python -m labkit.running.warm.server FD``, with a listening Unix socket as file
descriptor FD and the starter's pipe as standard input: when the pipe closes, because the starter ended in
whatever way, every kernel is killed, the folder is removed and the server ends.

Nothing here may compute with BLAS, pyarrow or DuckDB, or start a thread, before the fork: threads do not
survive one, and what they held stays locked.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Iterable
from typing import Any

LIBRARIES = (
    "pandas",
    "seaborn",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "sklearn.cluster",
    "sklearn.ensemble",
    "sklearn.linear_model",
    "sklearn.metrics",
    "sklearn.model_selection",
    "sklearn.pipeline",
    "sklearn.preprocessing",
    "sklearn.tree",
    "statsmodels.api",
    "duckdb",
    "networkx",
    "pyarrow.parquet",
    "ipywidgets",
    "labkit",
    "labkit.charts",
    "labkit.live",
    "labkit.store",
    # What a kernel imports while it starts and draws its first figure; but not matplotlib_inline, which
    # registers itself with the running shell when it is imported, and there is none yet.
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "IPython.core.completerlib",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "PIL.PngImagePlugin",
    "sqlite3",
    "tornado.platform.asyncio",
)
QUIETLY = ("--IPKernelApp.parent_handle=1", "--HistoryManager.hist_file=:memory:")
"""1: there is a parent, so print no advice, but do not watch it, for the connection is watched instead."""
SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_FOR_A_WISH = 10


def main() -> None:
    """Warm up, then fork a kernel for every connection until the starter is gone."""
    folder = os.getcwd()
    sys.path.remove(folder)
    listener = socket.socket(fileno=int(sys.argv[1]))
    warm_up()
    connection = serve(listener)
    if connection is not None:
        become_kernel(connection)
    else:
        shutil.rmtree(folder, ignore_errors=True)
    leave_at_once()


def warm_up() -> None:
    """Import what labs use, on one thread, and take it out of the garbage collector's sight."""
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    for library in LIBRARIES:
        with contextlib.suppress(ModuleNotFoundError):
            importlib.import_module(library)
    gc.collect()
    gc.freeze()
    if count_threads() != 1:
        raise RuntimeError(f"cannot fork safely with {count_threads()} threads: {threading.enumerate()}")


def count_threads() -> int:
    """Return the threads of this process, on Linux with those that libraries started."""
    tasks = "/proc/self/task"
    return len(os.listdir(tasks)) if os.path.isdir(tasks) else threading.active_count()


def serve(listener: socket.socket) -> socket.socket | None:
    """Fork for every connection; return the connection in the fork, None when the starter is gone."""
    kernels: set[int] = set()
    while True:
        ready, _, _ = select.select([listener, sys.stdin], [], [], SECONDS_BETWEEN_LOOKS)
        kernels -= {pid for pid in kernels if has_ended(pid)}
        if sys.stdin in ready:
            end_all(kernels)
            return None
        if listener in ready:
            connection, _ = listener.accept()
            pid = os.fork()
            if pid == 0:
                listener.close()
                return connection
            kernels.add(pid)
            connection.close()


def has_ended(pid: int) -> bool:
    """Has this kernel ended? Then what it started and left behind ends too."""
    if os.waitpid(pid, os.WNOHANG) == (0, 0):
        return False
    kill_family(pid)
    return True


def end_all(kernels: Iterable[int]) -> None:
    """Kill every kernel with what it started, and wait until each is gone."""
    for pid in kernels:
        kill_family(pid)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def kill_family(pid: int) -> None:
    """Kill a kernel, which leads a process group, together with what it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def become_kernel(connection: socket.socket) -> None:
    """Turn this fork into the kernel that the stub at the other end wishes for."""
    os.setsid()
    wish = receive_wish(connection)
    os.environ.clear()
    os.environ.update(wish["environment"])
    os.environ.setdefault("PYDEVD_USE_FRAME_EVAL", "NO")  # as ipykernel.debugger does when it is imported
    os.chdir(wish["folder"])
    threading.Thread(target=end_with_stub, args=(connection,), daemon=True).start()
    start_afresh()

    from ipykernel.kernelapp import IPKernelApp

    connection_file, *arguments = wish["arguments"]
    sys.argv = ["ipykernel_launcher", "-f", connection_file, *arguments, *QUIETLY]
    IPKernelApp.launch_instance(argv=sys.argv[1:])


def leave_at_once() -> None:
    """End this process with what was registered for its end, but without taking the libraries apart."""
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def receive_wish(connection: socket.socket) -> dict[str, Any]:
    """Take over the stub's standard streams and read what it wants."""
    connection.settimeout(SECONDS_FOR_A_WISH)
    _, streams, _, _ = socket.recv_fds(connection, 1, 2)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    for theirs, ours in zip(streams, (1, 2), strict=True):
        os.dup2(theirs, ours)
        os.close(theirs)
    with connection.makefile("rb") as lines:
        wish: dict[str, Any] = json.loads(lines.readline())
    connection.settimeout(None)
    return wish


def end_with_stub(connection: socket.socket) -> None:
    """Wait until the stub is gone, then end this kernel and all it started, whatever it is doing."""
    with contextlib.suppress(OSError):
        while connection.recv(1):
            pass
    os.killpg(0, signal.SIGKILL)


def start_afresh() -> None:
    """Undo what a fork shares with its siblings: random state and the language read at import."""
    import numpy as np

    from labkit.language import LANGUAGES, set_language

    np.random.seed()  # noqa: NPY002 - the global generator is the one that siblings share
    language = os.environ.get("LABKIT_LANGUAGE", "en")
    set_language(language if language in LANGUAGES else "en")


if __name__ == "__main__":
    main()
