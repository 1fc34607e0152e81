"""Money among people who know each other: the household's purse, shared bills, red packets.

First used in labs 2.3 and 4.6.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from labkit.world.bank.payments.movements import (
    APP,
    DAYS,
    MONTH_START,
    MONTHS,
    PURPOSES,
    WEEKDAY,
    Movements,
    any_day,
    moved,
    ranges,
    tidy,
    together,
    transfer_channel,
)
from labkit.world.bank.payments.parties import parties
from labkit.world.bank.payments.trade import large_purpose
from labkit.world.block import Block
from labkit.world.draws import pick
from labkit.world.people.persons import people
from labkit.world.people.relations import KINDS, graph

HOUSEKEEPING_SHARE = 0.45
"""Ties of a household along which money goes every month."""
HOUSEHOLD_TRANSFERS = 2.0
"""Further transfers in the quarter per tie of a household."""
INVESTORS_TRANSFERS, INVESTORS_YUAN = 3.0, 45_000
"""Transfers in the quarter per tie of the investors' circle, and the median amount."""
BILLS_PER_PERSON, BILL_TIES_SHARE = 0.36, 0.40
"""Shared bills in the quarter that a person pays for others, and who of the person's friends was there."""
PARENT_ELSEWHERE_SHARE = 0.18
"""Adults under fifty who send money each month to parents in another province."""
LUCKY_YUAN = np.array([66, 88, 100, 168, 188, 200, 288, 520, 600, 666, 888, 1_000, 1_314])
LUCKY_SHARES = (0.16, 0.18, 0.12, 0.10, 0.08, 0.12, 0.04, 0.05, 0.04, 0.05, 0.03, 0.02, 0.01)
GIFTS_PER_TIE = 0.10
FRIENDLY_PURPOSES, FRIENDLY_SHARES = ("other", "purchase", "family"), (0.82, 0.12, 0.06)
HOUSEHOLD_PURPOSES, HOUSEHOLD_SHARES = ("family", "other", "purchase"), (0.70, 0.22, 0.08)


class Neighbours(NamedTuple):
    """The friends and colleagues of everybody: those of person ``p`` are ``other[first[p] : first[p + 1]]``."""

    first: np.ndarray
    other: np.ndarray


def social(block: Block) -> Movements:
    """All transfers of the quarter that follow the social graph."""
    makers = (_housekeeping, _household, _parents, _investors, _bills, _gifts)
    return together([make(block) for make in makers])


def neighbours(block: Block) -> Neighbours:
    """Friends and colleagues, from both ends of each tie."""
    ties = block.of(graph)
    those = np.isin(ties.kind, [KINDS.index("friend"), KINDS.index("colleague")])
    one = np.concatenate([ties.first[those], ties.second[those]])
    other = np.concatenate([ties.second[those], ties.first[those]])
    order = np.argsort(one, kind="stable")
    return Neighbours(np.searchsorted(one[order], np.arange(block.size + 1)), other[order])


