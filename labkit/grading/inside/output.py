"""Where the cells' output goes: nowhere. It is counted, and too much of it is told."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from typing import Any


class Counted(io.RawIOBase):
    """Throws away what is written and counts it.

    Parameters
    ----------
    most : int
        Bytes after which ``tell`` is called, once.
    tell : callable
        Told that the output is too long.
    """

    def __init__(self, most: int, tell: Callable[[], None]) -> None:
        self._left, self._tell = most, tell

    def writable(self) -> bool:
        """Yes."""
        return True

    def fileno(self) -> int:
        """Return standard output, which leads nowhere too."""
        return 1

    def write(self, content: Any) -> int:
        """Count and forget."""
        size = len(content)
        if self._left >= 0:
            self._left -= size
            if self._left < 0:
                self._tell()
        return size


def silence(most: int, tell: Callable[[], None]) -> None:
    """Lead everything the process prints, and all it would read, to nowhere."""
    counted = io.TextIOWrapper(
        io.BufferedWriter(Counted(most, tell)), encoding="utf-8", errors="replace", write_through=True
    )
    sys.stdout = sys.stderr = counted
    sys.stdin = open(os.devnull)  # noqa: SIM115 - for as long as the process lives
