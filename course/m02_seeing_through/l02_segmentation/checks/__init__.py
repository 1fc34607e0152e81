"""Checks of lab 2.2: a scale, the number of segments, the profile table, who over-indexes, a new customer."""

from .assigned import Assigned
from .chosen_k import ChosenK
from .quiz import QUIZZES
from .segment_index import SegmentIndex
from .standardised import Standardised
from .wealth_segment import WealthSegment

EXERCISES = (Standardised(), ChosenK(), SegmentIndex(), WealthSegment(), Assigned())

__all__ = ["EXERCISES", "QUIZZES"]
