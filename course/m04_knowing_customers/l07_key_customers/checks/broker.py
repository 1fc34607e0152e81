"""One person without whom a circle hangs in the air."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, right, wrong

from .network import MANY, cut_off, cuts, machines, people, region, somebody_cuts_off_many

MOST_TIES_TRIED = 100_000
"""In a larger network of one's own, nobody is searched for: \"there is none\" is taken on trust."""
WANTED = Text("The number of one person is wanted here, or None.", "这里要填一个人的号码，或者 None。")


class Broker(Exercise):
    name = "broker"
    hints = (
        Text(
            "Contacts do not make a broker. Which of the three columns counts the shortest paths that lead through a person?",
            "联系人多，不等于是中间人。三列中哪一列数的是“有多少条最短路径经过他”？",
        ),
        Text(
            'Try the first dozen: `people.nlargest(12, "betweenness")["number"].map(cut_off)`.',
            '试前十几个：`people.nlargest(12, "betweenness")["number"].map(cut_off)`。',
        ),
        Text(
            '`next((n for n in people.nlargest(12, "betweenness")["number"] if cut_off(n) >= 20), None)`.',
            '`next((n for n in people.nlargest(12, "betweenness")["number"] if cut_off(n) >= 20), None)`。',
        ),
    )
    matters = Text(
        "The only bridge to a whole circle, and often with an ordinary number of contacts: no list by contacts would show this person. "
        "Lose one such customer, and a whole circle drops out of every campaign.",
        "通往整个圈子的唯一桥梁，联系人往往很普通：按联系人数排的名单看不到他。流失这样一位客户，整个圈子就从所有营销活动里消失了。",
    )
    mistakes = {
        "most_contacts": Text(
            "That is the person with the most contacts. Those friends have other ways to each other; how many does `cut_off` count?",
            "这是联系人最多的人。他的朋友之间另有通路；看看 `cut_off` 数出来是多少？",
        ),
        "a_few": Text(
            "This person is the only way to a few people, not to twenty.",
            "没有这个人，会失联的只有寥寥几位，不到二十人。",
        ),
        "nobody_cut_off": Text(
            "Without this person everybody still finds a way to everybody.",
            "没有这个人，大家照样彼此找得到。",
        ),
        "no_person": Text("That number is no person.", "这个号码不是“人”。"),
        "none_there": Text(
            "There is somebody. Try those on whom most shortest paths meet.",
            "是有的。试试最短路径经过最多的那些人。",
        ),
    }
    truths = ("key_people",)

    def check(self, answer: Any, given: Given) -> Verdict:
        number = _number(answer)
        if number is None and answer is not None:
            return wrong(WANTED)
        if number is not None and number in machines(given):
            return wrong("no_person")
        graph = people(given)
        if number is not None and number not in graph:
            return wrong(WANTED)
        if number is None:
            too_large = graph.number_of_edges() > MOST_TIES_TRIED
            return right() if too_large or not somebody_cuts_off_many(given) else wrong("none_there")
        cut = cut_off(given, number)
        return right() if cut >= MANY else self._too_few(given, number, cut)

    @staticmethod
    def _too_few(given: Given, number: Any, cut: int) -> Verdict:
        if number == _most_contacts(given):
            return wrong("most_contacts")
        return wrong("a_few" if cut else "nobody_cut_off")

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        found, best = cuts(given), _most_contacts(given)
        few = [number for number, cut in found.items() if cut < MANY and number != best]
        none = [number for number in region(given) if number not in found and number != best]
        return {
            "most_contacts": best,
            "a_few": min(few),
            "nobody_cut_off": min(none),
            "no_person": min(machines(given)),
            "none_there": None,
            "a_name": "the one in the middle",
            "a_number_nobody_has": -5,
        }


def _most_contacts(given: Given) -> Any:
    """Of the region, the person with the most contacts who does not happen to be a broker."""
    graph = people(given).subgraph(region(given))
    found = cuts(given) if graph.number_of_edges() <= MOST_TIES_TRIED else {}
    return max(
        (n for n in graph if found.get(n, 0) < MANY), key=lambda n: (graph.degree(n), -hash(n)), default=None
    )


def _number(answer: Any) -> Any:
    """A number or a text from a scalar or from a collection that holds one; None for anything else."""
    if isinstance(answer, (list, tuple, pd.Series, pd.Index, np.ndarray)) and len(answer) == 1:
        answer = next(iter(answer))
    if isinstance(answer, np.generic):
        answer = answer.item()
    if type(answer) is float and answer.is_integer():
        answer = int(answer)
    return answer if type(answer) in (int, str) else None
