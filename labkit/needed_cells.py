"""Which cells of a notebook have to run before a cell can: found by reading names, without running anything.

A live panel and a grader need a few cells of a lab, not all of its models and figures.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from labkit.checkpoints import names_read, scope_of


def needed_cells(sources: Sequence[str], wanted: Iterable[int]) -> list[int]:
    """Return the places of the wanted cells and of every cell before them that they depend on.

    A cell is needed if it gives a value to a name that a needed cell after it reads, or changes what such a name
    stands for: ``table["share"] = …``, ``found.append(…)``. A change made by handing a thing to a function
    is not seen, unless the function is called for that alone: ``shuffle(rows)``.

    Parameters
    ----------
    sources : sequence of str
        The code of every cell, in order. A cell that is no Python counts as reading and giving nothing.
    wanted : iterable of int
        Places of the cells that are to run.

    Returns
    -------
    list of int
        In order.
    """
    modules = {name for source in sources for name in _imported(source)}
    cells = [_read(source, modules) for source in sources]
    last = set(wanted)
    needed: list[int] = []
    names: set[str] = set()
    for place in range(max(last, default=-1), -1, -1):
        cell = cells[place]
        if place in last or names & (cell.given | cell.changed):
            needed.append(place)
            names = (names - cell.given) | cell.read
    return needed[::-1]


SAYING = frozenset({"lab", "print", "display"})
"""Calls of these, or of their methods, show something and change nothing: ``lab.show(axes, …)``."""


@dataclass(frozen=True)
class _Names:
    """What a cell does to names: reads them first, gives them a value, changes what they stand for."""

    read: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()


def _parsed(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return ast.Module([], [])


def _imported(source: str) -> set[str]:
    """Names that a cell imports."""
    return {
        (alias.asname or alias.name).split(".")[0]
        for node in ast.walk(_parsed(source))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }


def _read(source: str, modules: set[str]) -> _Names:
    module = _parsed(source)
    scope = scope_of(ast.unparse(module))
    given = {
        symbol.get_name() for symbol in scope.get_symbols() if symbol.is_assigned() or symbol.is_imported()
    }
    return _Names(frozenset(names_read(module)), frozenset(given), frozenset(_changed(module) - modules))


def _changed(module: ast.Module) -> set[str]:
    """Names whose thing a cell writes into, by subscript, by attribute, or by a call whose value nobody uses."""
    changed: set[str] = set()
    for node in ast.walk(module):
        match node:
            case ast.Subscript(ctx=ast.Store() | ast.Del()) | ast.Attribute(ctx=ast.Store() | ast.Del()):
                changed |= _root(node)
            case ast.Expr(value=ast.Call(func=function, args=arguments)) if not _root(function) & SAYING:
                changed |= _root(function) if isinstance(function, ast.Attribute) else set()
                changed |= {each.id for each in arguments if isinstance(each, ast.Name)}
    return changed


def _root(node: ast.expr) -> set[str]:
    """The name that ``a.b["c"].d`` begins with."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return {node.id} if isinstance(node, ast.Name) else set()
