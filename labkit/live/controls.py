"""Controls of a panel: plain values first, widgets only when a panel is shown."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ipywidgets import Widget

WIDE = {"width": "34em"}
ROOM_FOR_LABEL = {"description_width": "15em"}
"""Labels up to some thirty letters or fifteen characters stand whole; a longer one ends in dots."""


@dataclass(frozen=True)
class Slider:
    """A number between two ends.

    Parameters
    ----------
    label : str
        In the edition's language, with its unit.
    minimum, maximum, step : float
        Whole numbers give a whole-number slider.
    start : float
        Where the slider stands at first; the static figure shows this position.
    format : str
        How the number is written beside the slider, e.g. ``".1%"``.
    """

    label: str
    minimum: float
    maximum: float
    step: float
    start: float
    format: str = ""

    def widget(self) -> Widget:
        """The slider as a widget; it reports when it is let go, so that a slow drawing keeps up."""
        import ipywidgets

        whole = all(isinstance(value, int) for value in (self.minimum, self.maximum, self.step, self.start))
        kind = ipywidgets.IntSlider if whole else ipywidgets.FloatSlider
        return kind(
            value=self.start,
            min=self.minimum,
            max=self.maximum,
            step=self.step,
            description=self.label,
            readout_format=self.format or ("d" if whole else ".2f"),
            continuous_update=False,
            style=ROOM_FOR_LABEL,
            layout=WIDE,
        )


@dataclass(frozen=True)
class Choice:
    """One of a few values; ``options`` are pairs of label and value."""

    label: str
    options: Sequence[tuple[str, Any]]
    start: Any

    def widget(self) -> Widget:
        """The choice as a drop-down widget."""
        import ipywidgets

        return ipywidgets.Dropdown(
            options=list(self.options),
            value=self.start,
            description=self.label,
            style=ROOM_FOR_LABEL,
            layout=WIDE,
        )


@dataclass(frozen=True)
class Day:
    """A day between two days: a date field, a day back and forth, and a jump to days worth seeing. First used in lab 7.4.

    Parameters
    ----------
    label : str
        In the edition's language.
    first, last, start : date
        ``start`` is shown at first; the buttons stop at the two ends, and a day entered beyond them changes nothing.
    marks : sequence of date
        Days to jump to; without any there are no buttons for them.
    mark : str
        What such a day is called, e.g. "alarm".
    """

    label: str
    first: date
    last: date
    start: date
    marks: Sequence[date] = ()
    mark: str = ""

    def widget(self) -> Widget:
        """The field with its buttons in a row; its value is the day."""
        from labkit.live.widgets import DayPicker

        return DayPicker(self)


@dataclass(frozen=True)
class Steps:
    """A whole number that counts up by itself, from 0 on: a play button and a slider. First used in lab 4.7.

    Parameters
    ----------
    label : str
        In the edition's language.
    last : int
        The last step.
    start : int
        The step that the static figure shows.
    pause : float
        Seconds between two steps while it plays.
    """

    label: str
    last: int
    start: int = 0
    pause: float = 1.5

    def widget(self) -> Widget:
        """Play button and slider in a row; its value is the step."""
        from labkit.live.widgets import Player

        return Player(self.label, self.last, self.start, round(1_000 * self.pause))


@dataclass(frozen=True)
class Points:
    """Points of the drawn figure that are chosen by clicking them, or with Tab and the space bar. First used in lab 4.7.

    The value is a tuple of the chosen points in the order of choosing. A panel has at most one such control.

    Parameters
    ----------
    label : str
        What a click does, in the edition's language; read out for every point.
    places : mapping of point to (x, y)
        In data coordinates of the figure's first axes.
    names : mapping of point to str
        What each is called, one to three characters; drawn by the figure itself.
    start : tuple of points
        Chosen at first.
    most : int
        Whoever chooses one more lets go of the first.
    """

    label: str
    places: Mapping[Hashable, tuple[float, float]]
    names: Mapping[Hashable, str]
    start: tuple[Hashable, ...] = ()
    most: int = 3

    def widget(self) -> Widget:
        """The picture with a button on each point."""
        from labkit.live.widgets import Picture

        return Picture(self)


Control = Slider | Choice | Day | Steps | Points
