"""Questions about code that a trainee wrote, answered without running it and without ever raising."""

from __future__ import annotations

import ast
import functools
import io
import re
import tokenize

from labkit.checkpoints import scope_of

MOST_CHARACTERS = 60_000
"""In one cell; the longest of the course has a few thousand."""
_HARMLESS_MAGIC = re.compile(r"\A\s*%%(?:time|timeit|capture|prun)\b[^\n]*\n")
_LINE_MAGIC = re.compile(r"^(\s*)[%!?].*$", re.MULTILINE)
MOST_NESTED = 100
"""Nodes of syntax within each other; the deepest cell of the course has some twenty."""
_TOO_DEEP = (SyntaxError, ValueError, RecursionError, MemoryError)


def plain_python(source: str) -> str:
    """Return a cell without what only a notebook understands: ``%%time``, ``%matplotlib``, ``!pip``."""
    if is_python(source):
        return source
    without = _LINE_MAGIC.sub(r"\1pass", _HARMLESS_MAGIC.sub("", source))
    return without if is_python(without) else source


@functools.lru_cache(maxsize=1024)
def is_python(source: str) -> bool:
    """Can it be parsed, and is it short and flat enough to be looked at further?"""
    if len(source) > MOST_CHARACTERS:
        return False
    try:
        module = ast.parse(source)
        if _depth(module) > MOST_NESTED:
            return False
        scope_of(ast.unparse(module))
    except _TOO_DEEP:
        return False
    return True


def _depth(module: ast.Module) -> int:
    level: list[ast.AST] = [module]
    depth = 0
    while level and depth <= MOST_NESTED:
        level = [inner for node in level for inner in ast.iter_child_nodes(node)]
        depth += 1
    return depth


@functools.lru_cache(maxsize=1024)
def names_given(source: str) -> frozenset[str]:
    """Names of the notebook that a cell gives a value: by assignment, import, def, for, with."""
    if not is_python(source):
        return frozenset()
    symbols = scope_of(source).get_symbols()
    return frozenset(symbol.get_name() for symbol in symbols if symbol.is_assigned() or symbol.is_imported())


def gives(source: str, name: str) -> bool:
    """Does a cell give that name a value, or try to in code that cannot be parsed?"""
    if is_python(source):
        return name in names_given(source)
    return (
        re.search(rf"^\s*(?:(?:async\s+)?def\s+{name}\s*\(|{name}\s*=[^=])", source, re.MULTILINE) is not None
    )


@functools.lru_cache(maxsize=1024)
def normal_form(source: str) -> str:
    """Return code without comments, layout, docstrings and type hints' spacing; what is no Python as it is."""
    if not is_python(source):
        return source.strip()
    module = ast.parse(source)
    for node in ast.walk(module):
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            without = [statement for statement in node.body if not _is_remark(statement)]
            node.body = without if without or isinstance(node, ast.Module) else [ast.Pass()]
    return ast.unparse(module)


def _is_remark(statement: ast.stmt) -> bool:
    """A docstring, or ``...`` where a statement could be."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def is_unanswered_code(source: str, handed_out: str = "") -> bool:
    """Is it the stub as handed out, empty, or does it leave nothing but ``...`` or an empty function?"""
    if not is_python(source):
        return not source.strip()
    code = normal_form(source)
    if not code.strip() or (handed_out and code == normal_form(handed_out)):
        return True
    return all(_leaves_nothing(statement) for statement in ast.parse(code).body)


def _leaves_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Assign(value=ast.Constant(value=value)) | ast.AnnAssign(value=ast.Constant(value=value)):
            return value is ...
        case ast.FunctionDef(body=body) | ast.AsyncFunctionDef(body=body):
            return all(_returns_nothing(inner) for inner in body)
    return isinstance(statement, ast.Pass)


def _returns_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Return(value=None) | ast.Return(value=ast.Constant(value=None)):
            return True
    return isinstance(statement, ast.Pass)


def code_tokens(source: str) -> list[str]:
    """Return the words and signs of some code, names kept, without comments and layout."""
    readable = io.StringIO(normal_form(source)).readline
    try:
        found = list(tokenize.generate_tokens(readable))
    except (tokenize.TokenError, SyntaxError, IndentationError):
        return source.split()
    kept = {tokenize.NAME, tokenize.NUMBER, tokenize.STRING, tokenize.OP}
    return [token.string for token in found if token.type in kept]
