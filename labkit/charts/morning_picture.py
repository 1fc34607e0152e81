"""The morning picture: the day's KPIs as one picture for a telephone, to be read at arm's length. First used in lab 7.4.

Laid out in pixels of the picture, from the upper left corner.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from labkit.charts.kpi_dashboard import Alarm, Desk
from labkit.charts.kpi_tiles import State, Tile, percent
from labkit.charts.palette import BLUE, GREY, INK, ORANGE, PAPER, RED, SKY
from labkit.charts.style import FONT_FAMILY
from labkit.language import Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, HEIGHT = 1_080, 1_920
"""A telephone held upright."""
PIXELS_PER_INCH = 200
MARGIN, GAP = 40, 20
HEADER = 220
TILES_BEGIN = HEADER + 30
HEADING_HEIGHT, ALARM_HEIGHT = 115, 152
"""What the alarms keep for themselves; the tiles share the rest."""
TALLEST = 330
"""Of a tile; fewer tiles leave the picture shorter at the bottom."""
MOST_TILES, MOST_ALARMS = 7, 3
SIGNS_FAMILY = "DejaVu Sans"
"""Comes with matplotlib and has all three signs in one size; the Chinese font has not."""
PALE = {RED: "#F8E4E1", ORANGE: "#FCEBD6", GREY: "#F3F5F7"}

TITLE = Text("Good morning", "早间指标")
EXPECTED = Text("expected {figure}", "预期 {figure}")
HEADING = {
    "rings": Text("What rings", "在响的警报"),
    "quiet": Text("Nothing rings today", "今天没有警报"),
    "sleep": Text("Nobody needs to get up.", "谁都不用起床。"),
}
SINCE = Text("since {first}", "始于 {first}")
ENDED = Text("rang until {last}", "响到 {last}")
ORDERS = Text("orders {deviation}", "订单数 {deviation}")
MORE = Text("and {count} more", "另有 {count} 条")


def morning_picture(desk: Desk) -> tuple[Figure, str]:
    """Draw the picture; return it and its alternative text.

    The first tile is set largest, and those after the seventh are left out. What rings comes first; of more than three
    alarms the rest is counted.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    size = WIDTH / PIXELS_PER_INCH, HEIGHT / PIXELS_PER_INCH
    figure = Figure(figsize=size, dpi=PIXELS_PER_INCH)
    figure.set_layout_engine("none")
    FigureCanvasAgg(figure)  # measures letters in pixels of the picture, whichever backend a notebook has
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0))
    axes.axis("off")
    _box(axes, 0, 0, WIDTH, HEIGHT, PAPER)
    _header(axes, desk)
    alarms_height = HEADING_HEIGHT + ALARM_HEIGHT * min(max(len(desk.alarms), 1), MOST_ALARMS)
    below = _tiles(axes, desk.tiles[:MOST_TILES], HEIGHT - TILES_BEGIN - alarms_height)
    _alarms(axes, desk.loudest_first, below)
    return figure, desk.in_words


def save_morning_picture(figure: Figure, path: Path | str) -> Path:
    """Write the picture as PNG of exactly 1080 × 1920 pixels; return its path.

    Folders on the way are made. Written beside and renamed, so that an older picture stays whole until then.
    """
    import matplotlib as mpl

    path = Path(path)
    buffer = io.BytesIO()
    with mpl.rc_context({"savefig.bbox": None}):
        figure.savefig(buffer, format="png", dpi=PIXELS_PER_INCH, metadata={"Software": None})
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(buffer.getvalue())
    beside.replace(path)
    return path


# ---- parts of the picture -------------------------------------------------------------------------


def _header(axes: Axes, desk: Desk) -> None:
    _box(axes, 0, 0, WIDTH, HEADER, BLUE)
    _text(axes, MARGIN, 62, f"{TITLE} · {desk.place}", 44, PAPER)
    _text(axes, MARGIN, 146, desk.day_in_words, 84, PAPER, bold=True)


def _tiles(axes: Axes, tiles: Sequence[Tile], room: float) -> float:
    """The first tile over the whole width, the others in pairs; return where the next part begins."""
    rows = 1 + math.ceil((len(tiles) - 1) / 2)
    height = min(room / rows - GAP, TALLEST)
    half = (WIDTH - 2 * MARGIN - GAP) / 2
    for number, tile in enumerate(tiles):
        left = MARGIN if number % 2 or number == 0 else MARGIN + half + GAP
        top = TILES_BEGIN + (number + 1) // 2 * (height + GAP)
        _tile(axes, tile, left, top, half if number else WIDTH - 2 * MARGIN, height)
    return TILES_BEGIN + rows * (height + GAP)


