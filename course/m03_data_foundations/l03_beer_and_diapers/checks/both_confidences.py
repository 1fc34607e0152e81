"""Confidence in both directions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labkit.exercises import Exercise, Given, Text, Verdict, compare

from .counted import crossed, famous_pair


class BothConfidences(Exercise):
    """The direction of a rule: same numerator, two denominators."""

    name = "both_confidences"
    hints = (
        Text(
            "Both confidences have the same numerator. Which baskets does each one divide by?",
            "两个置信度的分子相同，各自除以哪些购物篮？",
        ),
        Text(
            "The rule that starts from diapers looks only at baskets with diapers.",
            "从尿布出发的规则，只看含尿布的购物篮。",
        ),
        Text(
            "Almost the code: `{antecedent: len(… & …) / len(with_antecedent), consequent: …}`",
            "代码大致是：`{antecedent: len(… & …) / len(with_antecedent), consequent: …}`",
        ),
    )
    matters = Text(
        "The two directions differ by as much as the two items differ in popularity. Whoever quotes one number "
        "without its direction has told you half of it.",
        "两个方向相差的倍数，正好是两种商品热销程度相差的倍数。只报一个数而不说方向，等于只说了一半。",
    )
    mistakes = {
        "swapped": Text(
            "Right numbers under the wrong names: the rule that starts from an item divides by that item's baskets.",
            "两个数都算对了，但放反了：从某商品出发的规则，应除以含该商品的购物篮数。",
        ),
        "supports": Text(
            "Both are divided by all baskets: that is the support. A confidence divides by the antecedent's baskets.",
            "两个都除以了全部购物篮，那是支持度。置信度要除以含前项的购物篮数。",
        ),
        "lifts": Text(
            "That is the lift: do not divide by the other item's share yet.",
            "这是提升度：这里还不需要再除以另一种商品的占比。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        (first, second), n = famous_pair(given), crossed(given)
        expected = {first: n["both"] / n["first"], second: n["both"] / n["second"]}
        wrong_values = {
            name: value for name, value in self.wrong_answers(given).items() if name in self.mistakes
        }
        return compare.values(answer, expected, rel=1e-4, mistakes=wrong_values)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        (first, second), n = famous_pair(given), crossed(given)
        forward, backward = n["both"] / n["first"], n["both"] / n["second"]
        support, lift = n["both"] / n["baskets"], forward * n["baskets"] / n["second"]
        return {
            "swapped": {first: backward, second: forward},
            "supports": {first: support, second: support},
            "lifts": {first: lift, second: lift},
            "only_one": {first: forward},
            "in_percent": {first: 100 * forward, second: 100 * backward},
            "slightly_off": {first: forward, second: 1.02 * backward},
        }
