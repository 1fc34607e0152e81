"""The short way to alarms and root causes that labs 2.6 and 7.4 teach; knows nothing of what was planted.

Logs of the daily orders of every dimension set, a robust regression on calendar and season, control limits for
single days, CUSUM for what lasts, a moving variance; the root is the set that deviates most.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, product
from typing import NamedTuple

import numpy as np
import pandas as pd

DIMENSIONS = ("region", "channel", "product")
LIMIT = 5.0
"""Robust standard deviations for one day; a quarter of a million of days are looked at."""
HOLIDAY_SPREAD = 0.12
"""Additional standard deviation of the log on holidays and festivals."""
CUSUM_SLACK, CUSUM_LIMIT = 0.7, 11.0
WINDOW, VARIANCE_LIMIT = 14, 5.0
"""Days, and mean square of the standardised residuals over them."""
JOIN_DAYS = 2
"""Alarms at most so far apart are one event."""


Root = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Regions, channels, products; all of them where empty."""


class Event(NamedTuple):
    """One alarm of the whole bank: positions of its days, and the dimension set it comes from."""

    first: int
    last: int
    root: Root


def series(kpi_daily: pd.DataFrame) -> tuple[list[Root], np.ndarray]:
    """Dimension sets, and the daily orders of each, days × sets: all, one dimension, two, a product in two regions."""
    wide = kpi_daily.pivot_table("orders", "day", list(DIMENSIONS), aggfunc="sum", observed=True)
    regions, channels, products = ([(), *((str(code),) for code in level)] for level in wide.columns.levels)
    pairs = [tuple(sorted(a + b)) for a, b in combinations(regions[1:], 2)]
    roots = [root for root in product(regions, channels, products) if () in root]
    roots += [(pair, (), one) for pair in pairs for one in products[1:]]
    within = [
        np.all(
            [wide.columns.isin(some, d) if some else [True] * wide.shape[1] for d, some in enumerate(root)],
            axis=0,
        )
        for root in roots
    ]
    return roots, wide.to_numpy() @ np.array(within).T


def calendar_matrix(calendar_days: pd.DataFrame) -> np.ndarray:
    """Regressors: trend, yearly wave, weekday, pay day, month end, each holiday and festival."""
    days = np.arange(len(calendar_days))
    angle = 2 * np.pi * days / 365.25
    quarter_end = calendar_days["is_month_end"] & (calendar_days["day"].dt.month % 3 == 0)
    since = days - np.maximum.accumulate(np.where(calendar_days["holiday"].isna(), days, -1))
    first_days = (calendar_days["holiday"] == "spring_festival") & (since <= 4)
    parts = [
        np.column_stack([np.ones(len(days)), days, days**2 / 731, np.sin(angle), np.cos(angle)]),
        pd.get_dummies(calendar_days["weekday"], drop_first=True),
        calendar_days[["is_pay_day", "is_month_end"]],
        quarter_end.to_frame(),
        first_days.to_frame(),
        pd.get_dummies(calendar_days["holiday"]),
        pd.get_dummies(calendar_days["festival"]),
    ]
    return np.column_stack(parts).astype(float)


def standardised(orders: np.ndarray, calendar_days: pd.DataFrame) -> np.ndarray:
    """Residuals in robust standard deviations, days × sets.

    Huber's regression by pseudo-values: what lies beyond two standard deviations is drawn in and the fit repeated.
    A day's spread grows as its expected count shrinks, and on holidays, of which there are too few to know them well.
    """
    log = np.log(orders + 0.5)
    design = calendar_matrix(calendar_days)
    project = np.linalg.pinv(design)
    pseudo = log
    for _ in range(15):
        fit = design @ (project @ pseudo)
        residual = log - fit
        spread = 1.4826 * np.median(np.abs(residual), axis=0)
        pseudo = fit + np.clip(residual, -2 * spread, 2 * spread)
    unsure = np.where(calendar_days[["holiday", "festival"]].notna().any(axis=1), HOLIDAY_SPREAD**2, 0)
    expected, chance = np.exp(fit), np.exp(-fit)
    beyond = np.maximum(spread**2 - np.median(chance, axis=0), 1e-5)
    return (orders / expected - 1) / np.sqrt(beyond + chance + unsure[:, None])


def cusum(z: np.ndarray, sign: int) -> np.ndarray:
    """Days of a lasting deviation in one direction, bool: from where the sum leaves zero to where it is highest."""
    step = np.clip(sign * z, -3, 3) - CUSUM_SLACK
    lasting = np.zeros(z.shape, dtype=bool)
    for column in range(z.shape[1]):
        total, first, highest, peak = 0.0, 0, 0.0, 0
        for day in range(len(z)):
            total = max(total + step[day, column], 0.0)
            if total == 0.0 or total < highest - CUSUM_LIMIT / 2:
                if highest > CUSUM_LIMIT:
                    lasting[first : peak + 1, column] = True
                total, first, highest = 0.0, day + 1, 0.0
            elif total > highest:
                highest, peak = total, day
    return lasting


def alarms(z: np.ndarray) -> np.ndarray:
    """Days with an alarm per set, bool of the shape of ``z``: control limits, CUSUM, moving variance (lab 7.4)."""
    squares = pd.DataFrame(np.minimum(z**2, LIMIT**2)).rolling(WINDOW, center=True).mean().to_numpy()
    return (np.abs(z) > LIMIT) | cusum(z, 1) | cusum(z, -1) | (squares > VARIANCE_LIMIT)


def control_limits(z: np.ndarray) -> np.ndarray:
    """Days with an alarm per set, bool: limits for a day and for the mean of a week (lab 2.6)."""
    outside = np.abs(z) > LIMIT
    week = pd.DataFrame(np.clip(z, -LIMIT, LIMIT)).rolling(7).mean().to_numpy()
    for day in np.flatnonzero((np.abs(week) > LIMIT / np.sqrt(7)).any(axis=1)):
        outside[day - 6 : day + 1] |= np.abs(week[day]) > LIMIT / np.sqrt(7)
    return outside


def events(
    kpi_daily: pd.DataFrame,
    calendar_days: pd.DataFrame,
    rule: Callable[[np.ndarray], np.ndarray] = alarms,
) -> list[Event]:
    """Alarms of all sets joined over time, each with its root: where the deviation is largest."""
    roots, orders = series(kpi_daily)
    z = standardised(orders, calendar_days)
    watched = np.array([len(regions) < 2 for regions, _, _ in roots])
    return [
        Event(first, last, roots[(z[first : last + 1] ** 2).mean(axis=0).argmax()])
        for first, last in _runs(rule(z[:, watched]).any(axis=1))
    ]


def _runs(on: np.ndarray) -> list[tuple[int, int]]:
    days = np.flatnonzero(on)
    cuts = np.flatnonzero(np.diff(days) > JOIN_DAYS)
    return list(zip(days[np.r_[0, cuts + 1]], days[np.r_[cuts, len(days) - 1]], strict=True))