def _tile(axes: Axes, tile: Tile, left: float, top: float, width: float, height: float) -> None:
    calm = tile.state in (State.WITHIN, State.MISSING)
    ink = INK if calm or tile.colour == ORANGE else RED
    inner, wide = left + 34, width > WIDTH / 2
    room = width / 2 - 60 if wide else width - 64
    _box(axes, left, top, width, height, PALE[tile.colour])
    _box(axes, left, top, 12, height, tile.colour)
    _text(axes, inner, top + 0.15 * height, tile.name, 0.15 * height, room=room)
    value = tile.written(tile.today.value)
    _text(axes, inner, top + 0.41 * height, value, (0.3 if wide else 0.27) * height, bold=True, room=room)
    size, line = 0.145 * height, top + 0.67 * height
    _text(axes, inner, line, tile.state.sign, size, ink, bold=not calm, family=SIGNS_FAMILY)
    _text(axes, inner + 1.3 * size, line, tile.state.word, size, ink, bold=not calm, room=room - 1.3 * size)
    expected = EXPECTED.fill(figure=tile.written(tile.today.expected))
    _text(axes, inner, top + 0.85 * height, expected, 0.125 * height, room=room)
    if wide:
        _curve(axes, tile, left + width / 2 + 20, top + 0.1 * height, width / 2 - 60, 0.8 * height)


def _curve(axes: Axes, tile: Tile, left: float, top: float, width: float, height: float) -> None:
    """The days before, with the limits as a band."""
    lowest, highest = tile.range_of_curve()
    readings = np.clip(np.array(tile.readings, dtype=float).T, lowest, highest)
    across = left + width * np.linspace(0, 1, len(tile.readings))
    value, expected, low, high = top + height * (highest - readings) / (highest - lowest)
    axes.fill_between(across, low, high, color=GREY, alpha=0.3, linewidth=0)
    axes.plot(across, expected, color=GREY, linewidth=1, linestyle=":")
    axes.plot(across, value, color=SKY, linewidth=2)
    colour = BLUE if tile.state is State.WITHIN else tile.colour
    axes.plot(across[-1], value[-1], "o", color=colour, ms=7)


def _alarms(axes: Axes, alarms: Sequence[Alarm], top: float) -> None:
    ringing = any(alarm.rings for alarm in alarms)
    _text(axes, MARGIN, top + 48, HEADING["rings" if ringing else "quiet"], 54, bold=True)
    if not alarms:
        _text(axes, MARGIN, top + 135, HEADING["sleep"], 46)
    for number, alarm in enumerate(alarms[:MOST_ALARMS]):
        at = top + 95 + number * ALARM_HEIGHT
        _box(axes, MARGIN, at, 12, ALARM_HEIGHT - 24, RED if alarm.rings else ORANGE)
        when = (SINCE if alarm.rings else ENDED).fill(first=alarm.first, last=alarm.last)
        moved = ORDERS.fill(deviation=percent(alarm.deviation))
        _text(axes, MARGIN + 34, at + 36, alarm.address, 54, bold=True, room=WIDTH - 2 * MARGIN - 34)
        _text(axes, MARGIN + 34, at + 98, f"{when} · {moved}", 42, room=WIDTH - 2 * MARGIN - 34)
    if len(alarms) > MOST_ALARMS:
        more = MORE.fill(count=len(alarms) - MOST_ALARMS)
        _text(axes, WIDTH - MARGIN, top + 48, more, 40, ha="right", room=WIDTH / 2)


def _box(axes: Axes, left: float, top: float, width: float, height: float, colour: str) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((left, top), width, height, facecolor=colour, edgecolor="none"))


def _text(
    axes: Axes,
    x: float,
    y: float,
    text: object,
    pixels: float,
    colour: str = INK,
    *,
    bold: bool = False,
    family: str = FONT_FAMILY,
    ha: str = "left",
    room: float = WIDTH - 2 * MARGIN,
) -> None:
    """One line, its middle at ``y``, set smaller where it needs more than its room."""
    size, weight = pixels * 72 / PIXELS_PER_INCH, "bold" if bold else "normal"
    families = [family, SIGNS_FAMILY]
    line = axes.text(
        x,
        y,
        str(text),
        fontsize=size,
        fontweight=weight,
        family=families,
        color=colour,
        ha=ha,
        va="center_baseline",
    )
    width = line.get_window_extent().width
    if width > room:
        line.set_fontsize(size * room / width)
