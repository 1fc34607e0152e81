"""From how many looks on a customer's own log is the better guide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from labkit.exercises import Exercise, Given, Text, Verdict, compare, remembered, right, wrong

from .weeks import weeks_to_choose_by

TOLERATED = 0.03
"""Share of the best quality that a defensible threshold may lose: the weeks to choose by are a sample."""
MOST = 400


class EnoughViews(Exercise):
    name = "enough_views"
    hints = (
        Text("Where is the line of the figure highest?", "图中的线在哪里最高？"),
        Text(
            "Near the top the line is flat: any of those thresholds will do. Zero will not: it means no fallback at all.",
            "靠近顶部的一段是平的：那里的门槛都说得过去。零不行：那等于没有后备。",
        ),
        Text(
            "Leave out zero and take the top: `ndcg_by_threshold.iloc[1:].idxmax()`.",
            "去掉零，取最高处：`ndcg_by_threshold.iloc[1:].idxmax()`。",
        ),
    )
    matters = Text(
        "The best few thresholds are equally good, so do not fight over them. The caution that waits for thirty looks is "
        "what costs: it gives most customers the list of somebody else.",
        "最好的几个门槛不分上下，不必争。真正代价高的是“等到三十次”的谨慎：多数人拿到的是别人的名单。",
    )
    mistakes = {
        "no_fallback": Text(
            "With this threshold a customer without any look gets a list by scores that are all zero: the first three products of the table.",
            "用这个门槛，一次都没看过的客户，得分全是零，拿到的是表里的前三个产品。",
        ),
        "too_patient": Text(
            "You throw away what the looks already say: so high a threshold gives most customers a list that is not their own.",
            "浏览已经说明的东西，被你丢掉了：门槛这么高，大多数客户拿到的都不是自己的名单。",
        ),
        "not_whole": Text("A whole number of looks is wanted.", "这里要的是整数次浏览。"),
    }
    truths = ("product_tastes", "people")

    def check(self, answer: Any, given: Given) -> Verdict:
        value = compare.scalar(answer) if isinstance(answer, (int, float, np.integer)) else None
        if value is None:
            return wrong(compare.WANTED_NUMBER.fill(kind=compare.kind_of(answer)))
        if not float(value).is_integer():  # also infinity and NaN
            return wrong("not_whole")
        if value <= 0:
            return wrong("no_fallback")
        quality = _quality(given)
        return (
            right()
            if quality[int(min(value, MOST))] >= (1 - TOLERATED) * quality.max()
            else wrong("too_patient")
        )

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        return {
            "no_fallback": 0,
            "too_patient": 30,
            "not_whole": 2.5,
            "far_too_patient": 10_000,
            "a_word": "few",
        }


@remembered
def _quality(given: Given) -> np.ndarray:
    """Mean NDCG@3 by threshold, 0 to ``MOST``: item–item likeness from the threshold on, what most chose below it."""
    looks, own, crowd = weeks_to_choose_by(given)
    if not len(looks):
        return np.ones(MOST + 1)
    order = np.argsort(looks, kind="stable")
    below = np.searchsorted(looks[order], np.arange(MOST + 1), side="left")
    crowd_sum = np.concatenate([[0], np.cumsum(crowd[order])])
    own_sum = np.concatenate([[0], np.cumsum(own[order])])
    return (crowd_sum[below] + own_sum[-1] - own_sum[below]) / len(looks)
