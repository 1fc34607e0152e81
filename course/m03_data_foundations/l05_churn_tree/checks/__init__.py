"""Checks of lab 3.5: label from raw tables, leak, riskiest leaf, pruning, profit of a call list."""

from .campaign_profit import CampaignProfit
from .churned_next_month import ChurnedNextMonth
from .final_tree import FinalTree
from .leak_column import LeakColumn
from .quiz import QUIZZES
from .riskiest_leaf import RiskiestLeaf

EXERCISES = (ChurnedNextMonth(), LeakColumn(), RiskiestLeaf(), FinalTree(), CampaignProfit())

__all__ = ["EXERCISES", "QUIZZES"]
