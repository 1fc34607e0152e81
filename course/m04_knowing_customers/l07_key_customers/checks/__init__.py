"""Checks of lab 4.7: numbers that are no person, PageRank, a broker, marginal gain, twenty seeds, gifts that pay."""

from .broker import Broker
from .gifts_that_pay import GiftsThatPay
from .marginal_gain import MarginalGain
from .no_person import NoPerson
from .pagerank import PageRank
from .quiz import QUIZZES
from .twenty import Twenty

EXERCISES = (NoPerson(), PageRank(), Broker(), MarginalGain(), Twenty(), GiftsThatPay())

__all__ = ["EXERCISES", "QUIZZES"]
