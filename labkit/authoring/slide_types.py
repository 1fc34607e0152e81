"""What each cell is on a slide: the one rule behind live slides in JupyterLab and ``labkit slides``.

It follows from the source: a heading begins a slide, a cell that shows something stands on it, a cell that only
prepares is left out, and the instructor's words become speaker notes.
"""

from __future__ import annotations

import ast
import re
from typing import Literal

from labkit.authoring.cells import Cell

SlideType = Literal["slide", "subslide", "fragment", "skip", "notes"]
HEADING = re.compile(r"(#{1,6}) ")
PLUMBING = {"progress", "hint", "answer"}
"""What a trainee types to ask labkit for something; nothing for a projector."""


def slide_type(cell: Cell, code: str = "") -> SlideType:
    """Return what a cell is on a slide, in the words of Jupyter's ``slideshow`` metadata.

    Parameters
    ----------
    cell : Cell
        Prose or code.
    code : str
        The cell's code in its edition.
    """
    if cell.for_instructor:
        return "notes"
    if cell.kind == "markdown":
        heading = HEADING.match(cell.text)
        return "slide" if heading and len(heading[1]) < 3 else "subslide"
    if cell.exercise:
        return "fragment"
    shown = shown_by(code)
    if "parameters" in cell.tags or shown <= PLUMBING:
        return "skip"
    return "fragment" if "check" in shown else "subslide"


def shown_by(code: str) -> set[str]:
    """Return what a cell shows: verbs of ``lab`` that leave an output (``fact``, ``show``, ``panel``, …), or ``value``.

    A call inside a function shows nothing by itself. ``value`` is the table or number that ends a cell.
    """
    statements = [each for each in ast.parse(code).body if not isinstance(each, ast.FunctionDef)]
    calls = [each for statement in statements for each in ast.walk(statement) if isinstance(each, ast.Call)]
    shown = {verb for call in calls if (verb := _verb(call)) in VERBS}
    last = statements[-1] if statements else None
    if isinstance(last, ast.Expr) and not (isinstance(last.value, ast.Call) and _verb(last.value)):
        shown.add("value")
    return shown


VERBS = {"fact", "show", "panel", "check", "quiz", *PLUMBING}


def _verb(call: ast.Call) -> str:
    """``fact`` of ``lab.fact(…)``; empty for any other call."""
    match call.func:
        case ast.Attribute(value=ast.Name("lab"), attr=verb):
            return verb
    return ""
