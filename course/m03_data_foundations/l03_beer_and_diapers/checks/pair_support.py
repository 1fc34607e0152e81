"""Support of the famous pair."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labkit.exercises import Exercise, Given, Text, Verdict, compare

from .counted import crossed


class PairSupport(Exercise):
    """Read it off: one share."""

    name = "pair_support"
    hints = (
        Text(
            "The numerator: baskets that are in both sets. The denominator: all baskets.",
            "分子：同时属于两个集合的购物篮；分母：全部购物篮。",
        ),
        Text(
            "`a & b` is what two sets have in common; `len` counts.",
            "`a & b` 是两个集合的交集，`len` 用来计数。",
        ),
        Text(
            "Almost the code: `len(with_antecedent & with_consequent) / …`",
            "代码大致是：`len(with_antecedent & with_consequent) / …`",
        ),
    )
    matters = Text(
        "Support says how big the effect can be at most: nobody moves a shelf for a handful of baskets.",
        "支持度决定了效果最多能有多大：没有人会为寥寥几个购物篮去动货架。",
    )
    mistakes = {
        "divided_by_lines": Text(
            "You divided by the lines of the table. One basket has many lines: count receipts.",
            "你除以了表的行数。一个购物篮有很多行，请数小票。",
        ),
        "either": Text(
            "That is the share with at least one of the two (`|`); both is wanted (`&`).",
            "这是至少含其中一种（`|`）的占比，这里要的是两种都有（`&`）。",
        ),
        "confidence": Text(
            "You divided by the baskets with one of the items: that is a confidence. Divide by all baskets.",
            "你除以了含其中一种商品的购物篮数，那是置信度；支持度的分母是全部购物篮。",
        ),
        "other_confidence": Text(
            "You divided by the baskets with the consequent. Divide by all baskets.",
            "你除以了含后项的购物篮数；支持度的分母是全部购物篮。",
        ),
        "count": Text(
            "That is a count; a share between 0 and 1 is wanted.", "这是个数，这里要的是 0 到 1 之间的占比。"
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        wrong_values = {
            name: value for name, value in self.wrong_answers(given).items() if name in self.mistakes
        }
        n = crossed(given)
        return compare.number(answer, n["both"] / n["baskets"], rel=1e-4, share=True, mistakes=wrong_values)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        n = crossed(given)
        return {
            "divided_by_lines": n["both"] / n["lines"],
            "either": n["either"] / n["baskets"],
            "confidence": n["both"] / n["first"],
            "other_confidence": n["both"] / n["second"],
            "count": n["both"],
            "in_percent": 100 * n["both"] / n["baskets"],
            "slightly_off": 1.02 * n["both"] / n["baskets"],
        }
