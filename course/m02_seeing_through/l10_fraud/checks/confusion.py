"""Four counts at a threshold."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare

from .invented import scored_payments

NAMES = ("caught", "missed", "false_alarms", "left_alone")
CASES = ((0, 0.5), (1, 0.125))


class Confusion(Exercise):
    name = "confusion"
    hints = (
        Text(
            "Two questions with yes or no: was it stopped, was it fraud? Four combinations.",
            "两个是非题：拦了吗？是欺诈吗？共四种组合。",
        ),
        Text(
            '`stopped = scored["score"] >= threshold`; `&` joins conditions, `~` turns one round, `.sum()` counts.',
            '`stopped = scored["score"] >= threshold`；`&` 连接条件，`~` 取反，`.sum()` 计数。',
        ),
        Text(
            '`"caught": (stopped & scored["is_fraud"]).sum()`, and the three others in the same way.',
            '`"caught": (stopped & scored["is_fraud"]).sum()`，其余三个照此类推。',
        ),
    )
    matters = Text(
        "Every measure of the report card is made of these four counts, and the money too. Accuracy lives on the fourth.",
        "成绩单上的每个指标，连同钱，都由这四个数算出来。准确率靠的是第四个。",
    )
    mistakes = {
        "swapped_errors": Text(
            "Missed frauds and false alarms have changed places. Which of the two annoys an honest customer?",
            "漏报和误报互换了。哪一种会惹恼守规矩的客户？",
        ),
        "above_only": Text(
            "A payment exactly at the threshold is stopped as well.", "评分恰好等于阈值的交易也要拦下。"
        ),
        "one_half": Text(
            "You cut at one half, whatever the threshold. The threshold is the function's second argument.",
            "不管阈值是多少，你都按二分之一来切。阈值是函数的第二个参数。",
        ),
        "shares": Text("These are shares. Four counts are wanted.", "这是占比。要的是四个笔数。"),
        "stopped_low": Text(
            "You stop the *low* scores. A high score means fraud.", "你拦的是评分*低*的。评分高才像欺诈。"
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = [
            ((scored_payments(number).copy(), threshold), functools.partial(self._judge, number, threshold))
            for number, threshold in CASES
        ]
        return compare.function(answer, cases)

    def _judge(self, number: int, threshold: float, result: Any) -> Verdict:
        scored = scored_payments(number)
        mistakes = {name: counts(scored, threshold, name) for name in self.mistakes}
        return compare.values(_named(result), counts(scored, threshold), rel=1e-9, mistakes=mistakes)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda scored, threshold: counts(scored, threshold, mistake)

        return {
            "swapped_errors": made("swapped_errors"),
            "above_only": made("above_only"),
            "one_half": made("one_half"),
            "shares": made("shares"),
            "stopped_low": made("stopped_low"),
            "two_of_four": lambda scored, threshold: {"caught": 1, "missed": 2},
            "a_number": lambda scored, threshold: 0.996,
        }


def counts(scored: pd.DataFrame, threshold: float, mistake: str = "") -> dict[str, float]:
    """The four counts by position in the sorted scores; with ``mistake``, what that mistake leads to."""
    if mistake == "one_half":
        threshold = 0.5
    side = "right" if mistake == "above_only" else "left"
    fraud_scores = np.sort(scored.loc[scored["is_fraud"], "score"].to_numpy())
    honest_scores = np.sort(scored.loc[~scored["is_fraud"], "score"].to_numpy())
    missed = int(np.searchsorted(fraud_scores, threshold, side=side))
    left_alone = int(np.searchsorted(honest_scores, threshold, side=side))
    caught, false_alarms = len(fraud_scores) - missed, len(honest_scores) - left_alone
    if mistake == "swapped_errors":
        missed, false_alarms = false_alarms, missed
    if mistake == "stopped_low":
        caught, missed, false_alarms, left_alone = missed, caught, left_alone, false_alarms
    total = len(scored) if mistake == "shares" else 1
    return dict(zip(NAMES, (n / total for n in (caught, missed, false_alarms, left_alone)), strict=True))


def _named(result: Any) -> Any:
    """Four numbers in the order asked for, or scikit-learn's matrix (honest first, left alone first), by name."""
    if isinstance(result, (list, tuple, np.ndarray, pd.DataFrame)) and np.shape(result) == (2, 2):
        (left_alone, false_alarms), (missed, caught) = np.asarray(result).tolist()
        return dict(zip(NAMES, (caught, missed, false_alarms, left_alone), strict=True))
    if isinstance(result, (list, tuple)) and len(result) == 4:
        return dict(zip(NAMES, result, strict=True))
    return result
