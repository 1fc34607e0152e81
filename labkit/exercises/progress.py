"""The progress log: what was tried, one JSON line each, appended and never rewritten.

It stays on the trainee's machine. A damaged, foreign or endless line is passed over. Only a line that opens a
lab has a ``world``; every other line is as it always was, so that an older labkit reads it too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from os import SEEK_END
from pathlib import Path
from typing import BinaryIO, Literal

Event = Literal["start", "check", "hint", "solution", "quiz"]
LONGEST_LINE = 20_000
"""Bytes; ours take about 200."""


@dataclass(frozen=True)
class Entry:
    """One line of the log.

    Parameters
    ----------
    lab, name : str
        The lab's id and the exercise's or quiz's name; no name for ``start``.
    event : Event
        What the trainee did.
    status : str
        For a check the verdict's status, for a quiz ``right`` or ``wrong``, else empty.
    mistake : str
        Name of the typical mistake, if the verdict named one.
    at : str
        Time in UTC, ISO 8601, seconds.
    world : str
        For ``start`` seed and customers of the world that was opened, ``"2026-20000"``, else empty.
    """

    lab: str
    name: str
    event: Event
    status: str = ""
    mistake: str = ""
    at: str = ""
    world: str = ""


class ProgressLog:
    """The log file of one person."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, entry: Entry) -> bool:
        """Add an entry; False when the file cannot be written, so that a check still answers."""
        line = asdict(entry) | {"at": entry.at or datetime.now(UTC).isoformat(timespec="seconds")}
        if not entry.world:
            del line["world"]
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab+") as file:
                file.write(b"\n" * _breaks_off(file) + json.dumps(line, ensure_ascii=False).encode() + b"\n")
        except OSError:
            return False
        return True

    def entries(self, lab: str | None = None) -> Iterator[Entry]:
        """Entries in order, of one lab or of all."""
        try:
            with self.path.open("rb") as file:
                for line in _lines(file):
                    entry = _read(line.decode("utf-8", errors="replace"))
                    if entry is not None and lab in (None, entry.lab):
                        yield entry
        except OSError:
            return


def _breaks_off(file: BinaryIO) -> bool:
    """Does the last line lack its end, because a computer was switched off in the middle of it?"""
    if not file.seek(0, SEEK_END):
        return False
    file.seek(-1, SEEK_END)
    return file.read(1) != b"\n"


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Lines of the file; of one that is longer than ours ever are, nothing."""
    while line := file.readline(LONGEST_LINE):
        if len(line) < LONGEST_LINE or line.endswith(b"\n"):
            yield line
            continue
        while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
            pass


def _read(line: str) -> Entry | None:
    try:
        known = {name: value for name, value in json.loads(line).items() if name in KNOWN}
        entry = Entry(**known)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return entry if all(isinstance(value, str) for value in asdict(entry).values()) else None


KNOWN = frozenset(field.name for field in fields(Entry))
"""What a later labkit may write besides is left aside."""
