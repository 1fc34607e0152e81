"""How a decision is judged: its profit as a share of what the oracle earns under the same rules."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Text, Verdict, compare, right, wrong

WANTED_NUMBERS = Text(
    "A list or a Series of whole numbers from the column `{column}` is wanted, not {kind}.",
    "这里要的是 `{column}` 列中的编号组成的列表或 Series，而不是 {kind}。",
)
NOBODY = Text("Your list is empty, which earns nothing.", "名单是空的，什么也赚不到。")
UNKNOWN = Text(
    "{count} number(s) in your list are not in `{column}` of this stage.",
    "名单里有 {count} 个编号不在这一关的 `{column}` 中。",
)
PASSED = Text(
    "Your decision earns {share} of what the oracle earns. {matters}",
    "你的决定赚到了先知的 {share}。{matters}",
)


def numbers_in(answer: Any, column: str) -> pd.Index | None:
    """The different numbers of a list, Series, array or table column; None for anything else."""
    if isinstance(answer, pd.DataFrame):
        answer = answer.get(column)
    if isinstance(answer, (pd.Series, pd.Index, np.ndarray)):
        answer = answer.tolist() if np.ndim(answer) == 1 else None
    if not isinstance(answer, (list, tuple, set, frozenset)):
        return None
    if not all(type(value) in (int, float) or isinstance(value, np.integer) for value in answer):
        return None
    values = np.array(list(answer), dtype=float)
    if not np.all(np.isfinite(values) & (values == np.floor(values)) & (np.abs(values) < 2**53)):
        return None
    return pd.Index(np.unique(values.astype("int64")))


def list_of(answer: Any, known: pd.Index, column: str) -> pd.Index | Verdict:
    """The numbers of an answer, or what is wrong with it as a list."""
    chosen = numbers_in(answer, column)
    if chosen is None:
        return wrong(WANTED_NUMBERS.fill(column=column, kind=compare.kind_of(answer)))
    if not len(chosen):
        return wrong(NOBODY)
    unknown = len(chosen.difference(known))
    return wrong(UNKNOWN.fill(count=unknown, column=column)) if unknown else chosen


def passed(share: float, matters: Text) -> Verdict:
    """The verdict on a good decision: its share, and why it matters."""
    message = Text(
        PASSED.en.format(share=f"{share:.0%}", matters=matters.en),
        PASSED.zh.format(share=f"{share:.0%}", matters=matters.zh),
    )
    return right(message)
