"""The page itself: the list, and a stage on which one panel at a time stands in large type."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets

from labkit.cards import Card
from labkit.language import Language, Text, set_language
from labkit.live.panel import panel_html, panel_widget
from labkit.stage.chooser import chooser
from labkit.stage.panels import LabCode, Panel, find_panels
from labkit.stage.preparing import CellError, Staged, prepare

CSS = Path(__file__).with_name("page.css")
RATIO = re.compile(r"--ratio:([\d.]+)")
WIDE = 1.4
"""A picture this much wider than high stands below its controls, any other beside them."""
IN_A_ROW = 3
BACK = Text("← All panels", "← 全部面板")
PREPARING = Text(
    "Preparing lab {lab}, step {done} of {total} …", "正在准备实验 {lab}：第 {done} 步，共 {total} 步……"
)
FAILED = Text("Lab {lab} could not be prepared", "实验 {lab} 没能准备好")
FAILED_BODY = Text(
    "Its cell `{cell}` stopped: {error}\n\nThe other panels go on working. Choose this one again to try once more, or run "
    "`labkit run {lab}` to see the whole lab.",
    "它的单元格 `{cell}` 停下了：{error}\n\n其他面板不受影响。可以再选一次重试，或用 `labkit run {lab}` 查看整个实验。",
)


class LivePage:
    """The list of panels, and the one that is open.

    Parameters
    ----------
    panels : sequence of Panel
        In the order of the course.
    modules : dict of int to str
        Their titles.
    parameters : mapping
        Put in place of what every lab's parameters' cell says, e.g. ``scale``.
    """

    def __init__(
        self, panels: Sequence[Panel], modules: dict[int, str], parameters: Mapping[str, Any]
    ) -> None:
        self._parameters = parameters
        self._ready: dict[LabCode, dict[int, Staged]] = {}
        self._shown: dict[Panel, Any] = {}
        self._list = chooser(panels, modules, self.open)
        self._back = ipywidgets.Button(description=str(BACK))
        self._back.on_click(lambda _: self.close())
        self._heading = ipywidgets.HTML()
        self._bar = ipywidgets.HBox([self._back, self._heading])
        self._bar.add_class("labkit-bar")
        self._room = ipywidgets.VBox([self._list])
        self.widget = ipywidgets.VBox(
            [ipywidgets.HTML(f"<style>{CSS.read_text(encoding='utf-8')}</style>"), self._room]
        )
        self.widget.add_class("labkit-live")

    def open(self, panel: Panel) -> None:
        """Show a panel; prepare its lab first if that was not done yet. Never raises."""
        code = panel.code
        self._heading.value = f"<h1>{escape(code.lab)}  {escape(code.title)}</h1>"
        waiting = ipywidgets.HTML()
        self._room.children = (self._bar, waiting)
        self._back.focus()
        try:
            if code not in self._ready:
                self._ready[code] = prepare(code, self._parameters, lambda *done: _tell(waiting, code, *done))
            if panel not in self._shown:
                self._shown[panel] = on_stage(self._ready[code][panel.place])
        except CellError as error:
            waiting.value = _failure(code, error.cell, error.__cause__).html()
        else:
            self._room.children = (self._bar, self._shown[panel])

    def close(self) -> None:
        """Go back to the list; the panel stays as it is."""
        self._room.children = (self._list,)


def on_stage(staged: Staged) -> Any:
    """Return a panel as a widget, drawn at its starting position and laid out after the picture's shape."""
    html, _ = panel_html(staged.draw, staged.start)
    widget = panel_widget(staged.draw, staged.controls, html)
    widget.add_class("labkit-panel")
    ratio = RATIO.search(html)
    if ratio and float(ratio[1]) < WIDE:
        widget.add_class("labkit-tall")
    elif len(widget.children) - 1 > IN_A_ROW:
        widget.add_class("labkit-two-rows")
    return widget


def show_page(language: Language, scale: str | int) -> None:
    """Show the live page in a notebook.

    Parameters
    ----------
    language : Language
        Of the labs and of the page.
    scale : str or int
        Of every lab's world.
    """
    from IPython.display import display

    from labkit.authoring.courses import modules

    set_language(language)
    titles = {module.number: str(module.title) for module in modules()}
    display(LivePage(find_panels(language), titles, {"scale": scale}).widget)


def _tell(waiting: Any, code: LabCode, done: int, total: int) -> None:
    words = PREPARING.fill(lab=code.lab, done=min(done + 1, total), total=total)
    waiting.value = f'<p role="status">{words}</p><progress value="{done}" max="{total}"></progress>'


def _failure(code: LabCode, cell: str, error: BaseException | None) -> Card:
    title, reason = FAILED.fill(lab=code.lab), f"{type(error).__name__}: {error}"
    return Card("skipped", str(title), str(FAILED_BODY.fill(cell=cell, error=reason, lab=code.lab)))
