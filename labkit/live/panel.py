"""A live panel: controls above, a figure and one sentence below. First used in lab 3.3.

What is drawn is a plain function of plain values, which tests call without a browser. A front end shows
the widget; anything else shows the same output's static figure at the starting position.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from labkit.cards import publish, shell
from labkit.charts.picture import picture
from labkit.language import Text
from labkit.live.controls import Control

Draw = Callable[..., tuple[Any, str]]
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
NOT_DRAWN = Text("This position could not be drawn: {error}", "这个位置画不出来：{error}")


def panel_html(draw: Draw, values: Mapping[str, Any]) -> tuple[str, str]:
    """Draw one position; return its HTML and the sentence that reads it.

    Parameters
    ----------
    draw : callable
        ``draw(**values)`` returns a figure and a sentence; the sentence is also the figure's alternative text.
    values : mapping
        Value of each control.
    """
    try:
        figure, sentence = draw(**values)
        image = picture(figure, sentence)
    except Exception as error:
        sentence, image = str(NOT_DRAWN.fill(error=error)), ""
    return (
        f'{image}<p role="status" aria-live="polite" style="max-width:52em">{escape(sentence)}</p>',
        sentence,
    )


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
    stage = ipywidgets.HTML(first)

    def redraw(_: Any) -> None:
        stage.value, _sentence = panel_html(draw, {name: widget.value for name, widget in widgets.items()})

    for widget in widgets.values():
        widget.observe(redraw, names="value")
    return ipywidgets.VBox([*widgets.values(), stage])
