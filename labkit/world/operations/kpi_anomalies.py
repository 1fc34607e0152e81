"""The twelve anomalies of the daily KPIs: what kind, when, where, how large.

Dates, roots and sizes are drawn from the seed. Holidays and festivals are decoys: no anomaly touches one,
none comes near another, and none lies at the edge of the two years.
First used in lab 7.4.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.language import Text
from labkit.world.calendar import DAYS, SHOPPING_FESTIVALS, during, is_holiday
from labkit.world.operations.kpi_expected import CHANNELS, PRODUCTS, REGIONS, levels
from labkit.world.streams import stream

DAYS_APART, DAYS_FROM_DECOYS, DAYS_FROM_EDGES = 10, 3, 28
SMALLEST_ROOT = 200
"""Orders on an ordinary day: less than that, and an alarm would only report chance."""


class Kind(NamedTuple):
    """How an anomaly runs.

    Parameters
    ----------
    name : str
        The code in the answer key.
    days : tuple of int
        Shortest and longest duration.
    sizes : tuple of int
        Smallest and largest change of the orders in percent; at the end of a drift, and the standard
        deviation for a change of variance.
    causes : tuple
        Figure that moves by itself, and what happened; one is drawn.
    """

    name: str
    days: tuple[int, int]
    sizes: tuple[int, int]
    causes: tuple[tuple[str, Text], ...]


KINDS = {
    "spike": Kind(
        "spike",
        (1, 2),
        (55, 90),
        (
            ("visits", Text("A post about the offer went round", "一篇介绍该产品的文章被大量转发")),
            ("applications", Text("A mistyped interest rate attracted everybody", "利率录入错误引来抢购")),
        ),
    ),
    "drop": Kind(
        "drop",
        (1, 3),
        (-60, -40),
        (
            ("failures", Text("The interface to the core system timed out", "与核心系统的接口超时")),
            ("visits", Text("A line of the network was cut", "网络专线中断")),
        ),
    ),
    "level_shift": Kind(
        "level_shift",
        (15, 22),
        (-32, -22),
        (
            ("visits", Text("A competitor opened its doors with a better offer", "竞争对手推出更优惠的产品")),
            ("failures", Text("A release brought a fault into the order form", "新版本使下单页面出错")),
        ),
    ),
    "drift": Kind(
        "drift",
        (35, 42),
        (-45, -35),
        (("applications", Text("The form grew longer week by week", "申请表单一周比一周长")),),
    ),
    "variance": Kind(
        "variance",
        (20, 26),
        (30, 40),
        (("visits", Text("Traffic was switched on and off irregularly", "推广引流时开时停")),),
    ),
}
PLANNED = {"drift": 2, "variance": 2, "level_shift": 2, "drop": 3, "spike": 3}
"""How many of each kind, the longest first: they are the hardest to find room for."""
ROOTS = (
    "region", "region", "channel", "product",
    "region channel", "region channel", "region channel", "region product", "region product",
    "channel product", "channel product", "two_regions product",
)  # fmt: skip
"""Dimensions that a root fixes; each is used once, in an order drawn from the seed."""


class Root(NamedTuple):
    """Where an anomaly comes from: positions along each dimension, all of it where empty."""

    regions: tuple[int, ...]
    channels: tuple[int, ...]
    products: tuple[int, ...]

    def cells(self) -> tuple[np.ndarray, ...]:
        """Index of the root's series in an array of shape (regions, channels, products)."""
        given = zip(self, (REGIONS, CHANNELS, PRODUCTS), strict=True)
        return np.ix_(*(np.array(some or range(len(every))) for some, every in given))


class Anomaly(NamedTuple):
    """One planted anomaly; days are positions in ``DAYS``."""

    kind: str
    kpi: str
    cause: Text
    first: int
    days: int
    root: Root
    size: float
    """Relative change of the orders."""

    def changes(self, rng: np.random.Generator) -> np.ndarray:
        """Relative change of the root's orders on each day, float64 of shape (days,), more than -1."""
        if self.kind == "drift":
            return np.round(self.size * np.arange(1, self.days + 1) / self.days, 4)
        if self.kind == "variance":
            return np.clip(np.round(self.size * rng.normal(size=self.days), 4), -0.9, 1.5)
        return np.full(self.days, self.size)


