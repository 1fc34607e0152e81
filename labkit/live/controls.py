"""Controls of a panel: plain values first, widgets only when a panel is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ipywidgets import Widget

WIDE = {"width": "30em"}
ROOM_FOR_LABEL = {"description_width": "12em"}


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


Control = Slider | Choice
