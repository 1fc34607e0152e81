"""Emphasis in prose shows as emphasis.

``**提升度**`` beside Chinese text works, but markdown does not close ``**提升度。**`` before a Chinese character: it
takes the stars for text. The same happens to a star with a space on its inner side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from labkit.authoring.faults import Fault
from labkit.authoring.source import LabSource
from labkit.language import Text

NO_EMPHASIS = re.compile(r"\\\*|\$\$?[^$\n]+\$\$?")
"""Stars that are meant: escaped, or of a formula."""

STAR_BESIDE_TEXT = re.compile(r"\*+(?=\S)|(?<=\S)\*+")

STARS_LEFT = Text(
    "The stars would show as they are: {around}. Put the punctuation mark outside of them, or a space beside them.",
    "星号会原样显示出来：{around}。请把标点移到星号外面，或在星号旁边加空格。",
)


def markdown_renders(lab: LabSource) -> list[Fault]:
    """Report emphasis that a reader would see as stars."""
    parser = MarkdownIt("commonmark").enable("table")
    return [
        Fault("markdown_renders", lab.path, cell.first_line + row, STARS_LEFT.fill(around=around))
        for cell in lab.cells
        if cell.kind == "markdown"
        for row, around in _stars(parser.parse(NO_EMPHASIS.sub("x", cell.text)))
    ]


def _stars(tokens: list[Token]) -> Iterator[tuple[int, str]]:
    """First row of each block in which stars are left as text, with the text around them."""
    for token in tokens:
        for child in token.children or []:
            match = STAR_BESIDE_TEXT.search(child.content) if child.type == "text" else None
            if match:
                around = child.content[max(0, match.start() - 10) : match.end() + 10]
                yield token.map[0] if token.map else 0, around
                break
