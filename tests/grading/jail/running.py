"""Cells run in a jail, and what came of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import psutil

from labkit.grading.jail import CellOutcome, Incident, Jail, Job, JobCell, Limits, SessionLost
from labkit.store import open_world

SEED = 2026
LIMITS = Limits(
    cell_seconds=3, call_seconds=2, lab_seconds=40, cpu_seconds=30, resident=2 << 30, scratch_bytes=16 << 20
)


class Ran(NamedTuple):
    """What came of a lab's cells."""

    cells: tuple[CellOutcome, ...]
    incidents: tuple[Incident, ...]
    answers: dict[str, Any]

    @property
    def statuses(self) -> list[str]:
        return [cell.status for cell in self.cells]

    @property
    def kinds(self) -> set[str]:
        return {incident.kind for incident in self.incidents}


def world() -> Path:
    """The folder of the world that the cells read."""
    return open_world("tiny", SEED).folder


def job(*sources: str, lab_id: str = "3.3", exercises: tuple[str, ...] = (), seed: int = SEED) -> Job:
    """A lab of these cells."""
    cells = tuple(JobCell(f"cell{number}", source) for number, source in enumerate(sources))
    folder = open_world("tiny", seed).folder
    return Job(lab_id, "en", folder, "tiny", seed, cells, exercises)


def run_in(jail: Jail, *sources: str, ask: tuple[str, ...] = ()) -> Ran:
    """Run cells and ask for some answers; one that is lost comes as SessionLost."""
    before = len(jail.incidents)
    answers: dict[str, Any] = {}
    with jail.session(job(*sources)) as session:
        for name in ask:
            try:
                answers[name] = session.answer(name)
            except SessionLost as lost:
                answers[name] = lost
    return Ran(session.cells, jail.incidents[before:], answers)


def processes_named(word: str) -> list[psutil.Process]:
    """Every process on this machine whose command line has a word in it."""
    found = psutil.process_iter(["cmdline"])
    return [process for process in found if word in " ".join(process.info["cmdline"] or [])]
