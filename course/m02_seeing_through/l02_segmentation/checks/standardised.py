"""A scale that is learnt from the reference and that no outlier moves: judged by what it does, not how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong

WANTED_TABLE = Text(
    "The function should return a table of numbers with the rows and columns of `table`.",
    "函数应返回一张数值表，行和列与 `table` 相同。",
)
ORDER_LOST = Text(
    "A customer who has more should not come out lower on the scale.",
    "原来更大的值，换了尺度之后不应反而更小。",
)
MOST_SPREAD, LEAST_SPREAD = 3.0, 0.4


class Standardised(Exercise):
    name = "standardised"
    hints = (
        Text(
            "First limits that `reference` sets and that a few odd values cannot move; then mean and standard deviation inside them.",
            "先由 `reference` 定出少数怪值动不了的上下限，再取限内的均值和标准差。",
        ),
        Text(
            "`reference.quantile(0.01)` is a limit per column; `clip(low, high, axis=1)` holds values at the limits.",
            "`reference.quantile(0.01)` 给出每列的下限；`clip(low, high, axis=1)` 把值压到上下限以内。",
        ),
        Text(
            "`inside = reference.clip(low, high, axis=1)`, then `(table.clip(low, high, axis=1) - inside.mean()) / inside.std()`.",
            "`inside = reference.clip(low, high, axis=1)`，然后 `(table.clip(low, high, axis=1) - inside.mean()) / inside.std()`。",
        ),
    )
    matters = Text(
        "A scale is part of the model. This one can be kept, applied to one customer tomorrow, and survives the next typing error.",
        "尺度是模型的一部分。这把尺子可以存下来，明天只来一位客户也能用，再有人录错一个数也不怕。",
    )
    mistakes = {
        "outliers_decide": Text(
            "One value in `reference` was changed to a hundred million, and the scale of its whole column collapsed. Mean, standard deviation, "
            "minimum and maximum all listen to it.",
            "`reference` 里有一个值被改成一亿，整列的尺度就塌了。均值、标准差、最小值和最大值都会被它牵着走。",
        ),
        "fitted_on_new": Text(
            "The same customer gets another value when scaled alone. The scale must come from `reference`, not from `table`.",
            "同一位客户单独处理时得到了另一个值。尺度应来自 `reference`，而不是 `table`。",
        ),
        "divided_by_zero": Text(
            "In one column more than half of the customers hold nothing, so the distance between its quartiles is zero, and you divided by it.",
            "有一列里超过一半的客户什么都没有，四分位距为零，而你除以了它。",
        ),
        "not_scaled": Text(
            "The columns still spread very differently: one would outweigh the others in every distance.",
            "各列的离散程度仍相差很大：算距离时，其中一列会压过其余各列。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        if not callable(answer):
            return compare.function(answer, ())
        reference, table = _customers(given)
        base: dict[str, np.ndarray] = {}

        def first(result: Any) -> Verdict:
            values = _numbers(result, table)
            if values is None:
                return wrong(WANTED_TABLE)
            base["values"] = values
            return right() if np.isfinite(values).all() else wrong("divided_by_zero")

        def alone(result: Any) -> Verdict:
            values = _numbers(result, table.iloc[:1])
            if values is None or not np.allclose(values, base["values"][:1], atol=1e-6):
                return wrong("fitted_on_new")
            return right()

        def spoilt(result: Any) -> Verdict:
            values = _numbers(result, table)
            if values is None or not np.abs(values - base["values"]).max() < 0.3:
                return wrong("outliers_decide")
            return right()

        def spread(result: Any) -> Verdict:
            values = _numbers(result, reference)
            if values is None or not np.isfinite(values).all():
                return wrong(WANTED_TABLE)
            size = values.std(axis=0)
            if not ((size > LEAST_SPREAD) & (size < MOST_SPREAD)).all():
                return wrong("not_scaled")
            order = np.argsort(reference["spend"].to_numpy())
            return right() if (np.diff(values[order, 0]) >= -1e-9).all() else wrong(ORDER_LOST)

        outlier = reference.copy()
        outlier.iloc[7, 0] = 99_999_999.0
        cases = [
            ((table.copy(), reference.copy()), first),
            ((table.iloc[:1].copy(), reference.copy()), alone),
            ((table.copy(), outlier), spoilt),
            ((reference.copy(), reference.copy()), spread),
        ]
        return compare.function(answer, cases)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def quartiles(table: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
            return (table - reference.median()) / (reference.quantile(0.75) - reference.quantile(0.25))

        return {
            "outliers_decide": lambda table, reference: (table - reference.mean()) / reference.std(),
            "fitted_on_new": lambda table, reference: (table - table.mean()) / table.std(),
            "divided_by_zero": quartiles,
            "not_scaled": lambda table, reference: table - reference.median(),
            "smallest_to_largest": lambda table, reference: (
                (table - reference.min()) / (reference.max() - reference.min())
            ),
            "upside_down": lambda table, reference: (
                -(table - reference.mean()) / reference.clip(upper=reference.quantile(0.99), axis=1).std()
            ),
            "the_reference": lambda table, reference: reference,
        }


def _customers(given: Given) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Four hundred invented customers to learn from, eight to scale; most hold no wealth product."""
    rng = given.rng("standardised")

    def some(rows: int) -> pd.DataFrame:
        holds = np.arange(rows) % 5 == 0
        return pd.DataFrame(
            {
                "spend": rng.normal(7.0, 1.2, rows),
                "wealth": np.where(holds, rng.normal(12.0, 1.0, rows), 0.0),
                "age": rng.integers(20, 79, rows).astype("float64"),
            }
        )

    reference = some(400)
    return reference, some(8).clip(reference.quantile(0.05), reference.quantile(0.95), axis=1)


def _numbers(result: Any, table: pd.DataFrame) -> np.ndarray | None:
    """The values of a table or an array of the right shape, columns in the order of ``table``."""
    if isinstance(result, pd.DataFrame):
        if set(result.columns) == set(table.columns):
            result = result[list(table.columns)]
        result = result.to_numpy()
    if not isinstance(result, np.ndarray) or result.shape != table.shape:
        return None
    return result.astype("float64") if result.dtype.kind in "fiu" else None
