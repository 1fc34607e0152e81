"""Cash: withdrawn, paid in, and the takings of shops. Some keep below the reporting limit for reasons of their own."""

from __future__ import annotations

import numpy as np

from labkit.world.bank.payments.movements import (
    ATM,
    COUNTER,
    OPEN_DAYS,
    Movements,
    any_day,
    moved,
    together,
)
from labkit.world.bank.payments.parties import bank_accounts, parties
from labkit.world.block import Block
from labkit.world.people.persons import people

REPORTING_LIMIT_FEN = 5_000_000
"""Cash of CNY 50 000 or more in a day is reported; the rule is public."""
ATM_LIMIT_FEN = 2_000_000
"""What the machine takes in or gives out at once: CNY 20 000."""
CASH_SHOP_SHARE, BIG_SHOP_SHARE = 0.45, 0.15
MEDIAN_TAKINGS_YUAN, BIG_TAKINGS_YUAN = 5_000, 30_000
SAFE_HOLDERS_PER_CUSTOMER = 0.001
"""Shops whose insurance covers so much cash and no more: they bring it when the safe is nearly full."""
SAFE_YUAN = (38_000, 48_000)


def cash(block: Block) -> Movements:
    """All cash of the quarter that comes from ordinary life."""
    return together([make(block) for make in (_withdrawals, _deposits, _takings, _from_the_safe)])


def cash_shops(block: Block) -> np.ndarray:
    """Positions of owners whose customers mostly pay in cash; the order tells nothing."""
    owners = np.flatnonzero(block.of(parties).business >= 0)
    order = block.rng("transfers", "cash_shops").permutation(owners)
    return order[: max(2, round(CASH_SHOP_SHARE * len(owners)))]


def safe_holders(block: Block) -> np.ndarray:
    """Positions of owners with a safe: the first of the shops with cash."""
    return block.of(cash_shops)[: max(1, round(SAFE_HOLDERS_PER_CUSTOMER * block.customers))]


def _desk(block: Block, person: np.ndarray) -> np.ndarray:
    """The cash desk of each customer's branch."""
    to = block.of(parties)
    return to.cash_desk[block.of(bank_accounts).branch[to.main[person]]]


def _notes(yuan: np.ndarray) -> np.ndarray:
    """Cash in whole hundreds of yuan, in fen, at least one note."""
    return np.maximum(np.rint(yuan / 100), 1).astype(np.int64) * 10_000


def _withdrawals(block: Block) -> Movements:
    """Who lives less online needs more cash."""
    to, everybody, rng = block.of(parties), block.of(people), block.rng("transfers", "cash_withdrawal")
    rate = (1.05 - everybody["digital_habit"].to_numpy()) * everybody["is_customer"].to_numpy() * 2.2
    person = np.repeat(np.arange(block.size), rng.poisson(rate))
    fen = _notes(rng.lognormal(7.0, 0.8, len(person)))
    large = fen > ATM_LIMIT_FEN
    day = np.where(large, rng.choice(OPEN_DAYS, len(person)), any_day(rng.random(len(person))))
    channel, hour = np.where(large, COUNTER, ATM), rng.random(len(person))
    return moved(day, hour, to.main[person], _desk(block, person), fen, channel, "cash_withdrawal")


def _deposits(block: Block) -> Movements:
    """Wedding money, a sold car, what lay at home: now and then somebody brings cash."""
    everybody, rng = block.of(people), block.rng("transfers", "cash_deposit")
    person = np.repeat(np.arange(block.size), rng.poisson(0.25 * everybody["is_customer"].to_numpy()))
    fen = _notes(rng.lognormal(7.9, 1.0, len(person)))
    return _paid_in(block, "cash_deposit_at", person, fen, block.of(parties).main[person])


def _takings(block: Block) -> Movements:
    """Shops bring what is in the till, a few times a month; large ones cross the reporting limit and think nothing of it."""
    to, rng = block.of(parties), block.rng("transfers", "takings")
    shop = block.of(cash_shops)[len(block.of(safe_holders)) :]
    big = rng.random(len(shop)) < BIG_SHOP_SHARE
    usual = np.where(big, BIG_TAKINGS_YUAN, MEDIAN_TAKINGS_YUAN) * rng.lognormal(0, 0.4, len(shop))
    row = np.repeat(np.arange(len(shop)), rng.integers(4, 26, len(shop)))
    fen = _notes(usual[row] * rng.lognormal(0, 0.3, len(row)))
    return _paid_in(block, "takings_at", shop[row], fen, to.business[shop[row]])


def _from_the_safe(block: Block) -> Movements:
    """The whole quarter, every week, at the same desk, always a little less than the safe is insured for."""
    rng = block.rng("transfers", "safe")
    shop = np.repeat(block.of(safe_holders), rng.integers(10, 19, len(block.of(safe_holders))))
    fen = _notes(rng.uniform(*SAFE_YUAN, len(shop)))
    return _paid_in(block, "safe_at", shop, fen, block.of(parties).business[shop])


def _paid_in(block: Block, name: str, person: np.ndarray, fen: np.ndarray, account: np.ndarray) -> Movements:
    """Cash paid in at the person's branch: at the machine up to its limit, else at the counter."""
    rng = block.rng("transfers", name)
    machine = (fen <= ATM_LIMIT_FEN) & (rng.random(len(person)) < 0.6)
    day = np.where(machine, any_day(rng.random(len(person))), rng.choice(OPEN_DAYS, len(person)))
    channel, hour = np.where(machine, ATM, COUNTER), rng.random(len(person))
    return moved(day, hour, _desk(block, person), account, fen, channel, "cash_deposit")
