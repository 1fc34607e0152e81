"""Twenty seeds, judged by the planted probabilities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong

from .futures import as_positions, best_alone, choosing, contacts, greedy, judging, spread
from .network import machines, people, planted, region

GIFTS = 20
GOOD_ENOUGH = 0.96
"""Of what the best known list reaches: greedy on learnt influence is above, lists by one rank are below."""
NOT_FAR = Text(
    "Twenty people of the region, but they reach clearly fewer than the best known list does. Compare your rules on new futures.",
    "是本区域的二十个人，但传到的人数明显少于已知最好的名单。请在新的未来上比较各种规则。",
)


class Twenty(Exercise):
    name = "twenty"
    hints = (
        Text(
            "Toss new futures, and let every rule show what its twenty reach there.",
            "重新抛一批未来，看看每种规则选出的二十人在那里传到多少人。",
        ),
        Text(
            '`new = futures(here, n_people, 500, "mine")`; `reached(positions, new).mean()` for each rule.',
            '`new = futures(here, n_people, 500, "mine")`；对每种规则算 `reached(positions, new).mean()`。',
        ),
        Text(
            "Positions from `greedy(worlds, 20)`; `person[positions]` turns them into numbers.",
            "位置来自 `greedy(worlds, 20)`；`person[positions]` 把位置换成号码。",
        ),
    )
    matters = Text(
        "Judged on four hundred futures that nobody had seen, by the true probabilities, your list is within a few percent of the best known.",
        "在四百种谁也没见过的未来上，按真实概率评判，你的名单与已知最优只差百分之几。",
    )
    mistakes = {
        "not_twenty": Text("Twenty different numbers are wanted.", "要的是二十个不同的号码。"),
        "has_machines": Text(
            "There are numbers among them that are no person: they will not unpack a projector.",
            "里面有不是“人”的号码：它们可不会拆投影仪的包装。",
        ),
        "not_in_region": Text(
            "Some of these numbers belong to nobody in this region. Positions are not numbers: `person[positions]`.",
            "其中有的号码不属于本区域的任何人。位置编号不是号码：请用 `person[positions]` 换算。",
        ),
        "most_contacts": Text(
            "These are the twenty with the most contacts. They know each other, and most of their calls are with people of the same few circles.",
            "这是联系人最多的二十人。他们彼此相识，打来打去都是同几个圈子的人。",
        ),
        "best_alone": Text(
            "Each of these twenty is strong alone; together they reach the same people again and again. What does each *add*?",
            "这二十人单独看都很强，放在一起却反复传到同一批人。每个人*新增*了多少？",
        ),
    }
    truths = ("influence_truth", "adoption_truth")
    needs_truth = True

    def check(self, answer: Any, given: Given) -> Verdict:
        numbers = _numbers(answer)
        if numbers is None:
            return wrong(compare.WANTED_LABELS.fill(kind=compare.kind_of(answer)))
        if len(numbers) != GIFTS or len(set(numbers)) != GIFTS:
            return wrong("not_twenty")
        if machines(given) & set(numbers):
            return wrong("has_machines")
        if not set(numbers) <= region(given):
            return wrong("not_in_region")
        best = max(spread(greedy(choosing(given), GIFTS), judging(given)), 1.0)
        if spread(as_positions(given, numbers), judging(given)) >= GOOD_ENOUGH * best:
            return right()
        for name in ("most_contacts", "best_alone"):
            if len(set(numbers) & set(self._list(given, name))) >= GIFTS - 2:
                return wrong(name)
        return wrong(NOT_FAR)

    @staticmethod
    def _list(given: Given, name: str) -> list:
        if name == "most_contacts":
            return contacts(given, people(given), GIFTS)
        strongest = np.argsort(-best_alone(choosing(given)), kind="stable")[:GIFTS]
        return [planted(given).person[position] for position in strongest]

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        best = [planted(given).person[position] for position in greedy(choosing(given), GIFTS)]
        return {
            "not_twenty": best[:19],
            "has_machines": [*best[:18], *sorted(machines(given))[:2]],
            "not_in_region": [*best[:19], -1],
            "most_contacts": self._list(given, "most_contacts"),
            "best_alone": self._list(given, "best_alone"),
            "one_of_them_twice": [*best[:19], best[0]],
            "quiet_people": sorted(region(given), key=people(given).degree)[:GIFTS],
        }


def _numbers(answer: Any) -> list | None:
    if isinstance(answer, (pd.Series, pd.Index, np.ndarray)):
        answer = answer.tolist()
    if not isinstance(answer, (list, tuple, set, frozenset)):
        return None
    plain = [item.item() if isinstance(item, np.generic) else item for item in answer]
    return plain if all(type(item) in (int, str) for item in plain) else None
