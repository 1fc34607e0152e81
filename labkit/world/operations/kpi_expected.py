"""What the bank expects to sell on a day: level, growth, week, season, pay days, holidays, festivals.

Everything is a product of factors, in arrays of shape (days, regions, channels, products).
First used in lab 7.4.
"""

from __future__ import annotations

import functools

import numpy as np

from labkit.world.calendar import (
    DAY_OF_MONTH,
    DAYS,
    HOLIDAYS,
    MONTH,
    PAY_DAYS,
    SHOPPING_FESTIVALS,
    WEEKDAY,
    during,
)
from labkit.world.people.places import CITIES, CITY_SLUGS, CITY_TIER_SHARES, CITY_TIERS
from labkit.world.streams import stream

REGIONS = CITY_SLUGS
CHANNELS = ("branch", "app", "web", "phone")
PRODUCTS = ("deposit", "card", "loan", "wealth", "insurance")
SHAPE = (len(DAYS), len(REGIONS), len(CHANNELS), len(PRODUCTS))

ORDERS_PER_DAY = 8_000
"""Of the whole bank on an ordinary day at the beginning of 2024."""
CHANNEL_SHARES = np.array([0.32, 0.40, 0.13, 0.15])
PRODUCT_SHARES = np.array([0.30, 0.22, 0.16, 0.22, 0.10])
PRODUCT_AT_CHANNEL = np.array(
    [
        [1.10, 0.70, 1.30, 0.95, 1.35],
        [0.95, 1.25, 0.75, 1.10, 0.70],
        [1.00, 1.00, 0.90, 1.15, 0.80],
        [0.90, 0.95, 1.15, 0.85, 1.25],
    ]
)
"""Rows are channels: what is sold there more or less than elsewhere."""
COUNTY_CHANNELS = np.array([1.40, 0.78, 0.85, 0.90])
"""Counties go to the branch more often."""

CHANNEL_GROWTH = np.array([-0.10, 0.22, -0.04, -0.02])
PRODUCT_GROWTH = np.array([0.02, 0.05, 0.03, 0.09, 0.12])
"""A year, linear."""
WEEK = np.array(
    [
        [1.15, 1.08, 1.05, 1.05, 1.12, 0.85, 0.70],
        [0.97, 0.98, 0.98, 1.00, 1.02, 1.05, 1.00],
        [1.10, 1.08, 1.06, 1.05, 1.00, 0.86, 0.85],
        [1.12, 1.06, 1.03, 1.02, 1.00, 0.92, 0.85],
    ]
)
"""Rows are channels, columns Monday to Sunday."""
SEASON = np.array([0.08, 0.04, 0.06, 0.07, 0.12])
SEASON_PEAK_DAY = np.array([20, 320, 80, 50, 15])
"""Amplitude of the yearly wave of each product, and the day of the year on which it is highest."""
PAY_DAY = np.array([1.15, 1.05, 1.00, 1.20, 1.00])
MONTH_END = np.array([1.20, 1.00, 1.12, 1.05, 1.00])
QUARTER_END_DEPOSITS = 1.25
"""On the last two days of a month, and once more on those of a quarter."""

HOLIDAY = np.array([0.06, 0.80, 0.60, 0.45])
"""What is left of a channel's business on a public holiday."""
SPRING_FESTIVAL_FIRST_DAYS, SPRING_FESTIVAL = 4, 0.65
"""Over the first days of the Spring Festival even less."""
FESTIVAL_SALES = {
    "618": (1.00, 1.45, 1.25, 1.00, 1.00),
    "11.11": (1.00, 1.60, 1.30, 1.00, 1.00),
    "before_spring_festival": (0.90, 1.20, 1.15, 0.92, 1.00),
}
"""Per product; the two shopping festivals act in the app and on the web only."""


@functools.cache
def calendar_factors() -> np.ndarray:
    """What the calendar does to a series, float64 of shape (days, 1, channels, products)."""
    factor = WEEK.T[WEEKDAY][:, None, :, None] * _season()[:, None, None, :]
    factor = factor * np.where(np.isin(DAY_OF_MONTH, PAY_DAYS)[:, None], PAY_DAY, 1.0)[:, None, None, :]
    factor = factor * _month_end()[:, None, None, :] * _holiday()[:, None, :, None]
    for name, sales in FESTIVAL_SALES.items():
        channels = np.ones(len(CHANNELS)) if name == "before_spring_festival" else np.array([0, 1, 1, 0])
        more = channels[:, None] * (np.array(sales) - 1)
        factor = factor * (1 + during(SHOPPING_FESTIVALS[name])[:, None, None, None] * more)
    return factor


def _season() -> np.ndarray:
    """Days × products, to four decimals: the sine differs in its last bit between processors."""
    wave = np.cos(2 * np.pi * (np.arange(len(DAYS))[:, None] - SEASON_PEAK_DAY) / 365.25)
    return np.round(1 + SEASON * wave, 4)


def is_month_end() -> np.ndarray:
    """The last two days of each month, bool per day."""
    after_tomorrow = (DAYS + 2).astype("datetime64[M]") - DAYS.astype("datetime64[M]")
    return after_tomorrow.astype(np.int64) > 0


def _month_end() -> np.ndarray:
    factor = np.where(is_month_end()[:, None], MONTH_END, 1.0)
    factor[is_month_end() & (MONTH % 3 == 2), PRODUCTS.index("deposit")] *= QUARTER_END_DEPOSITS
    return factor


def _holiday() -> np.ndarray:
    factor = np.ones((len(DAYS), len(CHANNELS)))
    for periods in HOLIDAYS.values():
        factor[during(periods)] = HOLIDAY
    for first, _ in HOLIDAYS["spring_festival"]:
        since = (DAYS - np.datetime64(first)).astype(np.int64)
        factor[(since >= 0) & (since < SPRING_FESTIVAL_FIRST_DAYS)] *= SPRING_FESTIVAL
    return factor


def levels(seed: int) -> np.ndarray:
    """Orders on an ordinary day at the beginning, float64 of shape (regions, channels, products)."""
    tiers = [city.tier for city in CITIES]
    region = np.array([CITY_TIER_SHARES[CITY_TIERS.index(tier)] / tiers.count(tier) for tier in tiers])
    channel = CHANNEL_SHARES * np.where(np.array(tiers)[:, None] == "county", COUNTY_CHANNELS, 1.0)
    product = PRODUCT_SHARES * PRODUCT_AT_CHANNEL
    own = stream(seed, "kpi_daily", "level").integers(85, 116, SHAPE[1:]) / 100
    return ORDERS_PER_DAY * region[:, None, None] * channel[:, :, None] * product * own


def expected_orders(seed: int) -> np.ndarray:
    """Orders that would be normal, float64 of :data:`SHAPE`: no noise, nothing planted."""
    years = np.arange(len(DAYS))[:, None, None] / 365
    growth = (1 + CHANNEL_GROWTH[:, None] * years) * (1 + PRODUCT_GROWTH * years)
    return levels(seed) * calendar_factors() * growth[:, None]
