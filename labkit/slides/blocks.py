"""The pieces that stand on slides, and prose taken apart into them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from labkit.slides.heights import NARROW, WIDTH, text_height, text_lines, text_width
from labkit.slides.sentences import sentences

Kind = Literal[
    "heading", "lead", "text", "list", "formula", "box", "listing", "grid",  # of prose
    "figure", "caption", "fact", "table", "code", "task", "verdict", "quiz",  # of cells
]  # fmt: skip

TEXT, LEAD, SMALL, CODE = 28, 36, 26, 21
"""Type sizes in pixels."""
LINES_OF_LEAD = 3
BOX_PADDING, LINES_OF_CODE, LETTERS_IN_LINE = 64, 17, 84
SHORT = 14
"""A short sentence, in units of the type size."""
NEW_STATEMENT = re.compile(r"[A-Za-z@#](?!lse:|lif |xcept|inally)")
HEADING = re.compile(r"(#{1,6}) +(.+)")
AT_THE_KEYBOARD = re.compile(r"`lab\.(?:answer|check|hint|solution|progress)\b")
"""What only somebody with the notebook in front of them can use."""
BOX_BEGINS, BOX_ENDS = '<div class="alert', "</div>"


@dataclass(frozen=True)
class Block:
    """One piece of a slide.

    Parameters
    ----------
    kind : str
        Which; the style sheet knows it by this name.
    source : str
        Markdown, or HTML.
    height : int
        Pixels it is expected to take.
    is_html : bool
        Is the source HTML?
    fragment : bool
        Does it appear with the next key press only?
    level : int
        Of a heading: 1 to 6.
    begins : bool
        Does it begin a paragraph? Then a page may well end before it.
    """

    kind: Kind
    source: str
    height: int = 0
    is_html: bool = False
    fragment: bool = False
    level: int = 0
    begins: bool = True


def prose_blocks(markdown: str) -> Iterator[Block]:
    """Take the markdown of a cell apart: headings, sentences, lists, formulas, boxes, listings, grids."""
    is_first = True
    for part in paragraphs(markdown):
        heading = HEADING.fullmatch(part)
        if heading:
            yield Block("heading", heading[2].strip(), level=len(heading[1]))
            is_first = True
            continue
        for block in _blocks_of(part):
            if block.kind == "text" and is_first and text_lines(block.source, LEAD) <= LINES_OF_LEAD:
                block = Block("lead", block.source, text_height(block.source, LEAD, spacing=1.35, gap=22))
            is_first = False
            yield block


def paragraphs(markdown: str) -> list[str]:
    """Split markdown into its parts; a box, a listing and a list with its continuations stay whole."""
    from markdown_it import MarkdownIt

    lines = markdown.split("\n")
    tokens = [t for t in MarkdownIt("commonmark").enable("table").parse(markdown) if t.map and t.level == 0]
    parts: list[str] = []
    box: list[str] = []
    for token in tokens:
        part = "\n".join(lines[slice(*token.map)]).strip()  # type: ignore[misc]
        if box or part.startswith(BOX_BEGINS):
            box.append(part)
            if part.endswith(BOX_ENDS):
                parts.append("\n\n".join(box))
                box = []
        elif token.type != "paragraph_open" or "$$" not in part:
            parts.append(part)
        else:
            parts += [piece.strip() for piece in re.split(r"(\$\$.*?\$\$)", part, flags=re.DOTALL)]
    return [part for part in parts if part]


def without_box(markdown: str) -> str:
    """The text inside a box, without its label: what an instructor's cell says."""
    parts = [part for part in markdown.split("\n\n") if part not in {"", BOX_ENDS}]
    return "\n\n".join(parts[2:] if parts and parts[0].startswith(BOX_BEGINS) else parts)


def code_block(code: str, *, fragment: bool = False) -> Block:
    """Code, in colours."""
    return Block("code", f"```python\n{code}\n```", listing_height(code), fragment=fragment)


def listing_height(code: str) -> int:
    """Return the height of code in pixels, its long lines wrapped."""
    rows = sum(math.ceil(max(1, text_width(line) / NARROW) / LETTERS_IN_LINE) for line in code.split("\n"))
    return round(rows * CODE * 1.5) + 60


def code_blocks(code: str) -> Iterator[Block]:
    """Code as pieces that each fit a slide, of about the same length, broken between statements if possible."""
    lines = code.split("\n")
    while len(lines) > LINES_OF_CODE:
        pieces = math.ceil(len(lines) / LINES_OF_CODE)
        good = [
            row for row, line in enumerate(lines[: LINES_OF_CODE + 1]) if row and NEW_STATEMENT.match(line)
        ]
        end = min(good or [LINES_OF_CODE], key=lambda row: abs(row - len(lines) / pieces))
        yield code_block("\n".join(lines[:end]).strip("\n"))
        lines = "\n".join(lines[end:]).strip("\n").split("\n")
    yield code_block("\n".join(lines))


def _blocks_of(part: str) -> Iterator[Block]:
    rows = part.split("\n")
    if part.startswith(BOX_BEGINS):
        inside = part.split("\n\n")[1:-1]
        height = sum(text_height(text, SMALL, width=WIDTH - 80) for text in inside) + BOX_PADDING
        yield Block("box", part, height)
    elif part.startswith("$$"):
        yield Block("formula", part, 130 if "frac" in part or "sum" in part else 90)
    elif part.startswith(("```", "~~~")):
        yield Block("listing", part, listing_height("\n".join(rows[1:-1])))
    elif rows[0].startswith("|"):
        yield Block("grid", part, (len(rows) - 1) * 52 + 20)
    elif re.match(r"([*+-]|\d+[.)]) ", part):
        yield from _list_blocks(part)
    elif part.startswith("<"):
        yield Block("box", part, text_height(part, SMALL))
    else:
        said = [sentence for sentence in sentences(part) if not AT_THE_KEYBOARD.search(sentence)]
        for place, sentence in enumerate(_joined(said)):
            yield Block("text", sentence, text_height(sentence, TEXT), begins=place == 0)


def _joined(parts: list[str]) -> Iterator[str]:
    """Sentences; a short question goes with its answer, and what stands bold in front goes with what it names."""
    waiting = ""
    for part in parts:
        gap = "" if waiting.endswith("？") else " "
        waiting = f"{waiting}{gap}{part}".strip()
        is_opening = waiting.endswith(("?", "？")) or (waiting[:2] == waiting[-2:] == "**")
        if not (is_opening and text_width(waiting) < SHORT):
            yield waiting
            waiting = ""
    if waiting:
        yield waiting


def _list_blocks(part: str) -> Iterator[Block]:
    """A list, item by item, so that a long one may go on overleaf."""
    for item in re.split(r"\n(?=(?:[*+-]|\d+[.)]) )", part):
        formulas = item.count("$$") // 2 * 100
        height = text_height(item, TEXT, width=WIDTH - 50, gap=12) + formulas
        yield Block("list", item, height, begins=part.startswith(item))
