"""The people of a block: what is true of a person before any company knows them.

Every draw is an integer or a comparison with a written-down share, so that no value depends on a
processor's arithmetic. Traits are independent of each other and of the identifier, except where a
line below says otherwise: an effect that nobody planted must not be found.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world.block import BLOCK_SIZE, Block

SEXES = ("female", "male")
AGE_BANDS = ((18, 25), (25, 35), (35, 45), (45, 55), (55, 65), (65, 80))
AGE_BAND_SHARES = (0.12, 0.22, 0.22, 0.19, 0.15, 0.10)
CITY_TIERS = ("tier1", "tier2", "tier3", "county")
CITY_TIER_SHARES = (0.20, 0.30, 0.30, 0.20)
MEDIAN_INCOME_YUAN = {"tier1": 8_500, "tier2": 6_800, "tier3": 5_600, "county": 4_600}
INCOME_SIGMA = 0.5
PARENT_AGES = ((22, 26, 0.12), (26, 34, 0.30), (34, 41, 0.14), (41, 46, 0.02))
"""First age, age after the last, share of people with a child under three."""
SHOPPER_SHARE = 0.80
SUBSCRIBER_SHARE = 0.70


def people(block: Block) -> pd.DataFrame:
    """Return one row per person of the block, in the order of ``block.person_id``.

    Columns are those of the answer key ``people``: identity, age at 2026-01-01, city tier, monthly
    income in fen, two dispositions between 0 and 1, and which companies the person is a customer of.
    """
    sex = block.rng("people", "sex").choice(SEXES, BLOCK_SIZE)
    age = ages(block)
    city_tier = block.rng("people", "city_tier").choice(CITY_TIERS, BLOCK_SIZE, p=CITY_TIER_SHARES)
    return pd.DataFrame(
        {
            "person_id": block.person_id,
            "sex": pd.Categorical(sex, list(SEXES)),
            "age": age,
            "city_tier": pd.Categorical(city_tier, list(CITY_TIERS)),
            "income_fen": incomes(block, city_tier),
            "child_under_3": block.rng("people", "child_under_3").random(BLOCK_SIZE) < parent_shares(age),
            "price_sensitivity": disposition(block, "price_sensitivity"),
            "digital_habit": disposition(block, "digital_habit"),
            "is_shopper": block.rng("people", "is_shopper").random(BLOCK_SIZE) < SHOPPER_SHARE,
            "is_subscriber": block.rng("people", "is_subscriber").random(BLOCK_SIZE) < SUBSCRIBER_SHARE,
        }
    )


def ages(block: Block) -> np.ndarray:
    """Whole years at 2026-01-01, int64: a band by its share, then any year of the band alike."""
    first, after_last = np.array(AGE_BANDS).T
    band = block.rng("people", "age_band").choice(len(AGE_BANDS), BLOCK_SIZE, p=AGE_BAND_SHARES)
    return block.rng("people", "age").integers(first[band], after_last[band])


def incomes(block: Block, city_tier: np.ndarray) -> np.ndarray:
    """Monthly income in fen, int64: lognormal around the median of the city tier, to whole yuan."""
    median = pd.Series(city_tier).map(MEDIAN_INCOME_YUAN).to_numpy()
    factor = block.rng("people", "income_fen").lognormal(0.0, INCOME_SIGMA, BLOCK_SIZE)
    return np.rint(median * factor).astype(np.int64) * 100


def parent_shares(age: np.ndarray) -> np.ndarray:
    """Share of people of each given age who have a child under three, float64."""
    share = np.zeros(len(age))
    for first, after_last, value in PARENT_AGES:
        share[(age >= first) & (age < after_last)] = value
    return share


def disposition(block: Block, name: str) -> np.ndarray:
    """A trait between 0 and 1 in steps of 0.0005: the mean of two even draws, so the middle is common."""
    return block.rng("people", name).integers(0, 1_001, (2, BLOCK_SIZE)).sum(axis=0) / 2_000
