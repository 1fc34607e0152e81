"""Precision and recall of a rule, counted in card-days."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, wrong

from .periods import learning_months

LEAST_YUAN, EARLIER = 300, 2


class RuleQuality(Exercise):
    name = "rule_quality"
    hints = (
        Text(
            "First mark the payments that the rule stops, then go from payments to card-days, then take two shares with two totals.",
            "先标出规则拦下的交易，再从交易汇总到卡日，最后算两个分母不同的比例。",
        ),
        Text(
            '`learned.assign(hit=…).groupby(["card_id", "day"])[["hit", "reported_fraud"]].max()` has one row per card-day.',
            '`learned.assign(hit=…).groupby(["card_id", "day"])[["hit", "reported_fraud"]].max()` 每行就是一个卡日。',
        ),
        Text(
            'Precision: `card_days.loc[card_days["hit"], "reported_fraud"].mean()`. Recall: swap the two columns.',
            '查准率：`card_days.loc[card_days["hit"], "reported_fraud"].mean()`。查全率：把两列对调。',
        ),
    )
    matters = Text(
        "A rule is a queue of phone calls. Counted in card-days, its precision says how many of them are worth making.",
        "一条规则就是一队要打的电话。按卡日计，查准率说的是其中多少个值得打。",
    )
    mistakes = {
        "counted_payments": Text(
            "These are shares of payments. A spree of twelve is one card-day, and one phone call.",
            "这是交易笔数的占比。连刷十二笔只是一个卡日、一个电话。",
        ),
        "swapped": Text(
            "Precision and recall have changed places: whose share is it, of what was stopped or of what was fraud?",
            "查准率和查全率互换了：是占被拦的，还是占欺诈的？",
        ),
        "all_months": Text(
            "These are all months of the log, the tuning and testing weeks too. A rule is judged on the learning months here.",
            "你用了流水的全部月份，连调参段和测试段也在内。这里要在学习段上评判规则。",
        ),
        "accuracy": Text(
            "That is the share of card-days judged rightly. With four frauds in a thousand it is always high.",
            "这是判断正确的卡日占比。千分之四的欺诈，这个数怎么都很高。",
        ),
        "percent": Text(
            "Percent or share? Both numbers lie between 0 and 1.", "写成了百分数？两个数都应在 0 到 1 之间。"
        ),
        "amount_only": Text(
            "Only half of the rule: at least two payments in the hour before belong to it as well.",
            "只用了规则的一半：此前一小时内已刷至少两笔，也是条件。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        if isinstance(answer, (tuple, list)) and len(answer) == 2:
            answer = dict(zip(("precision", "recall"), answer, strict=True))
        values = compare.labelled(answer)
        if values is None or set(values) != {"precision", "recall"}:
            return wrong(
                Text(
                    'Two numbers are wanted: {"precision": ..., "recall": ...}.',
                    '这里要两个数：{"precision": ..., "recall": ...}。',
                )
            )
        filled = {name: 0.0 if np.isnan(value) else value for name, value in values.items()}
        verdict = compare.values(filled, _quality(given), rel=0.005, abs=1e-9)
        if verdict.status == "right":
            return verdict
        mistakes = {name: _quality(given, name) for name in self.mistakes}
        return compare.values(filled, _quality(given), rel=0.005, abs=1e-9, mistakes=mistakes)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        return {
            "counted_payments": _quality(given, "counted_payments"),
            "swapped": _quality(given, "swapped"),
            "all_months": _quality(given, "all_months"),
            "accuracy": _quality(given, "accuracy"),
            "percent": _quality(given, "percent"),
            "amount_only": _quality(given, "amount_only"),
            "one_number": 0.5,
            "near_miss": {name: 1.1 * value for name, value in _quality(given).items()},
        }


@functools.lru_cache(maxsize=16)
def _quality(given: Given, mistake: str = "") -> dict[str, float]:
    """The two shares from counts; with ``mistake``, what that mistake leads to."""
    hit, large, fraud, card_day, learning = _requests(given)
    rows = np.ones(len(hit), dtype=bool) if mistake == "all_months" else learning
    stopped = large if mistake == "amount_only" else hit
    unit = np.arange(len(hit)) if mistake == "counted_payments" else card_day
    stopped_units, fraud_units = np.unique(unit[rows & stopped]), np.unique(unit[rows & fraud])
    both = len(np.intersect1d(stopped_units, fraud_units, assume_unique=True))
    precision, recall = both / max(len(stopped_units), 1), both / max(len(fraud_units), 1)
    if mistake == "swapped":
        precision, recall = recall, precision
    if mistake == "percent":
        precision, recall = 100 * precision, 100 * recall
    if mistake == "accuracy":
        total = len(np.unique(unit[rows]))
        precision = 1 - (len(stopped_units) + len(fraud_units) - 2 * both) / total
    return {"precision": precision, "recall": recall}


@functools.lru_cache(maxsize=2)
def _requests(given: Given) -> tuple[np.ndarray, ...]:
    """For each request: does the rule stop it, is it large, is it fraud, its card-day, is it of the learning months?

    Two earlier payments within the hour are there exactly if the second last payment of the card is.
    """
    log = given.table("card_transactions", ["card_id", "happened_at", "amount_fen", "reported_fraud"])
    card = pd.factorize(log["card_id"])[0]
    at = log["happened_at"].to_numpy().astype("datetime64[ms]").astype("int64")
    order = np.lexsort((at, card))
    same = card[order][EARLIER:] == card[order][:-EARLIER]
    soon = at[order][EARLIER:] - at[order][:-EARLIER] <= 3_600_000
    fast = np.zeros(len(log), dtype=bool)
    fast[order[EARLIER:]] = same & soon & (at[order][EARLIER:] > at[order][EARLIER - 1 : -1])
    large = log["amount_fen"].to_numpy() >= 100 * LEAST_YUAN
    fraud = log["reported_fraud"].to_numpy(dtype=bool)
    card_day = card * (at.max() // 86_400_000 + 1) + at // 86_400_000
    return fast & large, large, fraud, card_day, learning_months(log["happened_at"], fraud, given)
