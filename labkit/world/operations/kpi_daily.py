"""The table ``kpi_daily``: what the bank reports every morning, by region, channel and product.

Visits are drawn around what is expected; some visitors apply, and few applications fail. What an anomaly
does to the orders it does through one of the three. The counts vary more than chance alone would have it.
First used in lab 7.4.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world.calendar import DAYS
from labkit.world.operations.kpi_anomalies import anomalies
from labkit.world.operations.kpi_expected import (
    CHANNELS,
    PRODUCTS,
    REGIONS,
    SHAPE,
    expected_orders,
)
from labkit.world.streams import stream

CONVERSION = np.array([0.40, 0.09, 0.07, 0.30])
"""Applications per visit, by channel."""
FAILURES = np.array([0.010, 0.030, 0.040, 0.020])
"""Share of the applications that fail for technical reasons, by channel."""
ORDER_YUAN = np.array([18_000, 9_000, 62_000, 31_000, 3_200])
ORDER_SPREAD = 0.9
"""Mean of an order by product, and the standard deviation of a single one as a share of it."""
BANK_NOISE, REGION_NOISE, CHANNEL_NOISE, SERIES_NOISE, CONVERSION_NOISE = 0.012, 0.025, 0.018, 0.06, 0.04
"""Standard deviations of the daily ups and downs beyond chance: shared by the bank, a region, a channel; of one series."""


class _Draws:
    """Noise of one world, each draw from a stream of its own."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def rng(self, column: str) -> np.random.Generator:
        return stream(self.seed, "kpi_daily", column)

    def factor(self, name: str, spread: float, shape: tuple[int, ...]) -> np.ndarray:
        """Factors around one, to four decimals."""
        return np.maximum(np.round(1 + spread * self.rng(name).normal(size=shape), 4), 0.2)


def planted_factors(seed: int) -> dict[str, np.ndarray]:
    """What the anomalies do: factors on visits, on conversion and on the share that succeeds, float64 of ``SHAPE``."""
    factors = {kpi: np.ones(SHAPE) for kpi in ("visits", "applications", "failures")}
    rng = stream(seed, "kpi_anomalies", "changes")
    for anomaly in anomalies(seed):
        change = 1 + anomaly.changes(rng)
        for day, factor in enumerate(change, start=anomaly.first):
            factors[anomaly.kpi][day][anomaly.root.cells()] *= factor
    return factors


def kpi_daily(seed: int) -> pd.DataFrame:
    """One row per day, region, channel and product, in this order."""
    draws, planted = _Draws(seed), planted_factors(seed)
    by_channel = (1, 1, len(CHANNELS), 1)
    conversion, success = CONVERSION.reshape(by_channel), 1 - FAILURES.reshape(by_channel)
    mean = expected_orders(seed) / (conversion * success) * planted["visits"] * _noise(draws)
    visits = draws.rng("visits").poisson(np.round(mean, 2))
    applying = conversion * planted["applications"]
    applying = applying * draws.factor("conversion", CONVERSION_NOISE, SHAPE)
    applications = _part(draws.rng("applications"), visits, applying)
    failures = _part(draws.rng("failures"), applications, 1 - success * planted["failures"])
    orders = applications - failures
    columns = {"visits": visits, "applications": applications, "failures": failures, "orders": orders}
    columns["amount_fen"] = _amount_fen(draws, orders)
    return pd.DataFrame(_dimensions() | {name: values.ravel() for name, values in columns.items()})


def _noise(draws: _Draws) -> np.ndarray:
    """Ups and downs beyond chance, float64 of ``SHAPE``."""
    days, regions, channels, _ = SHAPE
    shared = draws.factor("bank", BANK_NOISE, (days, 1, 1, 1))
    shared = shared * draws.factor("region", REGION_NOISE, (days, regions, 1, 1))
    shared = shared * draws.factor("channel", CHANNEL_NOISE, (days, 1, channels, 1))
    return shared * draws.factor("series", SERIES_NOISE, SHAPE)


def _part(rng: np.random.Generator, whole: np.ndarray, share: np.ndarray) -> np.ndarray:
    """How many of ``whole`` it happens to, int64; never more than all."""
    return np.minimum(rng.poisson(np.round(whole * np.maximum(share, 0), 3)), whole)


def _amount_fen(draws: _Draws, orders: np.ndarray) -> np.ndarray:
    """Sum of the orders in whole yuan, given in fen: the more orders, the nearer to the mean."""
    luck = draws.rng("amount_fen").normal(size=SHAPE) / np.sqrt(np.maximum(orders, 1))
    mean = ORDER_YUAN * np.maximum(1 + ORDER_SPREAD * luck, 0.25)
    return np.rint(orders * mean).astype(np.int64) * 100


def _dimensions() -> dict[str, object]:
    """Day and codes of each row."""
    day, region, channel, product = (index.ravel() for index in np.indices(SHAPE, dtype=np.int32))
    return {
        "day": DAYS.astype("datetime64[ms]")[day],
        "region": pd.Categorical.from_codes(region, pd.Index(REGIONS)),
        "channel": pd.Categorical.from_codes(channel, pd.Index(CHANNELS)),
        "product": pd.Categorical.from_codes(product, pd.Index(PRODUCTS)),
    }
