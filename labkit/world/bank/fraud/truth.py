"""The answer keys ``fraud_truth`` and ``fraud_episodes``: what is fraud, and when which danger was there.

First used in labs 2.10 and 4.9.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world.bank.cards.cards import card_ids
from labkit.world.bank.cards.rhythm import TICKS, happened_at
from labkit.world.bank.cards.terminals import terminal_ids
from labkit.world.bank.cards.transactions import ledger, transaction_ids
from labkit.world.bank.fraud.total import fraud
from labkit.world.bank.fraud.typologies import TYPOLOGY_SLUGS
from labkit.world.block import Block
from labkit.world.calendar import FIRST_DAY
from labkit.world.draws import shuffled

EPISODES_PER_BLOCK = 10_000


def episode_ids(block: Block) -> np.ndarray:
    """Number of each episode, int64, in an order that tells nothing."""
    count = len(block.of(fraud).episodes.typology)
    return block.index * EPISODES_PER_BLOCK + shuffled(block, "fraud_episodes", count) + 1


def fraud_truth(block: Block) -> pd.DataFrame:
    """The answer key ``fraud_truth``: one row per fraudulent transaction, reported by now or not."""
    known = block.of(ledger)
    number = np.append(block.of(episode_ids), 0)[known.episode]
    return pd.DataFrame(
        {
            "transaction_id": block.of(transaction_ids)[known.fraud],
            "typology": pd.Categorical.from_codes(known.typology, pd.Index(TYPOLOGY_SLUGS)),
            "episode_id": pd.arrays.IntegerArray(number, known.episode < 0),
            "report_due_on": (FIRST_DAY + known.reported).astype("datetime64[ms]"),
        }
    )


def fraud_episodes(block: Block) -> pd.DataFrame:
    """The answer key ``fraud_episodes``: one row per time in which a card, an account or a merchant is dangerous."""
    each = block.of(fraud).episodes
    card, terminal = (
        np.append(block.of(card_ids), 0)[each.card],
        np.append(block.of(terminal_ids), 0)[each.terminal],
    )
    table = pd.DataFrame(
        {
            "episode_id": block.of(episode_ids),
            "typology": pd.Categorical.from_codes(each.typology, pd.Index(TYPOLOGY_SLUGS)),
            "card_id": pd.arrays.IntegerArray(card, each.card < 0),
            "terminal_id": pd.arrays.IntegerArray(terminal, each.terminal < 0),
            "starts_at": happened_at(*np.divmod(each.starts, TICKS)),
            "ends_at": happened_at(*np.divmod(each.ends, TICKS)),
        }
    )
    return table.sort_values("episode_id", ignore_index=True)
