"""What a person's own export or log says of looked-up solutions. It is a claim: anybody can write such a file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

MOST_BYTES = 5 * 2**20
LOOKED_UP = "revealed"


def claimed_lookups(paths: Iterable[Path]) -> set[tuple[str, str]]:
    """Return (lab, exercise) of the solutions that a person's files say were looked up.

    Reads the file of ``labkit progress --export`` and the log ``progress.jsonl``; any other file claims nothing.
    """
    return {claim for path in paths for claim in _claims_of(path)}


def _claims_of(path: Path) -> set[tuple[str, str]]:
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES + 1).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return set()
    whole = _read(text)
    if isinstance(whole, dict) and isinstance(labs := whole.get("labs"), dict):
        return {claim for lab_id, lab in labs.items() for claim in _of_lab(lab_id, lab)}
    entries = [_read(line) for line in text.splitlines()]
    return {
        (entry["lab"], entry["name"])
        for entry in entries
        if isinstance(entry, dict) and entry.get("event") == "solution"
        if isinstance(entry.get("lab"), str) and isinstance(entry.get("name"), str)
    }


def _of_lab(lab_id: str, lab: Any) -> set[tuple[str, str]]:
    exercises = lab.get("exercises") if isinstance(lab, dict) else None
    if not isinstance(exercises, dict):
        return set()
    return {
        (lab_id, name)
        for name, told in exercises.items()
        if isinstance(told, dict) and told.get("status") == LOOKED_UP
    }


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
