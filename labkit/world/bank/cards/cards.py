"""The table ``cards``: who carries a debit card, who a credit card, and since when. First used in lab 2.10."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.world.bank.cards.spending import segment_of_customer
from labkit.world.bank.customers import customer_people, joined_on
from labkit.world.bank.sales.card_products import NEVER, card_since
from labkit.world.block import Block
from labkit.world.calendar import DAYS, FIRST_DAY
from labkit.world.draws import shuffled
from labkit.world.people.persons import SEGMENT_SLUGS

CARD_KINDS, STATUSES = ("debit", "credit"), ("active", "closed")
DEBIT_SHARE = {
    "young_digital": 0.92,
    "family_builder": 0.92,
    "affluent_investor": 0.86,
    "small_business": 0.90,
    "steady_saver": 0.85,
    "basic_payroll": 0.86,
}
"""Who has a credit card, the table ``holdings`` says."""
LONGEST_WAIT_DAYS = 30
"""A debit card is issued at most so many days after the customer joined; a credit card when its product is bought."""
CLOSED_SHARE = 0.05
LIMIT_IN_INCOMES = (1.5, 3.0)
"""Credit limit in monthly incomes: for the least credit quality, and what the greatest adds."""
CARDS_PER_BLOCK = 10_000


class Wallet(NamedTuple):
    """One element per card of the block in each array, in the order of the card's number, which tells nothing."""

    customer: np.ndarray
    """Row of the holder in ``customer_people``."""
    is_credit: np.ndarray
    """bool."""
    issued: np.ndarray
    """datetime64[D]."""
    closed: np.ndarray
    """datetime64[D]; NaT while the card is open."""
    first_day: np.ndarray
    """Position in ``calendar.DAYS`` from which the card is used."""
    after_last_day: np.ndarray
    """Position after the last day on which it is used."""


def wallet(block: Block) -> Wallet:
    """Give customers their cards."""
    share = np.array([DEBIT_SHARE[slug] for slug in SEGMENT_SLUGS])[block.of(segment_of_customer)]
    has_debit = block.rng("cards", "debit").random(len(share)) < share
    customer, kind = np.nonzero(np.column_stack([has_debit, block.of(card_since) < NEVER]))
    order = shuffled(block, "card_id", len(customer))
    customer, kind = customer[order], kind[order]
    issued = _issued(block, customer, kind)
    closed = np.where(kind == 1, np.datetime64("NaT"), _closed(block, issued))
    first = np.maximum((issued - FIRST_DAY).astype(np.int64), 0)
    after_last = np.where(np.isnat(closed), len(DAYS), (closed - FIRST_DAY).astype(np.int64))
    return Wallet(customer, kind == 1, issued, closed, first, after_last)


def _issued(block: Block, customer: np.ndarray, kind: np.ndarray) -> np.ndarray:
    wait = block.rng("cards", "issued_on").random(len(customer)) ** 2 * LONGEST_WAIT_DAYS
    debit = block.of(joined_on)[customer] + wait.astype(np.int64)
    return np.where(kind == 1, block.of(card_since)[customer], debit)


def _closed(block: Block, issued: np.ndarray) -> np.ndarray:
    """A few debit cards are closed on some day of the two years, none within three months of its issue."""
    rng = block.rng("cards", "closed_on")
    day = np.maximum(issued, FIRST_DAY) + rng.integers(90, len(DAYS), len(issued))
    closes = (rng.random(len(issued)) < CLOSED_SHARE) & (day <= DAYS[-1])
    return np.where(closes, day, np.datetime64("NaT"))


def card_ids(block: Block) -> np.ndarray:
    """Number of each card, int64."""
    return block.index * CARDS_PER_BLOCK + np.arange(len(block.of(wallet).customer)) + 1


def credit_limit_fen(block: Block) -> np.ndarray:
    """Credit limit of each card in whole thousands of yuan, int64; 0 for a debit card."""
    each, who = block.of(wallet), block.of(customer_people)
    least, more = LIMIT_IN_INCOMES
    incomes = least + more * who["credit_quality"].to_numpy()[each.customer]
    noise = block.rng("cards", "credit_limit_fen").integers(80, 121, len(incomes)) / 100
    limit = who["income_fen"].to_numpy()[each.customer] * incomes * noise / 100_000
    return np.where(each.is_credit, np.maximum(np.rint(limit), 1).astype(np.int64) * 100_000, 0)


def cards(block: Block) -> pd.DataFrame:
    """The table ``cards``: one row per card."""
    each = block.of(wallet)
    limit = pd.Series(block.of(credit_limit_fen), dtype="Int64").mask(~each.is_credit)
    is_closed: np.ndarray = ~np.isnat(each.closed)
    return pd.DataFrame(
        {
            "card_id": block.of(card_ids),
            "customer_id": block.of(customer_people)["person_id"].to_numpy()[each.customer],
            "kind": pd.Categorical.from_codes(each.is_credit.astype(np.int8), pd.Index(CARD_KINDS)),
            "status": pd.Categorical.from_codes(is_closed.astype(np.int8), pd.Index(STATUSES)),
            "issued_on": each.issued.astype("datetime64[ms]"),
            "closed_on": each.closed.astype("datetime64[ms]"),
            "credit_limit_fen": limit,
        }
    )
