"""The shadow price of the call centre's capacity."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right

from .branch import called_channel, optimum

PART = 0.25
"""Of a yuan of budget, to see what one more is worth."""


class PriceOfACall(Exercise):
    name = "price_of_a_call"
    hints = (
        Text(
            "Which promise would be loosened: one per customer, or one for the whole branch?",
            "放宽的是哪条承诺：每位客户一条的，还是整个支行只有一条的？",
        ),
        Text(
            'The entry is called `"capacity: …"` with the channel\'s name. `linprog` minimised the *negative* profit: what does '
            "that do to the sign?",
            '这一项叫 `"capacity: …"`，后面是渠道名。`linprog` 最小化的是*负*利润：正负号会怎样？',
        ),
        Text(
            'With the sign turned: `-marginals[f"capacity: {called}"]`.',
            '变号即可：`-marginals[f"capacity: {called}"]`。',
        ),
    )
    matters = Text(
        "This is the number to take into the talks about more agents. It holds for the next calls, not for the next thousand: each one bought is worth "
        "less than the one before.",
        "谈增加坐席时，带上的就是这个数。它适用于接下来的几通，而不是接下来的一千通：越往后，每通越不值钱。",
    )
    mistakes = {
        "wrong_sign": Text(
            "More capacity cannot make the best plan worse. `linprog` minimises, so its marginals are about costs.",
            "承载量增加，最佳计划不可能变差。`linprog` 做的是最小化，它的边际值说的是成本。",
        ),
        "budget_price": Text(
            "This is the price of a yuan of budget. Asked is the price of a call of capacity.",
            "这是一元预算的价格。题目问的是一通外呼承载量的价格。",
        ),
        "promise_price": Text(
            "This is about the cap per customer. Asked is one more call of the call centre.",
            "这说的是每位客户的上限。题目问的是外呼中心多打一通。",
        ),
        "average": Text(
            "This is what a call earns on average. The next call goes to somebody who is worth less, and takes the place of another contact.",
            "这是平均每通外呼赚的钱。下一通打给的人价值更低，而且还顶掉了另一次接触。",
        ),
        "cost_twice": Text(
            "You subtract the cost of the call again. `net_yuan` and the budget have it already.",
            "你又扣了一次外呼成本。`net_yuan` 和预算里都已经算过了。",
        ),
        "in_fen": Text("Everything here is in yuan.", "这里的单位都是元。"),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        """A kink may lie at today's capacity: anything between one call more and one call less is right."""
        low, high = _one_more_and_one_less(given)
        value, slack = compare.scalar(answer), 0.005 * abs(high) + 0.01
        if value is not None and low - slack <= value <= high + slack:
            return right()
        return compare.number(answer, (low + high) / 2, rel=0.01, mistakes=_mistaken(given))

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        values = _mistaken(given)
        low, high = _one_more_and_one_less(given)
        return {
            "wrong_sign": values["wrong_sign"],
            "budget_price": values["budget_price"],
            "promise_price": values["promise_price"],
            "average": values["average"],
            "cost_twice": values["cost_twice"],
            "in_fen": values["in_fen"],
            "near_miss": 1.1 * high + 0.1,
            "all_of_them": [low, values["budget_price"]],
        }


def _one_more_and_one_less(given: Given) -> tuple[float, float]:
    """What one call more adds and one call less takes away: by solving again, not by duals."""
    today = optimum(given).profit
    return optimum(given, more_calls=1).profit - today, today - optimum(given, more_calls=-1).profit


@functools.lru_cache(maxsize=2)
def _mistaken(given: Given) -> dict[str, float]:
    """What each mistake leads to."""
    today = optimum(given)
    price = sum(_one_more_and_one_less(given)) / 2
    by_call = today.rows["channel"] == called_channel(given)
    calls = max(today.chosen[by_call].sum(), 1e-9)
    return {
        "wrong_sign": -price,
        "budget_price": (optimum(given, more_budget=PART).profit - today.profit) / PART,
        "promise_price": optimum(given, calls=3).profit - today.profit,
        "average": float(today.rows["net_yuan"][by_call] @ today.chosen[by_call]) / calls,
        "cost_twice": price - float(today.rows.loc[by_call, "cost_yuan"].mean() if by_call.any() else 0.0),
        "in_fen": 100 * price,
    }
