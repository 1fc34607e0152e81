"""Four bad charts, repaired in place; judged on the figure objects."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong

from .bars import read_bars

NAMES = ("cut", "bare", "jumbled", "rainbow")
CASES = (
    pd.Series({"East": 2.9, "South": 4.1, "West": 2.2, "North": 3.4, "Centre": 2.6}),
    pd.Series({"甲": 31.0, "乙": 24.0, "丙": 44.0, "丁": 37.0}),
)


class Repair(Exercise):
    name = "repair"
    hints = (
        Text(
            "Each chart is an axes: change it with its own methods, and nothing needs to be drawn anew but `jumbled`.",
            "每张图都是一个坐标系：用它自己的方法去改；除了 `jumbled`，都不用重画。",
        ),
        Text(
            "`set_ylim(0, None)`; `set(ylabel=…, title=…)`; `clear()` and `bar(…)`; `set_facecolor` of each bar in `patches`.",
            "`set_ylim(0, None)`；`set(ylabel=…, title=…)`；`clear()` 再 `bar(…)`；对 `patches` 里的每根柱子 `set_facecolor`。",
        ),
        Text(
            '`ordered = rates.sort_values(ascending=False)`; `charts["jumbled"].bar(ordered.index, ordered)`: '
            "names and values move together.",
            '`ordered = rates.sort_values(ascending=False)`；`charts["jumbled"].bar(ordered.index, ordered)`：'
            "名称和数值一起移动。",
        ),
    )
    matters = Text(
        "Four faults, four lines, and nobody has to squint. A check can read a figure, so a team can have a rule for it.",
        "四个毛病，四行代码，谁也不用再费眼。图形对象可以被程序检查，团队因此可以立规矩。",
    )
    mistakes = {
        "still_cut": Text(
            "`cut`: the bars do not begin at zero on a linear axis yet.",
            "`cut`：柱子还没有在线性坐标轴上从零开始。",
        ),
        "no_unit": Text(
            "`bare`: the label of the value axis does not say the unit, %.",
            "`bare`：数值轴的标签没有写单位（%）。",
        ),
        "no_title": Text("`bare`: there is no title.", "`bare`：还没有标题。"),
        "still_jumbled": Text(
            "`jumbled`: the bars are not sorted with the highest first.",
            "`jumbled`：柱子还没有从高到低排好。",
        ),
        "names_left_behind": Text(
            "`jumbled`: you sorted the values and left the names where they were. Now every bar belongs to somebody else.",
            "`jumbled`：只排了数值，名称还留在原处。现在每根柱子都张冠李戴了。",
        ),
        "still_rainbow": Text("`rainbow`: more than two colours.", "`rainbow`：颜色超过两种。"),
        "other_values": Text(
            "One of the charts does not show `rates` any more: names or lengths of its bars are others.",
            "有一张图已经不是 `rates` 了：柱子的名称或长度变了。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        return compare.function(answer, self._cases())

    def _cases(self) -> Iterator[tuple[tuple, Any]]:
        for rates in CASES:
            charts = bad_charts(rates)
            yield (
                (charts, rates.copy()),
                lambda result, charts=charts, rates=rates: self._judge(charts, rates),
            )

    @staticmethod
    def _judge(charts: dict[str, Axes], rates: pd.Series) -> Verdict:
        shown = {name: read_bars(axes) for name, axes in charts.items()}
        jumbled = shown["jumbled"]
        descending = bool((np.diff(jumbled.lengths) <= 1e-9).all())
        if descending and not _shows(jumbled, rates) and sorted(jumbled.lengths) == sorted(rates):
            return wrong("names_left_behind")
        if not all(_shows(bars, rates) for bars in shown.values()):
            return wrong("other_values")
        faults = {
            "still_cut": not shown["cut"].starts_at_zero,
            "no_unit": not any(
                unit in shown["bare"].value_label.lower() for unit in ("%", "％", "per cent", "percent")
            ),
            "no_title": not shown["bare"].title.strip(),
            "still_jumbled": not descending,
            "still_rainbow": len(shown["rainbow"].colours) > 2,
        }
        return next((wrong(name) for name, fault in faults.items() if fault), right())

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        return {
            "still_cut": lambda charts, rates: _repaired(
                charts, rates, cut=lambda axes: axes.set_yscale("log")
            ),
            "no_unit": lambda charts, rates: _repaired(
                charts, rates, bare=lambda axes: axes.set(title="Churn")
            ),
            "no_title": lambda charts, rates: _repaired(
                charts, rates, bare=lambda axes: axes.set(ylabel="Left, %")
            ),
            "still_jumbled": lambda charts, rates: _repaired(charts, rates, jumbled=lambda axes: None),
            "names_left_behind": lambda charts, rates: _repaired(
                charts,
                rates,
                jumbled=lambda axes: (axes.clear(), axes.bar(rates.index, sorted(rates, reverse=True))),
            ),
            "still_rainbow": lambda charts, rates: _repaired(charts, rates, rainbow=lambda axes: None),
            "other_values": lambda charts, rates: _repaired(
                charts, rates, jumbled=lambda axes: (axes.clear(), axes.bar(["a", "b"], [2, 1]))
            ),
            "does_nothing": lambda charts, rates: charts.copy(),
        }


def bad_charts(rates: pd.Series) -> dict[str, Axes]:
    """The four charts, drawn apart from pyplot so that none stays open."""
    figure = Figure(figsize=(8, 5), layout="none")
    FigureCanvasAgg(figure)
    charts = dict(zip(NAMES, figure.subplots(2, 2).flat, strict=True))
    for name, axes in charts.items():
        shown = rates if name == "jumbled" else rates.sort_values(ascending=False)
        rainbow = colormaps["rainbow"](np.linspace(0, 1, len(rates)))
        axes.bar(list(shown.index), list(shown), color=rainbow if name == "rainbow" else "#8C8C8C")
        if name != "bare":
            axes.set(ylabel="Left, %", title=name)
    charts["cut"].set_ylim(0.8 * rates.min(), None)
    return charts


def _shows(bars: Any, rates: pd.Series) -> bool:
    """Does the chart show these values under these names?"""
    if sorted(bars.names) != sorted(rates.index):
        return False
    pairs = zip(bars.names, bars.lengths, strict=True)
    return all(math.isclose(length, rates[name], rel_tol=1e-6) for name, length in pairs)


def _repaired(charts: dict[str, Axes], rates: pd.Series, **instead: Any) -> None:
    """Repair the charts, but do something else with one of them."""
    ordered = rates.sort_values(ascending=False)

    def sort(axes: Axes) -> None:
        axes.clear()
        axes.bar(list(ordered.index), list(ordered))

    steps: dict[str, Any] = {
        "cut": lambda axes: axes.set_ylim(0, None),
        "bare": lambda axes: axes.set(ylabel="Left, %", title="Churn"),
        "jumbled": sort,
        "rainbow": lambda axes: [bar.set_facecolor("grey") for bar in axes.patches],
    }
    for name, step in (steps | instead).items():
        step(charts[name])
