"""Scored payments that nobody made, for checks of functions."""

from __future__ import annotations

import functools

import numpy as np
import pandas as pd


@functools.cache
def scored_payments(number: int) -> pd.DataFrame:
    """Four thousand payments, half of them of the tuning weeks; scores in steps of a thousandth, the same for all worlds.

    In the testing weeks frauds are fewer and smaller, so that another threshold is cheapest there.
    """
    rng = np.random.default_rng(2_100 + number)
    size = 4_000
    part = rng.permutation(np.repeat(["tune", "test"], size // 2))
    tune = part == "tune"
    is_fraud = rng.random(size) < np.where(tune, 0.08, 0.03)
    place = np.where(is_fraud, rng.normal(0.55, 0.22, size), rng.normal(0.12, 0.14, size))
    score = np.clip(np.abs(place), 0.001, 0.999).round(3)
    yuan = rng.lognormal(np.where(is_fraud, np.where(tune, 6.2, 4.2), 4.5), 0.7, size)
    return pd.DataFrame(
        {
            "card_id": rng.integers(1, 900, size),
            "part": part,
            "amount_yuan": yuan.round(2),
            "is_fraud": is_fraud,
            "score": score,
        },
        index=rng.permutation(size) + 50_000,
    )
