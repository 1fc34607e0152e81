"""What the bank's models expect of each customer, offer and channel in January 2026. First used in lab 6.5."""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world.bank.customers import customer_people
from labkit.world.block import Block
from labkit.world.marketing.chances import millionths
from labkit.world.marketing.offers import CHANNEL_SLUGS, OFFER_SLUGS, margins_fen, response_log_odds

MODEL_ERROR = 300
"""The models' log-odds of an offer are wrong by up to so many thousandths, either way."""
TEN_THOUSAND = 10_000


def offer_scores(block: Block) -> pd.DataFrame:
    """The table ``offer_scores``: one row per customer, offer and channel."""
    log_odds = block.of(response_log_odds)
    customers, offers, channels = log_odds.shape
    error = block.rng("offer_scores", "response_probability").integers(
        -MODEL_ERROR, MODEL_ERROR + 1, (customers, offers, 1)
    )
    score = (millionths(log_odds + error / 1_000) + 50) // 100  # four decimals
    margin = score * block.of(margins_fen)[:, :, None]
    return pd.DataFrame(
        {
            "customer_id": np.repeat(block.of(customer_people)["person_id"].to_numpy(), offers * channels),
            "offer": _repeated(OFFER_SLUGS, customers, channels),
            "channel": _repeated(CHANNEL_SLUGS, customers * offers, 1),
            "response_probability": score.ravel() / TEN_THOUSAND,
            "expected_margin_fen": (margin.ravel() + TEN_THOUSAND // 2) // TEN_THOUSAND,
        }
    )


def _repeated(slugs: tuple[str, ...], times: int, each: int) -> pd.Categorical[str]:
    """Every code ``each`` times, the whole ``times`` times."""
    return pd.Categorical.from_codes(np.tile(np.repeat(np.arange(len(slugs)), each), times), pd.Index(slugs))
