"""A pair of items as a trainee writes it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Given, Text, Verdict, wrong

from .counted import pairs

TWO_ITEMS = Text(
    'Two item codes are wanted here: `("item", "item")`.', '这里要的是两个商品代码：`("代码", "代码")`。'
)
UNKNOWN_ITEM = Text(
    "Two different codes of the column `item` in `baskets` are wanted.",
    "这里要的是 `baskets` 的 `item` 列里两个不同的代码。",
)


def chosen_pair(answer: Any, given: Given) -> frozenset[str] | Verdict:
    """Read a pair of item codes from any collection, or return the verdict on its form."""
    if isinstance(answer, (pd.Series, pd.Index, np.ndarray)):
        answer = answer.tolist()
    if not isinstance(answer, (tuple, list, set, frozenset)) or len(answer) != 2:
        return wrong(TWO_ITEMS)
    if not all(type(item) in {str, np.str_} for item in answer):
        return wrong(TWO_ITEMS)
    pair = frozenset(map(str, answer))
    return pair if pair in pairs(given).index else wrong(UNKNOWN_ITEM)


def in_order(pair: frozenset[str]) -> tuple[str, ...]:
    """The two items in the order of the alphabet."""
    return tuple(sorted(pair))
