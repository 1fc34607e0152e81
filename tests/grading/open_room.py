"""A room without walls in place of the jail: for tests of what is run and how it is judged, not of what holds it back."""

from __future__ import annotations

import ast
import contextlib
import io
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from labkit.checkpoints import SkipUnanswered
from labkit.exercises.judge import MISSING
from labkit.grading.jail import CellOutcome, Incident, Job, JobCell, Limits
from labkit.language import current_language, set_language


class OpenRoom:
    """Runs cells in this process; what they print is thrown away."""

    incidents: tuple[Incident, ...] = ()

    def __init__(self, worlds: Sequence[Path], limits: Limits) -> None:
        self.worlds = tuple(worlds)

    def __enter__(self) -> OpenRoom:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    @contextlib.contextmanager
    def session(self, job: Job) -> Iterator[OpenSession]:
        assert job.world in self.worlds
        yield OpenSession(job)


class OpenSession:
    """One lab on one world, whose cells have been run."""

    def __init__(self, job: Job) -> None:
        self.namespace: dict[str, Any] = {"__name__": "__main__"}
        self.steps_aside = SkipUnanswered(self.namespace, job.exercises)
        spoken = current_language()
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                self.cells = tuple(self._run(cell, job) for cell in job.cells)
        finally:
            set_language(spoken)

    def _run(self, cell: JobCell, job: Job) -> CellOutcome:
        began = time.monotonic()
        try:
            module = ast.parse(cell.source)
            if (aside := self.steps_aside.visit(module)) is not module:
                exec(compile(aside, cell.id, "exec"), self.namespace)
                return CellOutcome(cell.id, "skipped")
            exec(compile(module, cell.id, "exec"), self.namespace)
        except Exception as error:
            return CellOutcome(cell.id, "raised", f"{type(error).__name__}: {error}")
        if "seed" in self.namespace:
            self.namespace |= {"scale": job.scale, "seed": job.seed}
        return CellOutcome(cell.id, "ran", seconds=time.monotonic() - began)

    def answer(self, name: str) -> Any:
        return self.namespace.get(name, MISSING)
