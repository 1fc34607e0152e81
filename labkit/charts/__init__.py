"""Figures in the house style: palette, style, and figures that three or more labs share."""

from labkit.charts.palette import (
    BLACK,
    BLUE,
    DIVERGING,
    GREY,
    INK,
    ORANGE,
    PALETTE,
    PALETTE_DARK,
    RED,
    SEQUENTIAL,
    SKY,
)
from labkit.charts.style import use_house_style

__all__ = [
    "BLACK",
    "BLUE",
    "DIVERGING",
    "GREY",
    "INK",
    "ORANGE",
    "PALETTE",
    "PALETTE_DARK",
    "RED",
    "SEQUENTIAL",
    "SKY",
    "use_house_style",
]
