"""Whom the retention desk calls."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, wrong

from .profit import list_of, passed

ENOUGH = 0.87
LIST_DAY = "2025-10-31"
CALL_YUAN, SAVE_RATE, MONTHS, MARGIN_SHARE = 9, 0.40, 15, 0.60


class CustomersToCall(Exercise):
    name = "customers_to_call"
    needs_truth = True
    truths = ("churn_truth", "churn_drivers")
    hints = (
        Text(
            "What does the call of one customer bring on average, and what does it cost for certain?",
            "给一位用户打电话，平均带来多少？肯定要花多少？",
        ),
        Text(
            "Brings: risk × save rate × months × margin share × fee. Costs: `call_yuan`, always.",
            "带来：风险 × 挽留成功率 × 月数 × 毛利率 × 月费。花费：总是 `call_yuan`。",
        ),
        Text(
            '`at_risk.loc[at_risk["risk"] * save_rate * months * margin_share * at_risk["fee_yuan"] > call_yuan, "subscriber_id"]`',
            '`at_risk.loc[at_risk["risk"] * save_rate * months * margin_share * at_risk["fee_yuan"] > call_yuan, "subscriber_id"]` 即可。',
        ),
    )
    matters = Text(
        "A list by risk alone calls people who pay too little, and passes over those worth keeping at a lower risk.",
        "只按风险排的名单，会打给付费太少的人，又漏掉风险低一些但值得留的人。",
    )
    mistakes = {
        "everybody": Text(
            "You call nearly everybody. Most would have stayed, and each call costs the same.",
            "你几乎打给了所有人。大多数人本来就会留下，而每通电话都要花同样的钱。",
        ),
        "only_the_certain": Text(
            "Your list is very short, as if only customers who leave for certain were worth a call. What risk pays for 9 yuan?",
            "名单太短，好像只有肯定会走的人才值得打。9 元钱的电话，风险到多少就划算？",
        ),
        "by_fee_alone": Text(
            "These are the customers with the highest fees. Most of them are not thinking of leaving.",
            "你选的是月费最高的用户。他们大多没想过要走。",
        ),
        "no_risk_in_it": Text(
            "Your list is hardly riskier than everybody. Sort by what the model says.",
            "你的名单几乎不比全体更有风险。请按模型给出的风险来选。",
        ),
        "risk_without_money": Text(
            "The risks are about right, but the fees are not looked at: part of your calls cost more than they can bring.",
            "风险大致对，但没有看月费：有一部分电话花的钱比可能带来的还多。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        truth = gain_of_calls(given)
        chosen = list_of(answer, truth.index, "subscriber_id")
        if isinstance(chosen, Verdict):
            return chosen
        oracle = truth["gain"].clip(lower=0).sum()
        share = truth.loc[chosen, "gain"].sum() / oracle
        return passed(share, self.matters) if share >= ENOUGH else wrong(self._mistake(chosen, truth))

    @staticmethod
    def _mistake(chosen: pd.Index, truth: pd.DataFrame) -> str:
        size, worth = len(chosen), int((truth["gain"] > 0).sum())
        if size > 0.6 * len(truth):
            return "everybody"
        if len(chosen.intersection(truth["fee"].nlargest(size).index)) > 0.9 * size:
            return "by_fee_alone"
        if truth.loc[chosen, "hazard"].mean() < 1.5 * truth["hazard"].mean():
            return "no_risk_in_it"
        return "only_the_certain" if size < 0.35 * worth else "risk_without_money"

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        truth = gain_of_calls(given)
        size = int((truth["gain"] > 0).sum())
        risky, cheap = truth.nlargest(2 * size, "hazard"), truth["fee"].nsmallest(len(truth) // 2).index
        return {
            "everybody": truth.index,
            "only_the_certain": truth["hazard"].nlargest(max(size // 12, 1)).index.tolist(),
            "by_fee_alone": truth["fee"].nlargest(len(truth) // 10).index,
            "no_risk_in_it": truth.index[::10],
            "risk_without_money": risky.index.intersection(cheap),
            "risks_instead_of_numbers": truth["hazard"].head(50),
            "unknown_numbers": [-1, -2],
        }


@functools.lru_cache(maxsize=4)
def gain_of_calls(given: Given) -> pd.DataFrame:
    """Customer of the list day → true risk, monthly fee, and yuan that a call brings on average."""
    fees = given.sql(
        f"SELECT subscriber_id, plan_fee_fen / 100 AS fee FROM churn WHERE snapshot_on = '{LIST_DAY}' AND churned IS NOT NULL"
    )
    hazards = given.truth("churn_truth")
    hazards = hazards[hazards["snapshot_on"] == LIST_DAY]
    both = fees.merge(hazards, on="subscriber_id").set_index("subscriber_id")
    both["gain"] = both["hazard"] * SAVE_RATE * MONTHS * MARGIN_SHARE * both["fee"] - CALL_YUAN
    return both
