"""What customers really buy with their cards, before any fraud.

All purchases of one kind are drawn together, in flat arrays and from tables of quantiles: that is what makes
millions of rows a second possible. First used in lab 2.10.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from labkit.world.bank.cards.cards import credit_limit_fen, wallet
from labkit.world.bank.cards.habits import (
    COUNT_STEPS,
    RATE_STEPS,
    RATES,
    USUAL_SHARES,
    days_in_use,
    days_with_new_device,
    expected_purchases,
    origins,
    poisson_quantiles,
    ranks,
    usual_slots,
    usual_terminals,
)
from labkit.world.bank.cards.kinds import (
    ATM,
    CASH,
    GROWTH_DAYS_PER_STEP,
    HABIT_STEPS,
    KINDS,
    MAGSTRIPE,
    ONLINE,
    Purchases,
    concatenate,
    shop_channels,
)
from labkit.world.bank.cards.rhythm import DAY_STEPS, PAY_GROUPS, day_quantiles, tick_quantiles
from labkit.world.bank.cards.spending import CATEGORIES, spending
from labkit.world.bank.cards.terminals import opened_by, ranking
from labkit.world.bank.cards.trips import trips
from labkit.world.bank.customers import customer_people
from labkit.world.block import Block
from labkit.world.people.employers import pay_day

MAGSTRIPE_SHARE = 0.008
"""Share of purchases in a shop that fall back on the magnetic stripe."""
DECLINED_SHARE = 0.016
"""Share of requests that are declined: a wrong PIN, no money, a limit."""
MOST_PER_TRIP_DAY = 1.5
"""Purchases per day of a journey, at most; less for who buys less than nine times a month."""
SHOP, WEB = 0, 1
WORDS_AT_ONCE = 65_536


class Holders(NamedTuple):
    """What a purchase needs to know about the holder of each card; one element per card in each array."""

    customer: np.ndarray
    pay_offset: np.ndarray
    night_of_256: np.ndarray
    median_fen: np.ndarray
    channel_steps: np.ndarray


class Draws:
    """Random words, drawn in large pieces, because every call costs as much as thousands of words."""

    def __init__(self, block: Block) -> None:
        self._rng = block.rng("card_transactions", "words")
        self._left = np.empty(0, dtype=np.uint16)

    def words(self, size: int) -> np.ndarray:
        """The next 16-bit words, uint16."""
        if size > len(self._left):
            self._left = self._rng.integers(0, 65_536, max(WORDS_AT_ONCE, size), dtype=np.uint16)
        words, self._left = self._left[:size], self._left[size:]
        return words

    def bytes(self, size: int) -> np.ndarray:
        """The next bytes, uint8."""
        return self.words((size + 1) // 2).view(np.uint8)[:size]

    def counts(self, expected: np.ndarray) -> np.ndarray:
        """Counts around what is expected (Poisson), uint16."""
        row = np.minimum(np.rint(RATE_STEPS * np.sqrt(expected)).astype(np.int32), RATES - 1)
        return poisson_quantiles().take(row * COUNT_STEPS + (self.words(len(expected)) >> 6))

    def some_of(self, size: int, share: float) -> np.ndarray:
        """Positions of about this share of ``size`` rows, int64."""
        return (self.words(round(share * size)) * np.int64(size)) >> 16


def purchases(block: Block) -> Purchases:
    """Everything bought with the cards of the block, one kind after the other: in shops, online, on journeys."""
    draws, kinds = Draws(block), list(KINDS.values())
    parts = [_at_home(block, draws, SHOP, category) for category in range(len(kinds))]
    parts += [_at_home(block, draws, WEB, category) for category, kind in enumerate(kinds) if kind.online]
    parts += [_on_trips(block, draws, category) for category, kind in enumerate(kinds) if kind.on_trips]
    bought = concatenate(parts)
    return bought._replace(approved=bought.approved & within_limit(block, bought.card, bought.amount))


def within_limit(block: Block, card: np.ndarray, amount: np.ndarray) -> np.ndarray:
    """Where the amount alone does not exceed the card's credit limit, bool."""
    no_limit = np.iinfo(np.int32).max
    limit = np.where(block.of(wallet).is_credit, block.of(credit_limit_fen), no_limit)
    return amount <= np.minimum(limit, no_limit).astype(np.int32).take(card)


def holders(block: Block) -> Holders:
    """What matters about the holder of each card."""
    customer, each, who = block.of(wallet).customer, block.of(spending), block.of(customer_people)
    paid = block.of(pay_day)[(who["person_id"] - block.person_id[0]).to_numpy()]
    habit = np.rint(HABIT_STEPS * who["digital_habit"].to_numpy())
    return Holders(
        customer.astype(np.int32),
        (np.searchsorted(PAY_GROUPS, paid) * DAY_STEPS).astype(np.int32)[customer],
        np.rint(256 * each.night).astype(np.uint8)[customer],
        each.median_fen.astype(np.float32)[customer],
        habit.astype(np.uint16)[customer],
    )


