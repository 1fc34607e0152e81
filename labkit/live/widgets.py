"""Widgets that ipywidgets lacks: a slider that plays, a day with its neighbours, buttons on the points of a picture.

Imported only when a panel is shown, since ipywidgets takes its time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import ipywidgets
import traitlets

from labkit.language import Text
from labkit.live.controls import ROOM_FOR_LABEL, WIDE

if TYPE_CHECKING:
    from labkit.live.controls import Day, Points

DAY_BEFORE, DAY_AFTER = Text("The day before", "前一天"), Text("The day after", "后一天")
MARK_BEFORE, MARK_AFTER = Text("« {mark}", "« {mark}"), Text("{mark} »", "{mark} »")
TO_MARK_BEFORE, TO_MARK_AFTER = (
    Text("Back to: {mark}", "上一个：{mark}"),
    Text("On to: {mark}", "下一个：{mark}"),
)

STYLE = """<style>
.labkit-picture { position: relative; width: max-content; max-width: 100%; overflow: visible; }
.labkit-picture .widget-html, .labkit-picture .widget-html-content { margin: 0; line-height: 0; }
.labkit-picture .labkit-point {
  position: absolute; transform: translate(-50%, -50%); width: 25px; height: 25px; min-width: 0;
  margin: 0; padding: 0; border: 0; border-radius: 50%; background: transparent !important;
  box-shadow: none !important; color: transparent !important; cursor: pointer; overflow: hidden;
}
.labkit-picture .jupyter-widgets-disconnected::before { display: none !important; }
.labkit-picture .labkit-point:hover { outline: 2px solid #222222; }
.labkit-picture .labkit-point:focus-visible { outline: 3px solid #222222; outline-offset: 1px; }
</style>"""


class Player(ipywidgets.HBox):
    """A play button and a slider that move together; ``value`` is the step.

    Parameters
    ----------
    label : str
        Beside the slider.
    last, start : int
        Steps run from 0 to ``last``.
    interval : int
        Milliseconds between two steps.
    """

    value = traitlets.Int()

    def __init__(self, label: str, last: int, start: int, interval: int) -> None:
        play = ipywidgets.Play(value=start, min=0, max=last, interval=interval, show_repeat=False)
        slider = ipywidgets.IntSlider(
            value=start, min=0, max=last, description=label, continuous_update=False,
            style=ROOM_FOR_LABEL, layout=WIDE,
        )  # fmt: skip
        super().__init__([slider, play])
        self.value = start
        traitlets.link((play, "value"), (slider, "value"))
        traitlets.link((slider, "value"), (self, "value"))


class DayPicker(ipywidgets.HBox):
    """A date field with buttons to the days beside it; ``value`` is the day, never empty, never beyond the ends.

    Parameters
    ----------
    day : Day
        Ends, start, and days to jump to.
    """

    value = traitlets.Instance(date)

    def __init__(self, day: Day) -> None:
        self._day = day
        self._field = ipywidgets.DatePicker(
            value=day.start, description=day.label, style=ROOM_FOR_LABEL, layout={"width": "27em"},
        )  # fmt: skip
        buttons = [
            self._button("‹", DAY_BEFORE, lambda: self.value - timedelta(days=1)),
            self._button("›", DAY_AFTER, lambda: self.value + timedelta(days=1)),
        ]
        if day.marks:
            before, after = MARK_BEFORE.fill(mark=day.mark), MARK_AFTER.fill(mark=day.mark)
            buttons += [
                self._button(before, TO_MARK_BEFORE.fill(mark=day.mark), self._mark_before),
                self._button(after, TO_MARK_AFTER.fill(mark=day.mark), self._mark_after),
            ]
        super().__init__([self._field, *buttons])
        self.value = day.start
        self._field.observe(self._entered, names="value")

    def _button(self, face: Text | str, does: Text, target: Callable[[], date]) -> ipywidgets.Button:
        narrow = "2.6em" if isinstance(face, str) else "auto"
        button = ipywidgets.Button(description=str(face), tooltip=str(does), layout={"width": narrow})
        button.on_click(lambda _: self._go_to(target()))
        return button

    def _mark_before(self) -> date:
        return max((mark for mark in self._day.marks if mark < self.value), default=self.value)

    def _mark_after(self) -> date:
        return min((mark for mark in self._day.marks if mark > self.value), default=self.value)

    def _entered(self, change: Any) -> None:
        """A day that is still being typed, 0002 on the way to 2024, lies outside the ends and is waited for."""
        day = change["new"]
        if day is not None and self._day.first <= day <= self._day.last:
            self.value = day

    def _go_to(self, day: date) -> None:
        self.value = min(max(day, self._day.first), self._day.last)
        self._field.value = self.value


class Picture(ipywidgets.Box):
    """A picture with a button on each of its points; ``value`` holds the pressed ones.

    Parameters
    ----------
    points : Points
        Names, first choice, and how many at most.
    """

    value = traitlets.Tuple()

    def __init__(self, points: Points) -> None:
        self._most = points.most
        self._picture = ipywidgets.HTML()
        self._buttons = {
            point: ipywidgets.ToggleButton(
                value=point in points.start,
                description=points.names[point],
                tooltip=f"{points.label} {points.names[point]}",
            )
            for point in points.places
        }
        for button in self._buttons.values():
            button.add_class("labkit-point")
            button.observe(self._pressed, names="value")
        super().__init__([ipywidgets.HTML(STYLE), self._picture, *self._buttons.values()])
        self.add_class("labkit-picture")
        self.value = points.start

    def show(self, image: str, at: Mapping[Hashable, tuple[float, float]]) -> None:
        """Show an image, and move each button to its share of the width and of the height."""
        self._picture.value = image
        for point, (across, down) in at.items():
            place = {"left": f"{100 * across:.2f}%", "top": f"{100 * down:.2f}%"}
            layout = self._buttons[point].layout
            if (layout.left, layout.top) != (place["left"], place["top"]):
                layout.left, layout.top = place["left"], place["top"]

    def _pressed(self, change: Any) -> None:
        point = next(each for each, button in self._buttons.items() if button is change["owner"])
        chosen = tuple(each for each in self.value if each != point)
        if change["new"]:
            chosen = (*chosen, point)
        too_many = chosen[: max(0, len(chosen) - self._most)]
        self.value = chosen[len(too_many) :]
        for each in too_many:
            self._buttons[each].value = False  # comes back here, and changes nothing more
