"""The cells of a source: where each begins, what it is, and the text in it.

The format is jupytext's *percent* format, so a source also opens in any editor that knows it. It is read
here by Python's own tokenizer, for the line numbers, and more strictly: a cell has an id, prose is comments.
"""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from labkit.authoring.faults import SourceError
from labkit.language import LANGUAGES, Language, Text

MARKER = re.compile(r"# %%(?: \[(?P<kind>\w+)\])?(?P<attributes>(?: .*)?)")
NAME = re.compile(r"[a-z][a-z0-9_]*")
KINDS_OF_ATTRIBUTES = {"id": str, "lang": str, "en_hash": str, "exercise": str, "tags": list}

BAD_MARKER = Text(
    'A cell begins with `# %%` or `# %% [markdown]`, then attributes such as id="question".',
    '单元格以 `# %%` 或 `# %% [markdown]` 开头，后面是 id="question" 这样的属性。',
)
BAD_ATTRIBUTE = Text(
    "The cell's attributes cannot be read from here on: {rest}", "从这里起读不懂单元格的属性：{rest}"
)
UNKNOWN_ATTRIBUTE = Text("No cell has an attribute {name}={value}.", "单元格没有这样的属性：{name}={value}。")
NO_ID = Text(
    'This cell has no id. Give it one in small letters, e.g. id="first_look".',
    '这个单元格没有 id。请用小写字母起一个，例如 id="first_look"。',
)
BAD_NAME = Text(
    "{value} is not a name of small letters, digits and underscores.",
    "{value} 不是由小写字母、数字和下划线组成的名称。",
)
NO_LANGUAGE = Text(
    'A prose cell says its language: lang="en" or lang="zh".',
    '文字单元格要注明语言：lang="en" 或 lang="zh"。',
)
CODE_HAS_LANGUAGE = Text(
    "A code cell stands once for both languages; it has neither lang nor en_hash.",
    "代码单元格两种语言共用一份，不写 lang 也不写 en_hash。",
)
PROSE_IS_EXERCISE = Text("Only a code cell can be an exercise.", "只有代码单元格才能是练习。")
TWICE = Text(
    "The id {id} was used before, in line {line}. A prose cell stands once per language, a code cell once.",
    "id {id} 在第 {line} 行已经用过。文字单元格每种语言一份，代码单元格只有一份。",
)
NOT_A_COMMENT = Text(
    "Every line of a prose cell begins with `# `; an empty line is a single `#`.",
    "文字单元格的每一行都以 `# ` 开头，空行写一个 `#`。",
)
NOT_PYTHON = Text("This is not valid Python: {reason}.", "这不是合法的 Python 代码：{reason}。")
MAGIC = Text(
    "Notebook magics and shell lines are not used in labs, not even in a comment.",
    "实验里不使用 notebook 魔法命令和 shell 命令，写成注释也不行。",
)


@dataclass(frozen=True)
class Cell:
    """One cell of a source.

    Parameters
    ----------
    kind : {"markdown", "code"}
        Prose or code.
    id : str
        Stable name; the two languages of a prose cell share it.
    line : int
        Line of the ``# %%`` marker.
    first_line : int
        Line on which ``text`` begins.
    text : str
        Markdown without its comment signs, or code as written.
    lang : Language, optional
        Of prose.
    en_hash : str, optional
        Of a Chinese cell: fingerprint of the English text it was written for.
    exercise : str, optional
        Name of the exercise whose answer this cell holds.
    tags : tuple of str
        ``parameters``, ``instructor``, …
    """

    kind: Literal["markdown", "code"]
    id: str
    line: int
    first_line: int
    text: str
    lang: Language | None = None
    en_hash: str | None = None
    exercise: str | None = None
    tags: tuple[str, ...] = ()

    @property
    def for_instructor(self) -> bool:
        """Does the cell belong to the solutions edition only?"""
        return "instructor" in self.tags


def split_cells(text: str, path: Path, first_line: int = 1) -> list[Cell]:
    """Split the text of a source, from line ``first_line`` on, into its cells.

    Raises
    ------
    SourceError
        Anything that is not a cell with an id, prose in comments, or valid Python.
    """
    lines = text.split("\n")
    markers = [row for row in _marker_rows(text, path) if row >= first_line]
    _refuse_lines_before(lines[first_line - 1 : markers[0] - 1 if markers else None], path, first_line)
    cells = []
    for row, after in zip(markers, [*markers[1:], len(lines) + 1], strict=True):
        cells.append(_cell(lines[row - 1], lines[row : after - 1], path, row))
    _refuse_repeated_ids(cells, path)
    return cells


