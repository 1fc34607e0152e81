"""Runs the cells of a lab in IPython, one after another, each within its time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from labkit import checkpoints
from labkit.grading.inside.clock import TookTooLong, interrupted_after
from labkit.grading.values.stand_ins import one_line


class QuietShell:
    """An IPython shell that shows nothing.

    Parameters
    ----------
    names : dict
        Variables that are there from the beginning.
    exercises : sequence of str
        Names whose stubs make a cell that reads them wait.
    """

    def __init__(self, names: dict[str, Any], exercises: Sequence[str]) -> None:
        from IPython.core.interactiveshell import InteractiveShell

        shell: Any = InteractiveShell.instance()
        self._shell = shell
        shell.user_ns.update(names)
        shell.display_trap.hook = self._remember
        shell.showtraceback = shell.showsyntaxerror = _nothing
        shell.enable_matplotlib = _stay_with_agg
        shell.system = shell.user_ns["_system"] = _run_command
        checkpoints.install(shell, exercises)
        self._skipped: list[str] = []
        checkpoints.show_skipped = self._skipped.extend  # type: ignore[assignment]

    @property
    def names(self) -> dict[str, Any]:
        """The variables of the cells."""
        return self._shell.user_ns

    def run(self, source: str, seconds: float) -> tuple[str, BaseException | None]:
        """Run a cell; return its status and the error, if there was one."""
        self._skipped.clear()
        try:
            with interrupted_after(seconds):
                result = self._shell.run_cell(source, store_history=False)
        except BaseException as raised:  # the time was up outside the cell's own code
            error: BaseException | None = raised
        else:
            error = result.error_before_exec or result.error_in_exec
        _close_figures()
        if isinstance(error, TookTooLong):
            return "cut_off", error
        if error is not None:
            return "raised", error
        return "skipped" if self._skipped else "ran", None

    def _remember(self, value: Any = None) -> None:
        if value is not None:
            self._shell.user_ns["_"] = value


def run_cells(
    shell: QuietShell, cells: Sequence[dict[str, str]], seconds: float, tell: Callable[..., None]
) -> None:
    """Run every cell, telling when each begins and what became of it."""
    process = os.getpid()
    for cell in cells:
        tell(kind="began", cell=cell["id"])
        began = time.monotonic()
        status, error = shell.run(cell["source"], seconds)
        if os.getpid() != process:
            os._exit(0)  # the cell forked, and this is the copy
        took = time.monotonic() - began
        tell(kind="cell", cell=cell["id"], status=status, error=described(error), seconds=took)


def described(error: BaseException | None) -> str:
    """The name of an error and the first line of its message."""
    if error is None:
        return ""
    name = type(error).__name__
    try:
        lines = str(error).strip().splitlines()
    except Exception:
        lines = []
    return one_line(f"{name}: {lines[0]}" if lines else name)


def _run_command(command: str) -> None:
    """``!command``: run in a shell of its own, its output thrown away."""
    subprocess.run(["/bin/sh", "-c", command], stdin=subprocess.DEVNULL, check=False)


def _close_figures() -> None:
    pyplot = sys.modules.get("matplotlib.pyplot")
    try:
        if pyplot is not None and pyplot.get_fignums():
            pyplot.close("all")
    except Exception:
        pass


def _stay_with_agg(*arguments: Any, **named: Any) -> tuple[str, str]:
    """``%matplotlib inline``: the kind of window and the backend, which are as they were."""
    return "inline", "inline"


def _nothing(*arguments: Any, **named: Any) -> None:
    return None
