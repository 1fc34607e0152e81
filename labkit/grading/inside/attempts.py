"""Names what a cell attempts. It holds nothing back; that is the jail's part, and code can fool this hook."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from typing import Any

from labkit.grading.inside.wire import Pipes
from labkit.grading.values.stand_ins import one_line

_HERE = os.path.dirname(__file__)
_ANSWER_KEY = re.compile(r"(^|[/\\])(truth|solutions|checks|course)([/\\]|$)")
_SIMULATOR = re.compile(r"(^|[/\\])labkit[/\\]world([/\\]|$)")
_SOCKET = {"socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}
_PROCESS = {"os.fork", "os.forkpty", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "subprocess.Popen"}
_SIGNAL = {"os.kill", "os.killpg"}
_DELETE = {"os.remove", "os.rmdir", "os.rename", "os.truncate", "shutil.rmtree", "shutil.move"}
_CHANGE = {"os.mkdir", "os.chmod", "os.chown", "os.link", "os.symlink", "os.utime"}
_LOOK = {
    "open",
    "os.listdir",
    "os.scandir",
    "os.walk",
    "os.fwalk",
    "glob.glob",
    "pathlib.Path.glob",
    "os.chdir",
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_HARMLESS_PLACES = (os.devnull, "/dev/tty", "/dev/ptmx", "/dev/pts", "/dev/shm", "/dev/fd", "/proc/self")


class Attempts:
    """The audit hook of one job.

    Parameters
    ----------
    pipes : Pipes
        Where attempts are told, at once: what comes of them may end this process.
    own_folder : str
        Where the job may write and delete.
    """

    def __init__(self, pipes: Pipes, own_folder: str) -> None:
        self._pipes, self._own = pipes, os.path.realpath(own_folder)
        self._told: set[tuple[str, str]] = set()
        self._installation = tuple({sys.prefix, sys.base_prefix, os.path.dirname(os.__file__)})
        self._busy = False
        self.where = ""

    def install(self) -> None:
        """Begin to listen; an audit hook cannot be taken away again."""
        sys.addaudithook(self._heard)

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _EVENTS or self._busy:
            return
        self._busy = True
        try:
            _EVENTS[event](self, event, arguments)
        except Exception:
            pass
        finally:
            self._busy = False

    def named(self, kind: str, detail: str) -> None:
        """Tell of an attempt, once per cell and kind."""
        if (self.where, kind) not in self._told:
            self._told.add((self.where, kind))
            self._pipes.send(kind="incident", incident=kind, detail=one_line(detail))

    # ---- events -------------------------------------------------------------------------------

    def _socket(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.bind" and self._asked_by_a_library():
            return  # looks for a free port, as whoever starts a kernel does
        address = (
            arguments[1] if event in {"socket.connect", "socket.bind", "socket.sendto"} else arguments[:2]
        )
        self.named("socket", f"{event} {address}")

    def _process(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._asked_by_a_library():
            return
        what = arguments[1] if event == "subprocess.Popen" else arguments[:1]
        self.named("processes", f"{event} {what or ''}")

    def _signal(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._asked_by_a_library():
            self.named("signal", f"{event} {arguments}")

    def _delete(self, event: str, arguments: tuple[Any, ...]) -> None:
        self._outside("deleted_outside", event, arguments[0])

    def _change(self, event: str, arguments: tuple[Any, ...]) -> None:
        self._outside("written_outside", event, arguments[-2] if event == "os.symlink" else arguments[0])

    def _look(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING:
            self._outside("written_outside", event, arguments[0])
        path = _path(arguments[0])
        if path is None or path.startswith(self._installation):
            return
        if _SIMULATOR.search(path):
            if not self._asked_by_a_library():
                self.named("world", path)
        elif _ANSWER_KEY.search(path):
            self.named("answer_key", path)

    def _import(self, event: str, arguments: tuple[Any, ...]) -> None:
        name = str(arguments[0])
        if name.startswith("labkit.world.") or name in {"labkit.store.making", "labkit.store.worlds"}:
            self.named("world", f"import {name}")

    def _outside(self, kind: str, event: str, path: Any) -> None:
        place = _path(path)
        if place is None:
            return
        real = os.path.realpath(place)
        inside = real == self._own or real.startswith(self._own + os.sep)
        if not inside and not place.startswith(_HARMLESS_PLACES):
            self.named(kind, f"{event} {place}")

    def _asked_by_a_library(self) -> bool:
        """Is the nearest caller outside the standard library and IPython a library, rather than a cell?"""
        frame: Any = sys._getframe(3)
        library = os.path.dirname(os.__file__)
        while frame is not None:
            file = frame.f_code.co_filename
            packaged = f"{os.sep}site-packages{os.sep}" in file
            if packaged and f"{os.sep}IPython{os.sep}" not in file:
                return True
            if not packaged and not file.startswith((library, "<frozen", _HERE)):
                return f"{os.sep}labkit{os.sep}" in file
            frame = frame.f_back
        return True


def _path(value: Any) -> str | None:
    return os.fsdecode(value) if isinstance(value, (str, bytes, os.PathLike)) else None


def _same(events: set[str], listener: Callable[..., None]) -> dict[str, Callable[..., None]]:
    return dict.fromkeys(events, listener)


_EVENTS: Mapping[str, Callable[..., None]] = {
    **_same(_SOCKET, Attempts._socket),
    **_same(_PROCESS, Attempts._process),
    **_same(_SIGNAL, Attempts._signal),
    **_same(_DELETE, Attempts._delete),
    **_same(_CHANGE, Attempts._change),
    **_same(_LOOK, Attempts._look),
    "import": Attempts._import,
}
