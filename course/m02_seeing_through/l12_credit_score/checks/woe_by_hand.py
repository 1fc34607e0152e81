"""Weight of evidence of each bin of one column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare

from .counts import goods_and_bads


class WoeByHand(Exercise):
    name = "woe_by_hand"
    hints = (
        Text(
            "Two logarithms: the odds of good to bad in each bin, and the odds of all loans together.",
            "两个对数：每个箱里的好坏比，和全部贷款合在一起的好坏比。",
        ),
        Text(
            '`counted["goods"]` and `counted["bads"]` are Series, so one formula does all bins; `bad_rate` is $p$; `np.log` is natural.',
            '`counted["goods"]` 和 `counted["bads"]` 都是 Series，一个公式就能算完所有箱；`bad_rate` 就是 $p$；`np.log` 是自然对数。',
        ),
        Text(
            '`np.log((counted["goods"] + 2 * (1 - bad_rate)) / (counted["bads"] + 2 * bad_rate))`, minus the logarithm of everybody\'s odds.',
            '`np.log((counted["goods"] + 2 * (1 - bad_rate)) / (counted["bads"] + 2 * bad_rate))`，再减去全体好坏比的对数。',
        ),
    )
    matters = Text(
        "This one number turns counts, ages and words into the same currency, evidence, which can be added up.",
        "这一个数，把次数、年龄和文字都换成同一种可以相加的“货币”：证据。",
    )
    mistakes = {
        "upside_down": Text(
            "The signs are the wrong way round: bads stand on top. Positive has to speak for the applicant.",
            "正负号反了：坏的放在了分子上。正值应当对申请人有利。",
        ),
        "empty_bin": Text(
            "These are the plain counts, without the two average borrowers. A bin without a bad would weigh infinity, and small bins shout.",
            "这是没加两位平均借款人的原始笔数。没有坏账的箱会变成无穷大，笔数少的箱也会夸大其词。",
        ),
        "without_everybody": Text(
            "These are the log-odds of each bin. Take everybody's log-odds away, so that a bin without information weighs zero.",
            "这是每个箱自己的对数几率。要减去全体的对数几率，毫无信息的箱才会是零。",
        ),
        "another_logarithm": Text(
            "Right but for the logarithm: `np.log` is the natural one, and regression and points count on it.",
            "除了对数的底都对：`np.log` 是自然对数，后面的回归和分数都以它为准。",
        ),
        "missing_left_out": Text(
            "The bin of missing values (−1) is not in your answer. To have no record says something, too.",
            "你的答案里没有缺失那一箱（−1）。没有记录，也是一种信息。",
        ),
        "average_instead": Text(
            "These are bad rates, or shares. The weight is the logarithm of a ratio of two odds.",
            "这是坏账率或占比。权重是两个好坏比之比的对数。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        counts = goods_and_bads(given)
        if isinstance(answer, (np.ndarray, list, tuple)) and len(answer) == len(counts):
            answer = pd.Series(answer, counts.index)
        mistakes = {name: self._mistaken(counts, name) for name in self.mistakes}
        return compare.values(answer, self._woe(counts), rel=1e-6, abs=0.0006, mistakes=mistakes)

    @staticmethod
    def _woe(counts: pd.DataFrame, extra: float = 2.0) -> pd.Series:
        """As a share of all goods over a share of all bads; with average borrowers in every bin it is the same number."""
        totals = counts.sum()
        with_extra = counts + extra * totals / totals.sum()
        shares = with_extra / with_extra.sum()
        with np.errstate(divide="ignore"):
            return np.log(shares["goods"]) - np.log(shares["bads"])

    def _mistaken(self, counts: pd.DataFrame, name: str) -> pd.Series:
        woe, totals = self._woe(counts), counts.sum()
        return {
            "upside_down": -woe,
            "empty_bin": self._woe(counts, extra=0.0),
            "without_everybody": woe + np.log(totals["goods"] / totals["bads"]),
            "another_logarithm": woe / np.log(10),
            "missing_left_out": woe.drop(-1, errors="ignore"),
            "average_instead": counts["bads"] / counts.sum(axis=1),
        }[name]

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        counts = goods_and_bads(given)
        return {
            "upside_down": self._mistaken(counts, "upside_down"),
            "empty_bin": self._mistaken(counts, "empty_bin"),
            "without_everybody": self._mistaken(counts, "without_everybody"),
            "another_logarithm": self._mistaken(counts, "another_logarithm"),
            "missing_left_out": self._mistaken(counts, "missing_left_out"),
            "average_instead": self._mistaken(counts, "average_instead"),
            "near_miss": 1.1 * self._woe(counts),
            "one_number": 0.5,
        }
