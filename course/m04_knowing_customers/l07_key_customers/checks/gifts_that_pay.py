"""How many gifts earn most."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from labkit.exercises import Exercise, Given, Text, Verdict, compare


class GiftsThatPay(Exercise):
    name = "gifts_that_pay"
    hints = (
        Text(
            "Write the profit of no gift, one gift, two gifts …; then look for the largest.",
            "写出送零份、一份、两份……的利润，再找最大的那个。",
        ),
        Text(
            "Persuaded are the people reached *without* those who have a gift: `reached_by - gifts`.",
            "被说服的人*不含*收礼的人：`reached_by - gifts`。",
        ),
        Text(
            "Put a zero before `reached_by`, so that position and number of gifts agree; `int(profit.argmax())`.",
            "在 `reached_by` 前补一个零，让位置与份数对上；`int(profit.argmax())`。",
        ),
    )
    matters = Text(
        "A budget is a limit, not an order. The gift to stop at is the first whose *own* gain no longer pays for it.",
        "预算是上限，不是指标。哪一份礼物*自己*带来的增益付不起它自己的钱，就该在它之前停下。",
    )
    mistakes = {
        "total_still_positive": Text(
            "At that number the total is still positive, but the last gifts lost money. Look for the highest profit.",
            "送这么多份，总利润仍是正的，可最后几份是亏的。要找的是利润最高处。",
        ),
        "seeds_pay": Text(
            "You count those with a gift as paying customers. Their year is free.",
            "你把收礼的人也算作付费客户了。他们这一年是免费的。",
        ),
        "off_by_one": Text(
            "One too few: `reached_by[0]` belongs to *one* gift.",
            "少了一份：`reached_by[0]` 对应的是*一份*礼物。",
        ),
        "at_least_one": Text(
            "Where every gift loses money, the best number is none.", "如果送几份都亏，最好的份数就是零。"
        ),
        "the_profit": Text(
            "That is the profit in yuan. Asked is the number of gifts.", "这是利润（元）。要的是份数。"
        ),
        "all_of_them": Text("Giving all of them is not always best.", "全送出去并不总是最好的。"),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases: list[tuple[tuple, Callable[[Any], Verdict]]] = []
        for curve, terms in _settings(given):
            cases.append(((curve.copy(), dict(terms)), functools.partial(self._judge, curve, terms)))
        return compare.function(answer, cases)

    def _judge(self, curve: np.ndarray, terms: dict[str, float], result: Any) -> Verdict:
        expected = _count(curve, terms)
        mistakes = {name: _count(curve, terms, name) for name in self.mistakes}
        return compare.number(result, expected, rel=0, abs=1e-9, mistakes=mistakes)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def making(name: str) -> Callable[[np.ndarray, Mapping[str, float]], float]:
            return lambda curve, terms: _count(np.asarray(curve), terms, name)

        return {
            "total_still_positive": making("total_still_positive"),
            "seeds_pay": making("seeds_pay"),
            "off_by_one": making("off_by_one"),
            "at_least_one": making("at_least_one"),
            "the_profit": making("the_profit"),
            "all_of_them": making("all_of_them"),
            "half": lambda curve, terms: len(curve) / 2 + 0.5,
        }


def _settings(given: Given) -> list[tuple[np.ndarray, dict[str, float]]]:
    """Curves whose gains shrink; the three numbers of gifts differ under every mistake. In the last one nothing pays."""
    gains = 60 / np.arange(1, 31)
    return [
        (np.cumsum(gains), {"gift_yuan": 600, "margin_yuan": 72}),
        (np.cumsum(1.4 * gains[:24]), {"gift_yuan": 400, "margin_yuan": 45}),
        (np.cumsum(gains[:12]), {"gift_yuan": 3_000, "margin_yuan": 40}),
    ]


def _count(curve: np.ndarray, terms: Mapping[str, float], mistake: str = "") -> float:
    """From the gain of each gift, where the solution takes the highest total."""
    gift, margin = terms["gift_yuan"], terms["margin_yuan"]
    own = 0 if mistake == "seeds_pay" else 1
    earns = (np.diff(curve, prepend=0) - own) * margin - gift
    best = int((earns > 0).sum())
    total = np.cumsum(earns)
    if mistake == "total_still_positive":
        return float((total > 0).sum())
    if mistake == "the_profit":
        return float(total[best - 1]) if best else 0.5
    return {
        "": best,
        "seeds_pay": best,
        "off_by_one": best - 1,
        "at_least_one": max(best, 1),
        "all_of_them": len(curve),
    }[mistake]
