"""The people of a block: what is true of a person before any company knows them.

Every draw is an integer or a comparison with a written-down share, so that no value depends on a
processor's arithmetic. Traits are independent of each other and of the identifier, except where a
line below says otherwise: an effect that nobody planted must not be found.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.world.block import Block
from labkit.world.draws import disposition, pick_by_row
from labkit.world.people.households import Home, homes
from labkit.world.people.places import CITIES, CITY_SLUGS, CITY_TIER, CITY_TIER_SHARES, CITY_TIERS

SEXES = ("female", "male")
AGE_BANDS = ((18, 25), (25, 35), (35, 45), (45, 55), (55, 65), (65, 80))
AGE_BAND_SHARES = (0.12, 0.22, 0.22, 0.19, 0.15, 0.10)
MEDIAN_INCOME_YUAN = {"tier1": 8_500, "tier2": 6_800, "tier3": 5_600, "county": 4_600}
INCOME_SIGMA = 0.4
PARENT_AGES = ((22, 26, 0.12), (26, 34, 0.30), (34, 41, 0.14), (41, 46, 0.02))
"""First age, age after the last, share of people with a child under three."""
SHOPPER_SHARE = 0.64
SUBSCRIBER_SHARE = 0.56
TASTES = ("growth", "safety", "protection", "lifestyle")
"""What draws a person to a financial product: gains, certainty, cover for the family, spending power."""


class Segment(NamedTuple):
    """One of the six kinds of customers.

    Parameters
    ----------
    slug : str
        The code in answer keys.
    shares : tuple of float
        Share of the segment among people of each of :data:`AGE_BANDS`.
    income : float
        Factor on the income.
    digital, risk : int
        Steps of 0.0005 by which digital habit and risk appetite lie above or below others'.
    tastes : tuple of int
        The same for each of :data:`TASTES`.
    """

    slug: str
    shares: tuple[float, ...]
    income: float
    digital: int
    risk: int
    tastes: tuple[int, ...]


# fmt: off
SEGMENTS = (
    Segment("young_digital",     (0.72, 0.34, 0.06, 0.00, 0.00, 0.00), 0.85,  500,  150, ( 200, -300, -200,  400)),
    Segment("family_builder",    (0.04, 0.32, 0.40, 0.20, 0.02, 0.00), 1.10,  100,    0, (   0,    0,  450,  100)),
    Segment("affluent_investor", (0.00, 0.06, 0.16, 0.26, 0.24, 0.16), 2.20,    0,  350, ( 450, -100,    0,  150)),
    Segment("small_business",    (0.04, 0.12, 0.18, 0.18, 0.08, 0.00), 1.30,    0,  200, ( 150, -200,  100, -100)),
    Segment("steady_saver",      (0.00, 0.00, 0.04, 0.16, 0.44, 0.66), 0.90, -450, -450, (-450,  500,    0, -400)),
    Segment("basic_payroll",     (0.20, 0.16, 0.16, 0.20, 0.22, 0.18), 0.75, -100, -100, (-200,   50, -150,    0)),
)
# fmt: on
SEGMENT_SLUGS = tuple(segment.slug for segment in SEGMENTS)


class Identity(NamedTuple):
    """What the register of residents says, one element per person in each array."""

    sex: np.ndarray
    """Position in :data:`SEXES`."""
    age: np.ndarray
    """Whole years at 2026-01-01."""
    city: np.ndarray
    """Position in :data:`~labkit.world.people.places.CITIES`."""
    child_under_3: np.ndarray
    """bool."""


def identity(block: Block) -> Identity:
    """Draw sex, age, city and young children of everybody in the block."""
    age = ages(block)
    tier = block.rng("people", "city_tier").choice(len(CITY_TIERS), block.size, p=CITY_TIER_SHARES)
    return Identity(
        sex=block.rng("people", "sex").integers(0, 2, block.size),
        age=age,
        city=_city_of_tier(tier, block.rng("people", "city").random(block.size)),
        child_under_3=block.rng("people", "child_under_3").random(block.size) < parent_shares(age),
    )


def _city_of_tier(tier: np.ndarray, uniform: np.ndarray) -> np.ndarray:
    """One of the cities of each person's tier, all alike."""
    city = np.empty(len(tier), dtype=np.int64)
    for position, name in enumerate(CITY_TIERS):
        those = np.array([number for number, place in enumerate(CITIES) if place.tier == name])
        here = tier == position
        city[here] = those[(uniform[here] * len(those)).astype(np.int64)]
    return city


