"""Four offers and three channels: who takes up what through which, what it earns and what it costs.

First used in lab 6.5.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.world.bank.customers import customer_people
from labkit.world.block import Block


class Offer(NamedTuple):
    """Something the bank offers again and again.

    Parameters
    ----------
    slug : str
        The code in tables.
    taste : str
        The trait of ``people`` that it appeals to.
    log_odds : float
        Of being taken up by a text message, where every trait is in the middle.
    margin_yuan : int
        Margin of the first year at an income of :data:`MIDDLE_INCOME_FEN`.
    """

    slug: str
    taste: str
    log_odds: float
    margin_yuan: int


class Channel(NamedTuple):
    """A way to reach a customer.

    Parameters
    ----------
    slug : str
        The code in tables.
    cost_fen : int
        Of one contact.
    capacity : int
        Contacts per 1 000 customers and month.
    log_odds : float
        What the channel adds to the response.
    digital : float
        What a full digital habit adds to the response, compared with none.
    opt_out : float
        What the channel adds to the log-odds that the customer opts out.
    """

    slug: str
    cost_fen: int
    capacity: int
    log_odds: float
    digital: float
    opt_out: float


OFFERS = (
    Offer("money_fund", "taste_growth", -4.6, 180),
    Offer("term_deposit", "taste_safety", -4.7, 260),
    Offer("insurance", "taste_protection", -5.6, 900),
    Offer("instalment", "taste_lifestyle", -4.9, 360),
)
OFFER_SLUGS = tuple(offer.slug for offer in OFFERS)
CHANNELS = (
    Channel("call", 800, 200, 1.7, -0.8, 0.8),
    Channel("sms", 60, 900, 0.0, 0.0, 0.3),
    Channel("app_push", 2, 1_800, -0.6, 2.0, 0.0),
)
CHANNEL_SLUGS = tuple(channel.slug for channel in CHANNELS)
TASTE, RELATION, PRICE = 3.0, 1.2, -0.8
"""What a full taste, a healthy relation, and full price sensitivity add to the log-odds, compared with none."""
MIDDLE_INCOME_FEN = 650_000
MARGIN_FACTORS = (0.5, 3.0)
"""The margin grows with the square root of income, between these factors."""


def contact_channels(seed: int) -> pd.DataFrame:
    """The table ``contact_channels``: one row per channel, the same in every world."""
    return pd.DataFrame(
        {
            "channel": CHANNEL_SLUGS,
            "cost_fen": [channel.cost_fen for channel in CHANNELS],
            "capacity_per_1000": [channel.capacity for channel in CHANNELS],
        }
    )


def response_log_odds(block: Block) -> np.ndarray:
    """Log-odds of taking an offer up, float64, shape (customers, offers, channels)."""
    who = block.of(customer_people)
    traits = who.select_dtypes("float") - 0.5
    person = (RELATION * traits["relation_health"] + PRICE * traits["price_sensitivity"]).to_numpy()
    offer = np.stack([each.log_odds + TASTE * traits[each.taste] for each in OFFERS], axis=1)
    channel = np.stack([each.log_odds + each.digital * traits["digital_habit"] for each in CHANNELS], axis=1)
    return person[:, None, None] + offer[:, :, None] + channel[:, None, :]


def margins_fen(block: Block) -> np.ndarray:
    """Margin of each offer with each customer who takes it up, int64, shape (customers, offers)."""
    income = block.of(customer_people)["income_fen"].to_numpy()
    factor = np.clip(np.sqrt(income / MIDDLE_INCOME_FEN), *MARGIN_FACTORS)
    margin_fen = 100 * np.array([offer.margin_yuan for offer in OFFERS])
    return np.rint(factor[:, None] * margin_fen).astype(np.int64)
