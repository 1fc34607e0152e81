"""A live panel: controls above, a figure and one sentence below. First used in lab 3.3.

In place of a figure the function may return HTML that says so itself (an object with ``__html__``, such as
``markupsafe.Markup``), as the dashboard of lab 7.4 does: a page of tiles reads better, and redraws sooner, than a picture of one.

What is drawn is a plain function of plain values, which tests call without a browser. A front end shows
the widget; anything else shows the same output's static figure at the starting position.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from html import escape
from typing import Any, NamedTuple

from labkit.cards import publish, shell
from labkit.charts.picture import picture, places_in_picture
from labkit.language import Text
from labkit.live.controls import Control, Points

Draw = Callable[..., tuple[Any, str]]
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
NOT_DRAWN = Text("This position could not be drawn: {error}", "这个位置画不出来：{error}")


class Position(NamedTuple):
    """One position of a panel, drawn."""

    image: str
    """HTML; empty where it could not be drawn."""
    sentence: str
    at: Mapping[Hashable, tuple[float, float]]
    """Of each point: the share of the picture's width from the left, and of its height from the top."""

    @property
    def words(self) -> str:
        """The sentence as HTML that a screen reader speaks when it changes."""
        return f'<p role="status" aria-live="polite" style="max-width:52em">{escape(self.sentence)}</p>'


def drawn(draw: Draw, values: Mapping[str, Any], points: Points | None = None) -> Position:
    """Draw one position; whatever goes wrong becomes its sentence.

    Parameters
    ----------
    draw : callable
        ``draw(**values)`` returns a figure, or HTML, and a sentence; the sentence is also the figure's alternative
        text. Pictures within HTML bring their own.
    values : mapping
        Value of each control.
    points : Points, optional
        Points to look up in the picture.
    """
    try:
        figure, sentence = draw(**values)
        if hasattr(figure, "__html__"):
            return Position(str(figure.__html__()), sentence, {})
        at = places_in_picture(figure, points.places) if points else {}
        return Position(picture(figure, sentence), sentence, at)
    except Exception as error:
        return Position("", str(NOT_DRAWN.fill(error=error)), {})


def panel_html(draw: Draw, values: Mapping[str, Any]) -> tuple[str, str]:
    """Draw one position; return its HTML and the sentence that reads it."""
    position = drawn(draw, values)
    return f"{position.image}{position.words}", position.sentence


def show_panel(draw: Draw, controls: Mapping[str, Control]) -> None:
    """Show a panel in the notebook, with the starting position as its static figure."""
    html, sentence = panel_html(draw, {name: control.start for name, control in controls.items()})
    bundle: dict[str, Any] = {"text/html": html, "text/plain": sentence}
    if shell() is not None:
        bundle[WIDGET_VIEW] = panel_widget(draw, controls, html)._repr_mimebundle_()[WIDGET_VIEW]
    publish(bundle, {"labkit": {"kind": "panel"}})


def panel_widget(draw: Draw, controls: Mapping[str, Control], first: str) -> Any:
    """Return the widget; moving a control draws that position, never raising."""
    import ipywidgets

    widgets = {name: control.widget() for name, control in controls.items()}
    pointed = next((name for name, control in controls.items() if isinstance(control, Points)), None)
    stage = ipywidgets.HTML(first)

    def redraw(_: Any) -> None:
        values = {name: widget.value for name, widget in widgets.items()}
        if pointed is None:
            stage.value, _sentence = panel_html(draw, values)
        else:
            points = controls[pointed]
            assert isinstance(points, Points)
            position = drawn(draw, values, points)
            widgets[pointed].show(position.image, position.at)
            stage.value = position.words

    if pointed is not None:
        redraw(None)
    for widget in widgets.values():
        widget.observe(redraw, names="value")
    above = [widget for name, widget in widgets.items() if name != pointed]
    on_picture = [] if pointed is None else [widgets[pointed]]
    return ipywidgets.VBox([*above, *on_picture, stage])
