"""The effect of a call, with its 95% interval."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong

ENDS = ("effect", "low", "high")
WANTED = Text(
    "Three numbers are wanted: the effect, the lower and the upper end of its interval.",
    "这里要三个数：效果、区间的下限和上限。",
)


class EffectAndInterval(Exercise):
    name = "effect_and_interval"
    hints = (
        Text(
            "Two shares, each with its own arm as the total: the called who bought, and the others who bought.",
            "两个占比，各以本组人数为分母：外呼客户中的购买者，以及未外呼客户中的购买者。",
        ),
        Text(
            '`arms = bought.groupby(called).agg(["mean", "size"])` holds both shares and both sizes.',
            '`arms = bought.groupby(called).agg(["mean", "size"])` 里有两个占比和两组人数。',
        ),
        Text(
            "The standard error is the square root of the *sum* of p(1 − p)/n over both arms; the ends lie 1.96 of it to either side.",
            "标准误是两组 p(1 − p)/n *之和*的平方根；两端各在 1.96 个标准误处。",
        ),
    )
    matters = Text(
        "One number is a claim, a number with an interval is a finding. The next campaign will be planned on its lower end.",
        "一个数只是说法，带区间的数才是结论。下一次活动要按区间的下限来规划。",
    )
    mistakes = {
        "share_of_all": Text(
            "You divide by all customers. Each arm has its own total, above all when the arms differ in size.",
            "你用全体客户作分母。每一组都有自己的分母，两组人数不等时尤其要紧。",
        ),
        "buyers_who_were_called": Text(
            "You compare what share of the *buyers* was called. Asked is what share of the *called* bought.",
            "你比的是*购买者*里有多少接到过电话。要的是*外呼客户*里有多少买了。",
        ),
        "upside_down": Text(
            "You subtract the called from the not called. The effect of a call is called minus not called.",
            "你用未外呼减去外呼。电话的效果是外呼减未外呼。",
        ),
        "relative": Text(
            "This is the relative increase. Asked is the difference of the two shares, in points.",
            "这是相对增幅。要的是两个占比之差，即百分点。",
        ),
        "ninety_percent": Text(
            "Your interval is one of 90%. With 2.5% on either side, it is 1.96 standard errors.",
            "你的区间是 90% 的。两侧各留 2.5%，应取 1.96 个标准误。",
        ),
        "one_standard_error": Text(
            "Your interval reaches one standard error to either side; it holds the truth only two times in three.",
            "你的区间两侧各只有一个标准误，三次里只有两次能覆盖真值。",
        ),
        "one_arm_varies": Text(
            "The standard error counts the called only. The others are a sample too, and their chance adds up.",
            "标准误只算了外呼组。未外呼组也是样本，它的偶然波动也要加进来。",
        ),
        "errors_subtracted": Text(
            "Chance does not cancel: the variances of the two arms are added, not subtracted.",
            "偶然不会互相抵消：两组的方差要相加，不是相减。",
        ),
    }
    truths = ("uplift_truth",)

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = []
        for number in range(2):
            called, bought = self._experiment(given, number)
            judge = functools.partial(self._judge, called.to_numpy(), bought.to_numpy())
            cases.append(((called, bought), judge))
        return compare.function(answer, cases)

    def _judge(self, called: np.ndarray, bought: np.ndarray, result: Any) -> Verdict:
        """The effect exactly; the ends within 4% of the half-width, so that every good method is right."""
        answer = _as_three(result)
        if answer is None:
            return wrong(WANTED)
        if _alike(answer, _values(called, bought)):
            return right()
        for name in self.mistakes:
            if _alike(answer, _values(called, bought, name)):
                return wrong(name)
        return compare.values(
            dict(zip(ENDS, answer, strict=True)), dict(zip(ENDS, _values(called, bought), strict=True))
        )

    @staticmethod
    def _experiment(given: Given, number: int) -> tuple[pd.Series, pd.Series]:
        """An invented experiment in which one customer in four, or three in four, was called."""
        rng = given.rng(f"effect/{number}")
        called = rng.random(6_000) < (0.25, 0.75)[number]
        bought = rng.random(6_000) < np.where(called, (0.34, 0.10)[number], (0.22, 0.16)[number])
        return pd.Series(called), pd.Series(bought)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda called, bought: _values(called.to_numpy(), bought.to_numpy(), mistake)

        return {
            "share_of_all": made("share_of_all"),
            "buyers_who_were_called": made("buyers_who_were_called"),
            "upside_down": made("upside_down"),
            "relative": made("relative"),
            "ninety_percent": made("ninety_percent"),
            "one_standard_error": made("one_standard_error"),
            "one_arm_varies": made("one_arm_varies"),
            "errors_subtracted": made("errors_subtracted"),
            "effect_only": lambda called, bought: bought[called].mean() - bought[~called].mean(),
            "of_one_experiment": lambda called, bought: (0.03, 0.02, 0.04),
        }


def _values(called: np.ndarray, bought: np.ndarray, mistake: str = "") -> tuple[float, float, float]:
    """Effect and interval from four counts, where the solution grouped; with ``mistake``, what that leads to."""
    sizes = np.array([called.sum(), (~called).sum()])
    sold = np.array([(called & bought).sum(), (~called & bought).sum()])
    if mistake == "share_of_all":
        sizes = np.array([len(called), len(called)])
    if mistake == "buyers_who_were_called":
        sizes = np.array([bought.sum(), bought.sum()])
    first, second = sold / sizes
    effect = {"upside_down": second - first, "relative": first / second - 1}.get(mistake, first - second)
    variances = sold / sizes * (1 - sold / sizes) / sizes
    total = {"one_arm_varies": variances[0], "errors_subtracted": abs(variances[0] - variances[1])}
    reach = {"ninety_percent": 1.645, "one_standard_error": 1.0}.get(mistake, 1.96)
    half = reach * total.get(mistake, variances.sum()) ** 0.5
    if mistake == "relative":
        half /= second
    return float(effect), float(effect - half), float(effect + half)


def _alike(answer: tuple[float, ...], wanted: tuple[float, ...]) -> bool:
    half = (wanted[2] - wanted[1]) / 2
    ends = max(abs(answer[1] - wanted[1]), abs(answer[2] - wanted[2])) < 0.04 * half
    return ends and abs(answer[0] - wanted[0]) < 0.02 * half


def _as_three(result: Any) -> tuple[float, float, float] | None:
    """Three numbers from a tuple, list, array, Series, or a dictionary by name."""
    if isinstance(result, pd.Series):
        result = result.to_dict() if set(result.index) == set(ENDS) else result.tolist()
    if isinstance(result, dict):
        result = [result.get(end) for end in ENDS] if set(result) == set(ENDS) else list(result.values())
    if isinstance(result, np.ndarray):
        result = result.tolist()
    if not isinstance(result, (tuple, list)) or len(result) not in (2, 3):
        return None
    if len(result) == 2 and isinstance(result[1], (tuple, list, np.ndarray)) and len(result[1]) == 2:
        result = [result[0], *result[1]]
    numbers = [compare.scalar(value) for value in result]
    return None if len(numbers) != 3 or any(number is None for number in numbers) else tuple(numbers)  # type: ignore[return-value]