@functools.cache
def anomalies(seed: int) -> tuple[Anomaly, ...]:
    """The twelve anomalies of a world in the order of time."""
    rng = stream(seed, "kpi_anomalies", "kind")
    kinds = [KINDS[name] for name, count in PLANNED.items() for _ in range(count)]
    days = [int(rng.integers(kind.days[0], kind.days[1] + 1)) for kind in kinds]
    firsts, roots = _first_days(seed, days), _roots(seed)
    planted = []
    for kind, length, first, root in zip(kinds, days, firsts, roots, strict=True):
        kpi, cause = kind.causes[int(rng.integers(len(kind.causes)))]
        size = int(rng.integers(kind.sizes[0], kind.sizes[1] + 1)) / 100
        planted.append(Anomaly(kind.name, kpi, cause, first, length, root, size))
    return tuple(sorted(planted, key=lambda each: each.first))


def decoy_days() -> np.ndarray:
    """Public holidays and shopping festivals, bool per day."""
    festivals = [during(periods) for periods in SHOPPING_FESTIVALS.values()]
    return is_holiday() | np.any(festivals, axis=0)


def _first_days(seed: int, lengths: list[int]) -> list[int]:
    """Draw a first day for each anomaly, the longest first; begin again where one finds no room."""
    rng = stream(seed, "kpi_anomalies", "first_day")
    while True:
        free = ~_widened(decoy_days(), DAYS_FROM_DECOYS)
        free[:DAYS_FROM_EDGES] = free[-DAYS_FROM_EDGES:] = False
        firsts: list[int] = []
        for length in lengths:
            room = np.flatnonzero(np.lib.stride_tricks.sliding_window_view(free, length).all(axis=1))
            if not len(room):
                break
            first = int(rng.choice(room))
            firsts.append(first)
            free[max(first - DAYS_APART, 0) : first + length + DAYS_APART] = False
        else:
            return firsts


def _widened(days: np.ndarray, by: int) -> np.ndarray:
    """Days at most ``by`` away from one of the given days, bool."""
    return np.convolve(days, np.ones(2 * by + 1), mode="same") > 0.5


def _roots(seed: int) -> list[Root]:
    """One root for each anomaly: of the planned dimensions, large enough, none twice."""
    rng = stream(seed, "kpi_anomalies", "root")
    orders, roots = levels(seed), []
    for dimensions in rng.permutation(ROOTS).tolist():
        root = _root(rng, dimensions)
        while orders[root.cells()].sum() < SMALLEST_ROOT or root in roots:
            root = _root(rng, dimensions)
        roots.append(root)
    return roots


def _root(rng: np.random.Generator, dimensions: str) -> Root:
    regions = rng.permutation(len(REGIONS)).tolist()
    channel, product = int(rng.integers(len(CHANNELS))), int(rng.integers(len(PRODUCTS)))
    chosen = 2 if "two_regions" in dimensions else int("region" in dimensions)
    return Root(
        tuple(sorted(regions[:chosen])),
        (channel,) if "channel" in dimensions else (),
        (product,) if "product" in dimensions else (),
    )


def kpi_anomalies(seed: int) -> pd.DataFrame:
    """The answer key ``kpi_anomalies``: one row per planted anomaly, in the order of time."""
    planted = anomalies(seed)
    first = DAYS[[each.first for each in planted]]
    last = DAYS[[each.first + each.days - 1 for each in planted]]
    return pd.DataFrame(
        {
            "anomaly": np.arange(len(planted)) + 1,
            "kind": [each.kind for each in planted],
            "first_day": first.astype("datetime64[ms]"),
            "last_day": last.astype("datetime64[ms]"),
            "region": _codes(REGIONS, [each.root.regions for each in planted]),
            "channel": _codes(CHANNELS, [each.root.channels for each in planted]),
            "product": _codes(PRODUCTS, [each.root.products for each in planted]),
            "kpi": [each.kpi for each in planted],
            "size": [each.size for each in planted],
            "cause_en": [each.cause.en for each in planted],
            "cause_zh": [each.cause.zh for each in planted],
        }
    )


def _codes(names: tuple[str, ...], positions: list[tuple[int, ...]]) -> list[str | None]:
    """Codes of a dimension, joined by a plus sign; None for all of it."""
    return ["+".join(names[each] for each in some) or None for some in positions]
