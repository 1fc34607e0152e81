"""Responders, lift and gain of each tenth of a list."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong

COLUMNS = ("responders", "lift", "gain")
WANTED_TABLE = Text(
    "A table with the index 1 to 10 and the columns responders, lift and gain is wanted.",
    "这里要一张以 1 到 10 为索引、含 responders、lift、gain 三列的表。",
)
COLUMN_DIFFERS = Text("The column {column} differs from the expected one.", "{column} 这一列不对。")


class GainsTable(Exercise):
    name = "gains_table"
    hints = (
        Text(
            "Rank first, then cut the ranks into ten. The highest score gets rank 1.",
            "先排名，再把名次切成十份。分数最高的是第 1 名。",
        ),
        Text(
            '`scored["score"].rank(ascending=False, method="first")` ranks; `np.ceil(10 * rank / len(scored))` is the decile.',
            '`scored["score"].rank(ascending=False, method="first")` 给出名次；`np.ceil(10 * 名次 / len(scored))` 就是十分位。',
        ),
        Text(
            'Per decile `.agg(["sum", "mean"])` of `responded`: the mean over the overall mean is lift, the cumulated sum over '
            "the total is gain.",
            '对 `responded` 按十分位 `.agg(["sum", "mean"])`：均值除以总体均值是提升度，累计和除以总和是累计增益。',
        ),
    )
    matters = Text(
        "With this table you can answer both questions of the desk: is this tenth worth asking, and what do we miss if we stop here?",
        "有了这张表，营销部门的两个问题都能回答：这一份值不值得问？到此为止会错过多少？",
    )
    mistakes = {
        "worst_first": Text(
            "Decile 1 holds your *lowest* scores. Sort the other way.",
            "第 1 份里是分数*最低*的人。排序方向反了。",
        ),
        "not_sorted": Text(
            "You cut the rows as they stand. The table has to be ranked by score first.",
            "你按原来的行序切分了。要先按分数排名。",
        ),
        "gain_not_cumulated": Text(
            "Your gain is that of the decile alone. It adds up from the top: the last one is 1.",
            "你的累计增益只算了本份。它要从上往下累加，最后一份等于 1。",
        ),
        "lift_cumulated": Text(
            "Your lift is that of all deciles so far. Here each decile stands alone.",
            "你的提升度算的是截至目前全部各份。这里每一份单独算。",
        ),
        "gain_of_customers": Text(
            "Your gain divides by customers. It is the share of all *responders*.",
            "你的累计增益除的是客户数。它是占全部*响应者*的比例。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = []
        for number, size in enumerate((200, 1_000)):
            scored = self._scored(given, number, size)
            cases.append(((scored,), functools.partial(self._judge, scored.copy())))
        return compare.function(answer, cases)

    def _judge(self, scored: pd.DataFrame, result: Any) -> Verdict:
        if not isinstance(result, pd.DataFrame) or not set(COLUMNS) <= set(result.columns):
            return wrong(WANTED_TABLE)
        if sorted(result.index.tolist(), key=str) != sorted(range(1, 11), key=str):
            return wrong(WANTED_TABLE)
        if self._differs(result, self._expected(scored)) is None:
            return right()
        for name in self.mistakes:
            if self._differs(result, self._expected(scored, name)) is None:
                return wrong(name)
        return wrong(COLUMN_DIFFERS.fill(column=self._differs(result, self._expected(scored))))

    @staticmethod
    def _differs(result: pd.DataFrame, expected: pd.DataFrame) -> str | None:
        """The first column that differs; None if none does."""
        for column in COLUMNS:
            if compare.values(result[column], expected[column]).status != "right":
                return column
        return None

    @staticmethod
    def _scored(given: Given, number: int, size: int) -> pd.DataFrame:
        rng = given.rng(f"gains/{number}")
        score = rng.permutation(np.arange(1, size + 1)) / (size + 1)
        return pd.DataFrame({"score": score, "responded": rng.random(size) < score**2})

    @staticmethod
    def _expected(scored: pd.DataFrame, mistake: str = "") -> pd.DataFrame:
        """Tenths of the sorted array, where the solution ranked."""
        order = np.argsort(-scored["score"].to_numpy())
        if mistake == "worst_first":
            order = order[::-1]
        if mistake == "not_sorted":
            order = np.arange(len(scored))
        tenths = scored["responded"].to_numpy()[order].reshape(10, -1).astype(float)
        responders, rate = tenths.sum(axis=1), tenths.mean(axis=1)
        reached = responders.cumsum()
        lift = rate / tenths.mean()
        if mistake == "lift_cumulated":
            lift = reached / np.arange(1, 11) / tenths.shape[1] / tenths.mean()
        gain = {
            "gain_not_cumulated": responders / responders.sum(),
            "gain_of_customers": reached / tenths.size,
        }
        return pd.DataFrame(
            {"responders": responders, "lift": lift, "gain": gain.get(mistake, reached / responders.sum())},
            index=range(1, 11),
        )

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda scored: self._expected(scored, mistake)

        return {
            "worst_first": made("worst_first"),
            "not_sorted": made("not_sorted"),
            "gain_not_cumulated": made("gain_not_cumulated"),
            "lift_cumulated": made("lift_cumulated"),
            "gain_of_customers": made("gain_of_customers"),
            "half_a_table": lambda scored: self._expected(scored)[["lift", "gain"]],
            "from_zero": lambda scored: self._expected(scored).set_axis(range(10)),
            "one_number": lambda scored: 3.0,
        }
