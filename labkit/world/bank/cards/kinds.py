"""What is bought with cards, and how: the kinds of purchases and the channels. First used in lab 2.10."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from labkit.world.bank.cards.rhythm import tick_quantiles
from labkit.world.bank.cards.spending import CATEGORIES
from labkit.world.streams import stream


class Kind(NamedTuple):
    """How purchases of one category are made.

    Parameters
    ----------
    rhythm : str
        When, in a shop: a key of ``RHYTHMS``.
    open_at_night : bool
        Do its shops open late in the evening and at night?
    online : float
        Factor on the customer's share of online purchases; 0 where nothing is sold online.
    amount, sigma : float
        Median amount in multiples of the customer's, and spread of its logarithm.
    step_fen : int
        Amounts are multiples of it.
    on_trips : int
        Weight among purchases on a journey.
    """

    rhythm: str
    open_at_night: bool
    online: float
    amount: float
    sigma: float
    step_fen: int
    on_trips: int

    def amounts(self, median_fen: np.ndarray, word: np.ndarray) -> np.ndarray:
        """Amounts in fen, int32, by the customer's median and a random word."""
        factor = amount_factors(self.sigma, self.amount / self.step_fen).take(word >> 4)
        amount = (median_fen * factor).astype(np.int32)
        return np.maximum(amount, 1) * np.int32(self.step_fen)


KINDS = {
    "groceries": Kind("everyday", True, 0.6, 0.8, 0.75, 10, 12),
    "dining": Kind("leisure", True, 0.9, 1.0, 0.65, 100, 38),
    "transport": Kind("everyday", True, 1.2, 0.35, 0.55, 50, 14),
    "fuel": Kind("everyday", True, 0.0, 2.5, 0.35, 100, 0),
    "fashion": Kind("shopping", False, 1.4, 2.2, 0.80, 100, 8),
    "electronics": Kind("shopping", False, 1.4, 4.5, 0.95, 100, 0),
    "home": Kind("shopping", False, 1.1, 2.0, 0.95, 100, 0),
    "health": Kind("everyday", False, 0.5, 1.3, 0.85, 10, 0),
    "education": Kind("business", False, 0.8, 5.0, 0.70, 1_000, 0),
    "entertainment": Kind("leisure", True, 1.4, 0.9, 0.75, 100, 0),
    "travel": Kind("leisure", True, 1.4, 4.5, 0.85, 100, 22),
    "utilities": Kind("business", False, 1.4, 2.0, 0.50, 1, 0),
    "wholesale": Kind("business", False, 0.8, 2.0, 0.90, 100, 0),
    "cash": Kind("cash", True, 0.0, 6.0, 0.60, 10_000, 0),
}
assert tuple(KINDS) == CATEGORIES
CASH = CATEGORIES.index("cash")

CHANNELS = ("chip", "contactless", "qr", "magstripe", "online", "atm")
CHIP, CONTACTLESS, QR, MAGSTRIPE, ONLINE, ATM = range(len(CHANNELS))
CHIP_STEPS, CONTACTLESS_STEPS = 120, 130
"""Of the sum of a random byte, the customer's habit and growth: up to here chip, then contactless, above it QR."""
HABIT_STEPS, GROWTH_DAYS_PER_STEP = 160, 8
"""Steps for the greatest digital habit, and days for one step of growth."""


@functools.cache
def amount_factors(sigma: float, median: float) -> np.ndarray:
    """Lognormal factors rounded to thousandths of their median, float32 of length 4096."""
    normal = stream("card_transactions", "amount_fen").standard_normal(4_096)
    return (np.rint(1_000 * np.exp(sigma * normal)) * (median / 1_000)).astype(np.float32)


@functools.cache
def shop_channels() -> np.ndarray:
    """Channel of a purchase in a shop, by a random byte + habit + growth; int8."""
    step = np.arange(256 + HABIT_STEPS + 1 + 731 // GROWTH_DAYS_PER_STEP)
    coded = np.where(step < CHIP_STEPS + CONTACTLESS_STEPS, CONTACTLESS, QR)
    return np.where(step < CHIP_STEPS, CHIP, coded).astype(np.int8)


class Purchases(NamedTuple):
    """Transactions as the generator handles them; one element per transaction in each array."""

    card: np.ndarray
    """Position of the card, int32."""
    terminal: np.ndarray
    """Position of the terminal, uint16."""
    day: np.ndarray
    """Position in ``calendar.DAYS``, uint16."""
    tick: np.ndarray
    """Tick of the day, uint16."""
    amount: np.ndarray
    """Fen, int32."""
    channel: np.ndarray
    """Position in ``CHANNELS``, int8."""
    new_device: np.ndarray
    """Online, from a device that the holder first used within the last week: bool."""
    approved: np.ndarray
    """bool."""


def concatenate(parts: Iterable[Purchases]) -> Purchases:
    """All transactions of several parts."""
    return Purchases(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def amounts(median_fen: np.ndarray, category: np.ndarray, word: np.ndarray) -> np.ndarray:
    """Amounts in fen, int32, for purchases of different categories, by the holder's median and a random word."""
    amount = np.empty(len(category), dtype=np.int32)
    kinds = list(KINDS.values())
    for number in np.unique(category):
        those, kind = category == number, kinds[number]
        amount[those] = kind.amounts(median_fen[those], word[those])
    return amount


def ticks(category: np.ndarray, word: np.ndarray) -> np.ndarray:
    """Ticks of the day, uint16, for purchases of different categories in shops, by a random word."""
    tick = np.empty(len(category), dtype=np.uint16)
    kinds = list(KINDS.values())
    for number in np.unique(category):
        those, kind = category == number, kinds[number]
        tick[those] = tick_quantiles(kind.rhythm)[word[those]]
    return tick
