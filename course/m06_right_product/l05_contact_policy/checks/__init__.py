"""Exercises and quiz questions of lab 6.5."""

from .best_plan import BestPlan
from .call_cap import CallCap
from .december_breaches import DecemberBreaches
from .price_of_a_call import PriceOfACall
from .price_per_customer_kept import PricePerCustomerKept
from .quiz import QUIZZES
from .worthwhile import Worthwhile

EXERCISES = (
    DecemberBreaches(),
    Worthwhile(),
    CallCap(),
    BestPlan(),
    PriceOfACall(),
    PricePerCustomerKept(),
)

__all__ = ["EXERCISES", "QUIZZES"]
