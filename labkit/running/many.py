"""Many notebooks side by side, in threads, because a kernel is a process of its own anyway."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import nbformat

from labkit.class_seed import COURSE_SEED, VARIABLE
from labkit.running.execute import execute_notebook
from labkit.running.kernels import KernelKind, kill_running_kernels
from labkit.running.notebooks import LabNotebook
from labkit.running.results import LabResult, read_result

SECONDS_BETWEEN_LOOKS = 0.2


@dataclass(frozen=True)
class Settings:
    """How labs are run.

    Parameters
    ----------
    parameters : mapping
        Given to each notebook; see ``execute_notebook``.
    kernel : {"cold", "warm"}
        Kind of kernel.
    jobs : int
        Notebooks at a time.
    timeout : int
        Seconds that one cell may take.
    must_be_right : bool
        Does an answer that is not right count as a failure?
    in_place : bool
        Run in the notebook's own folder instead of an empty one?
    class_seed : int, optional
        On whose world; else as the environment says. A seed among the parameters is exact, whatever the class.
    """

    parameters: Mapping[str, Any] = field(default_factory=dict)
    kernel: KernelKind = "cold"
    jobs: int = 1
    timeout: int = 600
    must_be_right: bool = False
    in_place: bool = False
    class_seed: int | None = None


class Watcher(Protocol):
    """Whoever wants to see a run while it goes on; called from several threads."""

    def started(self, lab: LabNotebook, cells: int) -> None:
        """Hear that a notebook of so many cells has begun."""

    def reached(self, lab: LabNotebook, cell: int) -> None:
        """Hear that a notebook is at this cell."""

    def finished(self, result: LabResult) -> None:
        """Hear what a notebook did."""


class StoppedError(Exception):
    """The run was interrupted before this notebook's end."""


def run_labs(labs: Sequence[LabNotebook], settings: Settings, watcher: Watcher) -> list[LabResult]:
    """Run notebooks and return what each did, in the order given.

    After Ctrl-C every kernel is killed; notebooks that had not ended come back as ``interrupted``, and those
    that had not begun are left out.
    """
    stop = threading.Event()
    with ThreadPoolExecutor(max(1, settings.jobs)) as pool:
        runs = [pool.submit(run_lab, lab, settings, watcher, stop) for lab in labs]
        try:
            wait_for(runs)
        except KeyboardInterrupt:
            stop.set()
            while not wait_for(runs, seconds=SECONDS_BETWEEN_LOOKS):
                kill_running_kernels()
    return [result for run in runs if (result := run.result()) is not None]


def wait_for(runs: Sequence[Future[Any]], seconds: float = float("inf")) -> bool:
    """Wait in small steps, so that Ctrl-C is heard on every system; return whether all have ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not wait(runs, timeout=SECONDS_BETWEEN_LOOKS).not_done:
            return True
    return False


def run_lab(
    lab: LabNotebook, settings: Settings, watcher: Watcher, stop: threading.Event
) -> LabResult | None:
    """Run one notebook with a progress log of its own, so that nothing done earlier opens a door in it."""
    if stop.is_set():
        return None
    began = time.monotonic()
    node = nbformat.read(lab.path, as_version=4)
    watcher.started(lab, len(node.cells))

    def heed(cell: int) -> None:
        if stop.is_set():
            raise StoppedError
        watcher.reached(lab, cell)

    scratch = Path(tempfile.mkdtemp(prefix="labkit-run-"))
    try:
        executed = execute_notebook(
            node,
            cwd=lab.path.parent if settings.in_place else scratch,
            env=environment(settings) | {"LABKIT_PROGRESS": str(scratch / "progress.jsonl")},
            kernel=settings.kernel,
            timeout=settings.timeout,
            parameters=settings.parameters,
            on_cell=heed,
        )
        seconds = time.monotonic() - began
        result = read_result(lab, executed, seconds, must_be_right=settings.must_be_right)
    except StoppedError:
        result = LabResult(lab, time.monotonic() - began)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    if stop.is_set():
        result = LabResult(lab, result.seconds, result.verdicts, result.cells, interrupted=True)
    watcher.finished(result)
    return result


def environment(settings: Settings) -> dict[str, str]:
    """Variables that must agree with the parameters, or hold paths that are meant from here."""
    paths = {
        key: str(Path(value).absolute())
        for key, value in os.environ.items()
        if key.startswith("LABKIT_DATA_")
    }
    agreeing = {}
    if "scale" in settings.parameters:
        agreeing["LABKIT_SCALE"] = str(settings.parameters["scale"])
    shift = COURSE_SEED if "seed" in settings.parameters else settings.class_seed
    if shift is not None:
        agreeing[VARIABLE] = str(shift)
    return paths | agreeing
