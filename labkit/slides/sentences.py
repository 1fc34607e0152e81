"""A paragraph → its sentences, because a slide is read sentence by sentence."""

from __future__ import annotations

import re

END = re.compile(
    r"(?<=[.!?])[\"”’)]*\*{0,2}\s+(?=[A-Z“\"*`$(‘])|(?<=[。！？])[”’）]*\*{0,2}[ \n]*(?=.)", re.DOTALL
)
"""Behind a full stop, a question mark or the like, with what closes behind it."""
NUMBERED = re.compile(r"(?:^|[ *(])\d\.\*{0,2}\s*$")
"""``1.`` in front of what it numbers."""


def sentences(paragraph: str) -> list[str]:
    """Split a paragraph of markdown where a sentence ends, never inside emphasis, code, a formula or brackets.

    >>> sentences("It *is*. Ask **why. And when?** Then act.")
    ['It *is*.', 'Ask **why. And when?**', 'Then act.']
    """
    found, begin = [], 0
    for end in END.finditer(paragraph):
        if _is_whole(paragraph[begin : end.end()]) and not NUMBERED.search(paragraph[begin : end.end()]):
            found.append(paragraph[begin : end.end()].strip())
            begin = end.end()
    return [*found, *filter(None, [paragraph[begin:].strip()])]


def _is_whole(text: str) -> bool:
    """Is everything closed that was opened?"""
    text = re.sub(r"\\.", "", text)
    strong, alone = text.count("**"), text.replace("**", "").count("*")
    if any(count % 2 for count in (strong, alone, text.count("`"), text.count("$"))):
        return False
    return all(text.count(left) == text.count(right) for left, right in ("()", "（）", "“”", "「」", "[]"))
