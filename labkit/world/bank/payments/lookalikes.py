"""Ordinary life that looks like money laundering: weddings, savings clubs, shared trips, loans handed on, market days.

First used in lab 2.11.
"""

from __future__ import annotations

import numpy as np

from labkit.world.bank.payments.movements import (
    APP,
    MONTH_START,
    MONTHS,
    WEEKDAY,
    Movements,
    any_day,
    moved,
    ranges,
    tidy,
    together,
)
from labkit.world.bank.payments.parties import parties
from labkit.world.bank.payments.social import Neighbours, neighbours, sent
from labkit.world.block import BLOCK_SIZE, Block
from labkit.world.draws import pick
from labkit.world.people.persons import people

WEDDINGS, WEDDING_AGES = 6, (23, 33)
WEDDING_YUAN = np.array([200, 300, 600, 800, 1_000, 1_600, 2_000])
GUESTS_FROM_OUTSIDE = (5, 20)
CLUBS, CLUB_YUAN = 4, np.array([1_000, 2_000, 3_000, 5_000, 10_000])
TRIPS, TRIP_YUAN = 1, np.array([6_000, 8_000, 9_000, 12_000])
LENT_ON, LENT_YUAN = 1, np.array([20_000, 30_000, 50_000, 80_000, 100_000])
PRODUCE_BUYERS, MARKET_DAYS, FARMERS, PRODUCE_YUAN = 6, 4, (6, 12), (1_500, 9_000)
"""How many of each in a block of 2 000 customers, and the sums people choose."""


def lookalikes(block: Block) -> Movements:
    """All transfers of the quarter that only look suspicious."""
    return together([make(block) for make in (_weddings, _clubs, _trips, _lent_on, _produce)])


def _hosts(block: Block, name: str, count: int, eligible: np.ndarray) -> np.ndarray:
    """Positions of some of the eligible customers, as many as the block's size asks for."""
    customer = block.of(people)["is_customer"].to_numpy()
    order = block.rng("transfers", name).permutation(np.flatnonzero(customer & eligible))
    return order[: max(1, round(count * block.customers / BLOCK_SIZE))]


def newly_wed(block: Block) -> np.ndarray:
    """Positions of customers who marry in the quarter."""
    age = block.of(people)["age"].to_numpy()
    return _hosts(block, "newly_wed", WEDDINGS, (age >= WEDDING_AGES[0]) & (age < WEDDING_AGES[1]))


def _weddings(block: Block) -> Movements:
    """On one weekend many people send money to one account, friends and people from elsewhere."""
    rng, know, to = block.rng("transfers", "weddings"), block.of(neighbours), block.of(parties)
    host = block.of(newly_wed)
    wedding, place = ranges(know.first[host], know.first[host + 1] - know.first[host])
    outside = np.repeat(np.arange(len(host)), rng.integers(*GUESTS_FROM_OUTSIDE, len(host)))
    payer = np.concatenate([to.main[know.other[place]], rng.choice(to.strangers, len(outside))])
    wedding = np.concatenate([wedding, outside])
    saturday = rng.choice(np.flatnonzero(WEEKDAY == 5), len(host))
    day = saturday[wedding] + pick(np.arange(-2, 2), (0.1, 0.2, 0.5, 0.2), rng.random(len(wedding)))
    fen = rng.choice(WEDDING_YUAN, len(wedding)) * 100
    return moved(day, rng.random(len(wedding)), payer, to.main[host[wedding]], fen, APP, "gift")


def _customers_around(block: Block) -> Neighbours:
    """Friends and colleagues of everybody who are customers."""
    know = block.of(neighbours)
    customer = block.of(people)["is_customer"].to_numpy()[know.other]
    before = np.concatenate([[0], np.cumsum(customer)])
    return Neighbours(before[know.first], know.other[customer])


def _groups(block: Block, name: str, count: int, size: int) -> np.ndarray:
    """A customer and friends or colleagues who are customers, positions, shape (groups, size)."""
    know = block.of(_customers_around)
    hosts = _hosts(block, name, count, np.diff(know.first) >= size - 1)
    return np.column_stack([hosts, know.other[know.first[hosts][:, None] + np.arange(size - 1)]])


