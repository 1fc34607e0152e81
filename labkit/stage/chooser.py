"""The list of panels, by module: cards to click, or to reach with Tab and open with Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby
from typing import Any

import ipywidgets

from labkit.language import Text
from labkit.stage.panels import Panel

TITLE = Text("Live panels", "现场演示")
ABOUT = Text(
    "Choose one: click it, or Tab to it and press Enter. In a panel, Tab goes from control to control and the arrow keys move it.",
    "点击卡片，或按 Tab 选中后回车打开。面板里按 Tab 切换控件，用方向键调节。",
)
NO_PANELS = Text("This edition holds no lab with a panel.", "这一版本里没有带面板的实验。")
CONTROLS = Text("Controls: {knobs}", "可调：{knobs}")


def chooser(panels: Sequence[Panel], modules: dict[int, str], choose: Callable[[Panel], None]) -> Any:
    """Return the list as a widget.

    Parameters
    ----------
    panels : sequence of Panel
        In the order of the course.
    modules : dict of int to str
        Titles by number.
    choose : callable
        Called with the panel that was chosen.
    """
    top = f"<h1>{TITLE}</h1><p class='quiet'>{ABOUT if panels else NO_PANELS}</p>"
    rows: list[Any] = [ipywidgets.HTML(top)]
    for number, members in groupby(panels, lambda panel: panel.code.module):
        heading = ipywidgets.HTML(f"<h2>{number} · {escape(modules.get(number, ''))}</h2>")
        cards = ipywidgets.Box([_card(panel, choose) for panel in members])
        cards.add_class("labkit-cards")
        row = ipywidgets.Box([heading, cards])
        row.add_class("labkit-module")
        rows.append(row)
    return ipywidgets.VBox(rows)


def _card(panel: Panel, choose: Callable[[Panel], None]) -> Any:
    button = ipywidgets.Button(description=f"{panel.code.lab}  {panel.code.title}")
    button.on_click(lambda _: choose(panel))
    words = f"<p>{escape(panel.code.question)}</p>"
    if panel.knobs:
        knobs = CONTROLS.fill(knobs=" · ".join(panel.knobs))
        words += f"<p class='quiet'>{escape(str(knobs))}</p>"
    card = ipywidgets.VBox([button, ipywidgets.HTML(words)])
    card.add_class("labkit-card")
    return card
