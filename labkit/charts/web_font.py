"""The bundled Chinese font for a page: only the characters that the page uses, inside the page."""

from __future__ import annotations

import base64
import io

from labkit.charts.style import FONT_DIR

REGULAR, BOLD = (FONT_DIR / f"NotoSansSC-{weight}-gb2312.ttf" for weight in ("400Regular", "700Bold"))
FIRST_WIDE_CHARACTER = "\u2e80"
FAMILY = "Course"
"""Stands first among a page's fonts: named last, Chromium leaves some of a page's first words unset."""


def embedded_font(text: str, *, bold: bool = False, latin: bool = False) -> str:
    """Return a ``data:`` address of the font cut to a text; empty if the text holds nothing of its own for it.

    A reader's system may have no Chinese font; two hundred characters take about 40 kB.

    Parameters
    ----------
    text : str
        The page.
    bold : bool
        The bold weight?
    latin : bool
        Also letters, digits and signs, where lines must break alike on every system, as on slides?
    """
    wanted = {character for character in text if latin or character >= FIRST_WIDE_CHARACTER}
    if not wanted:
        return ""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(BOLD if bold else REGULAR, recalcTimestamp=False)
    subsetter = Subsetter(
        Options(layout_features=["kern"] if latin else [], hinting=False, notdef_outline=True)
    )
    subsetter.populate(text="".join(wanted))
    subsetter.subset(font)
    font.flavor = "woff"
    written = io.BytesIO()
    font.save(written)
    return "data:font/woff;base64," + base64.b64encode(written.getvalue()).decode()


def font_faces(page: str, *, latin: bool = False) -> str:
    """Return the style rules that give a page :data:`FAMILY` in two weights; empty if it needs nothing of it.

    Parameters
    ----------
    page : str
        Its whole text.
    latin : bool
        Also for letters, digits and signs; else these stay with the fonts named after it.
    """
    faces = [(weight, embedded_font(page, bold=weight == 700, latin=latin)) for weight in (400, 700)]
    for_what = "" if latin else f"unicode-range: U+{ord(FIRST_WIDE_CHARACTER):X}-10FFFF; "
    return "\n".join(
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; {for_what}src: url("{font}"); }}'
        for weight, font in faces
        if font
    )