def clubs(block: Block) -> np.ndarray:
    """Members of the savings clubs, positions, shape (clubs, 4)."""
    return _groups(block, "clubs", CLUBS, 4)


def trips(block: Block) -> np.ndarray:
    """Who shares a trip, positions, shape (trips, 5); the first pays for it."""
    return _groups(block, "trips", TRIPS, 5)


def lenders(block: Block) -> np.ndarray:
    """Three friends who help each other out, positions, shape (groups, 3); the first lends."""
    return _groups(block, "lent_on", LENT_ON, 3)


def _clubs(block: Block) -> Movements:
    """Each month the members pay the same sum to the one whose turn it is: small circles of money."""
    rng, members = block.rng("transfers", "club_months"), block.of(clubs)
    club, month, payer = (
        axis.ravel() for axis in np.meshgrid(range(len(members)), MONTHS, range(4), indexing="ij")
    )
    club, month, payer = (axis[payer != month] for axis in (club, month, payer))
    fen = rng.choice(CLUB_YUAN, len(members))[club] * 100
    day = (
        MONTH_START[month]
        + rng.integers(0, 25, (len(members), 3))[club, month]
        + rng.integers(0, 3, len(club))
    )
    return sent(block, "clubs_at", day, members[club, payer], members[club, month], fen, "other")


def _trips(block: Block) -> Movements:
    """One gives the others the money for the trip; each pays the same travel agency, and some keep a little for meals."""
    rng, to, members = block.rng("transfers", "trip_days"), block.of(parties), block.of(trips)
    trip, guest = (axis.ravel() for axis in np.meshgrid(range(len(members)), range(1, 5), indexing="ij"))
    given = rng.choice(TRIP_YUAN, len(members))[trip] * 100
    kept = rng.choice([0, 20_000, 50_000], len(members))[trip]
    day = rng.integers(8, 80, len(members))[trip]
    agency, paid = rng.choice(to.strangers, len(members))[trip], day + rng.integers(1, 5, len(trip))
    payer = to.main[members[trip, guest]]
    return together(
        [
            sent(block, "trips_at", day, members[trip, 0], members[trip, guest], given, "other"),
            moved(paid, rng.random(len(trip)), payer, agency, given - kept, APP, "purchase"),
        ]
    )


def _lent_on(block: Block) -> Movements:
    """What one lends a friend, the friend lends a third, who pays it back to the first: the same sum, no fee."""
    rng, members = block.rng("transfers", "lent_on_days"), block.of(lenders)
    group, hop = (axis.ravel() for axis in np.meshgrid(range(len(members)), range(3), indexing="ij"))
    fen = rng.choice(LENT_YUAN, len(members))[group] * 100
    day = (
        rng.integers(1, 60, (len(members), 1)) + np.cumsum(rng.integers(1, 7, (len(members), 3)), axis=1)
    ).ravel()
    payer, payee = members[group, hop], members[group, (hop + 1) % 3]
    return sent(block, "lent_on_at", day, payer, payee, fen, "other")


def produce_buyers(block: Block) -> np.ndarray:
    """Positions of owners who buy up what farmers bring to market."""
    return _hosts(block, "produce", PRODUCE_BUYERS, block.of(parties).business >= 0)


def _produce(block: Block) -> Movements:
    """On a few market days the buyer pays many farmers at once, each time others."""
    rng, to, buyers = block.rng("transfers", "market_days"), block.of(parties), block.of(produce_buyers)
    market = np.repeat(np.arange(len(buyers)), MARKET_DAYS)
    day = any_day(rng.random(len(market)))
    deal = np.repeat(np.arange(len(market)), rng.integers(*FARMERS, len(market)))
    payer, payee = to.business[buyers[market[deal]]], rng.choice(to.strangers, len(deal))
    fen = tidy(rng.uniform(*PRODUCE_YUAN, len(deal)), rng.random(len(deal)))
    return moved(day[deal], rng.random(len(deal)), payer, payee, fen, APP, "business")
