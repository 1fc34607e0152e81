"""The weighted score of a table of rule results."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare

DIMENSIONS = ("completeness", "uniqueness", "validity", "consistency", "timeliness", "accuracy")


class QualityScore(Exercise):
    name = "quality_score"
    hints = (
        Text(
            "Inside a dimension: sum what was tested, sum what broke, then divide once. Across dimensions: a weighted mean.",
            "维度之内：先把检验数相加、把违规数相加，再除一次。维度之间：加权平均。",
        ),
        Text(
            '`results.groupby("dimension")[["tested", "broken"]].sum()`; `pd.Series(weights).reindex(...)` puts the weights beside it.',
            '`results.groupby("dimension")[["tested", "broken"]].sum()`；用 `pd.Series(weights).reindex(...)` 把权重对齐上去。',
        ),
        Text(
            "`100 * (passed * weight).sum() / weight.sum()`, with the dimensions that were tested only.",
            "`100 * (passed * weight).sum() / weight.sum()`，只取检验过的维度。",
        ),
    )
    matters = Text(
        "Sums before divisions, weights divided by their sum, tests as denominators: these three are what an auditor recomputes first.",
        "先求和后相除、权重除以权重之和、分母用检验数：审计人员第一步重算的就是这三处。",
    )
    mistakes = {
        "weights_not_divided": Text(
            "The weights need not sum to one. Divide by their sum.", "权重之和不一定是一。要除以权重之和。"
        ),
        "mean_of_shares": Text(
            "You average the shares of the rules. A rule tested on ten records then counts as much as one tested on ten thousand: sums first.",
            "你把各规则的占比直接平均了。检验十条的规则就和检验一万条的一样重：要先求和。",
        ),
        "one_lump": Text(
            "You put all tests into one lump, so that the weights have no say. First by dimension, then by weight.",
            "你把全部检验混成了一堆，权重就不起作用了。先分维度，再按权重。",
        ),
        "divided_by_all": Text(
            "You divide by all records, also where a rule was tested on a few: a sample then looks ten times better than it is. Divide by `tested`.",
            "你一律除以全部记录数，连只检验了一部分的规则也是：抽样的那部分就会显得好上十倍。请除以 `tested`。",
        ),
        "untested_counts": Text(
            "A dimension that no rule could test still weighs on your score. It drops out, with its weight.",
            "没有规则能检验的维度仍在影响你的得分。它应当连同权重一起去掉。",
        ),
        "defects_not_score": Text(
            "This is the share of defects. The score says what passed.",
            "这是缺陷的占比。得分说的是通过的部分。",
        ),
        "between_zero_and_one": Text("The score goes from 0 to 100.", "得分的范围是 0 到 100。"),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        return compare.function(answer, [self._case(*_setting(given, number)) for number in range(4)])

    def _case(
        self, results: pd.DataFrame, weights: dict[str, float]
    ) -> tuple[tuple, Callable[[Any], Verdict]]:
        return (results.copy(), dict(weights)), functools.partial(self._judge, results, weights)

    def _judge(self, results: pd.DataFrame, weights: Mapping[str, float], answer: Any) -> Verdict:
        mistakes = {name: _score(results, weights, name) for name in self.mistakes}
        return compare.number(answer, _score(results, weights), rel=1e-6, mistakes=mistakes)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda results, weights: _score(results, weights, mistake)

        return {
            "weights_not_divided": made("weights_not_divided"),
            "mean_of_shares": made("mean_of_shares"),
            "one_lump": made("one_lump"),
            "divided_by_all": made("divided_by_all"),
            "untested_counts": made("untested_counts"),
            "defects_not_score": made("defects_not_score"),
            "between_zero_and_one": made("between_zero_and_one"),
            "a_table": lambda results, weights: results,
            "a_constant": lambda results, weights: 96.0,
        }


def _setting(given: Given, number: int) -> tuple[pd.DataFrame, dict[str, float]]:
    """Invented results of three rules per dimension, tested on very different numbers of records."""
    rng = given.rng(f"quality_score/{number}")
    tested = rng.integers(50, 20_000, 18)
    share = rng.uniform(0.01, 0.3, 18)
    results = pd.DataFrame(
        {"dimension": np.repeat(DIMENSIONS, 3), "tested": tested, "broken": (tested * share).astype("int64")},
        index=pd.Index([f"rule_{place}" for place in range(18)], name="rule"),
    ).sample(frac=1, random_state=number)
    weights = dict(zip(DIMENSIONS, (2.0, 2.0, 2.0, 1.0, 1.0, 2.0), strict=True))
    if number == 1:
        weights = dict(zip(reversed(DIMENSIONS), (0.3, 0.2, 0.2, 0.1, 0.1, 0.1), strict=True))
    if number == 2:
        results = results[results["dimension"] != "accuracy"]
    if number == 3:
        results.loc[results["dimension"] == "timeliness", ["tested", "broken"]] = 0
    return results, weights


def _score(results: pd.DataFrame, weights: Mapping[str, float], mistake: str = "") -> float:
    """The score with plain sums in a loop, where the solution grouped the table."""
    sums: dict[str, list[float]] = {}
    shares: dict[str, list[float]] = {}
    most = max(results["tested"])
    for dimension, tested, broken in zip(
        results["dimension"], results["tested"], results["broken"], strict=True
    ):
        total = sums.setdefault(str(dimension), [0.0, 0.0])
        total[0] += most if mistake == "divided_by_all" and tested else tested
        total[1] += broken
        if tested:
            shares.setdefault(str(dimension), []).append(broken / tested)
    sums = {dimension: total for dimension, total in sums.items() if total[0]}
    if mistake == "one_lump":
        return 100 * (1 - sum(t[1] for t in sums.values()) / sum(t[0] for t in sums.values()))
    failing = {dimension: broken / tested for dimension, (tested, broken) in sums.items()}
    if mistake == "mean_of_shares":
        failing = {dimension: sum(of_rules) / len(of_rules) for dimension, of_rules in shares.items()}
    weight = sum(weights[dimension] for dimension in failing)
    if mistake == "untested_counts":
        weight = sum(weights.values())
    passed = 100 * sum(weights[dimension] * (1 - share) for dimension, share in failing.items())
    if mistake == "weights_not_divided":
        return passed
    score = passed / weight
    return {"defects_not_score": 100 - score, "between_zero_and_one": score / 100}.get(mistake, score)
