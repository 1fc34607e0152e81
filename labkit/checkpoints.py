"""An untouched notebook runs to its end: a cell that reads an unanswered name becomes a card.

A stub leaves ``x = ...`` behind. Any later cell that would read ``x`` is replaced, before it runs, by
a card that says which answer it waits for.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from labkit.cards import Card, show
from labkit.exercises.judge import is_unanswered
from labkit.language import Text

SKIPPED = Text("Skipped for now: {names} is not there yet", "先跳过：{names} 还没有内容")
SKIPPED_BODY = Text(
    "It runs once the exercise above is answered; then run this cell again. "
    "On your own file, what needs planted truth stays skipped.",
    "完成上面的练习后再运行这一格即可。用你自己的文件时，需要预埋真相的格子会一直跳过。",
)


class SkipUnanswered:
    """An IPython ``ast_transformer`` that puts a card in place of a cell that cannot run yet.

    Parameters
    ----------
    namespace : mapping
        The notebook's variables.
    exercises : collection of str
        Names of the lab's exercises: only these are looked at for stub *functions*.
    """

    def __init__(self, namespace: Mapping[str, Any], exercises: Collection[str]) -> None:
        self.namespace, self.exercises = namespace, frozenset(exercises)

    def visit(self, module: ast.Module) -> ast.Module:
        """Return the module to run; on any doubt, the cell as it was written."""
        try:
            waiting = sorted(name for name in names_read(module) if self._waits(name))
        except Exception:
            return module
        return _card_instead(waiting) if waiting else module

    def _waits(self, name: str) -> bool:
        if name not in self.namespace:
            return False
        value = self.namespace[name]
        return value is ... or (name in self.exercises and is_unanswered(value))


def install(shell: Any, exercises: Collection[str]) -> None:
    """Use the transformer in this shell, in place of one that an earlier lab left there."""
    transformers = shell.ast_transformers
    transformers[:] = [each for each in transformers if type(each).__name__ != SkipUnanswered.__name__]
    transformers.append(SkipUnanswered(shell.user_ns, exercises))


def names_read(module: ast.Module) -> set[str]:
    """Names of the notebook that a cell reads before it gives them a value itself."""
    bound: set[str] = set()
    read: set[str] = set()
    for statement in module.body:
        used, given = _used_and_given(statement)
        read |= used - bound
        bound |= given
    return read


def scope_of(code: str) -> symtable.SymbolTable:
    """The names of some code, where every comprehension is a scope of its own.

    Since Python 3.12 a list comprehension shares the scope around it (PEP 709) and its variable looks like
    one of the notebook's; a generator does not, so comprehensions are read as generators.
    """
    as_generators = _AsGenerators().visit(ast.parse(code))
    return symtable.symtable(ast.unparse(as_generators), "<cell>", "exec")


class _AsGenerators(ast.NodeTransformer):
    def visit_ListComp(self, node: ast.ListComp) -> ast.GeneratorExp:
        self.generic_visit(node)
        return ast.GeneratorExp(node.elt, node.generators)

    def visit_SetComp(self, node: ast.SetComp) -> ast.GeneratorExp:
        self.generic_visit(node)
        return ast.GeneratorExp(node.elt, node.generators)

    def visit_DictComp(self, node: ast.DictComp) -> ast.GeneratorExp:
        self.generic_visit(node)
        return ast.GeneratorExp(ast.Tuple([node.key, node.value], ast.Load()), node.generators)


def _used_and_given(statement: ast.stmt) -> tuple[set[str], set[str]]:
    """Names that one statement reads from the notebook, and those it gives a value."""
    scope = scope_of(ast.unparse(statement))
    given = {
        symbol.get_name() for symbol in scope.get_symbols() if symbol.is_assigned() or symbol.is_imported()
    }
    used = {symbol.get_name() for symbol in scope.get_symbols() if symbol.is_referenced()}
    for inner in _scopes_within(scope):
        used |= {
            symbol.get_name()
            for symbol in inner.get_symbols()
            if symbol.is_global() and symbol.is_referenced()
        }
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        used.discard(statement.name)
    elif isinstance(statement, (ast.For, ast.With)):
        used -= given - _loaded_outside_body(statement)
    elif isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        used.add(statement.target.id)
    return used, given


def _loaded_outside_body(statement: ast.For | ast.With) -> set[str]:
    """Names that a loop's or a context's head reads, before its own targets are bound."""
    heads = (
        [statement.iter]
        if isinstance(statement, ast.For)
        else [item.context_expr for item in statement.items]
    )
    return {
        node.id
        for head in heads
        for node in ast.walk(head)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def _scopes_within(scope: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for inner in scope.get_children():
        yield inner
        yield from _scopes_within(inner)


def _card_instead(names: list[str]) -> ast.Module:
    call = f"__import__('labkit.checkpoints', fromlist=['show_skipped']).show_skipped({names!r})"
    return ast.parse(call)


def show_skipped(names: list[str]) -> None:
    """Show the card that stands in place of a cell."""
    title = str(SKIPPED.fill(names=", ".join(names)))
    show(Card("skipped", title, str(SKIPPED_BODY), facts={"waits_for": names}))
