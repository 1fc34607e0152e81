"""Watches what a submission holds in memory; limits of the system hold for one process, this one for all together."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType

import psutil

from labkit.grading.jail.worker import Worker

PERIOD_SECONDS = 0.5
LEFT_FOR_OTHERS = 200 << 20
"""Bytes of the machine's memory below which a submission is ended, whatever it is that holds the rest."""


class Watch:
    """A thread that ends a worker whose processes hold too much; for as long as the context lasts.

    Parameters
    ----------
    worker : Worker
        Whose processes.
    most : int
        Bytes in use by all of them together.
    tell : callable
        ``tell(held)`` before the worker is ended.
    """

    def __init__(self, worker: Worker, most: int, tell: Callable[[int], None]) -> None:
        self._worker, self._most, self._tell = worker, most, tell
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True, name="labkit jail watch")

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(PERIOD_SECONDS):
            family = self._worker.family()
            held = sum(map(_resident, family))
            if held > self._most:
                held = sum(map(_share, family))  # forks share most of what they hold, and it counts once
            if held > self._most or psutil.virtual_memory().available < LEFT_FOR_OTHERS:
                self._tell(held)
                self._worker.end()
                return


def _resident(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0


def _share(process: psutil.Process) -> int:
    """What a process holds, of what it shares with others its share; slower to learn."""
    try:
        info = process.memory_full_info()
    except psutil.AccessDenied:
        return _resident(process)
    except psutil.Error:
        return 0
    return getattr(info, "pss", info.uss)
