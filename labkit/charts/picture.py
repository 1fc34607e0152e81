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
MOST_PIXELS = 2_200_000
"""About a full screen: a larger figure is drawn less densely instead of more slowly."""
QUICKLY = {"compress_level": 3}
"""A twentieth larger than at the usual 6, and a quarter sooner there: a panel's control waits for it."""
SIZE_IN_PNG = (16, 20)
"""Where a PNG file says its width and its height, in four bytes each."""


def figure_of(drawn: Any) -> Figure:
    """Return the figure behind a figure, an axes, or an array of axes."""
    if hasattr(drawn, "savefig"):
        return drawn
    if hasattr(drawn, "flat"):
        drawn = drawn.flat[0]
    return drawn.figure


def picture(drawn: Any, alt: str) -> str:
    """Return a figure as an HTML image with alternative text, sharp on dense screens, and close it.

    Its width divided by its height stands in the style as ``--ratio``, for a page that lays it out by itself.

    Parameters
    ----------
    drawn : Figure, Axes or array of Axes
        What a plotting function returned.
    alt : str
        What the figure shows, for whoever cannot see it.
    """
    import matplotlib.pyplot as plt

    figure = figure_of(drawn)
    buffer = io.BytesIO()
    inches = figure.bbox_inches
    dense = min(PIXELS_PER_INCH, (MOST_PIXELS / inches.width / inches.height) ** 0.5)
    figure.savefig(buffer, format="png", dpi=dense, metadata={"Software": None}, pil_kwargs=QUICKLY)
    plt.close(figure)
    png = buffer.getvalue()
    width, height = (int.from_bytes(png[at : at + 4]) * SHOWN_PER_INCH / dense for at in SIZE_IN_PNG)
    data = base64.b64encode(png).decode()
    return (
        f'<img src="data:image/png;base64,{data}" alt="{escape(alt, quote=True)}" '
        f'style="--ratio:{width / height:.4f};width:{width:.0f}px;max-width:100%;height:auto">'
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
