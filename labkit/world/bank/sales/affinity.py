"""Which customers hold which kinds of product: the planted affinity of the six segments.

First used in lab 2.2.
"""

from __future__ import annotations

import numpy as np

from labkit.world.bank.customers import customer_people, risk_level
from labkit.world.bank.sales.products import KIND, KINDS, RISK_LEVEL
from labkit.world.block import Block
from labkit.world.people.persons import AGE_BANDS

KIND_NAMES = tuple(KINDS)

# fmt: off
SHARES = {
    # per cent of young_digital, family_builder, affluent_investor, small_business, steady_saver, basic_payroll
    "current":        (100, 100, 100, 100, 100, 100),
    "notice":         (  1,   1,   5,   8,   4,   1),
    "time_deposit":   (  3,   8,  10,   6,  94,   8),
    "certificate":    (  0,   1,   8,   3,  40,   1),
    "credit_card":    ( 42,  54,  68,  40,  13,  24),
    "mortgage":       (  3,  90,  10,  12,   5,   5),
    "consumer_loan":  ( 88,   7,   2,   6,   2,   5),
    "business_loan":  (  1,   2,   3,  92,   1,   1),
    "money_fund":     ( 91,  20,  15,  15,   4,   6),
    "bond_fund":      (  5,   6,  45,   5,   5,   2),
    "equity_fund":    (  7,   6,  88,   7,   2,   2),
    "steady_wealth":  (  3,   8,  85,   7,  16,   2),
    "growth_wealth":  (  2,   4,  75,   5,   2,   1),
    "health_cover":   ( 12,  62,  12,  10,   5,   4),
    "life_cover":     (  4,  86,  12,  10,   5,   3),
    "child_plan":     (  0,  42,   5,   4,   1,   1),
    "savings_plan":   (  1,   5,   8,   3,  68,   2),
    "property_cover": (  1,  36,   8,   9,   4,   1),
}
"""Share of each segment who hold a product of the kind through a branch, were everybody of the best age for it."""

AGE_FACTOR = {
    # per cent for each of AGE_BANDS: 18-24, 25-34, 35-44, 45-54, 55-64, 65-79
    "mortgage":       ( 55, 100, 100,  95,  60,   0),
    "consumer_loan":  (100, 100, 100,  90,  60,   0),
    "business_loan":  (100, 100, 100, 100,  90,   0),
    "child_plan":     ( 40, 100, 100,  60,   0,   0),
    "savings_plan":   (  0,  70, 100, 100, 100,  90),
    "certificate":    (  0,  80, 100, 100, 100, 100),
    "life_cover":     (100, 100, 100, 100,  90,  30),
}
# fmt: on
"""Kinds whose share depends on age; a bank lends to nobody who is older than 64."""


def holding_probability(block: Block) -> np.ndarray:
    """Probability of holding each kind through a branch, customers × :data:`KIND_NAMES`, in the segment and age."""
    who = block.of(customer_people)
    segment = who["segment"].cat.codes.to_numpy().astype(np.int64)
    band = np.searchsorted([first for first, _ in AGE_BANDS[1:]], who["age"], side="right")
    shares = np.array(list(SHARES.values())).T[segment]
    factors = np.array([AGE_FACTOR.get(kind, (100,) * len(AGE_BANDS)) for kind in KIND_NAMES]).T[band]
    return shares * factors * _suitable(block) / 10_000


def _suitable(block: Block) -> np.ndarray:
    """Which kinds have a product within the customer's risk level, bool, customers × :data:`KIND_NAMES`."""
    least = np.array([RISK_LEVEL[kind == KIND].min() for kind in KIND_NAMES])
    return least <= block.of(risk_level)[:, None]
