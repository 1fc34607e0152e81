"""The largest distance between the cumulative shares of bads and goods."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare


class KsDistance(Exercise):
    name = "ks_distance"
    hints = (
        Text(
            "Two running shares, each of its own total: bads so far over all bads, goods so far over all goods.",
            "两个累计比例，各除以自己的总数：已走过的坏占全部坏，已走过的好占全部好。",
        ),
        Text(
            "`pd.crosstab(score, bad)` counts both by score, from low to high; `.cumsum()` adds up; the last row holds the totals.",
            "`pd.crosstab(score, bad)` 按分数从低到高数出两类；`.cumsum()` 累加；最后一行就是总数。",
        ),
        Text(
            "Divide by `.iloc[-1]`, take the columns True and False apart, and the largest absolute difference.",
            "除以 `.iloc[-1]`，把 True 和 False 两列相减，取绝对值的最大者。",
        ),
    )
    matters = Text(
        "KS says how well the best single cut-off parts the two groups. Where that cut-off pays is another question.",
        "KS 说的是：最好的那一刀能把两群人分开多远。至于那一刀划不划算，是另一个问题。",
    )
    mistakes = {
        "at_one_cut_off": Text(
            "This is the distance at one score, the median. KS looks at all of them.",
            "这只是在一个分数（中位数）上的差距。KS 要看遍所有分数。",
        ),
        "ties_split": Text(
            "Loans of the same score pass one by one here. They have to pass together, for no cut-off can part them.",
            "同分的贷款被一笔一笔地走过。它们必须一起走过，因为没有哪个临界值能把同分的人分开。",
        ),
        "counts": Text(
            "These are numbers of loans. Each group's count has to be divided by its own total.",
            "这是贷款笔数。每一类都要除以自己的总数。",
        ),
        "of_all_loans": Text(
            "Both counts are divided by all loans. Bads by all bads, goods by all goods.",
            "两类都除以了全部贷款数。应当坏除以全部坏，好除以全部好。",
        ),
        "gini": Text(
            "This is the Gini coefficient: an average over all scores. KS is the largest single distance.",
            "这是基尼系数，是对所有分数的平均。KS 是最大的那一个差距。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = []
        for number in range(2):
            score, bad = self._loans(given, number)
            cases.append(((score, bad), functools.partial(self._judge, score.copy(), bad.copy())))
        return compare.function(answer, cases)

    def _judge(self, score: pd.Series, bad: pd.Series, result: Any) -> Verdict:
        mistakes = {name: self._distance(score, bad, name) for name in self.mistakes}
        return compare.number(result, self._distance(score, bad), rel=1e-6, share=True, mistakes=mistakes)

    @staticmethod
    def _loans(given: Given, number: int) -> tuple[pd.Series, pd.Series]:
        """Invented loans; scores in steps of ten, so that many share one."""
        rng = given.rng(f"ks/{number}")
        bad = rng.random(900) < (0.12, 0.3)[number]
        score = 10 * np.rint(rng.normal(58 - 3.4 * bad, 3)).astype(int)
        index = pd.RangeIndex(100, 1_000)
        return pd.Series(score, index, name="score"), pd.Series(bad, index, name="bad")

    @staticmethod
    def _distance(score: pd.Series, bad: pd.Series, mistake: str = "") -> float:
        """From two sorted arrays, searched at every score; the solution used a cross table."""
        from scipy.stats import ks_2samp

        values, is_bad = score.to_numpy(), bad.to_numpy()
        at = np.median(values)
        shares = [(values[those] <= at).mean() for those in (is_bad, ~is_bad)]
        steps = np.unique(values)
        counts = [np.searchsorted(np.sort(values[those]), steps, side="right") for those in (is_bad, ~is_bad)]
        if mistake == "gini":
            ranks = pd.Series(values).rank().to_numpy()
            bads, goods = is_bad.sum(), (~is_bad).sum()
            return float(1 - 2 * (ranks[is_bad].mean() - (bads + 1) / 2) / goods)
        if mistake == "ties_split":
            order = np.lexsort((~is_bad, values))
            running = [those[order].cumsum() / those.sum() for those in (is_bad, ~is_bad)]
            return float(np.abs(running[0] - running[1]).max())
        return float(
            {
                "at_one_cut_off": abs(shares[0] - shares[1]),
                "counts": np.abs(counts[0] - counts[1]).max(),
                "of_all_loans": np.abs(counts[0] - counts[1]).max() / len(values),
            }.get(mistake)
            or ks_2samp(values[is_bad], values[~is_bad]).statistic
        )

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda score, bad: self._distance(score, bad, mistake)

        return {
            "at_one_cut_off": made("at_one_cut_off"),
            "ties_split": made("ties_split"),
            "counts": made("counts"),
            "of_all_loans": made("of_all_loans"),
            "gini": made("gini"),
            "in_percent": lambda score, bad: 100 * self._distance(score, bad),
            "where_it_is": lambda score, bad: score.median(),
            "a_number": 0.4,
        }
