"""When people shop: days, hours and the bumps of the second half of 2025.

Season, weekday and hour are drawn so that the season is independent of the weekday and of the
shopper: pay-days and festivals move *when* people shop, never *what* they buy together.
"""

from __future__ import annotations

import numpy as np

FIRST_DAY, AFTER_LAST_DAY = np.datetime64("2025-07-01"), np.datetime64("2026-01-01")
AUTUMN = np.datetime64("2025-10-01")
DAYS = np.arange(FIRST_DAY, AFTER_LAST_DAY)
WEEKDAY = (DAYS.astype(np.int64) + 3) % 7
"""0 is Monday (1970-01-01 was a Thursday)."""
FRIDAY = 4
IS_SUMMER = DAYS < AUTUMN
SUMMER_SHARE = 0.5
WEEKDAY_SHARE = np.array([0.12, 0.12, 0.12, 0.13, 0.15, 0.19, 0.17])
PAY_DAYS, PAY_DAY_BUMP = (10, 15, 25), 1.20
BUMPS = (
    ("2025-09-28", "2025-10-01", 1.25),  # stocking up before National Day
    ("2025-10-01", "2025-10-04", 0.80),  # people travel
    ("2025-10-04", "2025-10-07", 1.40),  # Mid-Autumn, 6 October
    ("2025-11-09", "2025-11-12", 1.30),  # 11.11
    ("2025-12-20", "2025-12-22", 1.15),  # winter solstice
    ("2025-12-29", "2026-01-01", 1.25),  # end of the year
)
"""First day, day after the last, factor."""
HOURS = np.arange(8, 22)
EVENING = (17, 21)
"""From 17:00 until 21:00."""
WORKDAY_HOURS = (5, 8, 9, 7, 5, 4, 4, 5, 7, 12, 14, 10, 7, 3)
WEEKEND_HOURS = (4, 9, 12, 11, 7, 6, 8, 9, 9, 8, 7, 5, 3, 2)
"""Of a hundred baskets, how many in each of :data:`HOURS`."""
YOUNG_FATHER_FRIDAY_SHARE = 0.40
"""Share of their baskets that young fathers move to the Friday evening."""


def day_shares() -> np.ndarray:
    """Share of baskets bought on each of :data:`DAYS`.

    The bumps act within a season and weekday, whose own share they leave alone: that keeps the two
    independent of each other.
    """
    weight = np.ones(len(DAYS))
    day_of_month = (DAYS - DAYS.astype("datetime64[M]")).astype(np.int64) + 1
    weight[np.isin(day_of_month, PAY_DAYS)] *= PAY_DAY_BUMP
    for first, after_last, factor in BUMPS:
        weight[(np.datetime64(first) <= DAYS) & (np.datetime64(after_last) > DAYS)] *= factor
    for summer, season_share in ((True, SUMMER_SHARE), (False, 1 - SUMMER_SHARE)):
        for weekday, weekday_share in enumerate(WEEKDAY_SHARE):
            group = (summer == IS_SUMMER) & (weekday == WEEKDAY)
            weight[group] *= season_share * weekday_share / weight[group].sum()
    return weight


def hour_shares(*, weekend: bool) -> np.ndarray:
    """Share of a day's baskets in each of :data:`HOURS`."""
    return np.array(WEEKEND_HOURS if weekend else WORKDAY_HOURS) / 100


def evening_shares() -> np.ndarray:
    """Share of a Friday evening's baskets in each of its hours."""
    evening = hour_shares(weekend=False)[(EVENING[0] <= HOURS) & (EVENING[1] > HOURS)]
    return evening / evening.sum()


def friday_evening_share() -> float:
    """Share of a young father's baskets bought on a Friday evening: those he moved, and by chance."""
    evening = hour_shares(weekend=False)[(EVENING[0] <= HOURS) & (EVENING[1] > HOURS)].sum()
    by_chance = WEEKDAY_SHARE[FRIDAY] * evening
    return float(YOUNG_FATHER_FRIDAY_SHARE + (1 - YOUNG_FATHER_FRIDAY_SHARE) * by_chance)
