"""Checks of lab 2.12: weight of evidence, points, KS, cut-off, swap set, stability."""

from .cut_off import CutOff
from .ks_distance import KsDistance
from .newly_approved import NewlyApproved
from .psi import Psi
from .quiz import QUIZZES
from .to_points import ToPoints
from .woe_by_hand import WoeByHand

EXERCISES = (WoeByHand(), ToPoints(), KsDistance(), CutOff(), NewlyApproved(), Psi())

__all__ = ["EXERCISES", "QUIZZES"]
