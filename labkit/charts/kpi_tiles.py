"""What a tile of a KPI says: the value, what was expected, the control limits, and the state in sign and word.

First used in lab 7.4. Where expectation and limits come from is the lab's lesson; here they are only written and drawn.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Literal, NamedTuple

from labkit.charts.palette import GREY, ORANGE, RED, SKY
from labkit.language import Text, current_language

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["count", "money", "share"]
"""How a figure is written: a number of things, fen, or a share of one."""
NO_VALUE = "–"
CURVE = Text(
    "the last {days} days, between {lowest} and {highest}", "近 {days} 天，在 {lowest} 与 {highest} 之间"
)
NO_CURVE = Text("no figures yet", "暂无数据")


class State(Enum):
    """Where a value lies; each state has a sign and a word, so that nothing rests on colour."""

    WITHIN = ("✓", Text("within limits", "在控制限内"))
    ABOVE = ("▲", Text("above the limit", "高于上限"))
    BELOW = ("▼", Text("below the limit", "低于下限"))
    MISSING = (NO_VALUE, Text("no figure", "无数据"))

    @property
    def sign(self) -> str:
        """One character."""
        return self.value[0]

    @property
    def word(self) -> str:
        """In the edition's language."""
        return str(self.value[1])


class Reading(NamedTuple):
    """A figure of one day; the value is NaN where there is none.

    Parameters
    ----------
    value, expected : float
        What came, and what was expected of that day.
    low, high : float
        The control limits.
    """

    value: float
    expected: float
    low: float
    high: float

    @property
    def state(self) -> State:
        """A value on a limit is still within."""
        if math.isnan(self.value):
            return State.MISSING
        if self.value > self.high:
            return State.ABOVE
        return State.BELOW if self.value < self.low else State.WITHIN

    @property
    def deviation(self) -> float:
        """Share by which the value lies above what was expected; NaN where nothing was expected."""
        return self.value / self.expected - 1 if self.expected else math.nan


@dataclass(frozen=True)
class Tile:
    """One KPI on one day, with the days before it.

    Parameters
    ----------
    name : str
        In the edition's language.
    readings : sequence of Reading
        Day by day, the day of the tile last; at least one.
    kind : {"count", "money", "share"}
        How its figures are written.
    good : {"up", "down"}
        Which direction is good news.
    """

    name: str
    readings: Sequence[Reading]
    kind: Kind = "count"
    good: str = "up"

    @property
    def today(self) -> Reading:
        """The reading of the tile's day."""
        return self.readings[-1]

    @property
    def state(self) -> State:
        """Where today's value lies."""
        return self.today.state

    @property
    def colour(self) -> str:
        """Red beyond the limit that is bad news, orange beyond the other one, grey within."""
        bad = State.BELOW if self.good == "up" else State.ABOVE
        if self.state in (State.WITHIN, State.MISSING):
            return GREY
        return RED if self.state is bad else ORANGE

    def written(self, figure: float) -> str:
        """A figure of this KPI, as a person writes it."""
        return written(figure, self.kind)

    def limits_in_words(self) -> str:
        """Both limits, with their unit once: ``186.8–259.8 m yuan``."""
        low, high = self.written(self.today.low), self.written(self.today.high)
        unit = high.lstrip("0123456789.,")
        return f"{low.removesuffix(unit)}–{high}"

    def range_of_curve(self) -> tuple[float, float]:
        """What the small curve spans: values, expectations and today's limits; wider limits of a holiday are cut off."""
        figures = [figure for reading in self.readings for figure in reading[:2]] + [
            self.today.low,
            self.today.high,
        ]
        known = [figure for figure in figures if not math.isnan(figure)] or [0.0]
        return min(known), max(max(known), min(known) + 1e-9)

    def curve_in_words(self) -> str:
        """What the small curve shows, for whoever cannot see it."""
        values = [reading.value for reading in self.readings if not math.isnan(reading.value)]
        if not values:
            return str(NO_CURVE)
        lowest, highest = self.written(min(values)), self.written(max(values))
        return str(CURVE.fill(days=len(self.readings), lowest=lowest, highest=highest))


