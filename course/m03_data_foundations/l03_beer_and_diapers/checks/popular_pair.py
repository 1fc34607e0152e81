"""A popular pair that means nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labkit.exercises import Exercise, Given, Text, Verdict, right, wrong

from .chosen import chosen_pair, in_order
from .counted import SURPRISING, famous_pair, pairs


class PopularPair(Exercise):
    """High support, high confidence, no information."""

    name = "popular_pair"
    hints = (
        Text("Which number in `popular` says that nothing pulls?", "`popular` 里哪一个数表示毫无拉动？"),
        Text("Look for the row whose lift is closest to 1.", "找出提升度最接近 1 的那一行。"),
        Text(
            'Almost the code: `popular.loc[(popular["lift"] - 1).abs().idxmin(), …]`',
            '代码大致是：`popular.loc[(popular["lift"] - 1).abs().idxmin(), …]`',
        ),
    )
    matters = Text(
        "A best seller is in every list of “what customers also buy”. Without lift, a recommendation is only the "
        "best-seller list in disguise.",
        "畅销品会出现在每一张“顾客还买了”的榜单里。不看提升度，推荐就只是换了包装的畅销榜。",
    )
    mistakes = {
        "not_popular": Text(
            "This pair is not among the twenty most common: it would never make it onto a poster.",
            "这一对不在最常见的二十对之列，根本上不了海报。",
        ),
        "has_pull": Text(
            "This pair's lift is not near 1: it does mean something.",
            "这一对的提升度并不接近 1：它是有意义的。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        pair = chosen_pair(answer, given)
        if isinstance(pair, Verdict):
            return pair
        popular = pairs(given).nlargest(20, "support", keep="all")
        distance = (popular["lift"] - 1).abs()
        if pair in popular.index[(distance <= 0.05) | (distance == distance.min())]:
            return right()
        return wrong("has_pull" if pairs(given)["surprise"][pair] > SURPRISING else "not_popular")

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        ranked = pairs(given).sort_values("support", ascending=False)
        return {
            "not_popular": in_order((ranked["surprise"][20:].abs() < 1).idxmax()),
            "has_pull": in_order(ranked["surprise"].idxmax()),
            "one_item": (famous_pair(given)[0],) * 2,
            "not_a_code": ("a thing", "nobody sells"),
        }
