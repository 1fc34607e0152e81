"""What one more seed adds to those already chosen."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from labkit.exercises import Exercise, Given, Text, Verdict, compare


class MarginalGain(Exercise):
    name = "marginal_gain"
    hints = (
        Text(
            "In one future there are two cases: somebody chosen is in the candidate's group, or nobody is. What is gained in each?",
            "在一种未来里只有两种情形：候选人的组里已有选中者，或者没有。各能多带来多少人？",
        ),
        Text(
            "`group = worlds[:, [candidate]]` is the candidate's group, one per row; `(worlds == group).sum(axis=1)` its size.",
            "`group = worlds[:, [candidate]]` 是候选人所在的组，每行一个；`(worlds == group).sum(axis=1)` 是组的人数。",
        ),
        Text(
            "`already = (worlds[:, chosen] == group).any(axis=1)`; then the sizes of `~already`, summed and divided by `len(worlds)`.",
            "`already = (worlds[:, chosen] == group).any(axis=1)`；再把 `~already` 的人数相加，除以 `len(worlds)`。",
        ),
    )
    matters = Text(
        "The gain of the second seed is what the first one left over. Whoever ranks people one by one pays for the same circle twice.",
        "第二颗种子的增益，是第一颗剩下的部分。单独给每个人排名，就会为同一个圈子付两次钱。",
    )
    mistakes = {
        "alone": Text(
            "That is what the candidate reaches alone. People whom the chosen reach anyway do not count.",
            "这是候选人单独能传到的人数。已选的人反正会传到的，不能再算。",
        ),
        "together": Text(
            "That is what all of them reach together. What would be reached *without* the candidate?",
            "这是大家一起传到的人数。*没有*候选人时能传到多少？",
        ),
        "only_where_it_helps": Text(
            "You average over the futures in which the candidate helps. In the others the gain is zero, and zero counts.",
            "你只对帮得上忙的那些未来取了平均。其他未来的增益是零，零也要算进去。",
        ),
        "summed": Text("That is the sum over all futures, not the average.", "这是所有未来之和，不是平均。"),
        "all_must_be_there": Text(
            "One of the chosen in the group is enough: everybody there is reached already.",
            "组里只要有一位已选者，全组就都传到了，不必人人都在。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases: list[tuple[tuple, Callable[[Any], Verdict]]] = []
        for chosen, candidate in (([3, 11], 7), ([], 5), ([0, 19, 24], 2), ([7], 7)):
            worlds = _invented(given)
            judge = functools.partial(self._judge, worlds, chosen, candidate)
            cases.append(((worlds.copy(), list(chosen), candidate), judge))
        return compare.function(answer, cases)

    def _judge(self, worlds: np.ndarray, chosen: list[int], candidate: int, result: Any) -> Verdict:
        mistakes = {name: _gain(worlds, chosen, candidate, name) for name in self.mistakes}
        return compare.number(result, _gain(worlds, chosen, candidate), rel=1e-6, abs=1e-9, mistakes=mistakes)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def making(name: str) -> Callable[[np.ndarray, list[int], int], float]:
            return lambda worlds, chosen, candidate: _gain(worlds, chosen, candidate, name)

        return {
            "alone": making("alone"),
            "together": making("together"),
            "only_where_it_helps": making("only_where_it_helps"),
            "summed": making("summed"),
            "all_must_be_there": making("all_must_be_there"),
            "always_one": lambda worlds, chosen, candidate: 1.0,
        }


def _invented(given: Given) -> np.ndarray:
    """Groups of 26 people in 60 futures; the numbers of groups differ from one future to the next."""
    rng = given.rng("gain")
    groups = np.minimum(rng.integers(0, 9, (60, 26)), rng.integers(0, 9, (60, 26)))
    return (groups + rng.integers(0, 5, (60, 1))).astype(np.int64)


def _gain(worlds: np.ndarray, chosen: list[int], candidate: int, mistake: str = "") -> float:
    """Sets of people with and without the candidate, where the solution compares columns of a matrix."""
    gains, helps = [], 0
    for groups in worlds.tolist():
        everybody = range(len(groups))
        own = {person for person in everybody if groups[person] == groups[candidate]}
        among = [groups[seed] for seed in chosen]
        before = {person for person in everybody if groups[person] in among}
        if mistake == "alone":
            before = set()
        if mistake == "all_must_be_there":
            before = own if among and all(group == groups[candidate] for group in among) else set()
        added = len(own | before) if mistake == "together" else len(own - before)
        gains.append(added)
        helps += bool(own - before)
    if mistake == "summed":
        return float(sum(gains))
    return sum(gains) / max(helps, 1) if mistake == "only_where_it_helps" else sum(gains) / len(gains)
