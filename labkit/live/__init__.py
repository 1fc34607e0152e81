"""Instructor's panels: controls, and a figure that answers them."""

from labkit.live.controls import Choice, Points, Slider, Steps

__all__ = ["Choice", "Points", "Slider", "Steps"]
