"""The official solution, marked in place → the stub that a trainee finds.

``x = f(y)  # SOLUTION`` becomes ``x = ...``, and the lines of a function between ``# BEGIN SOLUTION`` and
``# END SOLUTION`` become ``...``. What stands around the hole stays: names, signature, docstring, comments.
An exercise cell holds the stub and nothing else, because a cell with a hole in it computes nothing.
"""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

from labkit.authoring.cells import Cell
from labkit.authoring.edits import Edit, Positions, apply_edits
from labkit.authoring.faults import SourceError
from labkit.language import Text

LINE, BEGIN, END = "# SOLUTION", "# BEGIN SOLUTION", "# END SOLUTION"

NO_EXERCISE = Text(
    'A solution mark stands in an exercise cell only: give the cell exercise="…".',
    '答案标记只能写在练习单元格里：请给单元格加上 exercise="…"。',
)
NOTHING_BUT_STUB = Text(
    "An exercise cell holds one statement only: `{name} = …` or `def {name}(…)`. Imports go into an earlier cell.",
    "练习单元格只放一条语句：`{name} = …` 或 `def {name}(…)`。导入语句放到前面的单元格里。",
)
NO_MARK = Text(
    "The answer of this exercise is not marked: `# SOLUTION` at the end of the assignment, or "
    "`# BEGIN SOLUTION` … `# END SOLUTION` in the function.",
    "本练习的答案没有标记：赋值语句末尾写 `# SOLUTION`，或在函数里写 `# BEGIN SOLUTION` … `# END SOLUTION`。",
)
ASSIGNMENT_MARK = Text(
    "`# SOLUTION` stands once, behind the last line of the assignment.",
    "`# SOLUTION` 只写一次，放在赋值语句最后一行的末尾。",
)
FUNCTION_MARKS = Text(
    "A function's solution stands between one `# BEGIN SOLUTION` and one `# END SOLUTION`, each on a line of its own.",
    "函数的答案写在一对 `# BEGIN SOLUTION` 和 `# END SOLUTION` 之间，标记各占一行。",
)
NOT_WHOLE_BODY = Text(
    "The marks enclose the whole body of the function, apart from its docstring and comments; what is left "
    "outside would run in the stub.",
    "标记要包住整个函数体（文档字符串和注释除外），留在外面的语句会在空白题里运行。",
)


def solution_edits(cell: Cell, path: Path, *, keep: bool) -> list[Edit]:
    """The edits that make a cell the stub, or with ``keep`` the clean solution without its marks.

    Raises
    ------
    SourceError
        Marks outside an exercise, an exercise without marks, or more in its cell than the stub.
    """
    positions, marks = Positions(cell.text), _marks(cell.text)
    if not cell.exercise:
        if marks:
            raise SourceError(path, cell.first_line + marks[0].start[0] - 1, NO_EXERCISE)
        return []
    body = ast.parse(cell.text).body
    if len(body) != 1 or not _is_stub_statement(body[0], cell.exercise):
        line = body[1].lineno if len(body) > 1 else 1
        raise SourceError(path, cell.first_line + line - 1, NOTHING_BUT_STUB.fill(name=cell.exercise))
    if not marks:
        raise SourceError(path, cell.first_line, NO_MARK)
    if keep:
        return [_without_mark(mark, positions, cell.text) for mark in marks]
    hole = _function_hole if isinstance(body[0], ast.FunctionDef) else _assignment_hole
    return [hole(body[0], marks, positions, cell, path)]


def check_marks(cell: Cell, path: Path) -> None:
    """Raise the SourceError that making either edition of this cell would raise."""
    for keep in (True, False):
        solution_edits(cell, path, keep=keep)


def _marks(code: str) -> list[tokenize.TokenInfo]:
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    return [t for t in tokens if t.type == tokenize.COMMENT and t.string.strip() in {LINE, BEGIN, END}]


def _is_stub_statement(statement: ast.stmt, name: str) -> bool:
    match statement:
        case (
            ast.Assign(targets=[ast.Name(id=target)])
            | ast.AnnAssign(target=ast.Name(id=target), value=ast.expr())
        ):
            return target == name
        case ast.FunctionDef(name=function):
            return function == name
    return False


def _without_mark(mark: tokenize.TokenInfo, positions: Positions, code: str) -> Edit:
    """Remove a mark, and its line if it has one of its own."""
    start, end = positions.of_token(mark.start), positions.line_end(mark.start[0])
    before = code[positions.line_start(mark.start[0]) : start]
    if before.strip():
        return Edit(start - (len(before) - len(before.rstrip())), end)
    return Edit(start - len(before), min(end + 1, len(code)))


def _assignment_hole(
    statement: ast.stmt, marks: list[tokenize.TokenInfo], positions: Positions, cell: Cell, path: Path
) -> Edit:
    last = statement.end_lineno or statement.lineno
    if [(mark.string.strip(), mark.start[0]) for mark in marks] != [(LINE, last)]:
        raise SourceError(path, cell.first_line + marks[0].start[0] - 1, ASSIGNMENT_MARK)
    start = positions.of_node(statement.lineno, statement.col_offset)
    target = cell.exercise
    if isinstance(statement, ast.AnnAssign):
        target = f"{target}: {ast.unparse(statement.annotation)}"
    return Edit(start, positions.line_end(last), f"{target} = ...")


def _function_hole(
    statement: ast.stmt, marks: list[tokenize.TokenInfo], positions: Positions, cell: Cell, path: Path
) -> Edit:
    first_mark = cell.first_line + marks[0].start[0] - 1
    begin, end = marks[0], marks[-1]
    if [mark.string.strip() for mark in marks] != [BEGIN, END] or not all(
        _alone(mark, positions, cell.text) for mark in marks
    ):
        raise SourceError(path, first_mark, FUNCTION_MARKS)
    hole = Edit(positions.of_token(begin.start), positions.line_end(end.start[0]), "...")
    if not _is_empty_function(apply_edits(cell.text, [hole])):
        raise SourceError(path, first_mark, NOT_WHOLE_BODY)
    return hole


def _alone(mark: tokenize.TokenInfo, positions: Positions, code: str) -> bool:
    return not code[positions.line_start(mark.start[0]) : positions.of_token(mark.start)].strip()


def _is_empty_function(code: str) -> bool:
    """Is this one function that holds ``...`` and at most a docstring, which may be an ``L("…", "…")``?"""
    try:
        (function,) = ast.parse(code).body
    except (SyntaxError, ValueError):
        return False
    *before, last = function.body if isinstance(function, ast.FunctionDef) else [function]
    docstring = [isinstance(s, ast.Expr) and isinstance(s.value, (ast.Constant, ast.Call)) for s in before]
    hole = isinstance(last, ast.Expr) and isinstance(last.value, ast.Constant) and last.value.value is ...
    return hole and docstring in ([], [True])
