"""A figure as a picture with alternative text."""

from __future__ import annotations

import base64
import io
from collections.abc import Hashable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PIXELS_PER_INCH = 200
SHOWN_PER_INCH = 100


def figure_of(drawn: Any) -> Figure:
    """Return the figure behind a figure, an axes, or an array of axes."""
    if hasattr(drawn, "savefig"):
        return drawn
    if hasattr(drawn, "flat"):
        drawn = drawn.flat[0]
    return drawn.figure


def picture(drawn: Any, alt: str) -> str:
    """Return a figure as an HTML image with alternative text, sharp on dense screens, and close it.

    Parameters
    ----------
    drawn : Figure, Axes or array of Axes
        What a plotting function returned.
    alt : str
        What the figure shows, for whoever cannot see it.
    """
    import matplotlib.pyplot as plt
    from matplotlib.image import imread

    figure = figure_of(drawn)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=PIXELS_PER_INCH, metadata={"Software": None})
    plt.close(figure)
    width = imread(io.BytesIO(buffer.getvalue())).shape[1] * SHOWN_PER_INCH // PIXELS_PER_INCH
    data = base64.b64encode(buffer.getvalue()).decode()
    return (
        f'<img src="data:image/png;base64,{data}" alt="{escape(alt, quote=True)}" '
        f'style="width:{width}px;max-width:100%;height:auto">'
    )


def places_in_picture(
    drawn: Any, places: Mapping[Hashable, tuple[float, float]]
) -> dict[Hashable, tuple[float, float]]:
    """Where points of the first axes come to lie in what :func:`picture` makes of a figure. First used in lab 4.7.

    Parameters
    ----------
    drawn : Figure, Axes or array of Axes
        Before :func:`picture` closes it.
    places : mapping of point to (x, y)
        In data coordinates of the figure's first axes.

    Returns
    -------
    dict of point to (across, down)
        Share of the picture's width from the left, and of its height from the top.
    """
    import matplotlib as mpl

    figure = figure_of(drawn)
    figure.canvas.draw()
    shown = figure.bbox_inches
    if mpl.rcParams["savefig.bbox"] == "tight":
        shown = figure.get_tightbbox().padded(mpl.rcParams["savefig.pad_inches"])
    data = figure.axes[0].transData
    at = {point: data.transform(place) / figure.dpi for point, place in places.items()}
    return {
        point: (float((x - shown.x0) / shown.width), float((shown.y1 - y) / shown.height))
        for point, (x, y) in at.items()
    }
