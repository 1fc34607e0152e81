"""What the bank knew about its customers on the eve of a campaign: traits, measured with noise."""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world.bank.customers import customer_people, joined_on
from labkit.world.block import Block
from labkit.world.marketing.chances import MILLION, comes_true

WEALTH_BAND_LIMITS_YUAN = (3_500, 5_500, 8_000, 12_000)
"""Measured monthly income from which a household is put into band 2, 3, 4 and 5."""
CONTACTS_90D, MOST_CONTACTS = 1.2, 6
ASKED_SHARE, ASKED_BY_TASTE = 0.08, 0.16
"""Share who asked an adviser about saving: of those without a taste for certainty, and added by a full one."""
COMPLAINED_SHARE = 0.30
"""Share who complained within a year where the relation is at its worst; none at its best."""


def eve_features(block: Block, campaign: str, day: np.datetime64) -> pd.DataFrame:
    """Features of every customer on the eve of a campaign, in the order of ``customer_people``.

    The last column, ``relation_health``, is the trait itself: a manager feels it, no table has it.

    Parameters
    ----------
    campaign : str
        Table of the campaign, which names the random streams.
    day : datetime64[D]
        First day of the campaign.
    """
    who, year = block.of(customer_people), 1970 + day.astype("datetime64[Y]").astype(int)
    return pd.DataFrame(
        {
            "age": who["age"] - (2025 - year),
            "sex": who["sex"],
            "city_tier": who["city_tier"],
            "tenure_years": (day - block.of(joined_on)).astype(np.int64) // 365,
            "wealth_band": _wealth_band(block.rng(campaign, "wealth_band"), who),
            "app_logins_30d": _app_logins(block.rng(campaign, "app_logins_30d"), who),
            "contacts_90d": _contacts(block.rng(campaign, "contacts_90d"), who),
            "asked_for_advice": comes_true(
                block.rng(campaign, "asked_for_advice"),
                _millionths(ASKED_SHARE + ASKED_BY_TASTE * who["taste_safety"]),
            ),
            "complained_12m": comes_true(
                block.rng(campaign, "complained_12m"),
                _millionths(COMPLAINED_SHARE * (1 - who["relation_health"])),
            ),
            "relation_health": who["relation_health"],
        }
    )


def _millionths(share: pd.Series) -> np.ndarray:
    return np.rint(MILLION * share.to_numpy()).astype(np.int64)


def _wealth_band(rng: np.random.Generator, who: pd.DataFrame) -> np.ndarray:
    """1 to 5: the income, estimated to within 30 %."""
    estimate = who["income_fen"].to_numpy() * rng.integers(70, 131, len(who)) // 10_000
    return np.searchsorted(WEALTH_BAND_LIMITS_YUAN, estimate, side="right") + 1


def _app_logins(rng: np.random.Generator, who: pd.DataFrame) -> np.ndarray:
    """Days of the last thirty: as many as the digital habit says, give or take four."""
    habit = np.rint(30 * who["digital_habit"].to_numpy()).astype(np.int64)
    return np.clip(habit + rng.integers(-4, 5, len(who)), 0, 30)


def _contacts(rng: np.random.Generator, who: pd.DataFrame) -> np.ndarray:
    return np.minimum(rng.poisson(CONTACTS_90D, len(who)), MOST_CONTACTS)
