"""When cards are used: weekday, hour, pay day, holidays, shopping festivals, and growth over two years.

Time is counted in ticks of 86 400 000 / 65 536 ms, so that a day and a tick of it fit into 16 bits each.
First used in lab 2.10.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np

from labkit.world.calendar import (
    DAY_OF_MONTH,
    DAYS,
    FIRST_DAY,
    HOLIDAYS,
    PAY_DAYS,
    SHOPPING_FESTIVALS,
    WEEKDAY,
    during,
    is_holiday,
)

TICKS = 65_536
"""Ticks of a day, and entries of a table of its quantiles."""
TICKS_PER_HOUR = TICKS / 24
DAY_STEPS = 16_384
"""Entries of a table of quantiles of the day: small enough for the processor's cache."""
MS_PER_DAY = 86_400_000


class Rhythm(NamedTuple):
    """When purchases of one kind are made.

    Parameters
    ----------
    weekend, holiday, spring_festival : float
        Factors on the purchases of a Saturday or Sunday, a public holiday, and the Spring Festival holiday.
    before_spring_festival, shopping_festival : float
        Factors in the weeks before the Spring Festival, and around 18 June and 11 November.
    growth : float
        Factor from the first day to the last.
    pay_day : float
        Factor on the pay day and the two days after it.
    hours : tuple of int
        Weight of each hour of the day.
    """

    weekend: float
    holiday: float
    spring_festival: float
    before_spring_festival: float
    shopping_festival: float
    growth: float
    pay_day: float
    hours: tuple[int, ...]


# fmt: off
RHYTHMS = {
    "everyday": Rhythm(1.15, 0.90, 0.60, 1.50, 1.05, 1.08, 1.15,
                       (0, 0, 0, 0, 0, 1, 4, 10, 11, 9, 8, 7, 6, 5, 5, 6, 8, 12, 12, 9, 6, 3, 1, 0)),
    "leisure":  Rhythm(1.45, 1.40, 1.25, 1.20, 1.05, 1.15, 1.25,
                       (0, 0, 0, 0, 0, 0, 1, 3, 3, 3, 4, 11, 15, 8, 5, 5, 6, 11, 16, 14, 9, 6, 3, 1)),
    "shopping": Rhythm(1.60, 1.30, 0.45, 1.60, 1.25, 1.00, 1.30,
                       (0, 0, 0, 0, 0, 0, 0, 0, 1, 4, 8, 9, 7, 7, 9, 10, 9, 8, 9, 10, 7, 3, 0, 0)),
    "online":   Rhythm(1.05, 1.00, 0.55, 1.25, 2.60, 1.45, 1.20,
                       (2, 1, 0, 0, 0, 0, 1, 3, 4, 6, 7, 7, 9, 7, 6, 6, 6, 6, 6, 8, 10, 11, 8, 5)),
    "business": Rhythm(0.45, 0.30, 0.15, 1.30, 1.00, 1.12, 1.00,
                       (0, 0, 0, 0, 0, 0, 1, 4, 11, 14, 13, 9, 5, 7, 11, 11, 8, 4, 2, 1, 0, 0, 0, 0)),
    "cash":     Rhythm(0.95, 0.90, 0.70, 2.00, 1.00, 0.75, 1.50,
                       (0, 0, 0, 0, 0, 0, 1, 4, 8, 11, 11, 8, 6, 6, 8, 8, 8, 8, 6, 5, 3, 2, 1, 0)),
}
# fmt: on
NIGHT_HOURS = (16, 9, 5, 3, 2, 2, *(0,) * 16, 30, 24)
"""Weight of each hour for what is bought late in the evening or at night."""
PAY_GROUPS = (0, *PAY_DAYS)
"""Day of the month on which a customer is paid; 0 for nobody's pay day."""


def day_weights(rhythm: Rhythm, pay_day: int) -> np.ndarray:
    """Weight of each of ``calendar.DAYS`` for a customer paid on that day of the month."""
    weight = np.linspace(1.0, rhythm.growth, len(DAYS)) * np.where(WEEKDAY >= 5, rhythm.weekend, 1.0)
    weight[is_holiday()] *= rhythm.holiday
    weight[during(HOLIDAYS["spring_festival"])] *= rhythm.spring_festival
    weight[during(SHOPPING_FESTIVALS["before_spring_festival"])] *= rhythm.before_spring_festival
    for name in ("618", "11.11"):
        weight[during(SHOPPING_FESTIVALS[name])] *= rhythm.shopping_festival
    if pay_day:
        weight[(pay_day <= DAY_OF_MONTH) & (pay_day + 3 > DAY_OF_MONTH)] *= rhythm.pay_day
    return weight


@functools.cache
def day_quantiles(name: str) -> np.ndarray:
    """Quantiles of the day, position in ``calendar.DAYS``: uint16 of length pay groups × :data:`DAY_STEPS`."""
    tables = []
    for pay_day in PAY_GROUPS:
        cumulative = np.cumsum(day_weights(RHYTHMS[name], pay_day))
        last = np.rint(cumulative / cumulative[-1] * DAY_STEPS).astype(np.int64)
        tables.append(np.repeat(np.arange(len(DAYS), dtype=np.uint16), np.diff(last, prepend=0)))
    return np.concatenate(tables)


@functools.cache
def tick_quantiles(name: str) -> np.ndarray:
    """Quantiles of the tick of the day for a rhythm, or for ``"night"``, evenly spread within each hour: uint16."""
    hours = NIGHT_HOURS if name == "night" else RHYTHMS[name].hours
    cumulative = np.concatenate([[0], np.cumsum(hours)]) / sum(hours)
    middle = (np.arange(TICKS) + 0.5) / TICKS
    hour = np.searchsorted(cumulative[1:], middle, side="right")
    within = (middle - cumulative[hour]) / (cumulative[hour + 1] - cumulative[hour])
    return ((hour + within) * TICKS_PER_HOUR).astype(np.uint16)


def happened_at(day: np.ndarray, tick: np.ndarray) -> np.ndarray:
    """The moment, datetime64[ms], of a tick of a day."""
    ms = (tick.astype(np.int64) * MS_PER_DAY) >> 16
    ms += day.astype(np.int64) * MS_PER_DAY
    ms += FIRST_DAY.astype("datetime64[ms]").astype(np.int64)
    return ms.view("datetime64[ms]")
