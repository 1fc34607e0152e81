"""A stub is the solution with a hole in it; what stands around the hole stays."""

import ast
from pathlib import Path

import pytest

from labkit.authoring.cells import Cell
from labkit.authoring.edits import apply_edits
from labkit.authoring.faults import SourceError
from labkit.authoring.solution_marks import solution_edits
from labkit.exercises.judge import is_unanswered

HERE = Path("lab.py")


def make(code, exercise="x", keep=False):
    cell = Cell("code", id="x", line=99, first_line=100, text=code, exercise=exercise)
    return apply_edits(code, solution_edits(cell, HERE, keep=keep))


FUNCTION = '''# en: share
def x(table, *, rel: float = 0.5) -> float:
    """Share of rows."""
    # keep this comment
    # BEGIN SOLUTION
    rows = len(table)

    # lost
    return rel * rows
    # END SOLUTION'''


@pytest.mark.parametrize(
    ("code", "stub", "solution"),
    [
        ("x = f(y)  # SOLUTION", "x = ...", "x = f(y)"),
        (
            "# above\nx = f(\n    y,\n)    # SOLUTION\n# below",
            "# above\nx = ...\n# below",
            "# above\nx = f(\n    y,\n)\n# below",
        ),
        ("x: float = 1 / 3  # SOLUTION", "x: float = ...", "x: float = 1 / 3"),
        ("x = '离网'  # SOLUTION", "x = ...", "x = '离网'"),
        ("x = (\n    a\n    + b\n)  # SOLUTION", "x = ...", "x = (\n    a\n    + b\n)"),
        ("x = '# SOLUTION'  # SOLUTION", "x = ...", "x = '# SOLUTION'"),
    ],
)
def test_assignment_keeps_its_name(code, stub, solution):
    assert make(code) == stub
    assert make(code, keep=True) == solution


def test_function_keeps_signature_docstring_and_comments():
    stub, solution = make(FUNCTION), make(FUNCTION, keep=True)
    assert stub == FUNCTION[: FUNCTION.index("# BEGIN")] + "..."
    assert (
        solution
        == FUNCTION.replace("    # BEGIN SOLUTION\n", "").replace("\n    # END SOLUTION", "\n").rstrip()
        + "\n"
    )
    assert "SOLUTION" not in solution


@pytest.mark.parametrize(
    "code", ["x = 1  # SOLUTION", FUNCTION, FUNCTION.replace('"""Share of rows."""', 'L("Share.", "占比。")')]
)
def test_every_stub_counts_as_unanswered(code):
    namespace = {}
    exec(make(code).replace('L("Share.", "占比。")', '"Share."'), namespace)
    assert is_unanswered(namespace["x"])


def test_cell_that_is_no_exercise_is_left_alone():
    assert make("x = 1  # a comment", exercise=None) == "x = 1  # a comment"


def body(*lines):
    return "def x():\n" + "\n".join(f"    {line}" for line in lines)


REFUSED = {
    "a mark outside an exercise": ("y = 1\nx = 1  # SOLUTION", None, 2, 'exercise="…"'),
    "another name": ("y = 1  # SOLUTION", "x", 1, "one statement only"),
    "an import": ("import numpy\nx = 1  # SOLUTION", "x", 2, "one statement only"),
    "two names": ("x, y = 1, 2  # SOLUTION", "x", 1, "one statement only"),
    "nothing": ("# a comment", "x", 1, "one statement only"),
    "no mark": ("x = 1", "x", 1, "not marked"),
    "a mark in the middle": ("x = f(  # SOLUTION\n    y)", "x", 1, "behind the last line"),
    "two marks": ("x = f(y,  # SOLUTION\n    z)  # SOLUTION", "x", 1, "behind the last line"),
    "a block around an assignment": (
        "# BEGIN SOLUTION\nx = 1\n# END SOLUTION",
        "x",
        1,
        "behind the last line",
    ),
    "a line mark in a function": (body("return 1  # SOLUTION"), "x", 2, "between one"),
    "no end": (body("# BEGIN SOLUTION", "return 1"), "x", 2, "between one"),
    "two blocks": (body(*["# BEGIN SOLUTION", "y = 1", "# END SOLUTION"] * 2), "x", 2, "between one"),
    "a mark behind code": (
        body("y = 1  # BEGIN SOLUTION", "return 1", "# END SOLUTION"),
        "x",
        2,
        "between one",
    ),
    "code before the block": (
        body("y = 1", "# BEGIN SOLUTION", "return y", "# END SOLUTION"),
        "x",
        3,
        "whole body",
    ),
    "code behind the block": (
        body("# BEGIN SOLUTION", "y = 1", "# END SOLUTION", "return y"),
        "x",
        2,
        "whole body",
    ),
    "a block in an if": (
        body("if 1:", "    # BEGIN SOLUTION", "    y = 1", "    # END SOLUTION"),
        "x",
        3,
        "whole body",
    ),
}


@pytest.mark.parametrize("mistake", REFUSED)
def test_wrong_mark_is_refused_with_its_line(mistake):
    code, exercise, line, sentence = REFUSED[mistake]
    ast.parse(code)
    with pytest.raises(SourceError, match=sentence) as caught:
        make(code, exercise)
    assert caught.value.line == 99 + line
