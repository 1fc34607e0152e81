"""Each month's spending on a customer's debit cards leaves the account in one sum, early in the next month."""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world.bank.cards.cards import cards
from labkit.world.bank.cards.monthly import card_monthly
from labkit.world.bank.payments.movements import BATCH, FIRST_DAY, MONTH_START, MONTHS, Movements, moved
from labkit.world.bank.payments.parties import parties
from labkit.world.block import Block

SETTLED_WITHIN_DAYS = 3


def card_settlement(block: Block) -> Movements:
    """The settlements of the debit cards in ``card_monthly``."""
    is_debit = block.of(cards).set_index("card_id")["kind"] == "debit"
    monthly = block.of(card_monthly)
    return settlement(block, monthly[monthly["card_id"].map(is_debit).to_numpy(dtype=bool)])


def settlement(block: Block, debit_spending: pd.DataFrame) -> Movements:
    """The settlements of the quarter.

    Parameters
    ----------
    debit_spending : DataFrame
        Rows of ``card_monthly`` of debit cards: ``customer_id``, ``month`` (its first day), ``spend_fen``.
    """
    to, rng = block.of(parties), block.rng("transfers", "card_settlement")
    later = debit_spending["month"].to_numpy().astype("datetime64[M]") - FIRST_DAY.astype("datetime64[M]")
    spending = debit_spending.assign(paid_in=later.astype(np.int64) + 1)
    of_quarter = spending[spending["paid_in"].isin(MONTHS) & (spending["spend_fen"] > 0)]
    spent = of_quarter.groupby(["customer_id", "paid_in"], as_index=False)["spend_fen"].sum()
    payer = to.main[spent["customer_id"].to_numpy() - block.person_id[0]]
    day = MONTH_START[spent["paid_in"].to_numpy()] + rng.integers(0, SETTLED_WITHIN_DAYS, len(spent))
    fen = spent["spend_fen"].to_numpy()
    return moved(day, rng.random(len(spent)), payer, to.cards, fen, BATCH, "card_settlement")
