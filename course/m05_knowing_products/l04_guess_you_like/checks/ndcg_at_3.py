"""NDCG@3 of one customer's list."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from typing import Any

from labkit.exercises import Exercise, Given, Text, Verdict, compare


class NdcgAt3(Exercise):
    name = "ndcg_at_3"
    hints = (
        Text(
            "Write the three gains down first: one over the logarithm to base 2 of two, three and four.",
            "先写出三个位置的得分：分母是以 2 为底、2、3、4 的对数。",
        ),
        Text(
            "Add the gains of the places whose product was bought. The best list has its purchases in front: how many gains is that?",
            "把买下的产品所在位置的得分加起来。最好的名单把买下的都排在前面：那是几个得分之和？",
        ),
        Text(
            "`gains = 1 / np.log2(np.arange(2, 5))`; divide by `gains[: min(len(bought), 3)].sum()`.",
            "`gains = 1 / np.log2(np.arange(2, 5))`；除以 `gains[: min(len(bought), 3)].sum()`。",
        ),
    )
    matters = Text(
        "The first tile is seen by everybody, the third by those who scroll. NDCG pays for order, and is fair to customers "
        "who bought little.",
        "第一个推荐位人人看得到，第三个要往下翻。NDCG 为排序付分，对买得少的客户也公平。",
    )
    mistakes = {
        "natural_log": Text(
            "Nearly: the logarithm has base 2. As a ratio that would not matter, but you mix two bases.",
            "差一点：对数要以 2 为底。若全用同一个底，比值不受影响；可是你混用了两个底。",
        ),
        "position_from_zero": Text(
            "Your positions begin at 0, or at 1 without adding one: the first place gains 1 over log2 of 2.",
            "你的位置从 0 数起，或者忘了加一：第一位的得分是 1 除以 log2(2)。",
        ),
        "not_normalised": Text(
            "This is the gain alone (DCG). Divide by what the best possible list would gain.",
            "这只是得分（DCG）。还要除以最好的名单能得的分。",
        ),
        "best_is_always_three": Text(
            "You divide by three gains always. Who bought one product cannot gain three.",
            "你总是除以三个位置的得分。只买了一个产品的人，不可能得到三个。",
        ),
        "best_is_unbounded": Text(
            "Who bought five products still has three tiles: the best list ends at three.",
            "买了五个产品的人，推荐位也只有三个：最好的名单到三为止。",
        ),
        "order_ignored": Text(
            "In yours the order of the list does not matter. An early hit gains more.",
            "在你的算法里，顺序无关紧要。排在前面的命中得分更高。",
        ),
        "linear_discount": Text(
            "You divide by the position itself. The logarithm is gentler.",
            "你除以了位置本身。用对数，衰减要平缓些。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = [
            ((list(shown), set(bought)), functools.partial(self._judge, shown, bought))
            for shown, bought in _lists(given)
        ]
        return compare.function(answer, cases)

    def _judge(self, shown: list[str], bought: set[str], result: Any) -> Verdict:
        mistakes = {name: _ndcg(shown, bought, name) for name in self.mistakes}
        return compare.number(result, _ndcg(shown, bought), rel=1e-6, abs=1e-9, share=True, mistakes=mistakes)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda shown, bought: _ndcg(shown, bought, mistake)

        return {
            "natural_log": made("natural_log"),
            "position_from_zero": made("position_from_zero"),
            "not_normalised": made("not_normalised"),
            "best_is_always_three": made("best_is_always_three"),
            "best_is_unbounded": made("best_is_unbounded"),
            "order_ignored": made("order_ignored"),
            "linear_discount": made("linear_discount"),
            "hit_or_not": lambda shown, bought: float(bool(set(shown) & bought)),
            "one_number": 0.63,
        }


def _lists(given: Given) -> list[tuple[list[str], set[str]]]:
    """First a case in which every mistake leads to another value, then further ones in random products."""
    products = [f"P{number}" for number in given.rng("ndcg").permutation(9)]
    a, b, c, d, e, f = products[:6]
    return [
        ([a, b, c], {b, c}),
        ([a, b, c], {c}),
        ([a, b, c], {a, c, d, e, f}),
        ([a, b, c], {b, d}),
        ([c, a, b], {d, e}),
        ([c, a, b], {a, b, c}),
    ]


def _ndcg(shown: list[str], bought: set[str], mistake: str = "") -> float:
    """Place by place with ``math``; with ``mistake``, what that mistake leads to."""

    def gain(place: int) -> float:
        if mistake == "order_ignored":
            return 1.0
        if mistake == "linear_discount":
            return 1 / place
        if mistake == "position_from_zero":
            return 1 / math.log2(place + 2)
        return 1 / math.log(place + 1, 2)

    base = math.log(2) if mistake == "natural_log" else 1.0
    reached = sum(gain(place) / base for place, product in enumerate(shown, 1) if product in bought)
    if mistake == "not_normalised":
        return reached
    most = {"best_is_always_three": 3, "best_is_unbounded": len(bought)}.get(mistake, min(len(bought), 3))
    ideal = sum(gain(place) for place in range(1, most + 1))
    if mistake == "position_from_zero":
        ideal = sum(1 / math.log2(place + 1) for place in range(1, most + 1))
    return reached / ideal
