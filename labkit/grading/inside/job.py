"""One job in a process of its own: the cells are run, then questions are answered until there are no more."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from labkit.grading.inside.attempts import Attempts
from labkit.grading.inside.cells import QuietShell, run_cells
from labkit.grading.inside.output import silence
from labkit.grading.inside.questions import Questions
from labkit.grading.inside.quiet_lab import QuietLab
from labkit.grading.inside.tables import WorldData
from labkit.grading.inside.wire import Closed, Pipes


def run_job(pipes: Pipes, job: Mapping[str, Any]) -> None:
    """Run a job as :class:`labkit.grading.jail.Job` says, with its limits; return when nobody asks any more."""
    limits = job["limits"]
    _limit_cpu(limits["cpu_seconds"])
    attempts = Attempts(pipes, os.getcwd())
    silence(limits["output_characters"], lambda: attempts.named("output", ""))
    shell = QuietShell({"lab": _opened(job)}, job["exercises"])

    def tell(kind: str, cell: str, **more: Any) -> None:
        attempts.where = cell
        pipes.send(kind=kind, cell=cell, **more)

    attempts.install()
    run_cells(shell, job["cells"], limits["cell_seconds"], tell)
    attempts.where = ""
    pipes.send(kind="ready")
    questions = Questions(shell.names, limits["call_seconds"], limits["message_bytes"])
    with contextlib.suppress(Closed):
        while (question := pipes.receive()).get("do") != "end":
            pipes.send(**questions.answer(question))


def _opened(job: Mapping[str, Any]) -> QuietLab:
    """The lab on its world; from now on ``labkit.start`` returns this one, whatever it is given."""
    import labkit
    from labkit.language import set_language
    from labkit.store import Dataset

    set_language(job["language"])
    world = WorldData(Path(job["data"]), job["seed"], job["customers"])
    lab = QuietLab(job["lab_id"], Dataset(job["scale"], job["seed"], job["lab_id"], world=world))

    def start(*arguments: Any, **named: Any) -> QuietLab:
        return lab

    labkit.start = labkit.session.start = start  # type: ignore[assignment]
    return lab


def _limit_cpu(seconds: int) -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
