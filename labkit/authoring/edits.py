"""Replacing spans of a text, all at once, by positions in the original.

Every transformation of a lab's code is a list of edits on the source as written. So the language split and
the solution marks do not see each other's results, and a line number always means a line of the source.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Edit:
    """Replace ``text[start:end]`` by ``replacement``."""

    start: int
    end: int
    replacement: str = ""


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with every edit made; an edit inside a larger one is dropped."""
    parts, position = [], 0
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if edit.start < position:
            continue
        parts += [text[position : edit.start], edit.replacement]
        position = edit.end
    return "".join(parts) + text[position:]


class Positions:
    """From the row and column that Python's own parsers speak of to an offset in the text.

    ``ast`` counts columns in UTF-8 bytes, ``tokenize`` in characters; rows count from 1 in both.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def line_start(self, row: int) -> int:
        """Offset of the first character of a row."""
        return self._starts[row - 1]

    def line_end(self, row: int) -> int:
        """Offset behind the last character of a row, before its line break."""
        return self._starts[row - 1] + len(self._lines[row - 1])

    def of_token(self, position: tuple[int, int]) -> int:
        """Offset of a ``tokenize`` position."""
        row, column = position
        return self._starts[row - 1] + column

    def of_node(self, row: int, byte_column: int) -> int:
        """Offset of an ``ast`` position."""
        before = self._lines[row - 1].encode()[:byte_column]
        return self._starts[row - 1] + len(before.decode())
