"""What a bar chart shows, read from the figure object: lengths by name, where the axis begins, colours, words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import to_hex


@dataclass(frozen=True)
class Bars:
    """A bar chart as its reader sees it, from left to right, or from top to bottom.

    Parameters
    ----------
    names : list of str
        At each bar.
    lengths : list of float
        Of each bar.
    starts_at_zero : bool
        Bars and value axis begin at zero, and the axis is linear.
    colours : set of str
        Of the bars.
    value_label, title : str
        Words at the value axis, and above.
    """

    names: list[str]
    lengths: list[float]
    starts_at_zero: bool
    colours: set[str]
    value_label: str
    title: str


def read_bars(axes: Axes) -> Bars:
    """Read a bar chart, standing or lying."""
    bars = [
        bar for bar in axes.patches if hasattr(bar, "get_height") and bar.get_width() and bar.get_visible()
    ]
    lying = any(getattr(group, "orientation", "") == "horizontal" for group in axes.containers)
    axes.figure.draw_without_rendering()
    value_axis, name_axis = (axes.xaxis, axes.yaxis) if lying else (axes.yaxis, axes.xaxis)
    low, high = value_axis.get_view_interval()
    ticks = dict(
        zip(
            (round(float(place), 6) for place in name_axis.get_ticklocs()),
            name_axis.get_ticklabels(),
            strict=False,
        )
    )

    def middle(bar: Any) -> float:
        return bar.get_y() + bar.get_height() / 2 if lying else bar.get_x() + bar.get_width() / 2

    bars.sort(key=middle, reverse=lying and not axes.yaxis_inverted())
    if not lying and axes.xaxis_inverted():
        bars.reverse()
    words = {place: text.get_text() for place, text in ticks.items()}
    return Bars(
        names=[words.get(round(float(middle(bar)), 6), "") for bar in bars],
        lengths=[float(bar.get_width() if lying else bar.get_height()) for bar in bars],
        starts_at_zero=min(low, high) == 0
        and value_axis.get_scale() == "linear"
        and all((bar.get_x() if lying else bar.get_y()) == 0 for bar in bars),
        colours={to_hex(bar.get_facecolor()) for bar in bars},
        value_label=axes.get_xlabel() if lying else axes.get_ylabel(),
        title="".join(axes.get_title(loc) for loc in ("left", "center", "right")),
    )
