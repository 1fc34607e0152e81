"""How each card is used: how often for what, on which days, and at which usual shops. First used in lab 2.10."""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np

from labkit.world.bank.cards.cards import wallet
from labkit.world.bank.cards.kinds import CASH, KINDS
from labkit.world.bank.cards.spending import CATEGORIES, spending
from labkit.world.bank.cards.terminals import online_origin, ranking
from labkit.world.bank.cards.trips import count_up, trips
from labkit.world.bank.customers import customer_people
from labkit.world.block import Block
from labkit.world.calendar import DAYS

MONTHS = 24
MOST_ONLINE = 0.97
RATES, RATE_STEPS, COUNT_STEPS = 321, 16, 1_024
"""Rows of the table of counts, rows per square root of a purchase, and its columns: rates of up to 400 purchases."""
USUAL_SHARES = (0.44, 0.24, 0.14)
"""Share of each of a customer's usual terminals of a category; the rest go to any, by attractiveness."""
RANK_RATIO = 0.72
"""Each further terminal in the ranking is chosen so much less often than the one before."""
NEW_DEVICES_PER_YEAR, NEW_DEVICE_DAYS = 0.45, 7
"""Devices that a customer takes into use, and days for which the bank calls a device new."""


def expected_purchases(block: Block) -> np.ndarray:
    """Expected purchases of each card in two years, in a shop and online, float64 of shape (2, categories, cards)."""
    each, mine = block.of(spending), block.of(wallet)
    lean = np.array([KINDS[name].online for name in CATEGORIES])
    online = np.minimum(each.online[:, None] * lean, MOST_ONLINE)
    rate = each.transactions[:, None] * each.mix * MONTHS
    both = np.stack([(rate * (1 - online)).T, (rate * online).T])[:, :, mine.customer]
    return both * _card_share(block)


def _card_share(block: Block) -> np.ndarray:
    """Share of the holder's purchases that each card gets, shape (categories, cards); cash on debit cards only."""
    mine = block.of(wallet)
    has_credit = np.bincount(mine.customer[mine.is_credit], minlength=block.customers) > 0
    has_debit = np.bincount(mine.customer[~mine.is_credit], minlength=block.customers) > 0
    credit = np.where(has_debit, np.where(has_credit, block.of(spending).credit, 0.0), 1.0)[mine.customer]
    share = np.tile(np.where(mine.is_credit, credit, 1 - credit), (len(CATEGORIES), 1))
    share[CASH] = ~mine.is_credit
    return share


class Days(NamedTuple):
    """A yes or no for each of some things on each day, eight days to a byte."""

    bits: np.ndarray
    """uint8 of shape (things, bytes)."""

    @classmethod
    def of(cls, values: np.ndarray) -> Days:
        """Pack a bool array of shape (things, days)."""
        return cls(np.packbits(values, axis=1, bitorder="little"))

    def on(self, thing: np.ndarray, day: np.ndarray) -> np.ndarray:
        """The value of each thing on the day beside it, bool."""
        byte = self.bits.take(thing * np.int32(self.bits.shape[1]) + (day >> 3))
        return (byte >> (day & 7).astype(np.uint8)) & 1 == 1


def days_in_use(block: Block) -> Days:
    """Days on which each card is used where the holder lives: it is open, and the holder is not on a journey."""
    mine, travels, day = block.of(wallet), block.of(trips), np.arange(len(DAYS))
    at_home = np.ones((block.customers, len(DAYS)), dtype=bool)
    trip = np.repeat(np.arange(len(travels.days)), travels.days)
    at_home[travels.customer[trip], travels.first[trip] + count_up(travels.days)] = False
    in_use = Days.of(at_home).bits[mine.customer]
    partly = np.flatnonzero((mine.first_day > 0) | (mine.after_last_day < len(DAYS)))
    first, after_last = mine.first_day[partly, None], mine.after_last_day[partly, None]
    in_use[partly] &= Days.of((day >= first) & (day < after_last)).bits
    return Days(in_use)


def days_with_new_device(block: Block) -> Days:
    """Days on which one of the devices of each customer is new."""
    rng = block.rng("card_transactions", "new_device")
    devices = rng.poisson(NEW_DEVICES_PER_YEAR * MONTHS / 12, block.customers)
    first = rng.integers(0, len(DAYS) - NEW_DEVICE_DAYS + 1, devices.sum())
    is_new = np.zeros((block.customers, len(DAYS)), dtype=bool)
    for offset in range(NEW_DEVICE_DAYS):
        is_new[np.repeat(np.arange(block.customers), devices), first + offset] = True
    return Days.of(is_new)


@functools.cache
def poisson_quantiles() -> np.ndarray:
    """Quantiles of the Poisson distribution, uint16 of shape (RATES, COUNT_STEPS): row ``k`` for the rate (k / 16)²."""
    rate = (np.arange(RATES) / RATE_STEPS) ** 2
    probability = np.exp(-rate)
    cumulative, middle = np.zeros(RATES), (np.arange(COUNT_STEPS) + 0.5) / COUNT_STEPS
    count = np.zeros((RATES, COUNT_STEPS), dtype=np.uint16)
    for number in range(1, 2 * int(rate[-1])):
        cumulative += probability
        count += middle > cumulative[:, None]
        probability *= rate / number
    return count


@functools.cache
def ranks() -> np.ndarray:
    """Rank of a terminal by a random byte: geometric, uint8 of length 256."""
    return _by_byte(RANK_RATIO ** np.arange(24))


@functools.cache
def usual_slots() -> np.ndarray:
    """Which of the usual terminals by a random byte, and their number for none of them: uint8 of length 256."""
    return _by_byte(np.array([*USUAL_SHARES, 1 - sum(USUAL_SHARES)]))


def _by_byte(weight: np.ndarray) -> np.ndarray:
    cumulative = np.cumsum(weight)
    return np.searchsorted(cumulative / cumulative[-1], (np.arange(256) + 0.5) / 256).astype(np.uint8)


def home_cells(block: Block) -> np.ndarray:
    """Where each customer lives: position in ``cells()``."""
    return block.of(customer_people)["grid_cell_id"].to_numpy() - 1


def origins(block: Block) -> np.ndarray:
    """From where each customer sees shops, and online merchants: int64 of shape (2, customers)."""
    return np.stack([block.of(home_cells), np.full(block.customers, online_origin())])


def usual_terminals(block: Block) -> np.ndarray:
    """Usual terminals, shops and online: uint16 of shape (2, categories, customers, len(USUAL_SHARES))."""
    seen = block.of(ranking)
    shape = (2, len(CATEGORIES), block.customers, len(USUAL_SHARES))
    rank = ranks().take(block.rng("card_transactions", "usual").integers(0, 256, shape, dtype=np.uint8))
    start, size = (each[block.of(origins)].transpose(0, 2, 1)[..., None] for each in (seen.start, seen.size))
    return seen.terminal.take(
        start + rank % size, mode="clip"
    )  # no customer has a start where there is nothing
