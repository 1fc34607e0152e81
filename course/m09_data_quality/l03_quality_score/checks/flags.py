"""Answers of True and False, one per row, in whatever form they come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Text, Verdict, compare, right, wrong

WANTED_FLAGS = Text(
    "One True or False for each of the {rows} rows is wanted here, not {kind}.",
    "这里要的是对 {rows} 行各给一个 True 或 False，而不是 {kind}。",
)
FLAGS_DIFFER = Text("{count} of {rows} rows are not judged right.", "{rows} 行中有 {count} 行判断得不对。")


def as_flags(result: Any, index: pd.Index) -> np.ndarray | None:
    """Read a Series (in any order), an array or a list as bool in the order of ``index``; None for anything else."""
    if isinstance(result, pd.DataFrame) and result.shape[1] == 1:
        result = result.iloc[:, 0]
    if isinstance(result, pd.Series):
        if len(result) != len(index):
            return None
        if not result.index.equals(index) and result.index.is_unique and set(result.index) == set(index):
            result = result.reindex(index)
    elif not isinstance(result, (np.ndarray, list, tuple, pd.Index, pd.api.extensions.ExtensionArray)):
        return None
    try:
        values = pd.Series(list(result), dtype=object)
        if len(values) != len(index) or values.isna().any():
            return None
    except (TypeError, ValueError):
        return None
    plain = [
        type(value) in (bool, np.bool_, int, float) or isinstance(value, (np.integer, np.floating))
        for value in values
    ]
    if not all(plain) or not values.isin([0, 1]).all():
        return None
    return values.astype(float).to_numpy() == 1


def judge_flags(
    result: Any, index: pd.Index, expected: np.ndarray, mistakes: Mapping[str, Callable[[], np.ndarray]]
) -> Verdict:
    """Right if every row is; else the mistake that gives the same answer, or how many rows are wrong."""
    flags = as_flags(result, index)
    if flags is None:
        return wrong(WANTED_FLAGS.fill(rows=len(index), kind=compare.kind_of(result)))
    if (flags == expected).all():
        return right()
    for name, mistaken in mistakes.items():
        if (flags == mistaken()).all():
            return wrong(name)
    return wrong(FLAGS_DIFFER.fill(count=int((flags != expected).sum()), rows=len(index)))
