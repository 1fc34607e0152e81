"""Where an event comes from: the series with the largest mean square surprise over its days."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong

WANTED_NAME = Text("The name of one column of `z` is wanted.", "这里要 `z` 的一个列名。")
OTHER_SERIES = Text(
    "Another series is more surprising over the days of this event.",
    "在这个事件的那些天里，另有一条序列更意外。",
)


class RootOf(Exercise):
    name = "root_of"
    hints = (
        Text(
            "Keep the days of the event only: `z.loc[first:last]`.", "只留事件的那些天：`z.loc[first:last]`。"
        ),
        Text(
            "Squares let falls, rises and unrest count alike. Average them per column.",
            "平方之后，下滑、上升和波动都同样计入。按列取平均。",
        ),
        Text("`.mean()` per column, then `.idxmax()`.", "按列 `.mean()`，再 `.idxmax()`。"),
    )
    matters = Text(
        "With an address one phone call is enough; without it, everybody is woken and nobody is responsible.",
        "有了地址，一个电话就够；没有地址，人人被吵醒，却没人负责。",
    )
    mistakes = {
        "rises_only": Text(
            "You average the surprises as they are: a fall comes last, and unrest cancels out.",
            "你直接平均了意外值：下滑排到了最后，波动则互相抵消。",
        ),
        "net_change": Text(
            "You square the *average*. Where a series is thrown up and down, the average is near zero: square first.",
            "你平方的是*平均值*。忽上忽下的序列，平均值接近零：要先平方再平均。",
        ),
        "all_days": Text(
            "You look at all days. An event is judged by its own days.",
            "你看的是所有日子。事件只按它自己的日子来评。",
        ),
        "first_day": Text(
            "One day decides for you. Over all days of the event luck evens out.",
            "你只凭一天就下了结论。看完事件的所有日子，运气才会抵消。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = []
        for number in range(3):
            z, first, last = self._table(given, number)
            cases.append(((z.copy(), first, last), functools.partial(self._judge, z, first, last)))
        return compare.function(answer, cases)

    def _judge(self, z: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp, result: Any) -> Verdict:
        if not isinstance(result, str) or result not in z.columns:
            return wrong(WANTED_NAME)
        if result == self._root(z, first, last):
            return right()
        for name in self.mistakes:
            if result == self._root(z, first, last, name):
                return wrong(name)
        return wrong(OTHER_SERIES)

    @staticmethod
    def _table(given: Given, number: int) -> tuple[pd.DataFrame, pd.Timestamp, pd.Timestamp]:
        """Eight series; each typical mistake points at another one than the root."""
        rng = given.rng(f"root/{number}")
        days = pd.date_range("2025-03-01", periods=60)
        z = pd.DataFrame(rng.uniform(-1, 1, (60, 8)), days, [f"region_{i} · app" for i in range(8)])
        order = rng.permutation(8)
        first, last = days[20], days[31]
        inside = slice(20, 32)
        throws = np.where(np.arange(12) % 2, 6.0, -6.0) if number == 1 else -6.0
        z.iloc[inside, order[0]] = z.iloc[inside, order[0]].to_numpy() + throws
        z.iloc[inside, order[1]] += 3.0
        z.iloc[inside, order[4]] -= 4.0
        z.iloc[20, order[2]] = -11.0
        z.iloc[35:, order[3]] -= 9.0
        return z, first, last

    @staticmethod
    def _root(z: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp, mistake: str = "") -> str:
        """By numpy on positions, where the solution slices by date."""
        inside = (z.index >= first) & (z.index <= last)
        values = z.to_numpy() if mistake == "all_days" else z.to_numpy()[inside]
        if mistake == "first_day":
            values = values[:1]
        strength = np.einsum("ds,ds->s", values, values)
        if mistake == "rises_only":
            strength = values.sum(axis=0)
        if mistake == "net_change":
            strength = values.mean(axis=0) ** 2
        return str(z.columns[int(strength.argmax())])

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda z, first, last: self._root(z, first, last, mistake)

        return {
            "rises_only": made("rises_only"),
            "net_change": made("net_change"),
            "all_days": made("all_days"),
            "first_day": made("first_day"),
            "a_position": lambda z, first, last: 3,
            "smallest": lambda z, first, last: (z.loc[first:last] ** 2).mean().idxmin(),
        }
