"""When people telephone: the days of the fourth quarter of 2025 and the hours of a day, by kind of call.

First used in lab 4.7.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np

from labkit.world.calendar import DAYS, SHOPPING_FESTIVALS, WEEKDAY, during, is_holiday
from labkit.world.draws import pick

FIRST_DAY = np.datetime64("2025-10-01")
_QUARTER = DAYS >= FIRST_DAY
DAY_COUNT = int(_QUARTER.sum())
SECONDS_PER_DAY = 86_400


class Rhythm(NamedTuple):
    """How often calls of a kind are made, relative to a working day, and at which hours.

    Parameters
    ----------
    weekend, holiday, festival : float
        Factor on Saturdays and Sundays, on public holidays, and in the week after 11.11 begins.
    hours : dict of int to int
        First hour of a part of the day → weight of each of its hours; 0 before the first.
    """

    weekend: float
    holiday: float
    hours: dict[int, int]
    festival: float = 1.0


RHYTHMS = {
    "family": Rhythm(1.1, 0.9, {7: 2, 9: 1, 17: 6, 21: 3, 23: 0}),
    "colleague": Rhythm(0.08, 0.03, {8: 2, 9: 8, 12: 3, 14: 8, 18: 2, 20: 0}),
    "friend": Rhythm(1.5, 1.7, {8: 1, 10: 3, 12: 4, 14: 3, 18: 6, 22: 3, 23: 0}),
    "investors": Rhythm(0.6, 0.5, {8: 2, 9: 8, 12: 4, 13: 7, 15: 4, 18: 3, 22: 0}),
    "hotline": Rhythm(0.7, 0.5, {8: 2, 9: 6, 12: 3, 14: 6, 18: 3, 22: 0}),
    "call_centre": Rhythm(0.15, 0.05, {9: 5, 12: 2, 14: 6, 18: 4, 20: 0}, festival=1.4),
    "courier": Rhythm(0.9, 0.6, {8: 3, 9: 6, 12: 4, 14: 6, 18: 3, 20: 0}, festival=3.0),
}


@functools.cache
def day_weights(kind: str) -> np.ndarray:
    """Relative number of calls on each day of the quarter, float64, shape (DAY_COUNT,)."""
    rhythm = RHYTHMS[kind]
    weight = np.where(WEEKDAY >= 5, rhythm.weekend, 1.0)
    weight = np.where(is_holiday(), rhythm.holiday, weight)
    begins = during(SHOPPING_FESTIVALS["11.11"])
    week = np.convolve(begins, np.ones(7))[: len(begins)] > 0
    return np.where(week, rhythm.festival * weight, weight)[_QUARTER]


@functools.cache
def hour_weights(kind: str) -> np.ndarray:
    """Relative number of calls in each hour of the day, int64, shape (24,)."""
    hours = RHYTHMS[kind].hours
    begins = np.searchsorted(list(hours), np.arange(24), side="right")
    return np.array([0, *hours.values()])[begins]


def moments(kind: str, rng: np.random.Generator, count: int) -> np.ndarray:
    """Seconds since the quarter began at which so many calls of a kind are made, int64."""
    day, hour, second = rng.random(count), rng.random(count), rng.integers(0, 3_600, count)
    days = pick(np.arange(DAY_COUNT), day_weights(kind), day)
    hours = pick(np.arange(24), hour_weights(kind), hour)
    return days * SECONDS_PER_DAY + hours * 3_600 + second
