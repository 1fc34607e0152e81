"""The table ``card_monthly``: what each card spent in each month, and what is owed on credit cards.

The sums are those of the approved rows of ``card_transactions``. First used in lab 2.2.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.world.bank.cards.cards import card_ids, credit_limit_fen, wallet
from labkit.world.bank.cards.kinds import ONLINE
from labkit.world.bank.cards.rhythm import TICKS_PER_HOUR
from labkit.world.bank.cards.spending import CATEGORIES, spending
from labkit.world.bank.cards.terminals import layout
from labkit.world.bank.cards.transactions import ledger
from labkit.world.bank.customers import customer_people
from labkit.world.block import Block
from labkit.world.calendar import DAYS, FIRST_DAY, MONTH

MONTHS = 24
GROUPS = {
    "daily": ("groceries", "health", "utilities"),
    "mobility": ("transport", "fuel"),
    "family": ("home", "education"),
    "leisure": ("dining", "entertainment", "fashion", "electronics"),
    "travel": ("travel",),
    "business": ("wholesale",),
    "cash": ("cash",),
}
"""Groups of categories; each category is in one."""
NIGHT_ENDS, NIGHT_BEGINS = 6, 22
"""Hours."""
INSTALMENTS = 6
"""Months over which a month's purchases are paid back, where the holder chooses so."""
INSTALMENT_LEAST_FEN, INSTALMENT_PART = 50_000, 0.8
"""A month's purchases from here may be put into instalments, and which part of them is."""
PAYS_LEAST, MINIMUM_OF = 0.25, 10
"""How often those of the least credit quality pay only a tenth of what is due; those of the greatest never do."""


class Months(NamedTuple):
    """Sums of approved transactions; arrays of shape (cards, months), int64."""

    transactions: np.ndarray
    online: np.ndarray
    night: np.ndarray
    spend_fen: np.ndarray
    by_group: np.ndarray
    """Fen, shape (groups, cards, months)."""


class Debt(NamedTuple):
    """What is owed on each card at each month's end, 0 on debit cards; arrays of shape (cards, months), int64 fen."""

    paid: np.ndarray
    """Paid in the month."""
    balance: np.ndarray
    """Owed at the end of the month."""
    instalments: np.ndarray
    """The part of it that is paid back in instalments."""


def months(block: Block) -> Months:
    """Add up what each card did in each month."""
    rows = block.of(ledger).rows
    approved = np.flatnonzero(rows.approved)
    cards = len(block.of(wallet).customer)
    key = rows.card.take(approved) * np.int32(MONTHS) + MONTH.astype(np.int32).take(rows.day.take(approved))
    tick = rows.tick.take(approved)
    is_night = (tick < NIGHT_ENDS * TICKS_PER_HOUR) | (tick >= NIGHT_BEGINS * TICKS_PER_HOUR)
    is_online = rows.channel.take(approved) == ONLINE
    group = _group_of_category().take(block.of(layout).category.take(rows.terminal.take(approved)))
    size = cards * MONTHS
    fen = np.bincount(group * size + key, rows.amount.take(approved), minlength=len(GROUPS) * size)
    by_group = fen.astype(np.int64).reshape(len(GROUPS), cards, MONTHS)
    every, online, night = (
        np.bincount(each, minlength=size).reshape(cards, MONTHS)
        for each in (key, key[is_online], key[is_night])
    )
    return Months(every, online, night, by_group.sum(axis=0), by_group)


def _group_of_category() -> np.ndarray:
    names = list(GROUPS)
    return np.array([next(i for i, name in enumerate(names) if each in GROUPS[name]) for each in CATEGORIES])


def open_months(block: Block) -> np.ndarray:
    """In which months each card is open for at least a day, bool of shape (cards, months)."""
    mine, month = block.of(wallet), np.arange(MONTHS)
    last = MONTH[np.minimum(mine.after_last_day, len(DAYS)) - 1]
    return (month >= MONTH[mine.first_day][:, None]) & (month <= last[:, None])


