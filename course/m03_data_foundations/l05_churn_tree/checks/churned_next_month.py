"""The label of lab 3.5 from the raw tables, for any cut-off."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong


class ChurnedNextMonth(Exercise):
    name = "churned_next_month"
    hints = (
        Text(
            "Begin with who is there at the end of the cut-off day: joined by then, and not yet gone.",
            "先确定截止日终谁在网：那时已经入网，而且还没有离开。",
        ),
        Text(
            "A missing `left_on` compares as False with everything, so `~(left_on <= cutoff)` keeps those who never left.",
            "缺失的 `left_on` 与任何日期比较都得 False，所以 `~(left_on <= cutoff)` 会保留从未离网的人。",
        ),
        Text(
            '`active = subscribers[was_there].set_index("subscriber_id")`, then compare `active["left_on"]` with '
            "`cutoff + pd.offsets.MonthEnd(1)`.",
            '先 `active = subscribers[was_there].set_index("subscriber_id")`，再把 `active["left_on"]` 与 '
            "`cutoff + pd.offsets.MonthEnd(1)` 相比较。",
        ),
    )
    matters = Text(
        "Half of all broken churn models are broken here: a label that contains people who could no longer leave, or a "
        "window that is not the month the desk can act in.",
        "出问题的离网模型，一半就坏在这里：标签里混进了已经走不了的人，或者时间段根本不是专席能行动的那个月。",
    )
    mistakes = {
        "had_already_left": Text(
            "Your answer contains customers who had already left by the cut-off. Nobody can leave twice.",
            "你的答案里有截止日之前就已离网的用户。没有人能走两次。",
        ),
        "not_yet_joined": Text(
            "Your answer contains people who joined after the cut-off. On that day nobody knew them.",
            "你的答案里有截止日之后才入网的人。那一天谁也不认识他们。",
        ),
        "only_leavers": Text(
            "Your answer holds leavers only. Those who stay belong in it too, with False.",
            "你的答案里只有离网的人。留下的人也要在内，值为 False。",
        ),
        "any_time_later": Text(
            "You count everybody who leaves at any time later. The outcome window is one calendar month.",
            "你把以后任何时候离网的都算了进来。表现期只有一个自然月。",
        ),
        "month_after_next": Text(
            "The window is a month too late: the outcome is the month directly after the cut-off.",
            "时间段晚了一个月：表现期是截止日之后紧接着的那个月。",
        ),
        "thirty_days": Text(
            "Thirty days are not a calendar month; look at a cut-off that is followed by a shorter or longer one.",
            "三十天不等于一个自然月；找一个后面跟着长月或短月的截止日看看。",
        ),
    }
    cutoffs = ("2025-01-31", "2025-06-30", "2025-10-31")

    def check(self, answer: Any, given: Given) -> Verdict:
        return compare.function(answer, [self._case(given, cutoff) for cutoff in self.cutoffs])

    def _case(self, given: Given, cutoff: str) -> tuple[tuple, Any]:
        expected = _labels(given, cutoff)
        mistakes = {name: functools.partial(_labels, given, cutoff, name) for name in self.mistakes}
        arguments = (given.table("subscribers"), pd.Timestamp(cutoff))
        return arguments, lambda result: _judge_labels(result, expected, mistakes)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda subscribers, cutoff: _labels(given, f"{cutoff:%Y-%m-%d}", mistake)

        return {
            "had_already_left": made("had_already_left"),
            "all_who_ever_joined": lambda subscribers, cutoff: (
                subscribers.set_index("subscriber_id")["left_on"] > cutoff
            ),
            "not_yet_joined": made("not_yet_joined"),
            "only_leavers": made("only_leavers"),
            "any_time_later": made("any_time_later"),
            "month_after_next": made("month_after_next"),
            "thirty_days": made("thirty_days"),
            "one_number": lambda subscribers, cutoff: 0.027,
            "raises": lambda subscribers: subscribers,
        }


def _labels(given: Given, cutoff: str, mistake: str = "") -> pd.Series:
    """Subscriber → left in the next month?, by SQL; with ``mistake``, what that mistake leads to."""
    there = {
        "had_already_left": "joined_on <= day",
        "not_yet_joined": "left_on IS NULL OR left_on > day",
        "only_leavers": "left_on > day AND left_on < first_day + INTERVAL 2 MONTH",
    }.get(mistake, "joined_on <= day AND (left_on IS NULL OR left_on > day)")
    outcome = {
        "any_time_later": "left_on > day",
        "month_after_next": "left_on >= first_day + INTERVAL 2 MONTH AND left_on < first_day + INTERVAL 3 MONTH",
        "thirty_days": "left_on > day AND left_on <= day + INTERVAL 30 DAY",
    }.get(mistake, "left_on < first_day + INTERVAL 2 MONTH")
    rows = given.sql(f"""
        WITH cut AS (SELECT TIMESTAMP '{cutoff}' AS day, date_trunc('month', TIMESTAMP '{cutoff}') AS first_day)
        SELECT subscriber_id, coalesce({outcome}, false) AS churned FROM subscribers, cut WHERE {there}
    """)
    return rows.set_index("subscriber_id")["churned"]


def _judge_labels(result: Any, expected: pd.Series, mistakes: Mapping[str, Any]) -> Verdict:
    """Who is in the answer first, then what it says about them."""
    given = _as_labels(result)
    if given is None:
        return wrong(compare.WANTED_VALUES.fill(kind=compare.kind_of(result)))
    missing, extra = expected.index.difference(given.index), given.index.difference(expected.index)
    if len(extra):
        for name in ("had_already_left", "not_yet_joined"):
            if extra.isin(mistakes[name]().index).any():
                return wrong(name)
        return wrong(compare.EXTRA_LABELS.fill(count=len(extra)))
    if len(missing):
        only_leavers = len(given) > 0 and given.all()
        return (
            wrong("only_leavers") if only_leavers else wrong(compare.MISSING_LABELS.fill(count=len(missing)))
        )
    given = given.reindex(expected.index)
    if given.equals(expected):
        return right()
    for name in ("any_time_later", "month_after_next", "thirty_days"):
        if given.equals(mistakes[name]().reindex(expected.index)):
            return wrong(name)
    return wrong(compare.VALUES_DIFFER.fill(count=int((given != expected).sum()), total=len(expected)))


def _as_labels(result: Any) -> pd.Series | None:
    """A Series by subscriber, also from a table with the columns subscriber_id and one more; None otherwise."""
    if isinstance(result, pd.DataFrame):
        table = result.set_index("subscriber_id") if "subscriber_id" in result else result
        result = table["churned"] if "churned" in table else table.iloc[:, 0] if table.shape[1] == 1 else None
    if not isinstance(result, pd.Series) or not result.index.is_unique or result.isna().any():
        return None
    if not (pd.api.types.is_bool_dtype(result) or pd.api.types.is_numeric_dtype(result)):
        return None
    return result.astype(float).eq(1.0)
