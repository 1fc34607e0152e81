"""What a blanket campaign earns: the pilot's margin less the cost of asking everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labkit.exercises import Exercise, Given, Text, Verdict, compare

from .pilot import CONTACT_YUAN, pilot


class BlanketProfit(Exercise):
    name = "blanket_profit"
    hints = (
        Text(
            "Two sums: what the buyers leave, and what asking cost. Who paid for the second?",
            "两个总和：购买者留下多少，询问一共花了多少。第二项是花在谁身上的？",
        ),
        Text(
            '`pilot["margin_fen"].sum()` is in fen; `len(pilot)` counts everybody who was asked.',
            '`pilot["margin_fen"].sum()` 的单位是分；`len(pilot)` 数的是所有被问到的人。',
        ),
        Text(
            'Almost the code: `pilot["margin_fen"].sum() / 100 - contact_yuan * …`',
            '代码大致是：`pilot["margin_fen"].sum() / 100 - contact_yuan * …`',
        ),
    )
    matters = Text(
        "Almost nothing per contact, times everybody, is the largest number in most campaign budgets.",
        "每次接触“几乎不花钱”，乘上所有人，往往就是营销预算里最大的一笔。",
    )
    mistakes = {
        "only_buyers_cost": Text(
            "You paid for the contact only where it worked. Everybody who was asked cost five yuan.",
            "你只给成交的人算了接触成本。凡是问过的人，都花了五元。",
        ),
        "no_costs": Text("What did asking cost?", "询问不要钱吗？"),
        "in_fen": Text(
            "The margin is in fen, the cost in yuan: a hundred fen are one yuan.",
            "毛利的单位是分，成本的单位是元：一百分等于一元。",
        ),
        "amount_invested": Text(
            "The amount invested belongs to the customer. The bank keeps `margin_fen`.",
            "购买金额是客户的钱，银行留下的是 `margin_fen`。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        return compare.number(answer, self._profit(given), abs=0.5, mistakes=self._mistaken(given))

    @staticmethod
    def _profit(given: Given) -> float:
        return pilot(given).margin_yuan - CONTACT_YUAN * pilot(given).asked

    @staticmethod
    def _mistaken(given: Given) -> dict[str, float]:
        total = pilot(given)
        spent = CONTACT_YUAN * total.asked
        return {
            "only_buyers_cost": total.margin_yuan - CONTACT_YUAN * total.bought,
            "no_costs": total.margin_yuan,
            "in_fen": 100 * total.margin_yuan - spent,
            "amount_invested": total.amount_yuan - spent,
        }

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        mistaken = self._mistaken(given)
        return {
            "only_buyers_cost": mistaken["only_buyers_cost"],
            "no_costs": mistaken["no_costs"],
            "in_fen": mistaken["in_fen"],
            "amount_invested": mistaken["amount_invested"],
            "wrong_sign": -self._profit(given) - 1,
            "words": "a loss",
        }
