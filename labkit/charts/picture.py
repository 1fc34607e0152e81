"""A figure as a picture with alternative text."""

from __future__ import annotations

import base64
import io
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