def _marker_rows(text: str, path: Path) -> Iterator[int]:
    """Rows of comments at column 0 that begin a cell; one inside a string is not a comment."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT and token.start[1] == 0 and token.string.startswith("# %%"):
                yield token.start[0]
    except (SyntaxError, tokenize.TokenError) as error:
        raise _not_python(error, path, 1, text) from None


def _not_python(error: Exception, path: Path, first_line: int, text: str) -> SourceError:
    """The same complaint from ``ast`` and ``tokenize``, with the line it is about."""
    if isinstance(error, SyntaxError):
        reason, row = error.msg or "syntax", error.lineno or 1
    else:
        reason, row = str(error.args[0]), error.args[1][0]
    row = min(row, text.count("\n") + 1)
    return SourceError(path, first_line + row - 1, NOT_PYTHON.fill(reason=reason))


def _refuse_lines_before(lines: list[str], path: Path, first_line: int) -> None:
    for offset, line in enumerate(lines):
        if line.strip():
            raise SourceError(path, first_line + offset, BAD_MARKER)


def _cell(marker: str, lines: list[str], path: Path, row: int) -> Cell:
    match = MARKER.fullmatch(marker.rstrip())
    if not match or match["kind"] not in {None, "markdown"}:
        raise SourceError(path, row, BAD_MARKER)
    attributes = _attributes(match["attributes"], path, row)
    blank = next((i for i, line in enumerate(lines) if line.strip()), 0)
    first_line = row + 1 + blank
    body = re.sub(r"(\n[ \t]*)+$", "", "\n".join(lines[blank:]))
    if match["kind"]:
        _refuse_wrong_prose_attributes(attributes, path, row)
        return Cell(
            "markdown", line=row, first_line=first_line, text=_prose(body, path, first_line), **attributes
        )
    if attributes.keys() & {"lang", "en_hash"}:
        raise SourceError(path, row, CODE_HAS_LANGUAGE)
    _refuse_broken_code(body, path, first_line)
    return Cell("code", line=row, first_line=first_line, text=body, **attributes)


def _attributes(text: str, path: Path, row: int) -> dict[str, Any]:
    """Read ``id="question" tags=["instructor"]``: names with values in JSON."""
    values: dict[str, Any] = {}
    decoder, rest = json.JSONDecoder(), text.strip()
    while rest:
        name, equals, value_on = rest.partition("=")
        try:
            if not equals or not name.isidentifier() or name in values:
                raise ValueError
            values[name], end = decoder.raw_decode(value_on)
        except ValueError:
            raise SourceError(path, row, BAD_ATTRIBUTE.fill(rest=rest)) from None
        rest = value_on[end:].lstrip()
    for name, value in values.items():
        if not isinstance(value, KINDS_OF_ATTRIBUTES.get(name, ())):
            raise SourceError(path, row, UNKNOWN_ATTRIBUTE.fill(name=name, value=value))
    return _checked_names(values, path, row)


def _checked_names(values: dict[str, Any], path: Path, row: int) -> dict[str, Any]:
    if "id" not in values:
        raise SourceError(path, row, NO_ID)
    tags = values.get("tags", [])
    for name in [values["id"], *([values["exercise"]] if "exercise" in values else []), *tags]:
        if not isinstance(name, str) or not NAME.fullmatch(name) or len(name) > 64:
            raise SourceError(path, row, BAD_NAME.fill(value=name))
    return {**values, "tags": tuple(tags)}


def _refuse_wrong_prose_attributes(attributes: dict[str, Any], path: Path, row: int) -> None:
    if attributes.get("lang") not in LANGUAGES:
        raise SourceError(path, row, NO_LANGUAGE)
    if "exercise" in attributes:
        raise SourceError(path, row, PROSE_IS_EXERCISE)


def _prose(body: str, path: Path, first_line: int) -> str:
    """Take the comment signs off."""
    lines = body.split("\n") if body else []
    for offset, line in enumerate(lines):
        if line != "#" and not line.startswith("# "):
            raise SourceError(path, first_line + offset, NOT_A_COMMENT)
    return "\n".join(line[2:] for line in lines)


def _refuse_broken_code(code: str, path: Path, first_line: int) -> None:
    try:
        ast.parse(code)
    except (SyntaxError, ValueError) as error:
        broken = error if isinstance(error, SyntaxError) else SyntaxError(str(error))
        raise _not_python(broken, path, first_line, code) from None
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.COMMENT and re.match(r"# ?(%\w|!\w)", token.string):
            raise SourceError(path, first_line + token.start[0] - 1, MAGIC)


def _refuse_repeated_ids(cells: list[Cell], path: Path) -> None:
    seen: dict[tuple[str, Language | None], int] = {}
    for cell in cells:
        in_the_way = [(cell.id, lang) for lang in ((cell.lang, None) if cell.lang else (None, *LANGUAGES))]
        for key in in_the_way:
            if key in seen:
                raise SourceError(path, cell.line, TWICE.fill(id=cell.id, line=seen[key]))
        seen[cell.id, cell.lang] = cell.line
