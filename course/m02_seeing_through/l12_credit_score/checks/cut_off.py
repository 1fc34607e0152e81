"""The lowest score with which everybody let in has an allowed bad rate."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, wrong

TARGETS = (0.03, 0.055)


class CutOff(Exercise):
    name = "cut_off"
    hints = (
        Text(
            "Stand at the best score and walk down. At each step: bads so far over loans so far, both by weight.",
            "从最高分往下走。每走一步：到此为止的坏除以到此为止的贷款，两者都按权重计。",
        ),
        Text(
            '`groupby("score")` makes loans of one score one step; `sort_index(ascending=False).cumsum()` adds up from the top.',
            '`groupby("score")` 让同分的贷款成为一步；`sort_index(ascending=False).cumsum()` 从高分往下累加。',
        ),
        Text(
            "Sum `bad * weight` and `weight` by score; divide the running sums; keep the scores where the rate is at most `target`; take the lowest.",
            "按分数汇总 `bad * weight` 和 `weight`；两个累计值相除；留下不超过 `target` 的分数；取最低的一个。",
        ),
    )
    matters = Text(
        "Now the promise to the board holds for applicants, not only for those whom the old rules liked.",
        "现在，对行里的承诺对全部申请人都成立，而不只是对旧规则喜欢的那些人。",
    )
    mistakes = {
        "granted_only": Text(
            "Every loan counts once here. A loan from the test slice stands for all those refused; without its weight the bad rate flatters.",
            "你让每笔贷款都只算一次。测试样本里的一笔代表一批被拒的人；不加权，坏账率就偏好看。",
        ),
        "at_the_cut_off": Text(
            "You look at the bad rate *at* a score. The board allows the rate of all at or above it.",
            "你看的是*恰好在*某个分数上的坏账率。行里要求的是此分及以上全部人的坏账率。",
        ),
        "from_below": Text(
            "No score meets the target for you. Added up from the lowest score, the rate is that of those who are refused.",
            "你的写法里没有一个分数满足要求。从最低分往上累加，量的是被拒的人。",
        ),
        "highest": Text(
            "That score meets the target, but so do lower ones. Letting in fewer than allowed loses customers.",
            "这个分数满足要求，但更低的分数也满足。放得比允许的少，就白白丢了客户。",
        ),
        "bads_weighted_only": Text(
            "The bads are weighted and the loans are not, so rate and count do not belong together.",
            "坏的加了权，总数却没加权，分子和分母对不上。",
        ),
    }
    truths = ("credit_truth",)

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = []
        for number, target in enumerate(TARGETS):
            loans = self._loans(given, number)
            cases.append(((loans, target), functools.partial(self._judge, loans.copy(), target)))
        return compare.function(answer, cases)

    def _judge(self, loans: pd.DataFrame, target: float, result: Any) -> Verdict:
        number = compare.scalar(result)
        if number is not None and np.isnan(number):
            return wrong("from_below")
        mistakes = {name: self._score(loans, target, name) for name in self.mistakes}
        return compare.number(result, self._score(loans, target), rel=0, abs=0.01, mistakes=mistakes)

    @staticmethod
    def _loans(given: Given, number: int) -> pd.DataFrame:
        """Invented loans of forty scores; the bad rate halves every twenty points, loans of weight 15 are twice as bad."""
        rng = given.rng(f"cut_off/{number}")
        score = np.repeat(np.arange(480, 680, 5), 200)
        weight = np.where(np.arange(len(score)) % 200 < 8, 15.0, 1.0)
        place = (np.arange(len(score)) % 200 + 0.5) / 200
        place = np.where(weight > 1, (place * 25) % 1, (place * 7.3) % 1)
        chance = (0.9 + 0.1 * number) / (1 + 2 ** ((score - 520) / 20)) * np.where(weight > 1, 2.0, 1.0)
        loans = pd.DataFrame({"score": score, "bad": place < chance, "weight": weight})
        return loans.iloc[rng.permutation(len(loans))].reset_index(drop=True)

    @staticmethod
    def _score(loans: pd.DataFrame, target: float, mistake: str = "") -> float:
        """At each score a sum over all loans at or above it, from a histogram; the solution sorted and added up."""
        steps, place = np.unique(loans["score"].to_numpy(), return_inverse=True)
        weight = loans["weight"].to_numpy() if mistake != "granted_only" else np.ones(len(loans))
        bads = np.bincount(place, weights=loans["bad"].to_numpy() * weight)
        counts = np.bincount(place, weights=weight if mistake != "bads_weighted_only" else None)
        if mistake == "at_the_cut_off":
            rate = bads / counts
        elif mistake == "from_below":
            rate = bads.cumsum() / counts.cumsum()
        else:
            rate = bads[::-1].cumsum()[::-1] / counts[::-1].cumsum()[::-1]
        allowed = steps[rate <= target]
        if not len(allowed):
            return float("nan")
        return float(allowed.max() if mistake == "highest" else allowed.min())

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda loans, target: self._score(loans, target, mistake)

        return {
            "granted_only": made("granted_only"),
            "at_the_cut_off": made("at_the_cut_off"),
            "from_below": made("from_below"),
            "highest": made("highest"),
            "bads_weighted_only": made("bads_weighted_only"),
            "the_bad_rate": lambda loans, target: target,
            "a_table": lambda loans, target: loans,
        }
