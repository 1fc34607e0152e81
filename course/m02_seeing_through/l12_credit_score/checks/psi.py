"""The population stability index of two periods."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare


class Psi(Exercise):
    name = "psi"
    hints = (
        Text(
            "Edges first: the nine inner tenths of `before`. They serve for both periods.",
            "先定边界：`before` 中间的九个十分位数。两个时期都用它们。",
        ),
        Text(
            "`before.quantile(np.arange(1, 10) / 10)` gives the edges; `np.bincount(np.searchsorted(edges, values), minlength=10)` counts.",
            "`before.quantile(np.arange(1, 10) / 10)` 给出边界；`np.bincount(np.searchsorted(edges, values), minlength=10)` 计数。",
        ),
        Text(
            "Divide each count by its own total, then `((q - p) * np.log(q / p)).sum()`.",
            "每个计数除以自己的总数，然后 `((q - p) * np.log(q / p)).sum()`。",
        ),
    )
    matters = Text(
        "PSI needs no outcome, so it warns half a year before the first bad loan shows.",
        "PSI 不需要等结果，所以能比第一笔坏账早半年发出警报。",
    )
    mistakes = {
        "edges_of_each_period": Text(
            "Each period is cut into its own tenths, so every share is a tenth and nothing ever moves. The edges come from `before` and stay.",
            "你把每个时期各自切成十等份，于是每份永远是一成，什么漂移都看不见。边界取自 `before`，从此不变。",
        ),
        "edges_of_after": Text(
            "The edges come from the later period. They belong to the earlier one, so that all quarters are measured alike.",
            "你的边界取自后来的时期。应取自早先的时期，各个季度才用同一把尺子。",
        ),
        "one_sided": Text(
            "This is one half of the index: $q\\,\\ln(q/p)$ alone. The other direction belongs in as well.",
            "这只是一半：只有 $q\\,\\ln(q/p)$。另一个方向也要算进去。",
        ),
        "another_logarithm": Text(
            "Right but for the logarithm: the limits 0.1 and 0.25 are meant for the natural one.",
            "除了对数的底都对：0.1 和 0.25 的界限是按自然对数定的。",
        ),
        "counts": Text(
            "These are counts. Divide each by the total of its own period, or a bigger quarter looks like another crowd.",
            "这是人数。要各自除以本时期的总数，否则人多的季度就像换了一批人。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = []
        for number in range(2):
            before, after = self._periods(given, number)
            cases.append(((before, after), functools.partial(self._judge, before.copy(), after.copy())))
        return compare.function(answer, cases)

    def _judge(self, before: pd.Series, after: pd.Series, result: Any) -> Verdict:
        mistakes = {name: self._index(before, after, name) for name in self.mistakes}
        mistaken = compare.number(result, self._index(before, after), rel=0.02, mistakes=mistakes)
        tiny = compare.scalar(result)
        if mistaken.status == "wrong" and tiny is not None and 0 <= tiny < 1e-3:
            return Verdict("wrong", mistake="edges_of_each_period")
        return mistaken

    @staticmethod
    def _periods(given: Given, number: int) -> tuple[pd.Series, pd.Series]:
        """Invented scores of two crowds of unequal size; the later one is lower and narrower."""
        rng = given.rng(f"psi/{number}")
        before = rng.normal(570, 40, 6_000)
        after = rng.normal((545, 556)[number], (32, 46)[number], 4_000)
        return pd.Series(before.round(1)), pd.Series(after.round(1))

    @staticmethod
    def _index(before: pd.Series, after: pd.Series, mistake: str = "") -> float:
        """From positions in the sorted earlier scores, tenth by tenth; the solution used quantiles and bincount."""
        tenths = np.arange(1, 10) / 10
        by = after if mistake == "edges_of_after" else before
        edges = np.quantile(by.to_numpy(), tenths)
        p, q = (
            np.diff(
                np.concatenate([[0], np.searchsorted(np.sort(each), edges, side="right"), [len(each)]])
            ).astype(float)
            for each in (before.to_numpy(), after.to_numpy())
        )
        if mistake == "counts":
            return float(((q - p) * np.log(q / p)).sum())
        p, q = p / p.sum(), q / q.sum()
        if mistake == "edges_of_each_period":
            return 0.0
        if mistake == "one_sided":
            return float((q * np.log(q / p)).sum())
        return float(((q - p) * np.log(q / p)).sum()) / (
            np.log(10) if mistake == "another_logarithm" else 1.0
        )

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda before, after: self._index(before, after, mistake)

        return {
            "edges_of_each_period": made("edges_of_each_period"),
            "edges_of_after": made("edges_of_after"),
            "one_sided": made("one_sided"),
            "another_logarithm": made("another_logarithm"),
            "counts": made("counts"),
            "near_miss": lambda before, after: 1.1 * self._index(before, after),
            "a_series": lambda before, after: before,
        }
