"""The table ``card_transactions``: purchases and fraud together, in the order of time. First used in lab 2.10."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.world.bank.cards.cards import card_ids, wallet
from labkit.world.bank.cards.kinds import CHANNELS, Purchases
from labkit.world.bank.cards.purchases import purchases
from labkit.world.bank.cards.rhythm import happened_at
from labkit.world.bank.cards.spending import CATEGORIES
from labkit.world.bank.cards.terminals import layout, terminal_ids
from labkit.world.bank.customers import customer_people
from labkit.world.bank.fraud.by_merchant import covers
from labkit.world.bank.fraud.total import Fraud, fraud
from labkit.world.bank.fraud.typologies import FRIENDLY, TYPOLOGIES
from labkit.world.block import Block
from labkit.world.calendar import DAYS, FIRST_DAY

TRANSACTIONS_PER_BLOCK = 10_000_000


class Ledger(NamedTuple):
    """All transactions of a block in the order of time, and where fraud is among them."""

    rows: Purchases
    fraud: np.ndarray
    """Positions of fraudulent transactions."""
    typology: np.ndarray
    """Position in ``TYPOLOGIES`` of each of them."""
    episode: np.ndarray
    """Position in the episodes of the block; -1 for friendly fraud."""
    reported: np.ndarray
    """Day of the report, position in ``calendar.DAYS`` or beyond."""


def ledger(block: Block) -> Ledger:
    """Put fraud among the purchases, and all of it in the order of time."""
    bought, planted = block.of(purchases), block.of(fraud)
    at_front, front = block.of(covers)
    terminal = np.concatenate([bought.terminal, planted.added.terminal])
    terminal[at_front] = front
    both = Purchases(*(np.concatenate(column) for column in zip(bought, planted.added, strict=True)))
    order = _by_time(both.day, both.tick)
    rows = Purchases(*(column.take(order) for column in both._replace(terminal=terminal)))
    return Ledger(rows, *_fraud_in(order, len(bought.card), planted))


def _by_time(day: np.ndarray, tick: np.ndarray) -> np.ndarray:
    """Positions in the order of time: two passes of numpy's radix sort of 16-bit numbers, the finer one first."""
    order = np.argsort(tick, kind="stable")
    return order.take(np.argsort(day.take(order), kind="stable"))


def _fraud_in(order: np.ndarray, genuine: int, planted: Fraud) -> tuple[np.ndarray, ...]:
    """Positions in the order of time of everything fraudulent; typology, episode and day of the report of each."""
    marked = np.zeros(len(order), dtype=bool)
    marked[genuine:] = True
    marked[planted.disputed] = True
    position = np.flatnonzero(marked.take(order))
    number = np.full(len(order), -1)
    number[planted.disputed] = np.arange(len(planted.disputed))
    number[genuine:] = np.arange(len(order) - genuine)
    is_added, number = order[position] >= genuine, number[order[position]]
    episode, typology, reported = (np.empty(len(position), dtype=np.int64) for _ in range(3))
    episode[is_added], episode[~is_added] = planted.episode[number[is_added]], -1
    typology[is_added] = planted.episodes.typology[episode[is_added]]
    typology[~is_added] = TYPOLOGIES.index(FRIENDLY)
    reported[is_added] = planted.reported[number[is_added]]
    reported[~is_added] = planted.disputed_reported[number[~is_added]]
    return position, typology, episode, reported


def transaction_ids(block: Block) -> np.ndarray:
    """Numbers of the transactions, int64, in the order of time."""
    return block.index * TRANSACTIONS_PER_BLOCK + np.arange(len(block.of(ledger).rows.card)) + 1


def card_transactions(block: Block) -> pd.DataFrame:
    """The table ``card_transactions``: one row per transaction."""
    rows, place = block.of(ledger).rows, block.of(layout)
    reported_fraud, reported_on = _labels(block.of(ledger))
    customer_id = block.of(customer_people)["person_id"].to_numpy()[block.of(wallet).customer]
    category = place.category.astype(np.int8)
    columns = {
        "transaction_id": block.of(transaction_ids),
        "card_id": block.of(card_ids).take(rows.card),
        "customer_id": customer_id.take(rows.card),
        "terminal_id": block.of(terminal_ids).take(rows.terminal),
        "happened_at": happened_at(rows.day, rows.tick),
        "amount_fen": rows.amount.astype(np.int64),
        "category": pd.Categorical.from_codes(category.take(rows.terminal), pd.Index(CATEGORIES)),
        "channel": pd.Categorical.from_codes(rows.channel, pd.Index(CHANNELS)),
        "is_abroad": place.is_abroad.take(rows.terminal),
        "new_device": rows.new_device,
        "approved": rows.approved,
        "reported_fraud": reported_fraud,
        "reported_on": reported_on,
    }
    return pd.DataFrame(columns, copy=False)


def _labels(all_rows: Ledger) -> tuple[np.ndarray, np.ndarray]:
    """Which transactions have been reported as fraud by the end of the world, and on which day."""
    known = all_rows.reported < len(DAYS)
    position = all_rows.fraud[known]
    reported_fraud = np.zeros(len(all_rows.rows.card), dtype=bool)
    reported_fraud[position] = True
    reported_on = np.full(len(reported_fraud), np.datetime64("NaT", "ms"))
    reported_on[position] = FIRST_DAY + all_rows.reported[known]
    return reported_fraud, reported_on
