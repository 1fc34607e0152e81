"""Nothing that a trainee needs depends on an exercise they have not answered.

A cell that reads an unanswered name is skipped. That is harmless for a cell that only shows something, so it
is a note; it is a fault where a later cell needs a name that the skipped one would have made.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from labkit.authoring.cells import Cell
from labkit.authoring.code_reading import names_given
from labkit.authoring.editions import edition_code
from labkit.authoring.faults import Fault
from labkit.authoring.source import LabSource
from labkit.checkpoints import names_read
from labkit.language import Text

BREAKS = Text(
    "The cell {cell} is skipped while {names} is unanswered, and the cell {later} needs {made} from it. Restore what "
    "it needs in a name of your own.",
    "{names} 未作答时，单元格 {cell} 会被跳过，而单元格 {later} 需要它产生的 {made}。请用自己的变量名重新准备所需内容。",
)
SKIPPED = Text(
    "The cell {cell} is skipped while {names} is unanswered.", "{names} 未作答时，单元格 {cell} 会被跳过。"
)
SOLUTION_READS = Text(
    "The official answer of {cell} reads {names}: whoever has not answered that cannot write this one.",
    "{cell} 的参考答案用到了 {names}：没答出后者就写不出这一题。",
)


def waits_for_answer(lab: LabSource) -> list[Fault]:
    """Report cells that are skipped in an untouched notebook, and as a fault those that others need."""
    cells = lab.code_cells
    codes = [edition_code(cell, lab, "notebooks", "en") for cell in cells]
    waiting = {cell.exercise for cell in cells if cell.exercise} | _held_back(codes)
    faults = []
    for index, (cell, code) in enumerate(zip(cells, codes, strict=True)):
        names = names_read(ast.parse(code)) & waiting
        if names and not cell.exercise:
            faults.append(_skipped(lab, cells, codes, index, names))
        if cell.exercise:
            solution = edition_code(cell, lab, "solutions", "en")
            others = (names_read(ast.parse(solution)) & waiting) - {cell.exercise}
            if others:
                sentence = SOLUTION_READS.fill(cell=cell.id, names=", ".join(sorted(others)))
                faults.append(Fault("waits_for_answer", lab.path, cell.line, sentence, "note"))
    return faults


def _held_back(codes: Sequence[str]) -> set[str]:
    """Names that hold an answer key, which opens only once exercises are answered."""
    names = set()
    for code in codes:
        for statement in ast.parse(code).body:
            match statement:
                case ast.Assign(
                    targets=[ast.Name(id=name)],
                    value=ast.Call(func=ast.Attribute(value=ast.Name(id="lab"), attr="truth")),
                ):
                    names.add(name)
    return names


def _skipped(
    lab: LabSource, cells: Sequence[Cell], codes: Sequence[str], index: int, names: set[str]
) -> Fault:
    """A fault if a later cell that runs needs what the skipped one would have made; else a note."""
    cell, made = cells[index], names_given(codes[index])
    listed = ", ".join(sorted(names))
    for later, code in zip(cells[index + 1 :], codes[index + 1 :], strict=True):
        read = names_read(ast.parse(code))
        if names <= read:
            continue
        if needed := read & made:
            sentence = BREAKS.fill(cell=cell.id, names=listed, later=later.id, made=", ".join(sorted(needed)))
            return Fault("waits_for_answer", lab.path, cell.line, sentence)
        made -= names_given(code)
    return Fault("waits_for_answer", lab.path, cell.line, SKIPPED.fill(cell=cell.id, names=listed), "note")
