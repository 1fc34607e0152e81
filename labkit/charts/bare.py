"""A figure without scales, whose drawing places everything itself: graphs and trees. First used in lab 3.3."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TITLE = 0.4
"""Height of a title with its room, in inches."""
EDGE = 0.04


def bare_figure(width: float, height: float) -> tuple[Figure, Axes]:
    """Return a figure and its one axes, which fills all but the title's room; nothing has to be fitted to labels.

    Fitting (``constrained_layout``) measures every text of a figure twice, a fifth of the time that a graph takes to draw.

    Parameters
    ----------
    width, height : float
        Of the figure, in inches.
    """
    import matplotlib.pyplot as plt

    figure = plt.figure(figsize=(width, height), layout="none")
    across, down = EDGE / width, EDGE / height
    axes = figure.add_axes((across, down, 1 - 2 * across, 1 - 2 * down - TITLE / height))
    axes.axis("off")
    axes.set(xticks=[], yticks=[])  # or they are measured all the same, to see whether they touch the title
    return figure, axes