def _at_home(block: Block, draws: Draws, where: int, category: int) -> Purchases:
    """Purchases of one category, on the days when a card is in use."""
    kind, holder = KINDS[CATEGORIES[category]], block.of(holders)
    rhythm = "online" if where == WEB else kind.rhythm
    count = draws.counts(block.of(expected_purchases)[where, category])
    card = np.repeat(np.arange(len(count), dtype=np.int32), count)
    day = day_quantiles(rhythm).take(holder.pay_offset.take(card) + (draws.words(len(card)) >> 2))
    used = np.flatnonzero(block.of(days_in_use).on(card, day))
    card, day = card.take(used), day.take(used)
    customer = holder.customer.take(card)
    word = draws.words(len(card))
    tick = tick_quantiles(rhythm).take(word)
    if where == WEB or kind.open_at_night:
        night = np.flatnonzero(draws.bytes(len(card)) < holder.night_of_256.take(card))
        tick[night] = tick_quantiles("night").take(word.take(night))
    no_device = np.zeros(len(card), dtype=bool)
    return Purchases(
        card,
        opened_by(block, _terminals(block, draws, where, category, customer), day),
        day,
        tick,
        kind.amounts(holder.median_fen.take(card), draws.words(len(card))),
        _channels(block, draws, where, category, card, day),
        block.of(days_with_new_device).on(customer, day) if where == WEB else no_device,
        _approved(draws, len(card)),
    )


def _terminals(block: Block, draws: Draws, where: int, category: int, customer: np.ndarray) -> np.ndarray:
    """Mostly one of the customer's usual terminals, else another one; uint16."""
    slots = len(USUAL_SHARES)
    slot = usual_slots().take(draws.bytes(len(customer)))
    usual = block.of(usual_terminals)[where, category].ravel()
    terminal = usual.take(customer * np.int32(slots) + np.minimum(slot, slots - 1))
    other = np.flatnonzero(slot == slots)
    terminal[other] = _ranked(block, draws, category, block.of(origins)[where].take(customer.take(other)))
    return terminal


def _ranked(block: Block, draws: Draws, category: int, origin: np.ndarray) -> np.ndarray:
    """Any terminal of a category seen from each origin, the attractive ones more often; uint16."""
    seen, rank = block.of(ranking), ranks().take(draws.bytes(len(origin)))
    start, size = (each[:, category].take(origin) for each in (seen.start, seen.size))
    return seen.terminal.take(start + rank % size)


def _channels(
    block: Block, draws: Draws, where: int, category: int, card: np.ndarray, day: np.ndarray
) -> np.ndarray:
    """How a purchase is paid: by chip, without contact or with the phone's code, more and more by the last; int8."""
    if where == WEB or category == CASH:
        return np.full(len(card), ONLINE if where == WEB else ATM, dtype=np.int8)
    step = block.of(holders).channel_steps.take(card) + draws.bytes(len(card))
    channel = shop_channels().take(step + day // GROWTH_DAYS_PER_STEP)
    channel[draws.some_of(len(card), MAGSTRIPE_SHARE)] = MAGSTRIPE
    return channel


def _approved(draws: Draws, size: int) -> np.ndarray:
    """Most are approved, bool."""
    approved = np.ones(size, dtype=bool)
    approved[draws.some_of(size, DECLINED_SHARE)] = False
    return approved


def _on_trips(block: Block, draws: Draws, category: int) -> Purchases:
    """What customers buy on a journey, where they are, with one of their cards."""
    travels, kind, mine = block.of(trips), KINDS[CATEGORIES[category]], block.of(wallet)
    count = draws.counts(block.of(expected_on_trips)[category])
    trip = np.repeat(np.arange(len(count)), count)
    card = block.of(any_card).take(travels.customer.take(trip))
    day = travels.first.take(trip) + ((draws.bytes(len(trip)) * travels.days.take(trip)) >> 8)
    used = np.flatnonzero((day >= mine.first_day.take(card)) & (day < mine.after_last_day.take(card)))
    trip, card, day = trip.take(used), card.take(used), day.take(used).astype(np.uint16)
    return Purchases(
        card,
        opened_by(block, _ranked(block, draws, category, travels.origin.take(trip)), day),
        day,
        tick_quantiles(kind.rhythm).take(draws.words(len(card))),
        kind.amounts(block.of(holders).median_fen.take(card), draws.words(len(card))),
        _channels(block, draws, SHOP, category, card, day),
        np.zeros(len(card), dtype=bool),
        _approved(draws, len(card)),
    )


def expected_on_trips(block: Block) -> np.ndarray:
    """Expected purchases of each category on each journey, float64 of shape (categories, journeys)."""
    travels = block.of(trips)
    per_day = np.minimum(block.of(spending).transactions / 6, MOST_PER_TRIP_DAY)
    per_day[block.of(any_card) < 0] = 0
    weight = np.array([kind.on_trips for kind in KINDS.values()])
    return np.outer(weight / weight.sum(), travels.days * per_day[travels.customer])


def any_card(block: Block) -> np.ndarray:
    """A card of each customer, int32; -1 without one."""
    card = np.full(block.customers, -1, dtype=np.int32)
    card[block.of(wallet).customer] = np.arange(len(block.of(wallet).customer))
    return card
