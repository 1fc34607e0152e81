"""What customers bought at a branch: kinds of product by segment and age, the product of a kind by taste.

Some kinds follow upon others, and the investors' circle has a favourite. First used in labs 2.2, 2.3 and 5.5.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.world.bank.customers import customer_people, joined_on, risk_level
from labkit.world.bank.sales.affinity import KIND_NAMES, holding_probability
from labkit.world.bank.sales.products import KIND, LAUNCHED, PRODUCTS, RISK_LEVEL, SLUGS
from labkit.world.bank.sales.tastes import POSITION, choose, weight
from labkit.world.block import Block
from labkit.world.calendar import AFTER_LAST_DAY
from labkit.world.people.relations import investors

LONGEST_DAYS = {
    "consumer_loan": 900,
    "business_loan": 900,
    "notice": 900,
    "time_deposit": 1_800,
    "certificate": 1_090,
}
"""A product of these kinds is paid back, or out, after so many days at the latest."""
CARD_WITHIN_DAYS = 1_500
"""A credit card comes in the first years with the bank, mostly in the first months."""
SEQUENCES = (
    ("mortgage", "life_cover", 0.60, 90),
    ("mortgage", "property_cover", 0.70, 45),
    ("money_fund", "equity_fund", 0.50, 240),
    ("steady_wealth", "growth_wealth", 0.50, 180),
    ("time_deposit", "savings_plan", 0.40, 150),
)
"""Kind, the kind that follows, share of those who hold both for whom it does, within how many days."""
INVESTORS_FUND, INVESTORS_SHARE = "fund_gold", 0.85
"""What the investors' circle talks about, and how many of its members follow, where their risk level allows it."""
APPEAL_AT_BRANCH = 400
"""Weight of a product that is not sold in the app, whatever the taste, in ``tastes.WEIGHT_UNITS``."""


class Sales(NamedTuple):
    """Products held from a branch, one element per customer and product in each array."""

    customer: np.ndarray
    """Row in ``customer_people``."""
    product: np.ndarray
    """Position in ``PRODUCTS``."""
    opened: np.ndarray
    """datetime64[D]."""


def branch_sales(block: Block) -> Sales:
    """Draw what every customer holds from a branch, and since when."""
    probability = block.of(holding_probability)
    holds = block.rng("holdings", "kind").random(probability.shape) < probability
    customer, kind = np.nonzero(holds)
    product = _product_of_kind(block, customer, kind)
    extra = _favourite(block, customer, product)
    customer = np.concatenate([customer, extra])
    product = np.concatenate([product, np.full(len(extra), SLUGS.index(INVESTORS_FUND))])
    return Sales(customer, product, _opened(block, customer, product))


def _product_of_kind(block: Block, customer: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """One product of each wanted kind, within the customer's risk level; position in ``PRODUCTS``."""
    appeal = np.full((block.customers, len(PRODUCTS)), APPEAL_AT_BRANCH)
    appeal[:, POSITION] = block.of(weight)
    appeal[block.of(risk_level)[:, None] < RISK_LEVEL] = 0
    product = np.empty(len(customer), dtype=np.int64)
    uniform = block.rng("holdings", "product").random(len(customer))
    for number, name in enumerate(KIND_NAMES):
        those, candidates = kind == number, np.flatnonzero(name == KIND)
        product[those] = candidates[choose(appeal[:, candidates], customer[those], uniform[those])]
    return product


def _favourite(block: Block, customer: np.ndarray, product: np.ndarray) -> np.ndarray:
    """Rows of the members of the investors' circle who add its favourite fund to what they hold."""
    fund = SLUGS.index(INVESTORS_FUND)
    member = np.isin(block.of(customer_people)["person_id"], block.person_id[block.of(investors)])
    member &= block.of(risk_level) >= RISK_LEVEL[fund]
    member &= block.rng("holdings", "favourite").random(len(member)) < INVESTORS_SHARE
    member[customer[product == fund]] = False
    return np.flatnonzero(member)


def _opened(block: Block, customer: np.ndarray, product: np.ndarray) -> np.ndarray:
    """Day of each sale: any day since customer and product are there; the current account on the first."""
    joined, kind = block.of(joined_on)[customer], KIND[product]
    first = np.maximum(joined, LAUNCHED[product])
    for name, days in LONGEST_DAYS.items():
        first = np.where(kind == name, np.maximum(first, AFTER_LAST_DAY - days), first)
    span = (AFTER_LAST_DAY - first).astype(np.int64)
    uniform = block.rng("holdings", "opened_on").random(len(customer))
    later = np.where(kind == "credit_card", uniform**2 * np.minimum(span, CARD_WITHIN_DAYS), uniform * span)
    opened = np.where(kind == "current", joined, first + later.astype(np.int64))
    for number, (before, after, share, within) in enumerate(SEQUENCES):
        rng = block.rng("holdings", f"sequence_{number}")
        follows, wait = rng.random(block.customers) < share, rng.integers(1, within + 1, block.customers)
        start = np.full(block.customers, np.datetime64("NaT", "D"))
        start[customer[kind == before]] = opened[kind == before]
        then = (start + wait)[customer]
        fits = (kind == after) & follows[customer] & (then >= first) & (then < AFTER_LAST_DAY)
        opened = np.where(fits, then, opened)
    return opened


def product_sequences(seed: int) -> pd.DataFrame:
    """The answer key ``product_sequences``: which kind of product follows upon which, the same in every world."""
    return pd.DataFrame(SEQUENCES, columns=["kind", "next_kind", "share", "within_days"])
