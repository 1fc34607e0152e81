"""Exercises of lab 3.3. Expected values are counted in SQL; the lab counts them in pandas and on bits."""

from .both_confidences import BothConfidences
from .pair_support import PairSupport
from .popular_pair import PopularPair
from .quiz import QUIZZES
from .shelf_decision import ShelfDecision
from .strongest_rule import StrongestRule

EXERCISES = (PairSupport(), BothConfidences(), PopularPair(), StrongestRule(), ShelfDecision())

__all__ = ["EXERCISES", "QUIZZES"]
