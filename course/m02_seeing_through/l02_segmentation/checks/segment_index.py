"""The profile table: how often a segment holds a line, against everybody."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, wrong

WANTED_TABLE = Text(
    "A table is wanted: one row per segment, one column per line.",
    "这里要一张表：每个客群一行，每条产品线一列。",
)


class SegmentIndex(Exercise):
    name = "segment_index"
    hints = (
        Text(
            "Two shares: of the segment's members, and of all customers. Divide the first by the second.",
            "两个占比：一个以该群成员为分母，一个以全体客户为分母。前者除以后者。",
        ),
        Text(
            "The mean of True and False is a share: `held.groupby(segment).mean()` and `held.mean()`.",
            "True/False 的均值就是占比：`held.groupby(segment).mean()` 和 `held.mean()`。",
        ),
        Text(
            "`100 * held.groupby(segment).mean() / held.mean()`.",
            "`100 * held.groupby(segment).mean() / held.mean()`。",
        ),
    )
    matters = Text(
        "A popular line has a high share everywhere; only the index says what sets a segment apart.",
        "热门产品线在哪个群占比都高；只有指数能说出这个群与众不同在哪里。",
    )
    mistakes = {
        "column_shares": Text(
            "You divided by the *holders* of each line: the largest segment wins everywhere. Divide by the members of the segment.",
            "你除以了每条产品线的*持有人*：最大的群处处占优。应该除以该客群的成员。",
        ),
        "not_indexed": Text(
            "These are the shares of the members. Against what? Divide by the share among all customers.",
            "这是成员中的占比。跟谁比呢？还要除以全体客户中的占比。",
        ),
        "mean_of_segments": Text(
            "You compare with the mean of the segments, in which a small one counts as much as a large one. Compare with all customers.",
            "你比的是各群占比的平均，小群和大群分量一样。应该与全体客户相比。",
        ),
        "as_ratio": Text("Right but for the unit: 100 is average, not 1.", "只差单位：平均是 100，不是 1。"),
        "transposed": Text(
            "Rows and columns have changed places: segments go down, lines across.",
            "行列颠倒了：客群在行，产品线在列。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        return compare.function(answer, (self._case(given, number) for number in range(2)))

    def _case(self, given: Given, number: int) -> tuple[tuple, Callable[[Any], Verdict]]:
        """The arguments, and a judge with a copy of its own that the answer cannot change."""
        return _customers(given, number), functools.partial(self._judge, *_customers(given, number))

    def _judge(self, held: pd.DataFrame, segment: pd.Series, result: Any) -> Verdict:
        cells = _cells(result)
        if cells is None:
            return wrong(WANTED_TABLE)
        mistakes = {name: _cells(_table(held, segment, name)) or {} for name in self.mistakes}
        return compare.values(cells, _cells(_table(held, segment)) or {}, rel=0.001, mistakes=mistakes)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda held, segment: _table(held, segment, mistake)

        return {
            "column_shares": made("column_shares"),
            "not_indexed": made("not_indexed"),
            "mean_of_segments": made("mean_of_segments"),
            "as_ratio": made("as_ratio"),
            "transposed": made("transposed"),
            "one_row": lambda held, segment: held.mean(),
        }


def _customers(given: Given, number: int) -> tuple[pd.DataFrame, pd.Series]:
    """Invented customers in segments of very different size, each with lines of its own."""
    rng = given.rng(f"segment_index/{number}")
    segment = rng.choice(list("ABC"), 600, p=[0.6, 0.3, 0.1])
    chance = pd.DataFrame(
        {"card": [0.5, 0.4, 0.6], "wealth": [0.05, 0.1, 0.8], "loan": [0.3, 0.7, 0.1]}, index=list("ABC")
    )
    held = pd.DataFrame(rng.random((600, 3)) < chance.loc[segment].to_numpy(), columns=chance.columns)
    held.index = rng.permutation(600) + 1_000
    return held, pd.Series(segment, held.index, name="segment")


def _table(held: pd.DataFrame, segment: pd.Series, mistake: str = "") -> pd.DataFrame:
    """The index from counts, where the solution took means; with ``mistake``, what that mistake leads to."""
    member = segment.to_numpy()[:, None] == np.array(sorted(segment.unique()))
    holders = member.T.astype("int64") @ held.to_numpy().astype("int64")
    share, base = holders / member.sum(axis=0)[:, None], held.to_numpy().sum(axis=0) / len(held)
    values = {
        "column_shares": 100 * holders / held.to_numpy().sum(axis=0),
        "not_indexed": 100 * share,
        "mean_of_segments": 100 * share / share.mean(axis=0),
        "as_ratio": share / base,
    }.get(mistake, 100 * share / base)
    table = pd.DataFrame(values, sorted(segment.unique()), held.columns)
    return table.T if mistake == "transposed" else table


def _cells(result: Any) -> dict[tuple, Any] | None:
    """(segment, line) → value; None for anything but a table."""
    if not isinstance(result, pd.DataFrame) or result.size > 100:
        return None
    return {(row, column): result.loc[row, column] for row in result.index for column in result.columns}
