"""Checks of lab 6.2: sample size, effect with interval, bias of a chosen list, uplift by tenth, whom to call."""

from .customers_per_arm import CustomersPerArm
from .effect_and_interval import EffectAndInterval
from .naive_bias import NaiveBias
from .quiz import QUIZZES
from .to_call import ToCall
from .uplift_by_tenth import UpliftByTenth

EXERCISES = (CustomersPerArm(), EffectAndInterval(), NaiveBias(), UpliftByTenth(), ToCall())

__all__ = ["EXERCISES", "QUIZZES"]
