"""The five ways in which cards are misused: what is planted. First used in lab 2.10."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.language import Text
from labkit.world.bank.cards.spending import CATEGORIES


class Typology(NamedTuple):
    """One way in which cards are misused.

    Parameters
    ----------
    typology : str
        The code in answer keys.
    name : Text
        The name for people.
    episodes : float
        Expected number for 100 000 genuine purchases; each front busts out once.
    transactions : tuple of int
        Fraudulent transactions of an episode: at least, at most. Per victim for a compromised terminal.
    gap_hours : float
        Mean time between two of them.
    amount_factor, amount_sigma : float
        Median amount in multiples of the customer's usual amount in the category, and spread of its logarithm.
    categories : dict of str to int
        Where the loot is made, by weight; empty where the terminal decides.
    """

    typology: str
    name: Text
    episodes: float
    transactions: tuple[int, int]
    gap_hours: float
    amount_factor: float
    amount_sigma: float
    categories: dict[str, int]


SPREE = Typology(
    "stolen_card_spree",
    Text("Stolen-card spree", "盗刷：失窃卡连续消费"),
    episodes=9,
    transactions=(8, 15),
    gap_hours=0.4,
    amount_factor=5.0,
    amount_sigma=0.45,
    categories={
        "electronics": 30,
        "fashion": 28,
        "groceries": 14,
        "home": 10,
        "entertainment": 10,
        "fuel": 8,
    },
)
TERMINAL = Typology(
    "compromised_terminal",
    Text("Compromised terminal", "商户终端被侧录"),
    episodes=4,
    transactions=(1, 2),
    gap_hours=20.0,
    amount_factor=2.0,
    amount_sigma=0.5,
    categories={},
)
TAKEOVER = Typology(
    "account_takeover",
    Text("Account takeover", "账户盗用"),
    episodes=18,
    transactions=(4, 8),
    gap_hours=0.8,
    amount_factor=4.0,
    amount_sigma=0.45,
    categories={"entertainment": 34, "electronics": 32, "fashion": 18, "travel": 16},
)
BUST_OUT = Typology(
    "merchant_bust_out",
    Text("Merchant bust-out", "商户恶意套现跑路"),
    episodes=0,
    transactions=(30, 60),
    gap_hours=2.5,
    amount_factor=3.0,
    amount_sigma=0.5,
    categories={},
)
FRIENDLY = Typology(
    "friendly_fraud",
    Text("Friendly fraud", "善意欺诈（持卡人否认真实交易）"),
    episodes=32,
    transactions=(1, 1),
    gap_hours=0.0,
    amount_factor=1.0,
    amount_sigma=0.0,
    categories={},
)
TYPOLOGIES = (SPREE, TERMINAL, TAKEOVER, BUST_OUT, FRIENDLY)
TYPOLOGY_SLUGS = tuple(each.typology for each in TYPOLOGIES)

DECLINED_SHARE = 0.06
"""Share of fraudulent attempts that are declined."""
LONGEST_DELAY_DAYS = 21
"""A fraud is reported at most so many days later, after a week on average."""


def category_of_loot(typology: Typology, uniform: np.ndarray) -> np.ndarray:
    """Position in ``CATEGORIES``, by the weights of the typology and numbers drawn evenly from 0 to 1."""
    weight = np.array(list(typology.categories.values()))
    number = np.searchsorted(np.cumsum(weight) / weight.sum(), uniform, side="right")
    return np.array([CATEGORIES.index(name) for name in typology.categories])[number]


def fraud_typologies(seed: int) -> pd.DataFrame:
    """The answer key ``fraud_typologies``: one row per typology, the same in every world."""
    return pd.DataFrame(
        {
            "typology": [each.typology for each in TYPOLOGIES],
            "name_en": [each.name.en for each in TYPOLOGIES],
            "name_zh": [each.name.zh for each in TYPOLOGIES],
            "least_transactions": [each.transactions[0] for each in TYPOLOGIES],
            "most_transactions": [each.transactions[1] for each in TYPOLOGIES],
            "gap_hours": [each.gap_hours for each in TYPOLOGIES],
            "amount_factor": [each.amount_factor for each in TYPOLOGIES],
            "has_pattern": [each is not FRIENDLY for each in TYPOLOGIES],
        }
    )
