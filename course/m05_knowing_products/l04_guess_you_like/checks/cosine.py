"""The cosine of two products."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np

from labkit.exercises import Exercise, Given, Text, Verdict, compare


class Cosine(Exercise):
    name = "cosine"
    hints = (
        Text(
            "Above the line: multiply customer by customer and add up. Below: the length of one times the length of the other.",
            "分子：逐位客户相乘再求和。分母：两串数各自的长度相乘。",
        ),
        Text(
            "A length is the square root of the sum of squares: `np.sqrt((a**2).sum())`, or `np.linalg.norm(a)`.",
            "长度是平方和的平方根：`np.sqrt((a**2).sum())`，或 `np.linalg.norm(a)`。",
        ),
        Text(
            "`lengths = np.linalg.norm(a) * np.linalg.norm(b)`; then `(a * b).sum() / lengths if lengths > 0 else 0.0`.",
            "`lengths = np.linalg.norm(a) * np.linalg.norm(b)`；然后 `(a * b).sum() / lengths if lengths > 0 else 0.0`。",
        ),
    )
    matters = Text(
        "Dividing by the lengths takes popularity out: two products are alike because of who looks, not because of how many.",
        "除以长度，就把热度除掉了：两个产品相似，是因为看的人相同，而不是因为看的人多。",
    )
    mistakes = {
        "dot_product": Text(
            "This is the product without the lengths: a popular product would be like everything.",
            "这只是内积，没有除以长度：热门产品会跟什么都像。",
        ),
        "no_root": Text(
            "You divide by the squares of the lengths. Take the square root first.",
            "你除以了长度的平方。要先开方。",
        ),
        "common_customers_only": Text(
            "Your lengths count only customers who looked at both. Those who looked at one alone tell the two apart.",
            "你的长度只算了两个都看过的客户。正是只看过其中一个的人，说明这两个产品不同。",
        ),
        "correlation": Text(
            "You subtract the means first: that is the correlation. Here a zero is no opinion, so nothing is subtracted.",
            "你先减去了均值，那是相关系数。这里的零表示没有看法，不需要减。",
        ),
        "counted_overlap": Text(
            "You count who looked at both, over who looked at either. The cosine uses how much they looked.",
            "你算的是两个都看过的人占看过任一个的人的比例。余弦还要用到看了多少。",
        ),
        "nobody_looked": Text(
            "Right for products with views. For a product that nobody has looked at, return 0.",
            "有人看过的产品都算对了。没有人看过的产品，应返回 0。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = []
        for a, b in _pairs(given):
            cases.append(((a.copy(), b.copy()), functools.partial(self._judge, a, b)))
        return compare.function(answer, cases)

    def _judge(self, a: np.ndarray, b: np.ndarray, result: Any) -> Verdict:
        names = [name for name in self.mistakes if name != "nobody_looked"] if a.any() else ["nobody_looked"]
        with np.errstate(all="ignore"):
            mistakes = {name: _value(a, b, name) for name in names}
        if not a.any() and compare.scalar(result) not in (None, 0.0):
            return compare.wrong("nobody_looked")
        return compare.number(result, _value(a, b), rel=1e-6, abs=1e-12, mistakes=mistakes)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda a, b: _value(a, b, mistake)

        return {
            "dot_product": made("dot_product"),
            "no_root": made("no_root"),
            "common_customers_only": made("common_customers_only"),
            "correlation": made("correlation"),
            "counted_overlap": made("counted_overlap"),
            "nobody_looked": made("nobody_looked"),
            "angle": lambda a, b: np.arccos(_value(a, b)),
            "one_number": 0.5,
        }


def _pairs(given: Given) -> list[tuple[np.ndarray, np.ndarray]]:
    """Two pairs of products of four hundred invented customers; last a product nobody looked at."""
    rng = given.rng("cosine")
    pairs = [
        (np.log1p(rng.poisson(0.6, 400)), np.log1p(rng.poisson(rate, 400)).astype(float))
        for rate in (0.4, 2.0)
    ]
    return [*pairs, (np.zeros(400), pairs[0][1])]


def _value(a: np.ndarray, b: np.ndarray, mistake: str = "") -> float:
    """Through an inner product of directions; with ``mistake``, what that mistake leads to."""
    if mistake == "dot_product":
        return float(np.dot(a, b))
    if mistake == "no_root":
        return float(np.dot(a, b) / np.dot(a, a) / np.dot(b, b)) if a.any() else 0.0
    if mistake == "counted_overlap":
        return float(((a > 0) & (b > 0)).sum() / ((a > 0) | (b > 0)).sum())
    if mistake == "common_customers_only":
        both = (a > 0) & (b > 0)
        return _value(a[both], b[both])
    if mistake == "correlation":
        return _value(a - a.mean(), b - b.mean())
    if not a.any() or not b.any():
        return float("nan") if mistake == "nobody_looked" else 0.0
    return float(np.dot(a / np.hypot.reduce(a), b / np.hypot.reduce(b)))
