"""Points on a scale of base points, base odds and points to double the odds."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from typing import Any

from labkit.exercises import Exercise, Given, Text, Verdict, compare

CASES = ((math.log(37), 600, 50, 20), (1.25, 500, 15, 40), (-0.6, 660, 72, 50))


class ToPoints(Exercise):
    name = "to_points"
    hints = (
        Text(
            "Start from two points that you know: odds of base_odds give base_points; twice those odds give pdo points more.",
            "从两个已知的点出发：好坏比为 base_odds 时得 base_points 分；翻一倍时多 pdo 分。",
        ),
        Text(
            "Doubling the odds adds `np.log(2)` to the natural log-odds. So one unit of log-odds is worth how many points?",
            "好坏比翻倍，自然对数几率增加 `np.log(2)`。那么一个单位的对数几率值多少分？",
        ),
        Text(
            "`base_points + pdo / np.log(2) * (…)`: in the brackets, how far the log-odds are above those of the base.",
            "`base_points + pdo / np.log(2) * (…)`：括号里是对数几率比基准高出多少。",
        ),
    )
    matters = Text(
        "On one scale, 600 points mean the same odds next year, and 600 points of the second score do too. That is what makes scores comparable.",
        "有了同一把标尺，明年的 600 分、第二个分数的 600 分，含义都是同样的好坏比。这样分数才可以比较。",
    )
    mistakes = {
        "offset_forgotten": Text(
            "At odds of base_odds to 1 this does not give base_points: it gives them at odds of 1 to 1.",
            "好坏比为 base_odds 比 1 时，得到的不是 base_points；你的写法在 1 比 1 时才得到它。",
        ),
        "logarithms_mixed": Text(
            "One unit of natural log-odds is not one doubling. The natural logarithm and that to base 2 are mixed.",
            "自然对数几率的一个单位，并不等于翻一倍。自然对数和以 2 为底的对数混在一起了。",
        ),
        "decimal_logarithm": Text(
            "The log-odds are natural ones; base 10 has slipped in.",
            "对数几率是自然对数；你混进了以 10 为底的对数。",
        ),
        "upside_down": Text(
            "Better odds give fewer points here. The log-odds are those of being good.",
            "好坏比越高，分数反而越低。这里的对数几率是“好”的。",
        ),
        "odds_not_logged": Text(
            "base_odds are odds, the other number is a logarithm of odds. Bring both to the same kind.",
            "base_odds 是好坏比，另一个数是好坏比的对数。要先化成同一种东西。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = [(case, functools.partial(self._judge, case)) for case in CASES]
        return compare.function(answer, cases)

    def _judge(self, case: tuple[float, float, float, float], result: Any) -> Verdict:
        mistakes = {name: self._points(*case, name) for name in self.mistakes}
        return compare.number(result, self._points(*case), rel=0, abs=0.51, mistakes=mistakes)

    @staticmethod
    def _points(
        log_odds: float, base_points: float, base_odds: float, pdo: float, mistake: str = ""
    ) -> float:
        """By counting doublings, where the solution used a factor and an offset."""
        doublings = math.log2(math.exp(log_odds) / base_odds)
        return base_points + {
            "offset_forgotten": pdo * math.log2(math.exp(log_odds)),
            "logarithms_mixed": pdo * (log_odds - math.log(base_odds)),
            "decimal_logarithm": pdo / math.log10(2) * (log_odds - math.log10(base_odds)),
            "upside_down": -pdo * doublings,
            "odds_not_logged": pdo / math.log(2) * (log_odds - base_odds),
        }.get(mistake, pdo * doublings)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda *arguments: self._points(*arguments, mistake)

        return {
            "offset_forgotten": made("offset_forgotten"),
            "logarithms_mixed": made("logarithms_mixed"),
            "decimal_logarithm": made("decimal_logarithm"),
            "upside_down": made("upside_down"),
            "odds_not_logged": made("odds_not_logged"),
            "this_bank_only": lambda log_odds, *_: 600 + 20 / math.log(2) * (log_odds - math.log(50)),
            "a_number": 600,
        }