def _ties(block: Block, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Both ends of the ties of a kind; who earns more comes first."""
    ties, income = block.of(graph), block.of(people)["income_fen"].to_numpy()
    those = ties.kind == KINDS.index(kind)
    one, other = ties.first[those], ties.second[those]
    turn = income[one] < income[other]
    return np.where(turn, other, one), np.where(turn, one, other)


def sent(
    block: Block, name: str, day: np.ndarray, payer: np.ndarray, payee: np.ndarray, fen: np.ndarray,
    purpose: str | np.ndarray,
) -> Movements:  # fmt: skip
    """Transfers from person to person, by the channel that suits the payer."""
    rng, to = block.rng("transfers", name), block.of(parties)
    digital = block.of(people)["digital_habit"].to_numpy()[payer]
    channel = transfer_channel(digital, rng.random(len(payer)), day)
    return moved(day, rng.random(len(payer)), to.main[payer], to.main[payee], fen, channel, purpose)


def _purposes(names: tuple[str, ...], shares: tuple[float, ...], uniform: np.ndarray) -> np.ndarray:
    return pick(np.array([PURPOSES.index(name) for name in names]), shares, uniform)


def _housekeeping(block: Block) -> Movements:
    """Who earns more hands over the same part of the income every month."""
    rng, income = block.rng("transfers", "housekeeping"), block.of(people)["income_fen"].to_numpy()
    payer, payee = _ties(block, "family")
    keeps = rng.random(len(payer)) < HOUSEKEEPING_SHARE
    payer, payee = payer[keeps], payee[keeps]
    yuan = income[payer] / 100 * rng.uniform(0.08, 0.35, len(payer))
    fen = tidy(yuan, rng.random(len(payer)) * 0.85)
    month, day = np.repeat(MONTHS, len(payer)), np.tile(rng.integers(0, 28, len(payer)), 3)
    day = MONTH_START[month] + day
    return sent(
        block, "housekeeping_at", day, np.tile(payer, 3), np.tile(payee, 3), np.tile(fen, 3), "family"
    )


def _household(block: Block) -> Movements:
    """Groceries, tuition, "you pay, I pay you back": three times of four from who earns more."""
    rng = block.rng("transfers", "household")
    one, other = _ties(block, "family")
    tie = np.repeat(np.arange(len(one)), rng.poisson(HOUSEHOLD_TRANSFERS, len(one)))
    back = rng.random(len(tie)) < 0.25
    payer, payee = np.where(back, other[tie], one[tie]), np.where(back, one[tie], other[tie])
    fen = tidy(rng.lognormal(6.0, 1.1, len(tie)), rng.random(len(tie)))
    purpose = _purposes(HOUSEHOLD_PURPOSES, HOUSEHOLD_SHARES, rng.random(len(tie)))
    return sent(block, "household_at", any_day(rng.random(len(tie))), payer, payee, fen, purpose)


def _parents(block: Block) -> Movements:
    """Money for parents who live in another province."""
    rng, everybody, to = block.rng("transfers", "parents"), block.of(people), block.of(parties)
    young = everybody["is_customer"].to_numpy() & (everybody["age"].to_numpy() < 50)
    child = np.flatnonzero(young & (rng.random(block.size) < PARENT_ELSEWHERE_SHARE))
    parent = rng.choice(to.strangers, len(child))
    yuan = everybody["income_fen"].to_numpy()[child] / 100 * rng.uniform(0.04, 0.2, len(child))
    fen, month = tidy(yuan, rng.random(len(child)) * 0.85), np.repeat(MONTHS, len(child))
    day = MONTH_START[month] + np.tile(rng.integers(0, 28, len(child)), 3)
    payer = np.tile(to.main[child], 3)
    return moved(day, rng.random(len(day)), payer, np.tile(parent, 3), np.tile(fen, 3), APP, "family")


def _investors(block: Block) -> Movements:
    """The investors' circle lends and settles large sums in all directions."""
    rng = block.rng("transfers", "investors")
    one, other = _ties(block, "investors")
    tie = np.repeat(np.arange(len(one)), rng.poisson(INVESTORS_TRANSFERS, len(one)))
    back = rng.random(len(tie)) < 0.5
    payer, payee = np.where(back, other[tie], one[tie]), np.where(back, one[tie], other[tie])
    fen = tidy(INVESTORS_YUAN * rng.lognormal(0, 0.8, len(tie)), rng.random(len(tie)))
    day = any_day(rng.random(len(tie)), np.where(WEEKDAY < 5, 1.0, 0.4))
    return sent(block, "investors_at", day, payer, payee, fen, large_purpose(rng.random(len(tie))))


def _bills(block: Block) -> Movements:
    """One pays for the table, the others send their share within two days."""
    rng, know = block.rng("transfers", "bills"), block.of(neighbours)
    host = np.repeat(np.arange(block.size), rng.poisson(BILLS_PER_PERSON, block.size))
    bill, place = ranges(know.first[host], know.first[host + 1] - know.first[host])
    there = rng.random(len(bill)) < BILL_TIES_SHARE
    bill, guest = bill[there], know.other[place[there]]
    share = tidy(rng.lognormal(4.4, 0.6, len(host)), rng.random(len(host)))[bill]
    evening = any_day(rng.random(len(host)), np.where(WEEKDAY >= 4, 1.8, 1.0))
    day = np.minimum(
        evening[bill] + pick(np.arange(3), (0.6, 0.3, 0.1), rng.random(len(bill))), len(DAYS) - 1
    )
    purpose = _purposes(FRIENDLY_PURPOSES, FRIENDLY_SHARES, rng.random(len(bill)))
    return sent(block, "bills_at", day, guest, host[bill], share, purpose)


def _gifts(block: Block) -> Movements:
    """Red packets with lucky numbers: at the Mid-Autumn Festival, the solstice, New Year's Eve, and birthdays."""
    rng, ties = block.rng("transfers", "gifts"), block.of(graph)
    festive = np.ones(len(DAYS)) * 0.4
    for day, weight in (
        ("2025-10-01", 6),
        ("2025-10-05", 8),
        ("2025-10-06", 20),
        ("2025-12-21", 4),
        ("2025-12-31", 12),
    ):
        festive[np.datetime64(day) == DAYS] = weight
    tie = np.repeat(np.arange(len(ties.first)), rng.poisson(GIFTS_PER_TIE, len(ties.first)))
    back = rng.random(len(tie)) < 0.5
    payer = np.where(back, ties.second[tie], ties.first[tie])
    payee = np.where(back, ties.first[tie], ties.second[tie])
    fen = pick(LUCKY_YUAN, LUCKY_SHARES, rng.random(len(tie))) * 100
    return sent(block, "gifts_at", any_day(rng.random(len(tie)), festive), payer, payee, fen, "gift")
