"""Checks of lab 5.4: cosine, hit rate, NDCG@3, suitable three, the threshold of the fallback."""

from .cosine import Cosine
from .enough_views import EnoughViews
from .hit_rate import HitRate
from .ndcg_at_3 import NdcgAt3
from .quiz import QUIZZES
from .suitable_three import SuitableThree

EXERCISES = (Cosine(), HitRate(), NdcgAt3(), SuitableThree(), EnoughViews())

__all__ = ["EXERCISES", "QUIZZES"]
