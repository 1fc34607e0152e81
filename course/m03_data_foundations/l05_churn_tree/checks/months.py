"""The months that a model may learn from, and the list day, counted apart from the lab."""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.exercises import Given

LEAK = "final_bill_flag"
NOT_FEATURES = ("subscriber_id", "snapshot_on", "churned")


def labelled(given: Given) -> pd.DataFrame:
    table = given.table("churn")
    return table[table["churned"].notna()].reset_index(drop=True)


def features_of(table: pd.DataFrame) -> pd.DataFrame:
    """The lab's features: numbers as they are, categories as one yes/no column per value, no leak."""
    table = table.drop(columns=[*NOT_FEATURES, LEAK], errors="ignore")
    numbers = table.select_dtypes(["number", "bool", "boolean"])
    codes = table.select_dtypes(["category", "object", "string"])
    codes = codes.loc[:, codes.nunique().between(2, 20)]
    codes = pd.get_dummies(codes, prefix_sep="=") if codes.shape[1] else codes
    return pd.concat([numbers, codes], axis=1).astype("float32")


def history_and_list_day(table: pd.DataFrame, given: Given) -> tuple[np.ndarray, np.ndarray]:
    """Rows with a known label, and rows of the list day: the lab's split."""
    if "snapshot_on" in table and table["snapshot_on"].nunique() >= 7:
        month = table["snapshot_on"].rank(method="dense").to_numpy()
        return month <= month.max() - 3, month == month.max() - 1
    place = (
        pd.Series(given.rng("split").random(len(table)))
        .groupby(table["churned"].astype(bool))
        .rank(pct=True)
        .to_numpy()
    )
    return place <= 0.7, place > 0.7
