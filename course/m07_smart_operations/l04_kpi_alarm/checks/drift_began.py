"""Since when it has been wrong: the day after the cumulative sum last stood at zero."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong

WANTED_NONE = Text(
    "Nothing lasts in this series: the answer is None.", "这条序列里没有持续的变化：答案应为 None。"
)


class DriftBegan(Exercise):
    name = "drift_began"
    hints = (
        Text(
            "Go day by day: the new sum is the old one, minus the day's value, minus the slack, but never below zero.",
            "一天一天走：新的和 = 旧的和 − 当天的值 − 容差，但不低于零。",
        ),
        Text(
            "Whenever the sum is zero, remember the *next* day as a possible beginning.",
            "每当和等于零，就把*下一天*记为可能的起点。",
        ),
        Text(
            "`total = max(0.0, total - value - slack)`; if it is zero, `began = day + 1`; if it is above the limit, return `began`.",
            "`total = max(0.0, total - value - slack)`；等于零就 `began = day + 1`；超过界限就返回 `began`。",
        ),
    )
    matters = Text(
        "The day of the ring depends on your limit; the day it began points at what was changed.",
        "哪天响铃取决于你的界限；哪天开始，才指向被改动的东西。",
    )
    mistakes = {
        "day_of_the_ring": Text(
            "This is the day on which the alarm rings. It had been wrong for a while by then.",
            "这是警报响的那天。到那时已经坏了一阵子。",
        ),
        "last_zero": Text(
            "On that day the sum still stood at zero. It began the day after.",
            "那天的和还是零。第二天才开始。",
        ),
        "rises": Text(
            "You look for rises. A fall has negative values, so it is *subtracting* them that lets the sum grow.",
            "你找的是上升。下滑时数值为负，*减去*它们，和才会变大。",
        ),
        "no_slack": Text(
            "Without the slack ordinary days add up too, and it seems to have begun long ago.",
            "不减容差，平常的日子也会累加，看起来好像很早以前就开始了。",
        ),
        "no_floor": Text(
            "Your sum never passes the limit: it goes below zero first and has to climb back. Keep it at zero.",
            "你的和始终没有越限：它先跌到零以下，得爬回来才行。要让它停在零。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = []
        for number in range(4):
            z, slack, limit = self._series(given, number), 0.7, 9.0
            cases.append(((z.copy(), slack, limit), functools.partial(self._judge, z, slack, limit)))
        return compare.function(answer, cases)

    def _judge(self, z: np.ndarray, slack: float, limit: float, result: Any) -> Verdict:
        expected = self._began(z, slack, limit)
        if expected is None:
            return right() if result is None else wrong(WANTED_NONE)
        if result is None:
            return wrong("no_floor")
        mistakes = {name: self._began(z, slack, limit, name) for name in self.mistakes}
        known = {name: float(day) for name, day in mistakes.items() if day is not None and day != expected}
        return compare.number(result, float(expected), rel=0, mistakes=known)

    @staticmethod
    def _series(given: Given, number: int) -> np.ndarray:
        """Ordinary days with a rise early on, and from day 130 a fall; the last series has no fall."""
        z = given.rng(f"drift/{number}").normal(size=200)
        z[30:60] += 1.5
        z[129], z[60:129] = 2.0, np.clip(z[60:129], -1.0, 1.0)
        z[:30] = np.clip(z[:30], -0.6, 1.0)
        if number < 3:
            z[130 + number :] -= 1.6
        else:
            z[130:] = np.clip(z[130:], -0.6, None)
        return z

    @staticmethod
    def _began(z: np.ndarray, slack: float, limit: float, mistake: str = "") -> int | None:
        """From running sums and their minimum (Page's form), where the solution goes day by day."""
        steps = -z - slack
        if mistake == "rises":
            steps = z - slack
        if mistake == "no_slack":
            steps = -z
        walked = np.concatenate([[0.0], np.cumsum(steps)])
        lowest = np.zeros_like(walked) if mistake == "no_floor" else np.minimum.accumulate(walked)
        over = np.flatnonzero(walked - lowest > limit)
        if not len(over):
            return None
        began = int(np.flatnonzero(walked[: over[0] + 1] <= lowest[: over[0] + 1])[-1])
        return {"day_of_the_ring": int(over[0]) - 1, "last_zero": began - 1}.get(mistake, began)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda z, slack, limit: self._began(z, slack, limit, mistake)

        return {
            "day_of_the_ring": made("day_of_the_ring"),
            "last_zero": made("last_zero"),
            "rises": made("rises"),
            "no_slack": made("no_slack"),
            "no_floor": made("no_floor"),
            "always_found": lambda z, slack, limit: self._began(z, slack, limit) or 0,
            "a_word": lambda z, slack, limit: "Monday",
        }
