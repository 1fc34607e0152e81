"""Prose on as few pages as it needs, about as much on each, broken where a paragraph ends if that is possible."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from labkit.slides.blocks import Block

BREAK_INSIDE_PARAGRAPH = 0.25
"""What such a break costs; a page that is full costs 1."""


def paginate(blocks: Sequence[Block], first_room: int, room: int) -> list[list[Block]]:
    """Split blocks into pages.

    Parameters
    ----------
    blocks : sequence of Block
        In their order.
    first_room, room : int
        Pixels of the first page and of every further one. A block that is higher than a page gets one alone.
    """
    heights = [block.height for block in blocks]

    @cache
    def best(begin: int, space: int) -> tuple[float, tuple[int, ...]]:
        """Cost of the pages from a block on, and where each ends."""
        if begin == len(blocks):
            return 0.0, ()
        found = []
        for end in range(begin + 1, len(blocks) + 1):
            used = sum(heights[begin:end])
            if used > space and end > begin + 1:
                break
            cost, ends = best(end, room)
            broken = end < len(blocks) and not blocks[end].begins
            page = 1 + (used / space) ** 2 + BREAK_INSIDE_PARAGRAPH * broken
            found.append((cost + page, (end, *ends)))
        return min(found)

    pages, begin = [], 0
    for end in best(0, first_room)[1]:
        pages.append(list(blocks[begin:end]))
        begin = end
    return pages
