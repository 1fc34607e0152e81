"""Questions about code that several gates ask."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from labkit.authoring.source import LabSource
from labkit.checkpoints import scope_of


def method_calls(lab: LabSource, owner: str, method: str) -> Iterator[tuple[int, ast.Call]]:
    """Calls of ``owner.method(…)`` in a lab's code, each with its line in the source."""
    for cell in lab.cells:
        if cell.kind != "code":
            continue
        for node in ast.walk(ast.parse(cell.text)):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr)) if (name, attr) == (
                    owner,
                    method,
                ):
                    yield cell.first_line + node.lineno - 1, node


def lines_by_argument(lab: LabSource, owner: str, method: str) -> dict[str, int]:
    """First argument of each ``owner.method("…")`` → line of its last call."""
    lines: dict[str, int] = {}
    for line, call in method_calls(lab, owner, method):
        match call.args:
            case [ast.Constant(value=str() as argument), *_]:
                lines[argument] = line
    return lines


def names_given(code: str) -> set[str]:
    """Names of the notebook that a cell gives a value: by assignment, import, def, for, with."""
    return {s.get_name() for s in scope_of(code).get_symbols() if s.is_assigned() or s.is_imported()}
