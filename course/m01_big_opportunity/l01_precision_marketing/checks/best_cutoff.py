"""From which predicted probability on a contact pays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labkit.exercises import Exercise, Given, Text, Verdict, compare

from .pilot import CONTACT_YUAN, pilot


class BestCutoff(Exercise):
    name = "best_cutoff"
    hints = (
        Text(
            "At the end of the list the last name brings exactly what it costs. Write that as an equation.",
            "名单的末尾，最后一个人带来的恰好等于他花掉的。把这句话写成等式。",
        ),
        Text(
            "Expected income of a name: its probability × `margin_yuan`. Cost: `contact_yuan`.",
            "一个人的期望收入：概率 × `margin_yuan`；成本：`contact_yuan`。",
        ),
        Text("Solve probability × margin = cost for the probability.", "由“概率 × 毛利 = 成本”解出概率。"),
    )
    matters = Text(
        "The cut-off comes from two prices, not from the model: whoever changes a price moves the list, without any retraining.",
        "截断点由两个价格决定，而不是由模型决定：价格一变，名单就动，模型不必重新训练。",
    )
    mistakes = {
        "one_half": Text(
            "One half is where *yes* becomes likelier than *no*. The bank does not ask which is likelier, but what pays.",
            "二分之一是“会买”比“不会买”更可能的地方。银行问的不是哪个更可能，而是划不划算。",
        ),
        "average_response": Text(
            "This is the average response. It says nothing about what a contact costs.",
            "这是平均响应率，与接触成本毫无关系。",
        ),
        "margin_of_everybody": Text(
            "You divided by the average margin of everybody who was asked. The margin here is that of somebody who buys.",
            "你除的是所有被问者的平均毛利。这里要用购买者的毛利。",
        ),
        "amount_invested": Text(
            "You divided by the amount invested. That money is the customer's; the bank keeps the margin.",
            "你除的是购买金额。那是客户的钱，银行留下的是毛利。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        return compare.number(
            answer, self._cutoff(given), rel=0.02, share=True, mistakes=self._mistaken(given)
        )

    @staticmethod
    def _cutoff(given: Given) -> float:
        return CONTACT_YUAN * pilot(given).bought / pilot(given).margin_yuan

    @staticmethod
    def _mistaken(given: Given) -> dict[str, float]:
        total = pilot(given)
        return {
            "one_half": 0.5,
            "average_response": total.bought / total.asked,
            "margin_of_everybody": CONTACT_YUAN * total.asked / total.margin_yuan,
            "amount_invested": CONTACT_YUAN * total.bought / total.amount_yuan,
        }

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        mistaken = self._mistaken(given)
        return {
            "one_half": 0.5,
            "average_response": mistaken["average_response"],
            "margin_of_everybody": mistaken["margin_of_everybody"],
            "amount_invested": mistaken["amount_invested"],
            "in_percent": 100 * self._cutoff(given),
            "upside_down": 1 / self._cutoff(given),
            "nothing": None,
        }