def home(block: Block) -> Home:
    """Who lives with whom, and where."""
    each = block.of(identity)
    return homes(block, each.sex, each.age, each.city, each.child_under_3)


def household_ids(block: Block) -> np.ndarray:
    """Number of everybody's household, int64; nothing can be read off it."""
    numbers = block.rng("people", "household_id").permutation(block.size)
    return block.index * block.size + numbers[block.of(home).head] + 1


def segment(block: Block) -> np.ndarray:
    """Position in :data:`SEGMENTS`, by the shares of the age band."""
    band = np.searchsorted([first for first, _ in AGE_BANDS[1:]], block.of(identity).age, side="right")
    shares = np.array([each.shares for each in SEGMENTS]).T[band]
    return pick_by_row(shares, block.rng("people", "segment").random(block.size))


def people(block: Block) -> pd.DataFrame:
    """Return one row per person of the block, in the order of ``block.person_id``.

    Columns are those of the answer key ``people``: identity and home, the segment, income, dispositions
    between 0 and 1, and which companies the person is a customer of.
    """
    each, at, kind = block.of(identity), block.of(home), block.of(segment)
    customer = block.rng("people", "is_customer").permutation(block.size) < block.customers
    return pd.DataFrame(
        {
            "person_id": block.person_id,
            "sex": pd.Categorical.from_codes(each.sex, pd.Index(SEXES)),
            "age": each.age,
            "city": pd.Categorical.from_codes(each.city, pd.Index(CITY_SLUGS)),
            "city_tier": pd.Categorical(np.array(CITY_TIER)[each.city], list(CITY_TIERS)),
            "grid_cell_id": at.cell + 1,
            "household_id": block.of(household_ids),
            "child_under_3": each.child_under_3,
            "segment": pd.Categorical.from_codes(kind, pd.Index(SEGMENT_SLUGS)),
            "income_fen": incomes(block, each.city, kind),
            "risk_appetite": disposition(block, "risk_appetite", _steps("risk")[kind]),
            "price_sensitivity": disposition(block, "price_sensitivity"),
            "digital_habit": disposition(block, "digital_habit", _steps("digital")[kind]),
            "credit_quality": disposition(block, "credit_quality"),
            "relation_health": disposition(block, "relation_health"),
            **{
                f"taste_{taste}": disposition(block, f"taste_{taste}", _steps("tastes")[kind, position])
                for position, taste in enumerate(TASTES)
            },
            "is_customer": customer,
            "is_shopper": block.rng("people", "is_shopper").random(block.size) < SHOPPER_SHARE,
            "is_subscriber": block.rng("people", "is_subscriber").random(block.size) < SUBSCRIBER_SHARE,
        }
    )


def _steps(trait: str) -> np.ndarray:
    return np.array([getattr(each, trait) for each in SEGMENTS])


def ages(block: Block) -> np.ndarray:
    """Whole years at 2026-01-01, int64: a band by its share, then any year of the band alike."""
    first, after_last = np.array(AGE_BANDS).T
    band = block.rng("people", "age_band").choice(len(AGE_BANDS), block.size, p=AGE_BAND_SHARES)
    return block.rng("people", "age").integers(first[band], after_last[band])


def incomes(block: Block, city: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """Monthly income in fen, int64: lognormal around what the city tier and the segment earn, to whole yuan."""
    median = np.array([MEDIAN_INCOME_YUAN[tier] for tier in CITY_TIER])[city] * _steps("income")[kind]
    factor = block.rng("people", "income_fen").lognormal(0.0, INCOME_SIGMA, block.size)
    return np.rint(median * factor).astype(np.int64) * 100


def parent_shares(age: np.ndarray) -> np.ndarray:
    """Share of people of each given age who have a child under three, float64."""
    share = np.zeros(len(age))
    for first, after_last, value in PARENT_AGES:
        share[(age >= first) & (age < after_last)] = value
    return share
