"""Three suitable products for one person."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong

WANTED_LIST = Text(
    "A list of products, best first, is wanted here, not {kind}.",
    "这里要的是产品列表，最好的在前，而不是 {kind}。",
)
NOT_THE_BEST = Text(
    "These are not the best suitable products in the order of their scores.",
    "这不是按得分排序、最好的那几个合适产品。",
)


class SuitableThree(Exercise):
    name = "suitable_three"
    hints = (
        Text(
            "Make two filters by product, suitable and not yet held, before anything is cut to three.",
            "先为每个产品做两个过滤条件：合适、尚未持有。然后再截取三个。",
        ),
        Text(
            "`risk <= level` allows a product of exactly the customer's level; `scores.index.isin(list(held))` finds the held ones.",
            "`risk <= level` 允许与客户等级相同的产品；`scores.index.isin(list(held))` 找出已持有的。",
        ),
        Text(
            "`scores[suitable & not_held].nlargest(3).index.tolist()`; align the risk with `risk.reindex(scores.index)`.",
            "`scores[suitable & not_held].nlargest(3).index.tolist()`；风险等级用 `risk.reindex(scores.index)` 对齐。",
        ),
    )
    matters = Text(
        "A rule inside the list, not behind it: it cannot be forgotten, and the page never has a hole.",
        "规则写在出名单的过程之内，而不是之后：既不会漏，页面上也不会有空位。",
    )
    mistakes = {
        "rule_ignored": Text(
            "Your list holds a product above the customer's risk level. That must not happen even once.",
            "你的名单里有高于客户风险等级的产品。一次也不能发生。",
        ),
        "cut_before_filter": Text(
            "Your list is too short: you cut to three first and filtered afterwards.",
            "你的名单太短：先截到了三个，然后才过滤。",
        ),
        "strictly_below": Text(
            "A product of exactly the customer's level is suitable; yours leaves it out.",
            "与客户等级相同的产品是合适的；你把它漏掉了。",
        ),
        "held_again": Text(
            "Your list holds something the customer has already.", "你的名单里有客户已经持有的产品。"
        ),
        "worst_first": Text(
            "These are the lowest scores. Sort the other way.", "这是得分最低的几个。排序方向反了。"
        ),
        "in_another_order": Text(
            "The right three, but not with the best one first.", "三个都选对了，但最好的没有排在最前。"
        ),
        "by_position": Text(
            "`scores` and `risk` are in different orders; you compare them by position. Match them by product.",
            "`scores` 和 `risk` 的顺序不同；你按位置对应了。要按产品对应。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = []
        for scores, risk, held, level in _people(given):
            judge = functools.partial(self._judge, scores, risk, held, level)
            cases.append(((scores.copy(), risk.copy(), set(held), level), judge))
        return compare.function(answer, cases)

    def _judge(self, scores: pd.Series, risk: pd.Series, held: set, level: int, result: Any) -> Verdict:
        if isinstance(result, (pd.Series, pd.Index, np.ndarray)):
            result = result.tolist()
        if not isinstance(result, (list, tuple)) or not all(compare.is_label(label) for label in result):
            return wrong(WANTED_LIST.fill(kind=compare.kind_of(result)))
        listed, wanted = list(result), _three(scores, risk, held, level)
        if listed == wanted:
            return right()
        for name in self.mistakes:
            if listed == _three(scores, risk, held, level, name):
                return wrong(name)
        if any(product in held for product in listed):
            return wrong("held_again")
        if any(risk.get(product, 0) > level for product in listed):
            return wrong("rule_ignored")
        return wrong("in_another_order" if sorted(map(str, listed)) == sorted(wanted) else NOT_THE_BEST)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda scores, risk, held, level: _three(scores, risk, held, level, mistake)

        return {
            "rule_ignored": made("rule_ignored"),
            "cut_before_filter": made("cut_before_filter"),
            "strictly_below": made("strictly_below"),
            "held_again": made("held_again"),
            "worst_first": made("worst_first"),
            "in_another_order": made("in_another_order"),
            "by_position": made("by_position"),
            "all_of_them": lambda scores, risk, held, level: list(scores.index),
            "raises": lambda scores: scores,
        }


def _people(given: Given) -> list[tuple[pd.Series, pd.Series, set[str], int]]:
    """Three invented customers and twelve products; the best one is held, the second too risky, the third at the level."""
    people = []
    for number, level in enumerate((2, 3, 1)):
        rng = given.rng(f"suitable/{number}")
        products = [f"P{product:02d}" for product in rng.permutation(12)]
        scores = pd.Series(np.linspace(0.9, 0.1, 12) + rng.random(12) / 50, products)
        levels = [level, level + 1, level, 1, 1, level + 2, *rng.integers(1, 6, 4).tolist(), 1, 1]
        risk = pd.Series(levels, products, dtype="int64")
        held = {products[0], products[10]}
        if number == 2:
            held |= set(risk.index[(risk <= level) & (np.arange(12) > 3)])
        people.append((scores.sample(frac=1, random_state=number), risk, held, level))
    return people


def _three(scores: pd.Series, risk: pd.Series, held: set[str], level: int, mistake: str = "") -> list[str]:
    """By walking down the ranking, product by product; with ``mistake``, what that mistake leads to."""
    ranking = sorted(scores.index, key=lambda product: scores[product], reverse=mistake != "worst_first")
    if mistake == "cut_before_filter":
        ranking = ranking[:3]
    limit = {"strictly_below": level - 1, "rule_ignored": 99}.get(mistake, level)
    levels = dict(zip(scores.index, risk, strict=True)) if mistake == "by_position" else risk.to_dict()
    fitting = [
        product
        for product in ranking
        if levels[product] <= limit and (product not in held or mistake == "held_again")
    ]
    return fitting[:3][::-1] if mistake == "in_another_order" else fitting[:3]
