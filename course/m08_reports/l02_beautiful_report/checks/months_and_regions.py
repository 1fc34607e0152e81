"""The rows of the month of the report and their regions, found apart from the lab."""

from __future__ import annotations

import pandas as pd

from labkit.exercises import Given


def report_rows(given: Given) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows with a known label, with their ``region``: those of the month of the report, and all."""
    table = given.table("churn")
    if given.has_truth:
        rows = given.sql("""
            SELECT snapshot_on, city::VARCHAR AS region, churned::INT AS churned
            FROM churn JOIN subscribers USING (subscriber_id) WHERE churned IS NOT NULL
        """)
    else:
        rows = table[table["churned"].notna()]
        rows = rows.assign(region=_regions(rows), churned=rows["churned"].astype(bool).astype(int))
    if "snapshot_on" not in rows:
        return rows, rows
    days = sorted(rows["snapshot_on"].unique())
    return rows[rows["snapshot_on"] == days[max(len(days) - 2, 0)]], rows


def _regions(rows: pd.DataFrame) -> pd.Series:
    """The first text column with more than one value and not too many; what is rare or missing is another region."""
    for name in rows.columns:
        column = rows[name]
        is_text = not pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_datetime64_any_dtype(
            column
        )
        if is_text and name not in ("subscriber_id", "churned") and 2 <= column.nunique() <= 60:
            cleaned = column.astype("string").str.strip().replace("", pd.NA)
            kept = cleaned.value_counts().index[:10]
            return cleaned.where(cleaned.isin(kept)).fillna("?").astype(str)
    return pd.Series("?", rows.index)


def counts(rows: pd.DataFrame) -> tuple[int, int, float]:
    """Left, customers, rate."""
    left = int(rows["churned"].sum())
    return left, len(rows), left / len(rows)
