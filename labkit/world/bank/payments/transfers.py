"""The table ``transfers``: every movement on an account of the bank in the fourth quarter of 2025.

First used in lab 2.11.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.world.bank.payments.bills import bills
from labkit.world.bank.payments.card_settlement import card_settlement
from labkit.world.bank.payments.cash import cash
from labkit.world.bank.payments.laundering import laundering
from labkit.world.bank.payments.lookalikes import lookalikes
from labkit.world.bank.payments.movements import CHANNELS, FIRST_DAY, PURPOSES, Movements, together
from labkit.world.bank.payments.parties import BANKS, parties
from labkit.world.bank.payments.social import social
from labkit.world.bank.payments.trade import trade
from labkit.world.bank.payments.wages import wages
from labkit.world.block import Block

NUMBERS_PER_BLOCK = 1_000_000
ORDINARY = (wages, bills, card_settlement, cash, trade, social, lookalikes)
"""What makes the movements of ordinary life."""


class Ledger(NamedTuple):
    """All movements of the quarter, in the order of their numbers, which tell nothing."""

    movements: Movements
    transfer_id: np.ndarray
    planted: np.ndarray
    """Rows of the planted movements, in the order of ``laundering(block)``."""


def ledger(block: Block) -> Ledger:
    """Ordinary life and what is planted, mixed; movements between two other banks are none of this one's business."""
    to = block.of(parties)
    ordinary = together([make(block) for make in ORDINARY])
    known = (np.minimum(ordinary.payer, ordinary.payee) < to.own) & (ordinary.payer != ordinary.payee)
    planted = block.of(laundering).movements
    every = together([Movements(*(column[known] for column in ordinary)), planted])
    row = block.rng("transfers", "order").permutation(len(every.at))
    order = np.argsort(row)
    first = block.index * NUMBERS_PER_BLOCK + 1
    return Ledger(
        Movements(*(column[order] for column in every)), first + np.arange(len(row)), row[-len(planted.at) :]
    )


def transfers(block: Block) -> pd.DataFrame:
    """One row per movement, in the order of ``transfer_id``."""
    book, to = block.of(ledger), block.of(parties)
    each = book.movements
    return pd.DataFrame(
        {
            "transfer_id": book.transfer_id,
            "sent_at": FIRST_DAY.astype("datetime64[ms]") + each.at.astype("timedelta64[ms]"),
            "payer_account": to.number[each.payer],
            "payee_account": to.number[each.payee],
            "payer_bank": pd.Categorical.from_codes(to.bank[each.payer], pd.Index(BANKS)),
            "payee_bank": pd.Categorical.from_codes(to.bank[each.payee], pd.Index(BANKS)),
            "amount_fen": each.fen,
            "channel": pd.Categorical.from_codes(each.channel, pd.Index(CHANNELS)),
            "purpose": pd.Categorical.from_codes(each.purpose, pd.Index(PURPOSES)),
        }
    )
