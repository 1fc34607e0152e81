"""Control limits by the median and the median absolute deviation."""

from __future__ import annotations

import functools
import statistics
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, wrong

TWO_LIMITS = Text("Two numbers are wanted: lower limit, upper limit.", "这里要两个数：下限、上限。")


class RobustLimits(Exercise):
    name = "robust_limits"
    hints = (
        Text(
            "Where is the middle, and how far from it is an ordinary day? Both with `np.median`.",
            "中间在哪里？平常的一天离它多远？两个都用 `np.median`。",
        ),
        Text(
            "`np.abs(surprise - middle)` are the distances; their median, times 1.4826, is the spread.",
            "`np.abs(surprise - middle)` 是各天的距离；它们的中位数乘以 1.4826 就是离散程度。",
        ),
        Text(
            "`return middle - width * spread, middle + width * spread`, where spread has the factor in it.",
            "返回 `middle - width * spread, middle + width * spread`，spread 里已乘好系数。",
        ),
    )
    matters = Text(
        "A limit that faults cannot widen keeps ringing in a bad month, when it is needed most.",
        "故障撑不宽的控制限，在最糟的月份照样会响，而那正是最需要它的时候。",
    )
    mistakes = {
        "standard_deviation": Text(
            "This is the ordinary standard deviation: three bad days widen it until they fit inside.",
            "这是普通标准差：三个坏日子就能把它撑到把自己也装进去。",
        ),
        "no_factor": Text(
            "Without the factor 1.4826 the limits are a third too narrow: a quarter of all ordinary days would be told wrongly wide.",
            "少了系数 1.4826，界限窄了三分之一，平常的日子也会响。",
        ),
        "around_the_mean": Text(
            "Your limits stand around the mean, and the faults have pulled it along.",
            "你的界限围着均值，而均值已被故障带偏。",
        ),
        "around_zero": Text(
            "Your limits stand around zero. What is left over need not have its middle there.",
            "你的界限围着零。剩余部分的中间未必在零。",
        ),
        "total_width": Text(
            "`width` counts on each side, not from limit to limit.",
            "`width` 是每一侧的宽度，不是上下限之间的总宽。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = []
        for number, width in enumerate((3.0, 5.0)):
            surprise = self._surprise(given, number)
            cases.append(((surprise, width), functools.partial(self._judge, surprise.copy(), width)))
        return compare.function(answer, cases)

    def _judge(self, surprise: pd.Series, width: float, result: Any) -> Verdict:
        if not isinstance(result, (tuple, list, np.ndarray, pd.Series)) or len(result) != 2:
            return wrong(TWO_LIMITS)
        named = [self._named(self._limits(surprise, width, name)) for name in self.mistakes]
        return compare.values(
            self._named(tuple(result)),
            self._named(self._limits(surprise, width)),
            rel=0.001,
            mistakes=dict(zip(self.mistakes, named, strict=True)),
        )

    @staticmethod
    def _named(limits: tuple[Any, ...]) -> dict[str, Any]:
        return {"lower": limits[0], "upper": limits[1]}

    @staticmethod
    def _surprise(given: Given, number: int) -> pd.Series:
        rng = given.rng(f"limits/{number}")
        surprise = 0.1 + 0.05 * rng.normal(size=301)
        surprise[rng.choice(301, 20, replace=False)] -= 0.6
        return pd.Series(surprise)

    @staticmethod
    def _limits(surprise: pd.Series, width: float, mistake: str = "") -> tuple[float, float]:
        """With the standard library, where the solution uses numpy."""
        values = surprise.tolist()
        middle = statistics.median(values)
        spread = 1.4826 * statistics.median(abs(value - middle) for value in values)
        if mistake == "standard_deviation":
            spread = float(np.std(values))
        if mistake == "no_factor":
            spread /= 1.4826
        if mistake == "total_width":
            spread /= 2
        middle = {"around_the_mean": statistics.fmean(values), "around_zero": 0.0}.get(mistake, middle)
        return middle - width * spread, middle + width * spread

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda surprise, width: self._limits(surprise, width, mistake)

        return {
            "standard_deviation": made("standard_deviation"),
            "no_factor": made("no_factor"),
            "around_the_mean": made("around_the_mean"),
            "around_zero": made("around_zero"),
            "total_width": made("total_width"),
            "one_limit": lambda surprise, width: self._limits(surprise, width)[0],
            "upside_down": lambda surprise, width: self._limits(surprise, width)[::-1],
        }
