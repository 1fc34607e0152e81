"""The total that may be promised with a given probability."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare


class Promise(Exercise):
    name = "promise"
    hints = (
        Text(
            "The board asks about the total. First make one total of each row, then ask how often it is reached.",
            "董事会问的是总数。先把每一行加成一个总数，再看有多少次能达到。",
        ),
        Text(
            "`simulated.sum(axis=1)` gives the totals. Reached in 90 of 100 rows means: 10 of 100 lie below.",
            "`simulated.sum(axis=1)` 得到各个总数。一百行里有 90 行达到，就是有 10 行在它下面。",
        ),
        Text(
            "`simulated.sum(axis=1).quantile(1 - probability)`",
            "用 `simulated.sum(axis=1).quantile(1 - probability)` 即可。",
        ),
    )
    matters = Text(
        "Adding five cautious numbers promises too little; adding five averages breaks the promise every other time.",
        "把五个保守的数加起来，承诺得太少；把五个平均数加起来，一半的时候会食言。",
    )
    mistakes = {
        "sum_of_cautions": Text(
            "You are cautious in every column and then add up. All five do not have bad luck in the same year; total first.",
            "你在每一列都取了保守值再相加。五个决定不会在同一年一起倒霉；应先求总数。",
        ),
        "the_mean": Text(
            "This is the average total, which is missed about every other time.",
            "这是平均总数，大约一半的时候达不到。",
        ),
        "wrong_end": Text(
            "This total is reached only seldom: you are at the other end of the outcomes.",
            "这个总数只有很少的时候能达到：你取到了另一端。",
        ),
        "the_worst": Text(
            "This is the worst outcome of all. It is reached always, not with the probability asked for.",
            "这是最坏的结果。它总能达到，而不是以要求的概率达到。",
        ),
        "share_of_mean": Text(
            "You take that percentage of the average. The probability is how often it is reached, not how much of it.",
            "你取了平均数的百分之几。概率说的是多少次能达到，而不是打几折。",
        ),
        "one_year_each": Text(
            "A quantile for each column came back. The board wants one number: the total's.",
            "返回的是每一列各一个分位数。董事会只要一个数：总数的。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = []
        for number, probability in enumerate((0.9, 0.75)):
            table = self._outcomes(given, number)
            cases.append(((table.copy(), probability), self._judge(table, probability)))
        return compare.function(answer, cases)

    def _judge(self, table: pd.DataFrame, probability: float) -> Any:
        expected = self._value(table, probability)
        mistakes = {
            name: self._value(table, probability, name) for name in self.mistakes if name != "one_year_each"
        }

        def judge(result: Any) -> Verdict:
            if isinstance(result, (pd.Series, np.ndarray)) and np.size(result) == table.shape[1]:
                return Verdict("wrong", mistake="one_year_each")
            return compare.number(result, expected, rel=0.002, mistakes=mistakes)

        return judge

    @staticmethod
    def _outcomes(given: Given, number: int) -> pd.DataFrame:
        """A thousand invented years of four decisions, one of them skewed."""
        rng = given.rng(f"promise/{number}")
        return pd.DataFrame(
            {
                "north": rng.normal(400, 90, 1_000),
                "south": rng.normal(250, 120, 1_000),
                "shop": rng.gamma(2, 90, 1_000) - 60,
                "online": rng.normal(80, 60, 1_000),
            }
        )

    @staticmethod
    def _value(table: pd.DataFrame, probability: float, mistake: str = "") -> float:
        """By sorting, where the solution asked for a quantile."""
        totals = np.sort(table.to_numpy().sum(axis=1))
        place = (1 - probability) * (len(totals) - 1)
        if mistake == "sum_of_cautions":
            return float(sum(np.quantile(table[column], 1 - probability) for column in table))
        return float(
            {
                "the_mean": totals.mean(),
                "wrong_end": np.quantile(totals, probability),
                "the_worst": totals[0],
                "share_of_mean": probability * totals.mean(),
            }.get(mistake, np.interp(place, np.arange(len(totals)), totals))
        )

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda simulated, probability: self._value(simulated, probability, mistake)

        return {
            "sum_of_cautions": made("sum_of_cautions"),
            "the_mean": made("the_mean"),
            "wrong_end": made("wrong_end"),
            "the_worst": made("the_worst"),
            "share_of_mean": made("share_of_mean"),
            "one_year_each": lambda simulated, probability: simulated.quantile(1 - probability),
            "ninety_always": lambda simulated, probability: simulated.sum(axis=1).quantile(0.1),
            "a_number": 1_000_000,
        }
