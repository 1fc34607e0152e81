"""Who over-indexes on a line, on the data in use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, wrong

from .clusters import segments_of


class WealthSegment(Exercise):
    name = "wealth_segment"
    hints = (
        Text("One column of `index`: the one called `target`.", "只看 `index` 的一列：`target` 那一列。"),
        Text(
            "The letter of the largest value: `index[target].idxmax()`.",
            "最大值所在的字母：`index[target].idxmax()`。",
        ),
    )
    matters = Text(
        "A smaller audience with four times the appetite: fewer messages, less annoyance, and the line's manager sells more per message.",
        "人数少，胃口却是平均的好几倍：消息更少，打扰更少，每条消息卖得更多。",
    )
    mistakes = {
        "largest_segment": Text(
            "This is the largest segment. Size says how many messages, not how many buyers.",
            "这是最大的客群。人多只说明消息多，不说明买的人多。",
        ),
        "avoids_it": Text(
            "This segment holds the line less often than any other.", "这个客群持有该产品线的比例是最低的。"
        ),
        "not_a_letter": Text("The letter of one segment is wanted.", "这里要一个客群的字母。"),
    }
    truths = ("people", "segments", "segment_affinity")

    def check(self, answer: Any, given: Given) -> Verdict:
        word = answer.strip().upper()[:1] if isinstance(answer, str) and len(answer) < 80 else ""
        index = _index(given)
        if word not in index.index or (len(answer.strip()) > 1 and answer.strip()[1] not in " ·"):
            return wrong("not_a_letter")
        return compare.choice(
            word,
            index.idxmax(),
            allowed=list(index.index),
            mistakes={"largest_segment": "A", "avoids_it": index.drop("A").idxmin()},
        )

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        index = _index(given)
        lowest = index.drop("A").idxmin()
        others = [letter for letter in index.index if letter not in (lowest, index.idxmax(), "A")]
        return {
            "largest_segment": "A",
            "avoids_it": lowest,
            "not_a_letter": "wealth",
            "another": others[0],
            "a_number": 3,
        }


def _index(given: Given) -> pd.Series:
    """Share of holders by letter, which sorts as the index does."""
    letters, line = segments_of(given)
    holders = letters[line.to_numpy()].value_counts()
    return (holders / letters.value_counts()).fillna(0)
