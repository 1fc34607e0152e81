"""Profit of a list whose end moves with the cost of a contact."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare


class ProfitAtCost(Exercise):
    name = "profit_at_cost"
    hints = (
        Text(
            "The cost counts twice: it decides who is asked, and it is paid for each of them.",
            "成本要用两次：先决定问谁，再为每个被问的人付账。",
        ),
        Text(
            '`scored[scored["score"] >= contact_yuan / margin_yuan]` is the list at this cost.',
            '`scored[scored["score"] >= contact_yuan / margin_yuan]` 就是该成本下的名单。',
        ),
        Text(
            "Responders of the list × margin − cost × length of the list.",
            "名单中的响应者 × 毛利 − 成本 × 名单长度。",
        ),
    )
    matters = Text(
        "A dearer channel does not only eat profit: it shortens the list. Who forgets that keeps asking names that lose money.",
        "渠道变贵不只是吃掉利润，它还会缩短名单。忘了这一点，就会一直去问那些亏钱的人。",
    )
    mistakes = {
        "everybody_asked": Text(
            "You ask everybody. Only names that are worth the cost belong on the list.",
            "你把所有人都问了一遍。只有值这个成本的人才进名单。",
        ),
        "cutoff_did_not_move": Text(
            "Your list stays where it was at five yuan. The cut-off moves with the cost.",
            "你的名单还停在五元时的位置。成本变了，截断点也要变。",
        ),
        "no_costs": Text("You forgot to pay for the contacts.", "你忘了付接触成本。"),
        "only_buyers_cost": Text(
            "You pay only for those who bought. Everybody on the list is asked.",
            "你只给购买者付了成本。名单上每个人都会被问到。",
        ),
        "as_predicted": Text(
            "You count predicted buyers. `responded` says who really bought.",
            "你数的是预测的购买者。真正买了没有，要看 `responded`。",
        ),
    }
    settings = ((5.0, 90.0), (12.0, 90.0), (2.0, 40.0))

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = []
        for number, (cost, margin) in enumerate(self.settings):
            scored = self._scored(given, number)
            judge = functools.partial(self._judge, scored.copy(), cost, margin)
            cases.append(((scored, cost, margin), judge))
        return compare.function(answer, cases)

    def _judge(self, scored: pd.DataFrame, cost: float, margin: float, result: Any) -> Verdict:
        mistakes = {name: self._profit(scored, cost, margin, name) for name in self.mistakes}
        return compare.number(result, self._profit(scored, cost, margin), rel=0.001, mistakes=mistakes)

    @staticmethod
    def _scored(given: Given, number: int) -> pd.DataFrame:
        rng = given.rng(f"cost/{number}")
        score = rng.permutation(np.arange(1, 1_001)) / 4_001
        return pd.DataFrame({"score": score, "responded": rng.random(1_000) < 1.2 * score})

    @staticmethod
    def _profit(scored: pd.DataFrame, cost: float, margin: float, mistake: str = "") -> float:
        """From sorted arrays, where the solution filtered the table."""
        order = np.argsort(-scored["score"].to_numpy())
        score, responded = (scored[column].to_numpy()[order] for column in ("score", "responded"))
        cutoff = (5.0 if mistake == "cutoff_did_not_move" else cost) / margin
        size = len(score) if mistake == "everybody_asked" else int(np.searchsorted(-score, -cutoff, "right"))
        buyers = score[:size].sum() if mistake == "as_predicted" else responded[:size].sum()
        paid = {"no_costs": 0, "only_buyers_cost": buyers}.get(mistake, size)
        return float(margin * buyers - cost * paid)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda scored, cost, margin: self._profit(scored, cost, margin, mistake)

        return {
            "everybody_asked": made("everybody_asked"),
            "cutoff_did_not_move": made("cutoff_did_not_move"),
            "no_costs": made("no_costs"),
            "only_buyers_cost": made("only_buyers_cost"),
            "as_predicted": made("as_predicted"),
            "a_table": lambda scored, cost, margin: scored,
            "too_few_arguments": lambda scored: 0.0,
        }
