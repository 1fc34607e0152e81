"""Exercises of lab 7.4. Each is a function, judged on series made for the check from the lab's own random streams."""

from .alarm_cost import AlarmCost
from .drift_began import DriftBegan
from .explained_days import ExplainedDays
from .quiz import QUIZZES
from .robust_limits import RobustLimits
from .root_of import RootOf

EXERCISES = (RobustLimits(), ExplainedDays(), DriftBegan(), RootOf(), AlarmCost())

__all__ = ["EXERCISES", "QUIZZES"]
