"""A limit on the clock that interrupts Python code where it is, and the next cell goes on."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

AGAIN_SECONDS = 1.0
"""Code that swallows the interruption is interrupted again."""


class TookTooLong(BaseException):
    """The time is up. Not an ``Exception``, so that ``except Exception`` in a cell lets it pass."""


def _interrupt(number: int, frame: Any) -> None:
    raise TookTooLong


@contextmanager
def interrupted_after(seconds: float) -> Iterator[None]:
    """Raise TookTooLong in the block when the time is up; where there are no such signals, do nothing."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGALRM, _interrupt)  # a cell may have put its own there, or blocked it
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
