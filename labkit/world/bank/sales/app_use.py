"""Who uses the bank's app, since when, how much, and when in the year and the day.

First used in lab 5.4.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from labkit.world.bank.customers import customer_people, joined_on
from labkit.world.block import Block
from labkit.world.calendar import AFTER_LAST_DAY, DAY_OF_MONTH, DAYS, PAY_DAYS, WEEKDAY, is_holiday

FIRST_LOGGED = np.datetime64("2025-01-01")
"""The log of the app begins here."""
HABIT_NEEDED, HABIT_NOISE = 960, 200
"""In steps of 0.0005: digital habit from which a customer uses the app, and how far chance moves it."""
ADOPTION_DAYS = 1_600
"""The app found its users one after the other over so many days up to the end of 2025: hence growth."""
DAYS_UNTIL_APP = (10, 240)
"""Days from joining the bank to the first use of the app, at least and at most."""
VIEWS_PER_YEAR, VIEWS_SIGMA = 52, 0.45
PURCHASES_PER_YEAR = 1.5
TYPICAL_INCOME_FEN, INCOME_POWER = 650_000, 0.6
"""Who earns more buys more."""
WEEKDAY_WEIGHT = (108, 112, 110, 106, 98, 78, 82)
"""Monday to Sunday: money is for working days."""
HOLIDAY_WEIGHT, PAY_DAY_WEIGHT = 0.55, 1.35
GROWTH_PER_YEAR = 0.35
HOUR_WEIGHT = (2, 1, 1, 1, 1, 2, 6, 14, 22, 26, 28, 30, 44, 36, 26, 26, 28, 30, 38, 58, 84, 92, 56, 18)
"""Most look after dinner, some at lunch."""


class AppUsers(NamedTuple):
    """The customers of a block who use the app, one element per user in each array."""

    customer: np.ndarray
    """Row in ``customer_people``."""
    since: np.ndarray
    """First day of use, datetime64[D]."""
    views: np.ndarray
    """Expected views in the whole of 2025, were the app used all year; float64."""
    purchases: np.ndarray
    """Expected purchases, likewise."""


def app_users(block: Block) -> AppUsers:
    """Decide who uses the app, since when and how much."""
    who = block.of(customer_people)
    size = len(who)
    noise = block.rng("product_views", "uses_app").integers(-HABIT_NOISE, HABIT_NOISE + 1, size)
    habit = np.rint(who["digital_habit"].to_numpy() * 2_000).astype(np.int64)
    adopted = AFTER_LAST_DAY - block.rng("product_views", "adopted").integers(1, ADOPTION_DAYS, size)
    delay = block.rng("product_views", "until_app").integers(*DAYS_UNTIL_APP, size)
    since = np.maximum(adopted, block.of(joined_on) + delay)
    customer = np.flatnonzero((habit + noise >= HABIT_NEEDED) & (since < AFTER_LAST_DAY))
    liveliness = block.rng("product_views", "activity").lognormal(0.0, VIEWS_SIGMA, size)
    income = who["income_fen"].to_numpy() / TYPICAL_INCOME_FEN
    return AppUsers(
        customer,
        since[customer],
        (VIEWS_PER_YEAR * liveliness)[customer],
        (PURCHASES_PER_YEAR * income**INCOME_POWER)[customer],
    )


def logged_days() -> np.ndarray:
    """The days of the log, datetime64[D]."""
    return DAYS[DAYS >= FIRST_LOGGED]


def day_weights() -> np.ndarray:
    """Share of a year's use that falls on each of :func:`logged_days`; sums to 1."""
    logged = DAYS >= FIRST_LOGGED
    weight = np.array(WEEKDAY_WEIGHT, dtype=float)[WEEKDAY]
    weight *= np.where(is_holiday(), HOLIDAY_WEIGHT, 1) * np.where(
        np.isin(DAY_OF_MONTH, PAY_DAYS), PAY_DAY_WEIGHT, 1
    )
    weight = weight[logged] * (1 + GROWTH_PER_YEAR * np.arange(logged.sum()) / logged.sum())
    return weight / weight.sum()


def year_until(day: np.ndarray) -> np.ndarray:
    """Share of a year's use that lies before each of the given days of 2025, or 0 for earlier days."""
    until = np.concatenate([[0.0], np.cumsum(day_weights())])
    return until[np.maximum((day - FIRST_LOGGED).astype(np.int64), 0)]


def moments(block: Block, name: str, expected: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """When each user does something of which ``expected`` would happen in the whole year.

    Returns
    -------
    user : ndarray of int64
        Position in :func:`app_users`, ascending.
    at : ndarray of datetime64[ms]
        Between the user's first day and the end of the year.
    """
    since = np.maximum(block.of(app_users).since, FIRST_LOGGED)
    before = year_until(since)
    rng = block.rng("product_views", name)
    user = np.repeat(np.arange(len(since)), rng.poisson(expected * (1 - before)))
    share = before[user] + rng.random(len(user)) * (1 - before[user])
    day = np.searchsorted(np.cumsum(day_weights())[:-1], share, side="right")
    hour = rng.choice(24, len(user), p=np.array(HOUR_WEIGHT) / sum(HOUR_WEIGHT))
    second = 3_600 * hour + rng.integers(0, 3_600, len(user))
    date = np.maximum(logged_days()[day], since[user])
    return user, date.astype("datetime64[ms]") + second.astype("timedelta64[s]")
