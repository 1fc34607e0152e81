"""How each customer spends: often or rarely, little or much, where, when, online or in a shop, on credit or not.

The planted segment sets the profile; income, digital habit, taste and city move each customer about it, and so
does chance. First used in labs 2.2 and 2.10.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from labkit.world.bank.customers import customer_people
from labkit.world.block import Block
from labkit.world.people.persons import SEGMENT_SLUGS, SEGMENTS
from labkit.world.people.places import CITIES, CITY_TIER, CITY_TIERS

CATEGORIES = (
    "groceries", "dining", "transport", "fuel", "fashion", "electronics", "home", "health", "education",
    "entertainment", "travel", "utilities", "wholesale", "cash",
)  # fmt: skip
"""What is bought; ``cash`` is a withdrawal at a cash machine."""


class Profile(NamedTuple):
    """The typical customer of a segment.

    Parameters
    ----------
    transactions : float
        Card transactions per month.
    median_yuan : int
        Median amount, before the category's own size.
    online, night, credit, instalments : float
        Shares: of purchases made online where the category is sold both ways, of transactions made late in the
        evening or at night, of purchases on the credit card beside a debit card, and of months whose purchases
        are put into instalments.
    trips : float
        Journeys per year to another city or abroad.
    mix : tuple of int
        Weight of each of :data:`CATEGORIES`.
    """

    transactions: float
    median_yuan: int
    online: float
    night: float
    credit: float
    instalments: float
    trips: float
    mix: tuple[int, ...]


# fmt: off
PROFILES = {                         #  /month yuan online night credit instal. trips  gro din tra fue fas ele hom hea edu ent tvl uti who cas
    "young_digital":     Profile(8.1,  48, 0.62, 0.22, 0.60, 0.30, 1.5, (10, 26, 12,  2, 16,  6,  2,  2,  2, 14,  4,  3,  0,  1)),
    "family_builder":    Profile(6.7,  95, 0.42, 0.06, 0.60, 0.16, 1.2, (30,  8,  4,  9,  8,  4,  9,  6, 13,  2,  2,  4,  0,  1)),
    "affluent_investor": Profile(5.4, 270, 0.30, 0.09, 0.80, 0.04, 4.0, (10, 22,  3,  9, 12,  5,  6,  8,  3,  5, 14,  2,  0,  1)),
    "small_business":    Profile(5.0, 480, 0.20, 0.05, 0.30, 0.08, 1.0, ( 8, 11,  2, 18,  2,  4,  3,  3,  2,  1,  2,  5, 36,  3)),
    "steady_saver":      Profile(2.5,  62, 0.06, 0.01, 0.30, 0.02, 0.4, (44,  4,  7,  1,  3,  1,  4, 18,  0,  1,  2,  8,  0,  7)),
    "basic_payroll":     Profile(2.9,  36, 0.24, 0.10, 0.45, 0.14, 0.4, (27, 17, 17,  2,  7,  3,  2,  3,  1,  4,  1,  9,  0,  7)),
}
# fmt: on
ACTIVITY_SIGMA, AMOUNT_SIGMA, MIX_SIGMA = 0.40, 0.28, 0.45
"""Spread of the logarithm among customers of one segment: of transactions, amounts and category weights."""
SHARE_NOISE = 0.12
"""Shares are moved by up to this part of the distance to 0 or 1, whichever is nearer."""
ONLINE_BY_HABIT = 0.20
"""How much the share of online purchases grows from the least digital habit to the greatest of a segment."""
LIFESTYLE = ("dining", "fashion", "entertainment", "travel")
LIFESTYLE_BY_TASTE = 0.8
"""Weight of the lifestyle categories grows by this part of itself from the least taste for them to the greatest."""
INCOME_POWER = 0.5
"""Amounts grow with the square root of income within a segment."""
TYPICAL_INCOME_FEN = 620_000
"""Of everybody; a segment's own is this times its factor on the income."""
TRANSPORT_BY_TIER, FUEL_BY_TIER = (1.4, 1.1, 0.9, 0.6), (0.8, 1.0, 1.1, 1.3)


