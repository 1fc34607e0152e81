"""What a run looks like in the terminal: progress while it goes on, a table at its end."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from labkit.language import Text
from labkit.running.notebooks import LabNotebook
from labkit.running.results import STATUSES, LabResult

ALL = Text("all labs", "全部实验")
LAB = Text("lab", "实验")
LANGUAGE = Text("language", "语言")
SECONDS = Text("seconds", "秒数")
OUTCOME = Text("outcome", "结果")
PASSED = Text("passed", "通过")
FAILED = Text("failed", "失败")
INTERRUPTED = Text("interrupted", "已中断")
AT_CELL = Text("cell {cell}", "单元格 {cell}")
SUMMARY = Text(
    "{passed} of {planned} passed in {seconds:.1f} s", "{planned} 个中通过 {passed} 个，用时 {seconds:.1f} 秒"
)
NOT_RUN = Text("not run: {count}", "未运行：{count} 个")


def outcome(result: LabResult) -> Text:
    """Return the outcome of a lab in one word."""
    if result.interrupted:
        return INTERRUPTED
    return PASSED if result.passed else FAILED


class Screen:
    """Shows a run: a bar for every lab under way on a terminal, a line for every finished lab elsewhere.

    Parameters
    ----------
    console : Console
        Where to write.
    planned : int
        How many labs there are.
    """

    def __init__(self, console: Console, planned: int) -> None:
        self._console = console
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._overall = self._progress.add_task(f"[bold]{ALL}", total=planned)
        self._tasks: dict[LabNotebook, TaskID] = {}

    def __enter__(self) -> Screen:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def started(self, lab: LabNotebook, cells: int) -> None:
        """Show a bar for a lab."""
        description = f"{lab.lab} {lab.language} {escape(lab.title)}"
        self._tasks[lab] = self._progress.add_task(description, total=cells)

    def reached(self, lab: LabNotebook, cell: int) -> None:
        """Move the bar of a lab."""
        self._progress.update(self._tasks[lab], completed=cell)

    def finished(self, result: LabResult) -> None:
        """Take the bar away and leave a line."""
        self._progress.remove_task(self._tasks.pop(result.lab))
        self._progress.advance(self._overall)
        colour = "green" if result.passed else "red"
        lab = f"{result.lab.lab:>5} {result.lab.language}"
        self._console.print(
            f"[{colour}]{outcome(result)!s:<8}[/] {lab}  {result.seconds:5.1f} s  {escape(result.lab.title)}"
        )


def print_summary(console: Console, results: Sequence[LabResult], planned: int, seconds: float) -> None:
    """Print the table of seconds and verdicts, what failed and where, and one last line."""
    if results:
        console.print(table(results))
    for result in results:
        if result.failure is not None:
            where = f"{result.lab.lab} {result.lab.language} · {AT_CELL.fill(cell=result.failure.cell)}"
            console.print(f"[bold red]{escape(where)}[/]")
            console.print(escape(result.failure.message), highlight=False)
    passed = sum(result.passed for result in results)
    line = str(SUMMARY.fill(passed=passed, planned=planned, seconds=seconds))
    if len(results) < planned:
        line += f" · {NOT_RUN.fill(count=planned - len(results))}"
    console.print(f"[bold {'green' if passed == planned else 'red'}]{line}[/]")


def table(results: Sequence[LabResult]) -> Table:
    """Return a row per lab: seconds, how many exercises have each verdict, outcome."""
    grid = Table(box=None, header_style="bold", pad_edge=False)
    grid.add_column(str(LAB), justify="right")
    grid.add_column(str(LANGUAGE))
    grid.add_column(str(SECONDS), justify="right")
    for status in STATUSES.values():
        grid.add_column(str(status), justify="right")
    grid.add_column(str(OUTCOME))
    for result in results:
        counts = [str(result.counts[status] or "·") for status in STATUSES]
        colour = "green" if result.passed else "red"
        seconds = f"{result.seconds:.1f}"
        word = f"[{colour}]{outcome(result)}[/]"
        grid.add_row(result.lab.lab, result.lab.language, seconds, *counts, word)
    return grid
