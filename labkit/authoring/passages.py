"""Everything in a lab that a person reads, with its place: prose, texts and comments in code, texts of the checks."""

from __future__ import annotations

import ast
import copy
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from labkit.authoring.language_split import twin_texts
from labkit.authoring.source import LabSource
from labkit.language import LANGUAGES, Language

Kind = Literal["title", "prose", "literal", "comment", "check"]


@dataclass(frozen=True)
class Passage:
    """One text in one language.

    Parameters
    ----------
    path, line : Path, int
        Where it begins.
    kind : Kind
        What it is; ``check`` is a Text of the lab's checks.
    text : str
        As read; a hole to be filled stands as ``{}``.
    holes : tuple of str
        What fills the holes, in order: field or expression, with its format.
    """

    path: Path
    line: int
    kind: Kind
    text: str
    holes: tuple[str, ...] = ()


Twins = tuple[Passage, Passage]
"""The English and the Chinese passage that say the same."""


def twins(lab: LabSource) -> list[Twins]:
    """Every text of a lab in both languages; prose without a counterpart is left out."""
    return [_title(lab), *_prose(lab), *_texts_in_code(lab), *_texts_in_checks(lab)]


def passages(lab: LabSource, language: Language) -> list[Passage]:
    """Every text of a lab in one language, with prose that has no counterpart."""
    paired = [pair[LANGUAGES.index(language)] for pair in twins(lab)]
    lone = [
        Passage(lab.path, cell.first_line, "prose", cell.text)
        for cell in lab.prose(language)
        if not any(p.kind == "prose" and p.line == cell.first_line for p in paired)
    ]
    return paired + lone


def _title(lab: LabSource) -> Twins:
    line = lab.header.lines["title"]
    en, zh = (Passage(lab.path, line, "title", text) for text in lab.header.title)
    return en, zh


def _prose(lab: LabSource) -> Iterator[Twins]:
    chinese = {cell.id: cell for cell in lab.prose("zh")}
    for cell in lab.prose("en"):
        if cell.id in chinese:
            en, zh = (Passage(lab.path, c.first_line, "prose", c.text) for c in (cell, chinese[cell.id]))
            yield en, zh


def _texts_in_code(lab: LabSource) -> Iterator[Twins]:
    for cell in lab.cells:
        if cell.kind == "code":
            for twin in twin_texts(cell.text, lab.path, cell.first_line):
                yield (
                    _passage_in_code(lab.path, twin.line, twin.kind, twin.en),
                    _passage_in_code(lab.path, twin.zh_line, twin.kind, twin.zh),
                )


def _passage_in_code(path: Path, line: int, kind: str, text: str) -> Passage:
    if kind == "comment":
        return Passage(path, line, "comment", text)
    return Passage(path, line, "literal", *_read_literal(ast.parse(f"({text}\n)", mode="eval").body))


def _texts_in_checks(lab: LabSource) -> Iterator[Twins]:
    for path in lab.check_files:
        yield from _texts(path)


def _texts(path: Path) -> Iterator[Twins]:
    """Every ``Text("…", "…")`` of a file whose parts are literals."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id="Text"), args=[first, second]) if _literal(first) and _literal(
                second
            ):
                en, zh = (Passage(path, arg.lineno, "check", *_read_literal(arg)) for arg in (first, second))
                yield en, zh


def _literal(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _read_literal(node: ast.expr) -> tuple[str, tuple[str, ...]]:
    """Text and holes of a literal: of an f-string, or of a template for ``str.format``."""
    if isinstance(node, ast.Constant):
        return _read_template(str(node.value))
    text, holes = "", list[str]()
    for part in getattr(node, "values", []):
        if isinstance(part, ast.FormattedValue):
            text += "{}"
            if not _chooses_a_word(part.value):
                holes.append(_hole(part))
        elif isinstance(part, ast.Constant):
            text += str(part.value)
    return text, tuple(holes)


def _chooses_a_word(value: ast.expr) -> bool:
    """``{'s' if n > 1 else ''}``: grammar of one language, no value."""
    return isinstance(value, ast.IfExp) and _literal(value.body) and _literal(value.orelse)


def _hole(part: ast.FormattedValue) -> str:
    """The value of a hole with its format, without what languages differ in: capitals, separators."""
    value = _OneLanguage().visit(copy.deepcopy(part.value))
    spec = ast.unparse(part.format_spec)[2:-1] if part.format_spec else ""
    return f"{{{ast.unparse(value)}:{spec}}}" if spec else f"{{{ast.unparse(value)}}}"


class _OneLanguage(ast.NodeTransformer):
    """Blank the texts in an expression and drop the methods that change capitals."""

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return ast.Constant("") if isinstance(node.value, str) else node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        """A column's name is no text: it stays."""
        node.value = self.visit(node.value)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Call(
                func=ast.Attribute(value=value, attr="capitalize" | "title" | "upper" | "lower"), args=[]
            ):
                return value
        return node


def _read_template(template: str) -> tuple[str, tuple[str, ...]]:
    """Text and holes of a template; unnamed holes are numbered, so that languages may order them."""
    text, holes = "", list[str]()
    try:
        for literal, name, spec, conversion in string.Formatter().parse(template):
            text += literal
            if name is not None:
                text += "{}"
                value = name or str(len(holes))
                convert = f"!{conversion}" if conversion else ""
                holes.append(f"{{{value}{convert}:{spec}}}" if spec else f"{{{value}{convert}}}")
    except ValueError:
        return template, ()
    return text, tuple(holes)
