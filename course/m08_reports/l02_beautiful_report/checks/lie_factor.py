"""How much a cut axis exaggerates (Tufte)."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from labkit.exercises import Exercise, Given, Text, Verdict, compare

CASES = ((3.3, 2.4, 2.0), (58.0, 50.0, 40.0), (9.0, 6.0, 0.0))
"""High, low, baseline."""


class LieFactor(Exercise):
    name = "lie_factor"
    hints = (
        Text(
            "Two relative changes: of what the eye sees, and of the values. Then one divided by the other.",
            "两个相对变化：眼睛看到的，和数值本身的；再把前者除以后者。",
        ),
        Text(
            "A visible bar is as long as its value minus `baseline`. Relative change: (high − low) / low.",
            "看得见的柱长 = 数值减去 `baseline`。相对变化：（高 − 低）÷ 低。",
        ),
        Text(
            "`seen = (high - low) / (low - baseline)`, `true = (high - low) / low`.",
            "`seen = (high - low) / (low - baseline)`，`true = (high - low) / low`。",
        ),
    )
    matters = Text(
        "With one number you can tell a colleague how far a chart is off, without arguing about taste.",
        "有了这一个数，就能告诉同事一张图偏了多少，而不必争论审美。",
    )
    mistakes = {
        "not_divided": Text(
            "This is the effect that the eye sees. Divide it by the effect in the data.",
            "这是眼睛看到的效应，还要除以数据中的效应。",
        ),
        "ratio_of_ratios": Text(
            "You compare how many *times* as long and as large. An effect is a relative *change*: (high − low) / low.",
            "你比较的是“几倍”。效应是相对*变化*：（高 − 低）÷ 低。",
        ),
        "upside_down": Text(
            "The graphic goes on top, the data below: a chart that exaggerates has a factor above one.",
            "图形在上，数据在下：夸大的图，因子应大于一。",
        ),
        "baseline_as_divisor": Text(
            "The change is measured against the visible length of the lower bar, not against the baseline.",
            "变化要与较短那根柱子看得见的长度相比，而不是与坐标轴的起点相比。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        return compare.function(answer, [(case, functools.partial(self._judge, case)) for case in CASES])

    @staticmethod
    def _judge(case: tuple[float, float, float], result: Any) -> Verdict:
        _, low, baseline = case
        factor = 1 / (1 - baseline / low)
        mistakes = {name: wrong(*case) for name, wrong in _mistaken().items()}
        return compare.number(result, factor, rel=1e-6, mistakes=mistakes)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        mistaken = _mistaken()
        return {
            "not_divided": mistaken["not_divided"],
            "ratio_of_ratios": mistaken["ratio_of_ratios"],
            "upside_down": mistaken["upside_down"],
            "baseline_as_divisor": mistaken["baseline_as_divisor"],
            "always_one": lambda high, low, baseline: 1.0,
            "a_number": 2.5,
        }


def _mistaken() -> dict[str, Any]:
    return {
        "not_divided": lambda high, low, baseline: (high - low) / (low - baseline),
        "ratio_of_ratios": lambda high, low, baseline: ((high - baseline) / (low - baseline)) / (high / low),
        "upside_down": lambda high, low, baseline: (low - baseline) / low,
        "baseline_as_divisor": lambda high, low, baseline: (
            ((high - low) / baseline) / ((high - low) / low) if baseline else float("inf")
        ),
    }
