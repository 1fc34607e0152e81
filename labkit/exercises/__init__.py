"""Exercises: what a lab's ``checks`` is written with."""

from labkit.exercises import compare
from labkit.exercises.exercise import Exercise, Given
from labkit.exercises.remembered import remembered
from labkit.exercises.verdict import Verdict, right, wrong
from labkit.language import Text

__all__ = ["Exercise", "Given", "Text", "Verdict", "compare", "remembered", "right", "wrong"]