def debt(block: Block) -> Debt:
    """Pay back month by month: instalments as they fall due, the rest of last month's debt in full or a tenth of it."""
    mine, is_open = block.of(wallet), block.of(open_months)
    spent = block.of(months).spend_fen * mine.is_credit[:, None]
    instalment = _instalments(block, spent)
    due = sum(_later(instalment, month) for month in range(1, INSTALMENTS + 1))
    in_instalments = np.cumsum(INSTALMENTS * instalment - due, axis=1)
    closes = is_open & ~np.isnat(mine.closed)[:, None] & ~np.roll(is_open, -1, axis=1)
    rest, least = spent - INSTALMENTS * instalment, _pays_least(block)
    for month in range(MONTHS):
        before = rest[:, month - 1] if month else 0
        rest[:, month] += np.where(least[:, month], before - before // MINIMUM_OF, 0)
        rest[closes[:, month], month] = 0
    balance = rest + in_instalments
    return Debt(_later(balance, 1) + spent - balance, balance, in_instalments)


def _later(values: np.ndarray, months: int) -> np.ndarray:
    """The same values so many months later; 0 before."""
    moved = np.zeros_like(values)
    moved[:, months:] = values[:, :-months]
    return moved


def _instalments(block: Block, spent: np.ndarray) -> np.ndarray:
    """The instalment into which each month's purchases are put, 0 for most; none that would outlive the card."""
    mine = block.of(wallet)
    share = block.of(spending).instalments[mine.customer, None]
    chosen = block.rng("card_monthly", "instalments").random(spent.shape) < share
    chosen &= (spent >= INSTALMENT_LEAST_FEN) & mine.is_credit[:, None]
    months_left = MONTH[np.minimum(mine.after_last_day, len(DAYS) - 1)][:, None] - np.arange(MONTHS)
    chosen &= np.isnat(mine.closed)[:, None] | (months_left > INSTALMENTS)
    return np.where(chosen, np.rint(INSTALMENT_PART * spent / INSTALMENTS), 0).astype(np.int64)


def _pays_least(block: Block) -> np.ndarray:
    """In which months only the minimum is paid, bool of shape (cards, months)."""
    customer = block.of(wallet).customer
    share = PAYS_LEAST * (1 - block.of(customer_people)["credit_quality"].to_numpy()[customer])
    return block.rng("card_monthly", "paid_fen").random((len(customer), MONTHS)) < share[:, None]


def card_monthly(block: Block) -> pd.DataFrame:
    """The table ``card_monthly``: one row per card and month in which it was open, in the order of time."""
    month, card = np.nonzero(block.of(open_months).T)
    sums, owed, mine = block.of(months), block.of(debt), block.of(wallet)
    no_credit = ~mine.is_credit[card]
    limit = np.where(mine.is_credit, block.of(credit_limit_fen), 1)
    first = FIRST_DAY.astype("datetime64[M]") + month
    return pd.DataFrame(
        {
            "card_id": block.of(card_ids)[card],
            "customer_id": block.of(customer_people)["person_id"].to_numpy()[mine.customer[card]],
            "month": first.astype("datetime64[ms]"),
            "transactions": sums.transactions[card, month],
            "online_transactions": sums.online[card, month],
            "night_transactions": sums.night[card, month],
            "spend_fen": sums.spend_fen[card, month],
            **{f"{name}_fen": fen[card, month] for name, fen in zip(GROUPS, sums.by_group, strict=True)},
            "paid_fen": pd.arrays.IntegerArray(owed.paid[card, month], no_credit),
            "balance_fen": pd.arrays.IntegerArray(owed.balance[card, month], no_credit),
            "instalment_fen": pd.arrays.IntegerArray(owed.instalments[card, month], no_credit),
            "utilisation": np.where(
                no_credit, np.nan, np.rint(10_000 * (owed.balance / limit[:, None])[card, month]) / 10_000
            ),
        }
    )
