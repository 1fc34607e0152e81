"""How many customers each arm of an experiment needs."""

from __future__ import annotations

import functools
import statistics
from collections.abc import Mapping
from typing import Any

from labkit.exercises import Exercise, Given, Text, Verdict, compare

normal = statistics.NormalDist()


class CustomersPerArm(Exercise):
    name = "customers_per_arm"
    hints = (
        Text(
            "Two shares: `base`, and `base + effect` for the customers who are called. Each has its own p(1 − p).",
            "两个占比：`base`，以及外呼客户的 `base + effect`。它们各有自己的 p(1 − p)。",
        ),
        Text(
            "`norm.ppf(0.975)` and `norm.ppf(power)` are added first, then squared.",
            "先把 `norm.ppf(0.975)` 与 `norm.ppf(power)` 相加，再平方。",
        ),
        Text(
            "In one line: `(norm.ppf(0.975) + norm.ppf(power)) ** 2 * (p0 * (1 - p0) + p1 * (1 - p1)) / effect**2`",
            "一行写完：`(norm.ppf(0.975) + norm.ppf(power)) ** 2 * (p0 * (1 - p0) + p1 * (1 - p1)) / effect**2`",
        ),
    )
    matters = Text(
        "Half the effect needs four times the customers. Whoever knows this before the campaign does not have to say "
        '"perhaps" after it.',
        "效果减半，客户要四倍。活动之前算清这一点的人，活动之后就不必只说“也许”。",
    )
    mistakes = {
        "both_arms": Text(
            "This is the size of both arms together. Asked is the size of each.",
            "这是两组加起来的人数。要的是每一组的人数。",
        ),
        "one_sided": Text(
            "This is a one-sided test at 5%. A call can also do harm, so the test has two sides: 0.975.",
            "这是 5% 的单侧检验。电话也可能帮倒忙，所以要用双侧：0.975。",
        ),
        "power_forgotten": Text(
            "The power is missing: with so few customers the effect would be found only every second time.",
            "漏掉了功效：这么少的客户，效果有一半的时候会被漏掉。",
        ),
        "relative_effect": Text(
            "You read `effect` as a percentage of `base`. It is points: the share of the called is `base + effect`.",
            "你把 `effect` 当成了 `base` 的百分之几。它是百分点：外呼客户的占比是 `base + effect`。",
        ),
        "one_arm_varies": Text(
            "Only one of the two shares varies in your formula. Both arms are samples, both add their p(1 − p).",
            "你的公式里只有一个占比在波动。两组都是样本，各自的 p(1 − p) 都要加上。",
        ),
        "effect_not_squared": Text(
            "The effect is not squared. Half the effect must need four times the customers.",
            "效果没有平方。效果减半，客户必须变成四倍。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = (
            ((base, effect, power), functools.partial(self._judge, base, effect, power))
            for base, effect, power in ((0.12, 0.04, 0.8), (0.05, 0.01, 0.9), (0.3, -0.03, 0.7))
        )
        return compare.function(answer, cases)

    def _judge(self, base: float, effect: float, power: float, result: Any) -> Verdict:
        """Within 4%: pooled or not, on the scale of shares or of their arcsine, rounded up or not."""
        mistakes = {name: _needed(base, effect, power, name) for name in self.mistakes}
        return compare.number(result, _needed(base, effect, power), rel=0.04, mistakes=mistakes)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda base, effect, power: _needed(base, effect, power, mistake)

        return {
            "both_arms": made("both_arms"),
            "one_sided": made("one_sided"),
            "power_forgotten": made("power_forgotten"),
            "relative_effect": made("relative_effect"),
            "one_arm_varies": made("one_arm_varies"),
            "effect_not_squared": made("effect_not_squared"),
            "one_number": lambda base, effect, power: 1_500,
            "always_the_same_power": lambda base, effect, power: _needed(base, effect, 0.8),
        }


def _needed(base: float, effect: float, power: float, mistake: str = "") -> float:
    """Customers per arm from the pooled form of the test, with the standard library's normal distribution."""
    raised = base * (1 + effect) if mistake == "relative_effect" else base + effect
    middle = (base + raised) / 2
    surprise = normal.inv_cdf(0.95 if mistake == "one_sided" else 0.975)
    found = 0.0 if mistake == "power_forgotten" else normal.inv_cdf(power)
    under_null = (2 * middle * (1 - middle)) ** 0.5
    varying = base * (1 - base) + (0 if mistake == "one_arm_varies" else raised * (1 - raised))
    if mistake == "one_arm_varies":
        under_null = varying**0.5
    step = abs(effect) ** 0.5 if mistake == "effect_not_squared" else raised - base
    arm = ((surprise * under_null + found * varying**0.5) / step) ** 2
    return 2 * arm if mistake == "both_arms" else arm
