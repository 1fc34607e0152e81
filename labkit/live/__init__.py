"""What moves in a notebook: panels, whose controls a figure answers, and quiz questions with options to click."""

from labkit.live.controls import Choice, Points, Slider, Steps

__all__ = ["Choice", "Points", "Slider", "Steps"]
