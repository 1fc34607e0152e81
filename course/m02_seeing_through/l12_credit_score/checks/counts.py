"""Goods and bads in the bins of the column that is weighed by hand, by SQL where the lab used pandas."""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.exercises import Given

WORLD_COUNTS = """
    WITH outcome AS (
        SELECT application_id, max(coalesce(paid_on, TIMESTAMP '2026-01-01') - due_on) > INTERVAL 30 DAY AS bad
        FROM repayments WHERE instalment BETWEEN 1 AND 6 GROUP BY application_id)
    SELECT CASE WHEN late_payments_60m IS NULL THEN -1 WHEN late_payments_60m <= 2 THEN late_payments_60m
                WHEN late_payments_60m <= 4 THEN 3 ELSE 4 END AS bin,
           count(*) FILTER (NOT bad) AS goods, count(*) FILTER (bad) AS bads
    FROM credit_applications JOIN outcome USING (application_id)
    WHERE applied_on < '2025-06-01' AND approved GROUP BY ALL ORDER BY bin
"""


def goods_and_bads(given: Given) -> pd.DataFrame:
    """Columns ``goods`` and ``bads``, floats, by number of the bin; -1 holds the missing values."""
    if given.has_truth:
        return given.sql(WORLD_COUNTS).set_index("bin").astype(float)
    rows = given.table("credit_applications")
    values = _column(rows)
    bins = np.full(len(values), -1)
    present = ~np.isnan(values)
    bins[present] = (values[present, None] > _upper_ends(values[present])).sum(axis=1)
    return (
        pd.crosstab(bins, rows["defaulted"].to_numpy(dtype=bool))
        .set_axis(["goods", "bads"], axis=1)
        .astype(float)
    )


SKIPPED = set(
    "application_id customer_id applied_on channel annual_rate instalment_fen approved rule_broken is_test "
    "defaulted bad sex gender 性别 city city_tier".split()
)


def _column(rows: pd.DataFrame) -> np.ndarray:
    """The first column of numbers that is neither a counter nor a code; late payments where there are any."""
    for name in ["late_payments_60m", *rows.columns]:
        if name in SKIPPED or name not in rows or not pd.api.types.is_numeric_dtype(rows[name]):
            continue
        values = rows[name].to_numpy(dtype="float64", na_value=np.nan, copy=True)
        code = np.isin(values, (96, 97, 98, 99))
        if code.any() and not (values[~code] > 50).any():
            values[code] = np.nan
        counter = not (values % 1).any() and rows[name].nunique() > 0.99 * len(rows)
        if name == "late_payments_60m" or (rows[name].nunique() >= 2 and not counter):
            return values
    raise LookupError("no column of numbers")


def _upper_ends(values: np.ndarray) -> np.ndarray:
    if values.min() >= 0 and not (values % 1).any() and np.median(values) <= 2:
        return np.array([0.0, 1, 2, 4])
    return np.unique(np.percentile(values, [20, 40, 60, 80]))
