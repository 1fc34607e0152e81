"""The bundled Chinese font for a page: only the characters that the page uses, inside the page."""

from __future__ import annotations

import base64
import io

from labkit.charts.style import FONT_DIR

REGULAR, BOLD = (FONT_DIR / f"NotoSansSC-{weight}-gb2312.ttf" for weight in ("400Regular", "700Bold"))
FIRST_WIDE_CHARACTER = "\u2e80"


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
