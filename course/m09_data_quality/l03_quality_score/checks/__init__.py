"""Checks of lab 9.3: missing values, files too many, a cross-field rule, the score, what a repair is worth."""

from .best_fix import BestFix
from .is_missing import IsMissing
from .net_worth import NetWorth
from .quality_score import QualityScore
from .quiz import QUIZZES
from .sex_agrees_with_id import SexAgreesWithId
from .surplus import Surplus

EXERCISES = (IsMissing(), Surplus(), SexAgreesWithId(), QualityScore(), NetWorth(), BestFix())

__all__ = ["EXERCISES", "QUIZZES"]
