"""The score from which stopping a payment is cheapest."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong

from .invented import scored_payments

CASES = (
    (0, {"bank_bears": 0.6, "check_yuan": 8, "annoyed_yuan": 30}),
    (1, {"bank_bears": 0.4, "check_yuan": 25, "annoyed_yuan": 90}),
)
NEAR_ENOUGH = 1.05
"""A hundred thresholds find a cost within a twentieth of the lowest; every mistake costs more."""


class CheapestThreshold(Exercise):
    name = "cheapest_threshold"
    hints = (
        Text(
            "Choose on weeks whose outcome you may know, and try many thresholds: what does each cost?",
            "在允许知道结果的几周上选，多试几个阈值：每个要花多少钱？",
        ),
        Text(
            'Keep `scored["part"] == "tune"`. For one threshold: missed frauds in yuan, plus a check for each stop, plus the annoyed.',
            '只留 `scored["part"] == "tune"`。对一个阈值：漏报的金额，加每次拦截的核实费，再加被惹恼的客户。',
        ),
        Text(
            "`(amount * bank_bears)[fraud & ~stopped].sum() + check_yuan * stopped.sum() + annoyed_yuan * (stopped & ~fraud).sum()`, "
            "for each of `np.arange(0.01, 1, 0.01)`; return the one with the lowest sum.",
            "对 `np.arange(0.01, 1, 0.01)` 中的每一个计算 "
            "`(amount * bank_bears)[fraud & ~stopped].sum() + check_yuan * stopped.sum() + annoyed_yuan * (stopped & ~fraud).sum()`，"
            "返回总和最小的那个。",
        ),
    )
    matters = Text(
        "The threshold is a business decision with a price tag. One half is a habit of textbooks, not of banks.",
        "阈值是一项明码标价的业务决定。二分之一是教科书的习惯，不是银行的。",
    )
    mistakes = {
        "tuned_on_test": Text(
            "This threshold was chosen on the test weeks. Whoever tunes there has no test left: nobody knows what January brings.",
            "这个阈值是在测试段上选的。在那里调参，就再没有测试可言：1 月会怎样，没人知道。",
        ),
        "tuned_on_all": Text(
            "You used all rows, the test weeks too. Choose on the tuning weeks only.",
            "你用了全部的行，连测试段也在内。只能在调参段上选。",
        ),
        "counted_errors": Text(
            "You count errors as if each cost the same. A missed fraud costs its amount, a false alarm far less.",
            "你把每个错误当成一样贵。漏掉一笔欺诈赔的是它的金额，误报便宜得多。",
        ),
        "no_costs": Text(
            "Your stops cost nothing, so you stop nearly everything. What about the checks and the annoyed customers?",
            "你的拦截不花钱，所以几乎全拦了。核实费和被惹恼的客户呢？",
        ),
        "one_half": Text(
            "One half is where fraud becomes more likely than not. Where does stopping become cheaper than not?",
            "二分之一是“更像欺诈”的分界。“拦比不拦便宜”的分界在哪里？",
        ),
        "the_cost": Text(
            "This is the lowest cost, in yuan. Asked is the threshold at which it is reached.",
            "这是最低成本（元）。要的是取得它时的阈值。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = [
            ((scored_payments(number).copy(), dict(terms)), functools.partial(self._judge, number, terms))
            for number, terms in CASES
        ]
        return compare.function(answer, cases)

    def _judge(self, number: int, terms: dict[str, float], result: Any) -> Verdict:
        threshold = compare.scalar(result)
        if threshold is None or np.isnan(threshold):
            return wrong(compare.WANTED_NUMBER.fill(kind=compare.kind_of(result)))
        scored = scored_payments(number)
        tune = scored[scored["part"] == "tune"]
        lowest = cost(tune, best(tune, terms), terms)
        if threshold > 1:
            near = abs(threshold - lowest) <= (NEAR_ENOUGH - 1) * lowest
            return wrong("the_cost" if near else compare.TOO_HIGH)
        if cost(tune, threshold, terms) <= NEAR_ENOUGH * lowest:
            return right()
        stopped = tune["score"] >= threshold
        for name in self.mistakes:
            if name != "the_cost" and (tune["score"] >= mistaken(scored, terms, name)).equals(stopped):
                return wrong(name)
        return wrong(compare.TOO_HIGH if threshold > best(tune, terms) else compare.TOO_LOW)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda scored, terms: mistaken(scored, terms, mistake)

        return {
            "tuned_on_test": made("tuned_on_test"),
            "tuned_on_all": made("tuned_on_all"),
            "counted_errors": made("counted_errors"),
            "no_costs": made("no_costs"),
            "one_half": lambda scored, terms: 0.5,
            "the_cost": made("the_cost"),
            "a_table": lambda scored, terms: scored,
            "fixed": lambda scored, terms: 0.9,
        }


def cost(rows: pd.DataFrame, threshold: float, terms: Mapping[str, float], mistake: str = "") -> float:
    """Total cost in yuan; with ``mistake``, what that mistake would minimise instead."""
    return float(costs(rows, np.array([threshold]), terms, mistake)[0])


def costs(
    rows: pd.DataFrame, thresholds: np.ndarray, terms: Mapping[str, float], mistake: str = ""
) -> np.ndarray:
    """The same for each of several thresholds, from running totals over the sorted scores."""
    order = np.argsort(rows["score"].to_numpy())
    score, fraud = rows["score"].to_numpy()[order], rows["is_fraud"].to_numpy()[order]
    below = np.searchsorted(score, thresholds)  # so many are left alone
    worth = fraud * (1.0 if mistake == "counted_errors" else rows["amount_yuan"].to_numpy()[order])
    missed = np.concatenate([[0.0], np.cumsum(worth)])[below]
    false_alarms = np.concatenate([[0], np.cumsum(~fraud)])
    false_alarms = false_alarms[-1] - false_alarms[below]
    if mistake == "counted_errors":
        return missed + false_alarms
    if mistake == "no_costs":
        return missed * terms["bank_bears"]
    checks = terms["check_yuan"] * (len(score) - below)
    return missed * terms["bank_bears"] + checks + terms["annoyed_yuan"] * false_alarms


def best(rows: pd.DataFrame, terms: Mapping[str, float], mistake: str = "") -> float:
    """The score in steps of a thousandth with the lowest cost; the highest of them if there are several."""
    steps = np.arange(1_000, 0, -1) / 1_000
    return float(steps[np.argmin(costs(rows, steps, terms, mistake).round(6))])


def mistaken(scored: pd.DataFrame, terms: Mapping[str, float], mistake: str) -> float:
    """The threshold to which a mistake leads."""
    tune, test = scored[scored["part"] == "tune"], scored[scored["part"] == "test"]
    if mistake == "one_half":
        return 0.5
    if mistake == "the_cost":
        return cost(tune, best(tune, terms), terms)
    if mistake in {"counted_errors", "no_costs"}:
        return best(tune, terms, mistake)
    return best(test if mistake == "tuned_on_test" else scored, terms)
