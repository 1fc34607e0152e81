"""The progress log: what was tried, one JSON line each, appended and never rewritten.

It stays on the trainee's machine. A damaged or foreign line is passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

Event = Literal["check", "hint", "solution", "quiz"]


@dataclass(frozen=True)
class Entry:
    """One line of the log.

    Parameters
    ----------
    lab, name : str
        The lab's id and the exercise's or quiz's name.
    event : Event
        What the trainee did.
    status : str
        For a check the verdict's status, for a quiz ``right`` or ``wrong``, else empty.
    mistake : str
        Name of the typical mistake, if the verdict named one.
    at : str
        Time in UTC, ISO 8601, seconds.
    """

    lab: str
    name: str
    event: Event
    status: str = ""
    mistake: str = ""
    at: str = ""


class ProgressLog:
    """The log file of one person."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, entry: Entry) -> bool:
        """Add an entry; False when the file cannot be written, so that a check still answers."""
        line = asdict(entry) | {"at": entry.at or datetime.now(UTC).isoformat(timespec="seconds")}
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError:
            return False
        return True

    def entries(self, lab: str | None = None) -> Iterator[Entry]:
        """Entries in order, of one lab or of all."""
        try:
            lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return
        for line in lines:
            entry = _read(line)
            if entry is not None and lab in (None, entry.lab):
                yield entry


def _read(line: str) -> Entry | None:
    try:
        entry = Entry(**json.loads(line))
    except (ValueError, TypeError, RecursionError):
        return None
    return entry if all(isinstance(value, str) for value in asdict(entry).values()) else None
