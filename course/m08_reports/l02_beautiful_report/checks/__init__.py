"""Checks of lab 8.2: lie factor, four bad charts, a headline that holds, bound numbers, a page per region."""

from .bound_sentence import BoundSentence
from .lie_factor import LieFactor
from .quiz import QUIZZES
from .region_page import RegionPage
from .repair import Repair
from .supported_claim import SupportedClaim

EXERCISES = (LieFactor(), Repair(), SupportedClaim(), BoundSentence(), RegionPage())

__all__ = ["EXERCISES", "QUIZZES"]
