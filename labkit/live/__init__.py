"""Instructor's panels: controls, and a figure that answers them."""

from labkit.live.controls import Choice, Slider

__all__ = ["Choice", "Slider"]
