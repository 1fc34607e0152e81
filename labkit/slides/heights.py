"""How much room a text takes on a slide of 1280 × 720 pixels: an estimate, which the page corrects where it errs.

Sizes here and in ``templates/deck/deck.css`` belong together.
"""

from __future__ import annotations

import math
import re

WIDTH = 1112
"""Pixels between the margins."""
ROOM = 590
"""Pixels between title and foot of a slide."""
WIDE, NARROW = 1.0, 0.46
"""Width of a Chinese and of a Latin character, in units of the type size."""

COMMAND = re.compile(r"\\[a-zA-Z]+|\\.")
MARKS = re.compile(r"\*\*|[*`$]|\]\([^)]*\)|<[^>]+>")


def text_height(text: str, size: int, *, width: int = WIDTH, spacing: float = 1.45, gap: int = 16) -> int:
    """Return the height of a paragraph in pixels.

    Parameters
    ----------
    text : str
        Markdown; its marks take no room.
    size : int
        Type size in pixels.
    width : int
        Pixels that a line may take.
    spacing : float
        Distance of lines, in type sizes.
    gap : int
        Pixels below the paragraph.
    """
    return round(text_lines(text, size, width) * size * spacing) + gap


def text_lines(text: str, size: int, width: int = WIDTH) -> int:
    """Return the number of lines of a paragraph."""
    return max(1, math.ceil(text_width(text) * size / width))


def text_width(text: str) -> float:
    """Return the length of a text on one line, in units of the type size."""
    plain = MARKS.sub("", COMMAND.sub("x", text))
    return sum(WIDE if character >= "\u2e80" else NARROW for character in plain)
