"""The hit rate of the lists of many customers."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np

from labkit.exercises import Exercise, Given, Text, Verdict, compare


class HitRate(Exercise):
    name = "hit_rate"
    hints = (
        Text(
            "Two questions per customer: was any of the three bought, and did the customer buy anything at all?",
            "每位客户两个问题：三个里有没有买下的？这位客户究竟有没有购买？",
        ),
        Text(
            "`np.take_along_axis(bought, shown, axis=1).any(axis=1)` answers the first, `bought.any(axis=1)` the second.",
            "`np.take_along_axis(bought, shown, axis=1).any(axis=1)` 回答第一个，`bought.any(axis=1)` 回答第二个。",
        ),
        Text(
            "`hit[buyers].mean()`, with the two arrays of hint 2 as `hit` and `buyers`.",
            "`hit[buyers].mean()`，其中 `hit` 和 `buyers` 就是提示 2 里的两个数组。",
        ),
    )
    matters = Text(
        "The denominator decides: over recommendations, over everybody or over buyers are three different numbers, and "
        "reports mix them up. Say which one you mean.",
        "关键在分母：除以推荐个数、除以全体客户、除以购买者，是三个不同的数，报告里却常常混用。要说清用的是哪一个。",
    )
    mistakes = {
        "over_recommendations": Text(
            "You divide by the number of recommendations. The unit is the customer: hit or not.",
            "你除以了推荐的个数。单位是客户：命中或没命中。",
        ),
        "over_everybody": Text(
            "You divide by all customers. Those who bought nothing say nothing about the list.",
            "你除以了全体客户。什么都没买的人，说明不了名单的好坏。",
        ),
        "hits_counted_twice": Text(
            "A customer with two hits counts twice in yours. One customer, one hit.",
            "命中两个的客户被你算了两次。一位客户只算一次命中。",
        ),
        "share_of_purchases": Text(
            "This is the share of the *purchases* that were shown (recall). Asked is the share of customers.",
            "这是被推荐到的*购买*占全部购买的比例（查全率）。要的是客户占比。",
        ),
        "first_place_only": Text(
            "You look at the first place only. All three tiles count.", "你只看了第一位。三个推荐位都算。"
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = []
        for number in range(2):
            shown, bought = _lists(given, number)
            cases.append(((shown.copy(), bought.copy()), functools.partial(self._judge, shown, bought)))
        return compare.function(answer, cases)

    def _judge(self, shown: np.ndarray, bought: np.ndarray, result: Any) -> Verdict:
        mistakes = {name: _rate(shown, bought, name) for name in self.mistakes}
        return compare.number(result, _rate(shown, bought), rel=1e-6, share=True, mistakes=mistakes)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda shown, bought: _rate(shown, bought, mistake)

        return {
            "over_recommendations": made("over_recommendations"),
            "over_everybody": made("over_everybody"),
            "hits_counted_twice": made("hits_counted_twice"),
            "share_of_purchases": made("share_of_purchases"),
            "first_place_only": made("first_place_only"),
            "in_percent": lambda shown, bought: 100 * _rate(shown, bought),
            "the_array": lambda shown, bought: shown,
        }


def _lists(given: Given, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Three of twelve products for each of three hundred invented customers, a third of whom buy nothing.

    Drawn again until no two mistakes lead to the same number.
    """
    rng = given.rng(f"hit_rate/{number}")
    while True:
        shown = rng.random((300, 12)).argsort(axis=1)[:, :3]
        bought = (rng.random((300, 12)) < 0.14 + 0.05 * number) & (rng.random((300, 1)) < 0.7)
        rates = [_rate(shown, bought, mistake) for mistake in ("", *HitRate.mistakes)]
        if np.diff(np.sort(rates)).min() > 1e-4:
            return shown, bought


def _rate(shown: np.ndarray, bought: np.ndarray, mistake: str = "") -> float:
    """Counted customer by customer on sets; with ``mistake``, what that mistake leads to."""
    baskets = [set(np.flatnonzero(row).tolist()) for row in bought]
    width = 1 if mistake == "first_place_only" else shown.shape[1]
    hits = [len(basket & set(row[:width].tolist())) for row, basket in zip(shown, baskets, strict=True)]
    buyers = sum(bool(basket) for basket in baskets)
    if mistake == "over_recommendations":
        return sum(hits) / (buyers * width)
    if mistake == "hits_counted_twice":
        return sum(hits) / buyers
    if mistake == "share_of_purchases":
        return sum(hits) / sum(map(len, baskets))
    return sum(hit > 0 for hit in hits) / (len(baskets) if mistake == "over_everybody" else buyers)
