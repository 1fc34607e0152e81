"""Checks of lab 2.10: velocity without leakage, a rule, the confusion matrix, the cheapest threshold, what is missed."""

from .cheapest_threshold import CheapestThreshold
from .confusion import Confusion
from .missed_typology import MissedTypology
from .quiz import QUIZZES
from .rule_quality import RuleQuality
from .velocity import Velocity

EXERCISES = (Velocity(), RuleQuality(), Confusion(), CheapestThreshold(), MissedTypology())

__all__ = ["EXERCISES", "QUIZZES"]
