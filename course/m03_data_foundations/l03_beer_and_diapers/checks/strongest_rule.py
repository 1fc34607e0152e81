"""The rule with the highest lift among pairs that are big enough."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, right, wrong

from .chosen import chosen_pair, in_order
from .counted import pairs


class StrongestRule(Exercise):
    """The highest lift among pairs that are common enough."""

    name = "strongest_rule"
    truths = ("planted_rules",)
    hints = (
        Text("First keep the pairs that are big enough, then rank.", "先留下够大的组合，再排序。"),
        Text(
            "`pairs` has both directions. Sort by lift first and by confidence second.",
            "`pairs` 里两个方向都有。先按提升度、再按置信度排序。",
        ),
        Text(
            'Almost the code: `pairs[pairs["support"] >= …].sort_values(["lift", "confidence"]).iloc[-1]`',
            '代码大致是：`pairs[pairs["support"] >= …].sort_values(["lift", "confidence"]).iloc[-1]`',
        ),
    )
    matters = Text(
        "A threshold on support is a business decision: it says how small a finding may be and still be worth a meeting.",
        "支持度门槛是业务决策：它规定了一个发现至少要多大，才值得开会讨论。",
    )
    mistakes = {
        "too_rare": Text(
            "This pair has a fine lift, but fewer baskets hold it than `big_enough` asks for.",
            "这一对的提升度很漂亮，但含它的购物篮达不到 `big_enough` 的要求。",
        ),
        "direction": Text(
            "The right pair, the wrong way round: compare the two confidences.",
            "组合选对了，方向反了：比较两个方向的置信度。",
        ),
        "most_common": Text(
            "This is the pair with the highest support. Common is not the same as pulling.",
            "这是支持度最高的一对。常见不等于有拉动。",
        ),
        "not_the_strongest": Text(
            "Common enough, but another pair that is common enough has a higher lift.",
            "够常见，但够常见的组合里还有提升度更高的。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        pair = chosen_pair(answer, given)
        if isinstance(pair, Verdict):
            return pair
        enough = big_enough(given)
        if pair == enough["lift"].idxmax():
            best = enough.loc[[pair]].iloc[0]
            turned = not isinstance(answer, (set, frozenset)) and list(answer) == [
                best["second"],
                best["first"],
            ]
            return wrong("direction") if turned and best["n_first"] != best["n_second"] else right()
        if pair not in enough.index:
            return wrong("too_rare")
        return wrong("most_common" if pair == enough["support"].idxmax() else "not_the_strongest")

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        enough = big_enough(given)
        best = enough.nlargest(1, "lift").iloc[0]
        return {
            "too_rare": in_order(pairs(given).drop(enough.index)["n_both"].idxmax()),
            "direction": (best["second"], best["first"]),
            "most_common": in_order(enough["support"].idxmax()),
            "not_the_strongest": in_order(enough["lift"].nlargest(2).index[1]),
            "a_number": 3.5,
        }


def big_enough(given: Given) -> pd.DataFrame:
    """Pairs in a hundredth of the baskets; in fewer where an own file has less than twenty such pairs."""
    support = pairs(given)["support"]
    return pairs(given)[support >= min(0.01, support.nlargest(20).min()) - 1e-9]
