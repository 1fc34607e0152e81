"""Planted money laundering: five typologies, woven into the ordinary life of the accounts they use.

Money enters (placement), moves until nobody sees where it came from (layering), and leaves (integration).
Every case runs on accounts of ordinary customers and of people elsewhere; no account serves two cases.
First used in lab 2.11.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from labkit.world.bank.payments.cash import ATM_LIMIT_FEN, REPORTING_LIMIT_FEN
from labkit.world.bank.payments.movements import (
    APP,
    ATM,
    COUNTER,
    DAYS,
    OPEN_DAYS,
    PURPOSES,
    WEB,
    Movements,
    moved,
)
from labkit.world.bank.payments.parties import bank_accounts, parties
from labkit.world.bank.payments.trade import large_purpose
from labkit.world.block import BLOCK_SIZE, Block
from labkit.world.people.places import branches_of_bank

TYPOLOGIES = ("fan_in", "fan_out", "cycle", "scatter_gather", "structuring")
ROLES = ("placement", "layering", "integration")
CASES = (2, 3)
"""Cases of a typology in a block of 2 000 customers, fewest and most.

One case of a block, of each typology in turn, is of careful people, who take their time, pay higher fees and use
fewer accounts: hardly anybody finds them.
"""
FEE, CAREFUL_FEE = (0.005, 0.04), (0.06, 0.14)
"""What each who passes money on keeps, as a share of it."""
HOP_DAYS, PATIENCE = (0.2, 3.5), 2.5
"""Days that money rests on an account, and by how much longer it rests with careful people."""
MULES, CAREFUL_MULES = (8, 14), (5, 6)
"""Accounts that pay into a fan-in or are paid by a fan-out, fewest and most."""
FAN_DAYS, CAREFUL_FAN_DAYS = (3, 9), (18, 30)
GATHER_MULES, CAREFUL_GATHER_MULES = (4, 8), (3, 3)
MULE_YUAN, CYCLE_YUAN = (7_000, 46_000), (30_000, 400_000)
CYCLE_LENGTH = (3, 6)
MULE_HERE_SHARE = 0.65
"""Accounts that help in a fan, and how many of them are with Lighthouse Bank."""
DEPOSIT_DAYS, CAREFUL_DEPOSIT_DAYS = (8, 14), (4, 5)
DEPOSIT_YUAN, CAREFUL_DEPOSIT_YUAN = (41_000, 49_900), (28_000, 40_000)
"""Cash of a day; the limit for reports is 50 000."""
DEPOSIT_WINDOW = 22
"""Days with open counters over which the cash is spread."""


class Legs(NamedTuple):
    """The movements of one case before they have an hour and a purpose."""

    when: np.ndarray
    """Days since the beginning of the quarter, float64."""
    payer: np.ndarray
    payee: np.ndarray
    fen: np.ndarray
    role: np.ndarray
    """Position in :data:`ROLES`."""


class Laundering(NamedTuple):
    """All planted movements of a block; the arrays are alike in length except ``typology`` and below."""

    movements: Movements
    case: np.ndarray
    """Position of the case."""
    role: np.ndarray
    """Position in :data:`ROLES`."""
    typology: np.ndarray
    """Per case: position in :data:`TYPOLOGIES`."""
    careful: np.ndarray
    """Per case: bool."""
    main: np.ndarray
    """Per case: the account in whose hands the threads meet."""


class Cast:
    """Hands out accounts for the cases, none twice."""

    def __init__(self, block: Block, rng: np.random.Generator) -> None:
        to = block.of(parties)
        customers = np.flatnonzero(to.main < to.own)
        main = to.main[customers]
        has_business = (to.business[customers] >= 0) & (rng.random(len(customers)) < 0.5)
        self._here = iter(rng.permutation(np.where(has_business, to.business[customers], main)).tolist())
        self._elsewhere = iter(rng.permutation(to.strangers).tolist())

    def here(self, count: int) -> np.ndarray:
        """Accounts of customers."""
        return np.array([next(self._here) for _ in range(count)], dtype=np.int64)

    def elsewhere(self, count: int) -> np.ndarray:
        """Accounts at other banks."""
        return np.array([next(self._elsewhere) for _ in range(count)], dtype=np.int64)

    def either(self, is_here: np.ndarray) -> np.ndarray:
        """Accounts of customers where ``is_here``, accounts at other banks elsewhere."""
        accounts = np.empty(len(is_here), dtype=np.int64)
        accounts[is_here], accounts[~is_here] = self.here(is_here.sum()), self.elsewhere((~is_here).sum())
        return accounts


def laundering(block: Block) -> Laundering:
    """Plan all cases of the block, one after the other."""
    rng = block.rng("laundering_cases", "plan")
    cast, to = Cast(block, rng), block.of(parties)
    counts = rng.integers(CASES[0], CASES[1] + 1, len(TYPOLOGIES)) * block.customers / BLOCK_SIZE
    typology = np.repeat(np.arange(len(TYPOLOGIES)), np.maximum(np.rint(counts), 1).astype(np.int64))
    careful = np.arange(len(typology)) == np.searchsorted(
        typology, (block.index + block.seed) % len(TYPOLOGIES)
    )
    legs, main = [], []
    for kind, slow in zip(typology, careful, strict=True):
        main.append(cast.here(1)[0])
        legs.append(PLANS[kind](block, rng, cast, main[-1], bool(slow)))
    case = np.repeat(np.arange(len(legs)), [len(each.when) for each in legs])
    every = _joined(*legs)
    is_cash = np.isin(every.payer, to.cash_desk)
    return Laundering(_disguised(rng, every, is_cash), case, every.role, typology, careful, np.array(main))


def _disguised(rng: np.random.Generator, legs: Legs, is_cash: np.ndarray) -> Movements:
    """Give each movement an hour, a channel and a purpose as ordinary large transfers have them."""
    size = len(legs.when)
    machine = (legs.fen <= ATM_LIMIT_FEN) & (rng.random(size) < 0.8)
    channel = np.where(rng.random(size) < 0.1, WEB, APP)
    channel = np.where(is_cash, np.where(machine, ATM, COUNTER), channel)
    purpose = np.where(is_cash, PURPOSES.index("cash_deposit"), large_purpose(rng.random(size)))
    day = legs.when.astype(np.int64)
    # channels keep different hours, but within a channel what is later stays later
    return moved(day, legs.when - day, legs.payer, legs.payee, legs.fen, channel, purpose)


def _between(rng: np.random.Generator, limits: tuple[int, int]) -> int:
    return int(rng.integers(limits[0], limits[1] + 1))


def _pause(rng: np.random.Generator, careful: bool, size: int) -> np.ndarray:
    """Days that money rests before it goes on."""
    return rng.uniform(*HOP_DAYS, size) * (PATIENCE if careful else 1.0)


def _less_fee(rng: np.random.Generator, fen: np.ndarray, careful: bool) -> np.ndarray:
    """What is passed on: a fee less, down to hundreds of yuan, whole yuan, or the fen."""
    step = rng.choice([10_000, 100, 1], len(fen), p=(0.4, 0.4, 0.2))
    kept = np.rint(fen * rng.uniform(*(CAREFUL_FEE if careful else FEE), len(fen))).astype(np.int64)
    return (fen - kept) // step * step


def _shares(rng: np.random.Generator, total: int, parts: int) -> np.ndarray:
    """A sum split in uneven parts of whole yuan, which add up to a little less than the sum."""
    weight = rng.uniform(0.6, 1.4, parts)
    return (total * weight / weight.sum() / 100).astype(np.int64) * 100


def _mule_amounts(rng: np.random.Generator, count: int) -> np.ndarray:
    yuan = rng.uniform(*MULE_YUAN, count)
    step = rng.choice([10_000, 100, 1], count, p=(0.4, 0.4, 0.2))
    return np.rint(yuan * 100 / step).astype(np.int64) * step


def _out(rng: np.random.Generator, cast: Cast, account: int, fen: int, when: float, careful: bool) -> Legs:
    """The money leaves for one to three accounts elsewhere, in parts, on the following days."""
    parts = _between(rng, (1, 3))
    at = when + np.cumsum(_pause(rng, careful, parts))
    sums = _shares(rng, int(_less_fee(rng, np.array([fen]), careful)[0]), parts)
    return Legs(at, np.full(parts, account), cast.elsewhere(parts), sums, np.full(parts, 2))


def _in(rng: np.random.Generator, cast: Cast, account: np.ndarray, fen: np.ndarray, when: np.ndarray) -> Legs:
    """Money comes from elsewhere, a little more than is needed, a day or more before."""
    size = len(account)
    more = np.rint(fen * rng.uniform(1.005, 1.05, size) / 100).astype(np.int64) * 100
    return Legs(
        when - rng.uniform(1, 3, size), cast.elsewhere(size), account, more, np.zeros(size, dtype=np.int64)
    )


def _joined(*parts: Legs) -> Legs:
    return Legs(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _anywhere(rng: np.random.Generator, *parts: Legs) -> Legs:
    """The case moved to any place in the quarter, and drawn together where it takes too long."""
    legs = _joined(*parts)
    when = legs.when - legs.when.min()
    when *= min(1.0, (len(DAYS) - 2) / when.max())
    return legs._replace(when=rng.uniform(0, len(DAYS) - 0.01 - when.max()) + when)


def _fan_in(block: Block, rng: np.random.Generator, cast: Cast, main: int, careful: bool) -> Legs:
    """Many pay into one account within days; it empties at once."""
    count = _between(rng, CAREFUL_MULES if careful else MULES)
    here = rng.random(count) < MULE_HERE_SHARE
    mules, fen = cast.either(here), _mule_amounts(rng, count)
    when = rng.uniform(0, _between(rng, CAREFUL_FAN_DAYS if careful else FAN_DAYS), count)
    funded = here & (rng.random(count) < 0.5)
    return _anywhere(
        rng,
        _in(rng, cast, mules[funded], fen[funded], when[funded]),
        Legs(when, mules, np.full(count, main), fen, np.ones(count, dtype=np.int64)),
        _out(rng, cast, main, int(fen.sum()), float(when.max()), careful),
    )


def _fan_out(block: Block, rng: np.random.Generator, cast: Cast, main: int, careful: bool) -> Legs:
    """One large sum arrives and is spread over many accounts; most of them send it on."""
    count = _between(rng, CAREFUL_MULES if careful else MULES)
    here = rng.random(count) < MULE_HERE_SHARE
    mules, fen = cast.either(here), _mule_amounts(rng, count)
    when = rng.uniform(0, _between(rng, CAREFUL_FAN_DAYS if careful else FAN_DAYS), count)
    start = np.array([when.min()])
    go_on = np.flatnonzero(here & (rng.random(count) < 0.7))
    return _anywhere(
        rng,
        _in(rng, cast, np.array([main]), np.array([fen.sum()]), start),
        Legs(when, np.full(count, main), mules, fen, np.ones(count, dtype=np.int64)),
        *(_out(rng, cast, mules[k], int(fen[k]), float(when[k]), careful) for k in go_on),
    )


def _cycle(block: Block, rng: np.random.Generator, cast: Cast, main: int, careful: bool) -> Legs:
    """Money goes from hand to hand and returns to where it began, a fee less at every hop."""
    length = _between(rng, CYCLE_LENGTH)
    is_here = np.ones(length - 1, dtype=bool)
    is_here[rng.integers(0, length - 1)] = length == CYCLE_LENGTH[0] or rng.random() < 0.8
    ring = np.concatenate([[main], cast.either(is_here), [main]])
    low, high = np.log(CYCLE_YUAN)
    sums = [np.rint(np.exp(rng.uniform(low, high, 1))).astype(np.int64) * 100]
    for _ in range(length - 1):
        sums.append(_less_fee(rng, sums[-1], careful))
    fen, when = np.concatenate(sums), np.cumsum(_pause(rng, careful, length))
    return _anywhere(
        rng,
        _in(rng, cast, ring[:1], fen[:1], when[:1]),
        Legs(when, ring[:-1], ring[1:], fen, np.ones(length, dtype=np.int64)),
        _out(rng, cast, main, int(fen[-1]), float(when[-1]), careful),
    )


def _scatter_gather(block: Block, rng: np.random.Generator, cast: Cast, main: int, careful: bool) -> Legs:
    """One account pays several, and all of them pay the same other account, a fee less."""
    count = _between(rng, CAREFUL_GATHER_MULES if careful else GATHER_MULES)
    mules, fen = cast.either(rng.random(count) < 0.85), _mule_amounts(rng, count)
    gatherer = np.full(count, cast.here(1)[0])
    scattered = rng.uniform(0, 2.5, count) * (PATIENCE if careful else 1.0)
    gathered, less = scattered + _pause(rng, careful, count), _less_fee(rng, fen, careful)
    layering, start = np.ones(count, dtype=np.int64), np.array([scattered.min()])
    return _anywhere(
        rng,
        _in(rng, cast, np.array([main]), np.array([fen.sum()]), start),
        Legs(scattered, np.full(count, main), mules, fen, layering),
        Legs(gathered, mules, gatherer, less, layering),
        _out(rng, cast, int(gatherer[0]), int(less.sum()), float(gathered.max()), careful),
    )


def _structuring(block: Block, rng: np.random.Generator, cast: Cast, main: int, careful: bool) -> Legs:
    """Cash below the reporting limit, day after day, at several branches of the city; then it leaves."""
    days = _between(rng, CAREFUL_DEPOSIT_DAYS if careful else DEPOSIT_DAYS)
    first = rng.integers(1, len(OPEN_DAYS) - DEPOSIT_WINDOW - 10)
    chosen = OPEN_DAYS[first + np.sort(rng.permutation(DEPOSIT_WINDOW)[:days])]
    yuan = rng.uniform(*(CAREFUL_DEPOSIT_YUAN if careful else DEPOSIT_YUAN), days)
    fen = np.rint(yuan / 100).astype(np.int64) * 10_000
    assert fen.max() < REPORTING_LIMIT_FEN
    at_machine = np.where(rng.random(days) < 0.3, rng.integers(80, 196, days) * 10_000, 0)
    twice = at_machine > 0
    when, sums = (
        np.concatenate([chosen, chosen[twice]]),
        np.concatenate([fen - at_machine, at_machine[twice]]),
    )
    desks = rng.permutation(_desks_of_city(block, main))[:4]
    payer = rng.choice(desks, len(when))
    deposits = Legs(
        when + rng.random(len(when)),
        payer,
        np.full(len(when), main),
        sums,
        np.zeros(len(when), dtype=np.int64),
    )
    leaves = _out(rng, cast, main, int(fen.sum()), float(chosen[-1] + 1), careful=False)
    return _joined(deposits, leaves)


def _desks_of_city(block: Block, account: int) -> np.ndarray:
    """The cash desks in the city of the account's branch."""
    branch_city = branches_of_bank().city
    return block.of(parties).cash_desk[branch_city == branch_city[block.of(bank_accounts).branch[account]]]


PLANS: tuple[Callable[[Block, np.random.Generator, Cast, int, bool], Legs], ...] = (
    _fan_in, _fan_out, _cycle, _scatter_gather, _structuring,
)  # fmt: skip
"""In the order of :data:`TYPOLOGIES`."""
