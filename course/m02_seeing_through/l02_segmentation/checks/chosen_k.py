"""The number of segments: as many as come back when the file is reshuffled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong

from .clusters import rule_k, scores_of


class ChosenK(Exercise):
    name = "chosen_k"
    hints = (
        Text(
            "Read the column `stability` from the bottom of `scores` upwards.",
            "从 `scores` 的最下面往上看 `stability` 一列。",
        ),
        Text(
            '`scores.index[scores["stability"] >= 0.93]` are the values of k that come back.',
            '`scores.index[scores["stability"] >= 0.93]` 就是重排后还能再现的那些 k。',
        ),
        Text("Of these the largest: `max(…)`.", "取其中最大的：`max(…)`。"),
    )
    matters = Text(
        "When somebody asks why this many, you have an answer: one more, and the groups change with every reshuffle.",
        "有人问为什么是这么多个，你答得上来：再多一个，每次重排群都会变。",
    )
    mistakes = {
        "too_few": Text(
            "A larger k is stable too. With fewer groups, different customers hide behind one offer.",
            "还有更大的 k 也是稳定的。群太少，不同的客户就被塞进同一个推荐。",
        ),
        "too_many": Text(
            "With so many groups two halves of the customers disagree: some of these groups are made by the draw.",
            "分这么多群，两半客户的结果就对不上了：有些群只是抽样抽出来的。",
        ),
        "not_a_k": Text(
            "One whole number from 2 to 9 is wanted, a row of `scores`.",
            "这里要的是 2 到 9 的一个整数，即 `scores` 的一行。",
        ),
    }
    truths = ("people", "segments", "segment_affinity")

    def check(self, answer: Any, given: Given) -> Verdict:
        value = compare.scalar(answer)
        if value is None or value not in range(2, 10):
            return wrong("not_a_k")
        expected = rule_k(scores_of(given))
        if value == expected:
            return right()
        return wrong("too_few" if value < expected else "too_many")

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        expected = rule_k(scores_of(given))
        return {
            "too_few": expected - 1,
            "too_many": expected + 1,
            "not_a_k": 0.97,
            "all_of_them": [2, 3, 4, 6],
        }
