"""Exercises of lab 1.1. Expected values are computed in SQL or from sorted arrays; the lab uses ranks and groups."""

from .best_cutoff import BestCutoff
from .blanket_profit import BlanketProfit
from .data_worth import DataWorth
from .gains_table import GainsTable
from .profit_at_cost import ProfitAtCost
from .quiz import QUIZZES

EXERCISES = (BlanketProfit(), GainsTable(), BestCutoff(), ProfitAtCost(), DataWorth())

__all__ = ["EXERCISES", "QUIZZES"]
