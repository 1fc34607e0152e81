"""Every character of Chinese text is in the bundled font, so that no figure or report shows a box."""

from __future__ import annotations

import functools
from pathlib import Path

from fontTools.ttLib import TTFont

import labkit
from labkit.authoring.faults import Fault
from labkit.authoring.passages import passages
from labkit.authoring.source import LabSource
from labkit.language import Text

FONTS = Path(labkit.__file__).parent / "charts" / "fonts"
NOT_THERE = Text("The bundled font has no {character} ({code}).", "自带字体里没有 {character}（{code}）。")


def glyphs(lab: LabSource) -> list[Fault]:
    """Report characters of Chinese text that the bundled fonts lack."""
    faults = []
    for passage in passages(lab, "zh"):
        for offset, line in enumerate(passage.text.split("\n")):
            for character in dict.fromkeys(line):
                if ord(character) > 0x7F and character not in characters_of_fonts():
                    shown = NOT_THERE.fill(character=character, code=f"U+{ord(character):04X}")
                    faults.append(Fault("glyphs", passage.path, passage.line + offset, shown))
    return faults


@functools.cache
def characters_of_fonts() -> frozenset[str]:
    """Characters that every bundled font has."""
    fonts = [set(TTFont(path, lazy=True).getBestCmap()) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset(chr(code) for code in set.intersection(*fonts))