class Spending(NamedTuple):
    """One element (one row of ``mix``) per customer of the block, in the order of ``customer_people``."""

    transactions: np.ndarray
    """Expected card transactions per month, float64 in hundredths."""
    median_fen: np.ndarray
    """Median amount before the category's own size, int64."""
    mix: np.ndarray
    """Share of transactions in each of :data:`CATEGORIES`; rows sum to 1."""
    online: np.ndarray
    """Share of purchases made online, where the category is sold both ways."""
    night: np.ndarray
    """Share of transactions made late in the evening or at night."""
    credit: np.ndarray
    """Share of purchases on the credit card, for whoever has both cards."""
    instalments: np.ndarray
    """Share of months whose purchases on the credit card are put into instalments."""
    trips: np.ndarray
    """Expected journeys per year."""


def spending(block: Block) -> Spending:
    """How each customer of the block spends."""
    kind = block.of(segment_of_customer)
    typical = {name: np.array([getattr(PROFILES[s], name) for s in SEGMENT_SLUGS])[kind] for name in _NUMBERS}
    factor = _lognormal(block, "transactions", ACTIVITY_SIGMA)
    return Spending(
        transactions=np.maximum(np.rint(100 * typical["transactions"] * factor), 20) / 100,
        median_fen=_median_fen(block, typical["median_yuan"]),
        mix=_mix(block, kind),
        online=_moved(block, "online", typical["online"] + _habit(block, kind)),
        night=_moved(block, "night", typical["night"]),
        credit=_moved(block, "credit", typical["credit"]),
        instalments=_moved(block, "instalments", typical["instalments"]),
        trips=typical["trips"],
    )


def segment_of_customer(block: Block) -> np.ndarray:
    """Position in ``SEGMENTS`` of each customer, int64."""
    return block.of(customer_people)["segment"].cat.codes.to_numpy().astype(np.int64)


def _lognormal(block: Block, name: str, sigma: float) -> np.ndarray:
    return block.rng("spending", name).lognormal(0.0, sigma, block.customers)


def _median_fen(block: Block, typical_yuan: np.ndarray) -> np.ndarray:
    """The segment's amount, moved by what the customer earns in comparison with the segment."""
    segment_income = np.array([each.income for each in SEGMENTS])[block.of(segment_of_customer)]
    income = block.of(customer_people)["income_fen"].to_numpy() / (TYPICAL_INCOME_FEN * segment_income)
    noise = _lognormal(block, "median_fen", AMOUNT_SIGMA)
    return np.rint(100 * typical_yuan * income**INCOME_POWER * noise).astype(np.int64)


def _mix(block: Block, kind: np.ndarray) -> np.ndarray:
    who = block.of(customer_people)
    weight = np.array([PROFILES[slug].mix for slug in SEGMENT_SLUGS])[kind] + 0.05
    weight *= block.rng("spending", "mix").lognormal(0.0, MIX_SIGMA, weight.shape)
    tier = np.array([CITY_TIERS.index(CITY_TIER[code]) for code in range(len(CITIES))])[who["city"].cat.codes]
    weight[:, CATEGORIES.index("transport")] *= np.array(TRANSPORT_BY_TIER)[tier]
    weight[:, CATEGORIES.index("fuel")] *= np.array(FUEL_BY_TIER)[tier]
    taste = 1 + LIFESTYLE_BY_TASTE * (who["taste_lifestyle"].to_numpy() - 0.5)
    weight[:, [CATEGORIES.index(each) for each in LIFESTYLE]] *= taste[:, None]
    return weight / weight.sum(axis=1, keepdims=True)


def _habit(block: Block, kind: np.ndarray) -> np.ndarray:
    """What digital habit adds to the online share, beyond what is usual in the segment."""
    usual = 0.5 + np.array([each.digital for each in SEGMENTS])[kind] / 2_000
    return ONLINE_BY_HABIT * (block.of(customer_people)["digital_habit"].to_numpy() - usual)


def _moved(block: Block, name: str, share: np.ndarray) -> np.ndarray:
    """A share between 0.005 and 0.95, moved by chance, in ten-thousandths."""
    share = np.clip(share, 0.005, 0.95)
    noise = block.rng("spending", name).integers(-1_000, 1_001, (3, block.customers)).sum(axis=0) / 1_000
    return np.rint(10_000 * (share + SHARE_NOISE * noise * np.minimum(share, 1 - share))) / 10_000


_NUMBERS = ("transactions", "median_yuan", "online", "night", "credit", "instalments", "trips")