def readings(
    values: pd.DataFrame, expected: pd.DataFrame, deviation: pd.DataFrame, width: float
) -> dict[str, list[Reading]]:
    """Readings of every column, day by day; its limits lie ``width`` deviations about what was expected, never below 0.

    Parameters
    ----------
    values, expected, deviation : DataFrame
        Of the same shape, a row per day; the deviation is one (robust) standard deviation of that day.
    width : float
        As of a control limit.
    """
    low, high = (expected - width * deviation).clip(lower=0), expected + width * deviation
    tables = [table.to_numpy(dtype=float).T.tolist() for table in (values, expected, low, high)]
    return {
        name: [Reading(*day) for day in zip(*of_column, strict=True)]
        for name, *of_column in zip(values.columns, *tables, strict=True)
    }


def tiles_of(kpi_tree: pd.DataFrame, known: Mapping[str, Sequence[Reading]]) -> list[Tile]:
    """A tile for each figure of the KPI tree that is known, in the tree's order and the edition's language.

    Parameters
    ----------
    kpi_tree : DataFrame
        The table of that name.
    known : mapping of str to sequence of Reading
        Code of the figure → its readings, the day of the tile last.
    """
    columns = kpi_tree[["kpi", "formula", "good", "name_en", "name_zh"]].astype(str)
    return [
        Tile(str(Text(name_en, name_zh)), known[kpi], kind_of(kpi, formula), good)
        for kpi, formula, good, name_en, name_zh in columns.itertuples(index=False)
        if kpi in known
    ]


def kind_of(kpi: str, formula: str) -> Kind:
    """How a figure of the KPI tree is written: money by its unit, a quotient of two counts as a share."""
    if kpi.endswith("_fen"):
        return "money"
    return "share" if "/" in formula else "count"


def written(figure: float, kind: Kind) -> str:
    """A figure in the edition's language: 8,663 or 12.5% or, of fen, 217.4 m yuan.

    Parameters
    ----------
    figure : float
        Money in fen, a share as a part of one.
    kind : {"count", "money", "share"}
        What it is.
    """
    if math.isnan(figure):
        return NO_VALUE
    if kind == "share":
        return f"{figure:.1%}"
    return _money(figure / 100) if kind == "money" else f"{figure:,.0f}"


def _money(yuan: float) -> str:
    """Chinese counts in 10⁴ and 10⁸, English in millions."""
    size = abs(yuan)
    if current_language() == "zh":
        if size >= 1e8:
            return f"{yuan / 1e8:,.2f} 亿元"
        if size >= 1e4:
            return f"{yuan / 1e4:,.{0 if size >= 1e6 else 2}f} 万元"
        return f"{yuan:,.0f} 元"
    return f"{yuan / 1e6:,.1f} m yuan" if size >= 1e6 else f"{yuan:,.0f} yuan"


def percent(share: float) -> str:
    """A deviation with its sign, ``+3%`` or ``−27%``; a dash where there is none."""
    if math.isnan(share):
        return NO_VALUE
    rounded = round(100 * share)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else '±'}{abs(rounded):,}%"


# ---- the small curve ------------------------------------------------------------------------------


def curve_image(tile: Tile, width: int = 220, height: int = 48) -> str:
    """The small curve of a tile as a ``data:`` address of an SVG: limits as a band, the day as a dot.

    Colours are those that hold on light and dark pages.
    """
    margin = 5
    lowest, highest = tile.range_of_curve()
    step = (width - 2 * margin) / max(1, len(tile.readings) - 1)

    def places(figures: Sequence[float]) -> list[tuple[float, float]]:
        """Across and down, in the units of the drawing; days without a figure are left out."""
        return [
            (
                margin + step * day,
                margin
                + (highest - min(max(figure, lowest), highest)) / (highest - lowest) * (height - 2 * margin),
            )
            for day, figure in enumerate(figures)
            if not math.isnan(figure)
        ]

    value, expected, low, high = (places(figures) for figures in zip(*tile.readings, strict=True))
    across, down = value[-1] if value else (-margin, -margin)
    dot = f'<circle cx="{across:.1f}" cy="{down:.1f}" r="4" fill="{_dot(tile)}"/>'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<polygon points="{_points([*high, *low[::-1]])}" fill="{GREY}" fill-opacity=".28"/>'
        f'<polyline points="{_points(expected)}" fill="none" stroke="{GREY}" stroke-dasharray="3 3"/>'
        f'<polyline points="{_points(value)}" fill="none" stroke="{SKY}" stroke-width="2" stroke-linejoin="round"/>'
        f"{dot}</svg>"
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _dot(tile: Tile) -> str:
    return SKY if tile.state is State.WITHIN else tile.colour


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
