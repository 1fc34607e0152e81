"""What moves in a notebook: panels, whose controls a figure answers, and quiz questions with options to click."""

from labkit.live.controls import Choice, Day, Points, Slider, Steps

__all__ = ["Choice", "Day", "Points", "Slider", "Steps"]
