"""Code for two languages → code for one.

``L("Churn rate", "离网率")`` becomes the one literal, a comment pair ``# en: …`` / ``# zh: …`` the one comment,
and ``from labkit import L`` goes, so a trainee's notebook reads as if it had been written in one language.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from labkit.authoring.edits import Edit, Positions, apply_edits
from labkit.authoring.faults import SourceError
from labkit.language import Language, Text

MARKS: dict[Language, str] = {"en": "# en:", "zh": "# zh:"}
SOLUTION_MARKS = ("# SOLUTION", "# BEGIN SOLUTION", "# END SOLUTION")

WANTS_TWO_LITERALS = Text(
    'L takes two string literals, English then Chinese: L("Churn rate", "离网率"). Either may be an f-string.',
    'L 要两个字符串字面量，先英文后中文：L("Churn rate", "离网率")，也可以是 f-string。',
)
INSIDE_F_STRING = Text(
    'L cannot stand inside an f-string. Give the text a name in a line of its own, or write L(f"…", f"…").',
    'L 不能写在 f-string 里面。请另起一行给这段文字起个名字，或者写成 L(f"…", f"…")。',
)
L_IS_TAKEN = Text(
    'L is taken: it chooses the edition\'s text. It can only be called, as L("…", "…"), and imported by `from labkit import L`.',
    '名称 L 有专门用途：选择本版语言的文字。只能写成 L("…", "…") 来调用，用 `from labkit import L` 导入。',
)
IMPORT_NOT_ALONE = Text(
    "`from labkit import L` stands on a line of its own, not indented, with nothing behind it.",
    "`from labkit import L` 要单独成行、不缩进，后面不写别的内容。",
)
LONE_COMMENT = Text(
    "A comment stands in both languages: a line `# en: …` and directly below it `# zh: …`.",
    "注释要有两种语言：先一行 `# en: …`，紧接着一行 `# zh: …`。",
)
MARK_BEHIND_CODE = Text(
    "A bilingual comment stands on lines of its own, above the code it speaks of.",
    "双语注释要单独成行，写在它所说明的代码上方。",
)
EMPTY_COMMENT = Text("This comment has no text in one language.", "这条注释有一种语言没有内容。")


@dataclass(frozen=True)
class TwinText:
    """One text of the code in both languages, as written: two literals, or two comments.

    Parameters
    ----------
    line, zh_line : int
        Lines of the source on which the English and the Chinese begin.
    kind : {"literal", "comment"}
        What it is in the code.
    en, zh : str
        Source text of the literal (with its quotation marks), or the comment without its sign.
    start, end : int
        What to replace in the cell's text.
    indent : str
        Of a comment.
    """

    line: int
    zh_line: int
    kind: str
    en: str
    zh: str
    start: int
    end: int
    indent: str = ""


def twin_texts(code: str, path: Path, first_line: int) -> list[TwinText]:
    """Every text of a code cell that has two languages, in order.

    Raises
    ------
    SourceError
        A text that cannot be split, with its line.
    """
    return sorted(
        [*_literals(code, path, first_line), *_comments(code, path, first_line)], key=lambda t: t.start
    )


def language_edits(code: str, language: Language, path: Path, first_line: int) -> list[Edit]:
    """The edits that leave one language in a code cell."""
    edits = _import_edits(code, path, first_line)
    for twin in twin_texts(code, path, first_line):
        text = twin.zh if language == "zh" else twin.en
        if twin.kind == "comment":
            text = f"\n{twin.indent}".join(f"# {line}".rstrip() for line in text.split("\n"))
        edits.append(Edit(twin.start, twin.end, text))
    return edits


def split_language(code: str, language: Language, path: Path, first_line: int = 1) -> str:
    """Return a code cell in one language; see :func:`language_edits`."""
    return apply_edits(code, language_edits(code, language, path, first_line))


# ---- literals --------------------------------------------------------------------------------------


def _literals(code: str, path: Path, first_line: int) -> Iterator[TwinText]:
    tree, positions = ast.parse(code), Positions(code)
    calls, called = [], set()
    for node in ast.walk(tree):
        _refuse_inside_f_string(node, path, first_line)
        if isinstance(node, ast.Call) and _is_l(node.func):
            calls.append(node)
            called.add(node.func)
    for node in ast.walk(tree):
        if _takes_the_name(node) or (_is_l(node) and node not in called):
            raise SourceError(path, first_line + getattr(node, "lineno", 1) - 1, L_IS_TAKEN)
    open_brackets = _open_brackets(code)
    for call in calls:
        if call.keywords or len(call.args) != 2 or not all(_is_literal(arg) for arg in call.args):
            raise SourceError(path, first_line + call.lineno - 1, WANTS_TWO_LITERALS)
        start, end = _span(call, positions)
        en, zh = (_literal_text(arg, code, positions, start in open_brackets) for arg in call.args)
        en_line, zh_line = (first_line + arg.lineno - 1 for arg in call.args)
        yield TwinText(en_line, zh_line, "literal", en, zh, start, end)


def _is_l(node: ast.AST) -> bool:
    """Is this the name ``L``, or ``labkit.L``, which is refused because it is not called as ``L``?"""
    return isinstance(node, ast.Name) and node.id == "L"


def _takes_the_name(node: ast.AST) -> bool:
    match node:
        case ast.Name(id="L", ctx=ast.Store() | ast.Del()) | ast.arg(arg="L"):
            return True
        case ast.Attribute(value=ast.Name(id="labkit"), attr="L"):
            return True
        case ast.FunctionDef(name="L") | ast.AsyncFunctionDef(name="L") | ast.ClassDef(name="L"):
            return True
        case ast.ImportFrom(module="labkit", names=names):
            return any(name.name == "L" and name.asname for name in names)
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return any((name.asname or name.name) == "L" for name in names)
    return False


def _refuse_inside_f_string(node: ast.AST, path: Path, first_line: int) -> None:
    if isinstance(node, ast.JoinedStr):
        for inner in ast.walk(node):
            if isinstance(inner, ast.Call) and _is_l(inner.func):
                raise SourceError(path, first_line + node.lineno - 1, INSIDE_F_STRING)


def _is_literal(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _span(node: ast.expr | ast.stmt, positions: Positions) -> tuple[int, int]:
    assert node.end_lineno is not None and node.end_col_offset is not None
    return positions.of_node(node.lineno, node.col_offset), positions.of_node(
        node.end_lineno, node.end_col_offset
    )


def _literal_text(node: ast.expr, code: str, positions: Positions, in_brackets: bool) -> str:
    """The literal as written; parts on several lines get brackets where none are open."""
    start, end = _span(node, positions)
    text = code[start:end]
    return text if in_brackets or _is_one_statement(text) else f"({text})"


def _is_one_statement(text: str) -> bool:
    try:
        return len(ast.parse(text).body) == 1
    except SyntaxError:
        return False


def _open_brackets(code: str) -> set[int]:
    """Offsets of names that stand inside brackets, where a line break ends nothing."""
    positions, depth, inside = Positions(code), 0, set()
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.OP:
            depth += (token.string in "([{") - (token.string in ")]}")
        elif token.type == tokenize.NAME and depth:
            inside.add(positions.of_token(token.start))
    return inside


def _import_edits(code: str, path: Path, first_line: int) -> list[Edit]:
    """Drop ``L`` from ``from labkit import L``, and the line with it if nothing else is left."""
    positions, edits = Positions(code), []
    for node in ast.walk(ast.parse(code)):
        if not (isinstance(node, ast.ImportFrom) and node.module == "labkit" and not node.level):
            continue
        others = [name for name in node.names if name.name != "L"]
        if len(others) == len(node.names):
            continue
        (start, end), line_end = _span(node, positions), positions.line_end(node.end_lineno or 1)
        if start != positions.line_start(node.lineno) or code[end:line_end].strip():
            raise SourceError(path, first_line + node.lineno - 1, IMPORT_NOT_ALONE)
        names = ", ".join(f"{name.name} as {name.asname}" if name.asname else name.name for name in others)
        if names:
            edits.append(Edit(start, end, f"from labkit import {names}"))
        else:
            edits.append(Edit(start, min(line_end + 1, len(code))))
    return edits


# ---- comments --------------------------------------------------------------------------------------


def _comments(code: str, path: Path, first_line: int) -> Iterator[TwinText]:
    positions, lines = Positions(code), code.split("\n")
    tokens = [t for t in tokenize.generate_tokens(io.StringIO(code).readline) if t.type == tokenize.COMMENT]
    own_line = {t.start[0]: t for t in tokens if not lines[t.start[0] - 1][: t.start[1]].strip()}
    for token in tokens:
        if token.start[0] not in own_line and token.string.startswith(tuple(MARKS.values())):
            raise SourceError(path, first_line + token.start[0] - 1, MARK_BEHIND_CODE)
    row = 0
    for first in sorted(own_line):
        if first <= row or not own_line[first].string.startswith(tuple(MARKS.values())):
            continue
        column = own_line[first].start[1]
        en, middle = _one_comment(own_line, first, column, "en")
        zh, last = _one_comment(own_line, middle + 1, column, "zh")
        if en is None or zh is None:
            raise SourceError(path, first_line + first - 1, LONE_COMMENT)
        if not en.strip() or not zh.strip():
            raise SourceError(path, first_line + first - 1, EMPTY_COMMENT)
        start, row = positions.of_token(own_line[first].start), last
        indent = " " * column
        end = positions.line_end(last)
        yield TwinText(first_line + first - 1, first_line + middle, "comment", en, zh, start, end, indent)


def _one_comment(
    own_line: dict[int, tokenize.TokenInfo], first: int, column: int, language: Language
) -> tuple[str | None, int]:
    """The text of a comment that begins on row ``first`` in this language, and its last row."""
    begin = own_line.get(first)
    if begin is None or begin.start[1] != column or not begin.string.startswith(MARKS[language]):
        return None, first
    texts, last = [begin.string[len(MARKS[language]) :].strip()], first
    while (following := own_line.get(last + 1)) and following.start[1] == column:
        if following.string.startswith((*MARKS.values(), *SOLUTION_MARKS)):
            break
        texts.append(following.string[1:].removeprefix(" ").rstrip())
        last += 1
    return "\n".join(texts if texts[0] else texts[1:]), last
