"""The house style of every figure, with the bundled Chinese font. First used in lab 3.3."""

from __future__ import annotations

from pathlib import Path

from labkit.charts import palette

FONT_FAMILY = "Noto Sans SC"
FONT_DIR = Path(__file__).parent / "fonts"


def use_house_style(*, dark: bool = False) -> None:
    """Apply the house style to matplotlib and seaborn from now on.

    Parameters
    ----------
    dark : bool
        For a dark page or a projector in a dark room.

    Notes
    -----
    Call it after ``seaborn.set_theme``, which would put a font without Chinese glyphs back.
    """
    import matplotlib as mpl

    _register_fonts()
    mpl.rcParams.update(_typography() | _layout() | _colours(dark))


def _register_fonts() -> None:
    from matplotlib import font_manager

    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    for file in sorted(FONT_DIR.glob("*.ttf")):
        if str(file) not in known:
            font_manager.fontManager.addfont(str(file))


def _typography() -> dict:
    return {
        "font.family": "sans-serif",
        "font.sans-serif": [FONT_FAMILY, "DejaVu Sans"],
        "font.size": 10.5,
        "axes.titlesize": "large",
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.titlepad": 12,
        "pdf.fonttype": 42,
        "svg.fonttype": "path",
        "svg.hashsalt": "labkit",
    }


def _layout() -> dict:
    return {
        "figure.figsize": (7.2, 4.05),
        "figure.dpi": 110,
        "figure.constrained_layout.use": True,
        "savefig.dpi": 200,
        "savefig.bbox": "tight",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.axisbelow": True,
        "grid.linewidth": 0.8,
        "legend.frameon": False,
        "lines.linewidth": 2.2,
        "lines.markersize": 6,
    }


def _colours(dark: bool) -> dict:
    from cycler import cycler

    ink, paper, grid = (
        (palette.INK_DARK, palette.PAPER_DARK, palette.GRID_DARK)
        if dark
        else (palette.INK, palette.PAPER, palette.GRID)
    )
    ink_settings = ("axes.edgecolor", "axes.labelcolor", "text.color", "xtick.color", "ytick.color")
    paper_settings = ("figure.facecolor", "axes.facecolor", "savefig.facecolor", "patch.edgecolor")
    return {
        **dict.fromkeys(ink_settings, ink),
        **dict.fromkeys(paper_settings, paper),
        "grid.color": grid,
        "image.cmap": palette.SEQUENTIAL,
        "axes.prop_cycle": cycler(color=palette.PALETTE_DARK if dark else palette.PALETTE),
    }
