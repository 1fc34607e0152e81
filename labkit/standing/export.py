"""The progress as one JSON file to hand in: what was reached, never an answer, a user's or a computer's name."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from labkit.standing.standing import Counts, CourseStanding, LabStanding
from labkit.standing.writing import write_whole

FORMAT = "labkit progress"
VERSION = 1
"""Grows when a reader of older files would misread a new one."""


def export_progress(standing: CourseStanding, path: Path, made: datetime | None = None) -> None:
    """Write the file, whole or not at all.

    Parameters
    ----------
    standing : CourseStanding
        What it says.
    path : Path
        Its folder is made if it is missing.
    made : datetime, optional
        When, with a time zone; now otherwise.

    Raises
    ------
    LabkitError
        The file cannot be written.
    """
    text = json.dumps(as_data(standing, made or datetime.now(UTC)), ensure_ascii=False, indent=1)
    write_whole({path: (text + "\n").encode()})


def as_data(standing: CourseStanding, made: datetime) -> dict[str, Any]:
    """Return what the file holds.

    Returns
    -------
    dict
        ``format``, ``version`` and ``labkit`` (its version); ``made`` (ISO 8601, UTC); ``worlds`` (seed-customers);
        ``counts`` and ``minutes`` of the course; ``labs`` by id, each with its ``exercises`` by name.
    """
    from labkit import __version__

    return {
        "format": FORMAT,
        "version": VERSION,
        "labkit": __version__,
        "made": _time(made),
        "worlds": list(dict.fromkeys(world for lab in standing.labs for world in lab.worlds)),
        **_numbers(standing.counts),
        "labs": {lab.lab.id: _lab(lab) for lab in standing.labs},
    }


def _lab(lab: LabStanding) -> dict[str, Any]:
    return {
        "core": lab.lab.core,
        "done": lab.done,
        **_numbers(lab.counts),
        "first": _time(lab.first),
        "last": _time(lab.last),
        "worlds": list(lab.worlds),
        "exercises": {
            exercise.name: {"status": exercise.state, "right": exercise.right, "hint": exercise.hinted}
            for exercise in lab.exercises
        },
    }


def _numbers(counts: Counts) -> dict[str, Any]:
    names = [name for name in Counts.__dataclass_fields__ if name != "seconds"]
    return {"counts": {name: getattr(counts, name) for name in names}, "minutes": counts.minutes}


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat(timespec="seconds")
