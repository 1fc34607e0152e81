"""What a run of a lab shows: seconds, verdicts, and the first thing that failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from labkit.language import Text
from labkit.running.notebooks import LabNotebook

if TYPE_CHECKING:
    from nbformat import NotebookNode

STATUSES: dict[str, Text] = {
    "right": Text("right", "正确"),
    "wrong": Text("wrong", "错误"),
    "not_attempted": Text("open", "未作答"),
    "no_truth": Text("no answer key", "无答案键"),
}
NOT_RIGHT = Text(
    "The official answer is {status} by its own check.", "参考答案没有通过自己的检查，结果为：{status}。"
)
LINES_OF_ERROR = 6


@dataclass(frozen=True)
class Failure:
    """The first thing that went wrong in a notebook.

    Parameters
    ----------
    cell : str
        Id of the cell.
    message : str
        Kind of error and its first lines.
    """

    cell: str
    message: str


@dataclass(frozen=True)
class CellRun:
    """One executed code cell: its id, its first line of code and its seconds."""

    cell: str
    first_line: str
    seconds: float


@dataclass(frozen=True)
class LabResult:
    """What one notebook did.

    Parameters
    ----------
    lab : LabNotebook
        Which.
    seconds : float
        From asking for a kernel until it was gone.
    verdicts : dict of str to str
        Last status of each exercise that was checked.
    cells : tuple of CellRun
        The cells that were executed.
    failure : Failure, optional
        None if the lab ran as it should.
    interrupted : bool
        Was it stopped from outside before its end?
    node : NotebookNode, optional
        The executed notebook.
    """

    lab: LabNotebook
    seconds: float
    verdicts: dict[str, str] = field(default_factory=dict)
    cells: tuple[CellRun, ...] = ()
    failure: Failure | None = None
    interrupted: bool = False
    node: NotebookNode | None = None

    @property
    def passed(self) -> bool:
        """Did it run to its end as it should?"""
        return self.failure is None and not self.interrupted

    @property
    def counts(self) -> Counter[str]:
        """How many exercises have each status."""
        return Counter(self.verdicts.values())


def read_result(
    lab: LabNotebook, node: NotebookNode, seconds: float, *, must_be_right: bool = False
) -> LabResult:
    """Read an executed notebook.

    Parameters
    ----------
    must_be_right : bool
        Does an answer that its own check does not accept count as a failure? True of official solutions.
    """
    cells = [cell for cell in node.cells if cell.cell_type == "code" and cell.execution_count]
    verdicts = read_verdicts(cells)
    failure = first_error(node.cells)
    if failure is None and must_be_right:
        failure = first_not_right(cells)
    runs = tuple(
        CellRun(cell.id, first_line(cell.source), cell.metadata.papermill.duration) for cell in cells
    )
    return LabResult(lab, seconds, verdicts, runs, failure, node=node)


def read_verdicts(cells: Iterable[NotebookNode]) -> dict[str, str]:
    """Return the last status of each exercise, from the metadata of the cards in the outputs."""
    return {name: status for cell in cells for name, status in verdicts_of(cell)}


def verdicts_of(cell: NotebookNode) -> list[tuple[str, str]]:
    """Return the verdicts that one cell showed."""
    cards = [output.get("metadata", {}).get("labkit", {}) for output in cell.outputs]
    return [(card["name"], card["status"]) for card in cards if card.get("kind") == "check"]


def first_error(cells: Iterable[NotebookNode]) -> Failure | None:
    """Return the first error that a cell did not announce with the tag ``raises-exception``."""
    for cell in cells:
        if cell.cell_type != "code" or "raises-exception" in cell.metadata.get("tags", []):
            continue
        for output in reversed(cell.outputs):
            if output.output_type == "error":
                return Failure(cell.id, first_lines(f"{output.ename}: {output.evalue}"))
    return None


def first_not_right(cells: Iterable[NotebookNode]) -> Failure | None:
    """Return the first official answer that its check rejects or does not find."""
    for cell in cells:
        for name, status in verdicts_of(cell):
            if status in ("wrong", "not_attempted"):
                return Failure(cell.id, f"{name}: {NOT_RIGHT.fill(status=STATUSES[status])}")
    return None


def first_line(source: str) -> str:
    """Return the first line of code in a cell."""
    lines = [line for line in source.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return lines[0] if lines else ""


def first_lines(message: str) -> str:
    """Return the first lines of an error message."""
    return "\n".join(message.strip().splitlines()[:LINES_OF_ERROR])
