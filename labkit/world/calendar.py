"""The two years of the world as people live them: weekdays, holidays, pay days, shopping festivals.

Public holidays are those the State Council announced for 2024 and 2025.
"""

from __future__ import annotations

import numpy as np

FIRST_DAY, AFTER_LAST_DAY = np.datetime64("2024-01-01"), np.datetime64("2026-01-01")
DAYS = np.arange(FIRST_DAY, AFTER_LAST_DAY)
"""Every day, datetime64[D], 731 of them."""
WEEKDAY = (DAYS.astype(np.int64) + 3) % 7
"""0 is Monday (1970-01-01 was a Thursday)."""
DAY_OF_MONTH = (DAYS - DAYS.astype("datetime64[M]")).astype(np.int64) + 1
MONTH = (DAYS.astype("datetime64[M]") - FIRST_DAY.astype("datetime64[M]")).astype(np.int64)
"""0 is January 2024, 23 is December 2025."""
PAY_DAYS = (10, 15, 25)
"""Days of the month on which employers pay; each keeps to one of them."""

HOLIDAYS = {
    "new_year": (("2024-01-01", "2024-01-02"), ("2025-01-01", "2025-01-02")),
    "spring_festival": (("2024-02-10", "2024-02-18"), ("2025-01-28", "2025-02-05")),
    "qingming": (("2024-04-04", "2024-04-07"), ("2025-04-04", "2025-04-07")),
    "labour_day": (("2024-05-01", "2024-05-06"), ("2025-05-01", "2025-05-06")),
    "dragon_boat": (("2024-06-08", "2024-06-11"), ("2025-05-31", "2025-06-03")),
    "mid_autumn": (("2024-09-15", "2024-09-18"),),
    "national_day": (("2024-10-01", "2024-10-08"), ("2025-10-01", "2025-10-09")),
}
"""First day and day after the last. In 2025 the Mid-Autumn Festival fell into the National Day holiday."""

SHOPPING_FESTIVALS = {
    "618": (("2024-06-16", "2024-06-19"), ("2025-06-16", "2025-06-19")),
    "11.11": (("2024-11-09", "2024-11-12"), ("2025-11-09", "2025-11-12")),
    "before_spring_festival": (("2024-01-27", "2024-02-10"), ("2025-01-14", "2025-01-28")),
}
"""First day and day after the last, when people spend more."""


def during(periods: tuple[tuple[str, str], ...]) -> np.ndarray:
    """Which of :data:`DAYS` fall into one of the periods, bool."""
    inside = np.zeros(len(DAYS), dtype=bool)
    for first, after_last in periods:
        inside |= (np.datetime64(first) <= DAYS) & (np.datetime64(after_last) > DAYS)
    return inside


def is_holiday() -> np.ndarray:
    """Which of :data:`DAYS` are public holidays, bool."""
    return np.any([during(periods) for periods in HOLIDAYS.values()], axis=0)
