"""The lab's scores made again: what a check needs to judge tenths and lists."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from labkit.exercises import Given

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

HIDDEN = ["customer_id", "called", "bought", "margin_fen"]


class Scores(NamedTuple):
    """One element per customer of the experiment in each array."""

    called: np.ndarray
    bought: np.ndarray
    uplift: np.ndarray
    """Predicted by models that had not seen the customer."""
    uplift_seen: np.ndarray
    """Predicted by models that had."""
    response: np.ndarray
    """Chance of buying when called."""
    plan_yuan: float
    call_yuan: float


@functools.lru_cache(maxsize=4)
def scores(given: Given) -> Scores:
    """The columns of ``scored``, and the two amounts that decide, from the data in use."""
    table = given.table("campaign_experiment")
    known = features(table).to_numpy()
    called, bought = (table[name].to_numpy(dtype=bool) for name in ("called", "bought"))
    uplift, response = np.empty(len(table)), np.empty(len(table))
    part = parts(given, called, bought)
    for number in range(5):
        learn, judge = part != number, part == number
        if_called = _fit(known, bought, learn & called)
        response[judge] = if_called.predict_proba(known[judge])[:, 1]
        uplift[judge] = (
            response[judge] - _fit(known, bought, learn & ~called).predict_proba(known[judge])[:, 1]
        )
    seen = (
        _fit(known, bought, called).predict_proba(known)[:, 1]
        - _fit(known, bought, ~called).predict_proba(known)[:, 1]
    )
    cost = given.sql("SELECT cost_fen FROM contact_channels WHERE channel = 'call'").iat[0, 0] / 100
    return Scores(called, bought, uplift, seen, response, _plan_yuan(table), float(cost))


def features(table: pd.DataFrame) -> pd.DataFrame:
    """Numbers with gaps filled and the rarest extremes cut off, categories as one yes/no column per value."""
    table = table.drop(columns=HIDDEN, errors="ignore")
    numbers = table.select_dtypes(["number", "bool", "boolean"]).astype("float64")
    for name in numbers.columns[numbers.nunique() > 10]:
        low, high = numbers[name].quantile([0.005, 0.995])
        numbers[name] = numbers[name].clip(low, high)
    codes = table.select_dtypes(["category", "object", "string"])
    codes = codes.loc[:, codes.nunique().between(2, 20)]
    codes = pd.get_dummies(codes, dtype="float64") if codes.shape[1] else codes
    known = pd.concat([numbers.fillna(numbers.median()), codes], axis=1)
    return known.loc[:, known.nunique() > 1]


def parts(given: Given, called: np.ndarray, bought: np.ndarray) -> np.ndarray:
    """The lab's five parts: drawn within each arm among buyers and among others."""
    draw, part = given.rng("parts").random(len(called)), np.empty(len(called), dtype=int)
    for group in (called & bought, called & ~bought, ~called & bought, ~called & ~bought):
        part[group] = (draw[group].argsort().argsort() + 1) % 5
    return part


def _fit(known: np.ndarray, bought: np.ndarray, rows: np.ndarray) -> Pipeline:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    model = make_pipeline(StandardScaler(), LogisticRegression(solver="newton-cholesky", tol=1e-8))
    return model.fit(known[rows], bought[rows])


def _plan_yuan(table: pd.DataFrame) -> float:
    if "margin_fen" not in table or not table["margin_fen"].gt(0).any():
        return 200.0
    return float(table.loc[table["bought"].astype(bool), "margin_fen"].mean() / 100)
