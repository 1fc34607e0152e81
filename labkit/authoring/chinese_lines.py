"""Lines of Chinese prose, joined where a line break would show as a gap.

Markdown turns a line break inside a paragraph into a space. Between English words that is right; there is none
between Chinese characters, and none behind a full-width mark.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from markdown_it import MarkdownIt

HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
WIDE_MARK = r"\u3000-\u303f\uff01-\uff60\u201c\u201d\u2014\u2026"
NO_GAP = re.compile(rf"[{HAN}]\n[{HAN}{WIDE_MARK}]|[{WIDE_MARK}]\n[^\s>$]")
"""The last character of a line and the first of the next, where no space belongs between them."""


def join_chinese_lines(prose: str) -> str:
    """Join lines of one paragraph where Chinese stands around the break."""
    lines, inside = prose.split("\n"), set(_breaks_in_paragraphs(prose))
    joined = lines[0]
    for row, (line, following) in enumerate(itertools.pairwise(lines)):
        gap = row in inside and NO_GAP.fullmatch(f"{line[-1:]}\n{following[:1]}")
        joined += following if gap else f"\n{following}"
    return joined


def _breaks_in_paragraphs(prose: str) -> Iterator[int]:
    """Rows whose line break stands inside a paragraph."""
    tokens = MarkdownIt("commonmark").enable("table").parse(prose)
    for token in tokens:
        if token.type == "paragraph_open" and token.map:
            yield from range(token.map[0], token.map[1] - 1)
