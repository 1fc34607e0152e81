"""How much lies in each product held: heavy-tailed, in proportion to income. First used in lab 2.2."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from labkit.world.bank.cards.cards import credit_limit_fen, wallet
from labkit.world.bank.customers import customer_people
from labkit.world.bank.payments.accounts import accounts
from labkit.world.bank.sales.products import KIND, PRODUCTS
from labkit.world.block import Block
from labkit.world.people.persons import SEGMENT_SLUGS


class Balance(NamedTuple):
    """How large the balances of a kind of product are.

    Parameters
    ----------
    incomes : float
        The median customer's, in monthly incomes.
    sigma : float
        Spread of the logarithm; from 1 on, a few hold most of it.
    unit_yuan : int
        Balances are multiples of it.
    """

    incomes: float
    sigma: float
    unit_yuan: int


BALANCES = {
    "current": Balance(0, 0, 1),  # as the table accounts says
    "notice": Balance(10, 0.5, 10_000),
    "time_deposit": Balance(7, 1.0, 1_000),
    "certificate": Balance(40, 0.5, 10_000),
    "credit_card": Balance(0, 0, 1),  # the limit, as the table cards says
    "mortgage": Balance(75, 0.5, 1),
    "consumer_loan": Balance(2.5, 0.7, 1),
    "business_loan": Balance(35, 0.8, 1),
    "money_fund": Balance(0.8, 1.3, 1),
    "bond_fund": Balance(5, 1.1, 1),
    "equity_fund": Balance(4, 1.2, 1),
    "steady_wealth": Balance(10, 1.1, 1),
    "growth_wealth": Balance(8, 1.1, 1),
    "health_cover": Balance(60, 0.5, 100_000),
    "life_cover": Balance(45, 0.6, 50_000),
    "child_plan": Balance(15, 0.6, 10_000),
    "savings_plan": Balance(12, 0.8, 10_000),
    "property_cover": Balance(60, 0.4, 100_000),
}
SEGMENT_FACTOR = {
    ("time_deposit", "steady_saver"): 5.0,
    ("time_deposit", "affluent_investor"): 2.0,
}
"""How much larger than others' the balances of a segment are, in incomes."""
APP_FACTOR = 0.4
"""What is bought in the app is a first try."""


def balance_fen(block: Block, customer: np.ndarray, product: np.ndarray, in_app: np.ndarray) -> np.ndarray:
    """Balance of each holding, int64: lognormal around some monthly incomes, at least the product's minimum.

    Parameters
    ----------
    customer, product : ndarray of int64
        Row in ``customer_people``, position in ``PRODUCTS``.
    in_app : ndarray
        1 where it was bought in the app, else 0.
    """
    who = block.of(customer_people)
    incomes, sigma, unit = np.array([BALANCES[each.kind] for each in PRODUCTS])[product].T
    factor = _segment_factors()[product, who["segment"].cat.codes.to_numpy()[customer]]
    factor = factor * np.where(in_app, APP_FACTOR, 1)
    spread = block.rng("holdings", "balance_fen").normal(0.0, 1.0, len(customer))
    yuan = who["income_fen"].to_numpy()[customer] / 100 * incomes * factor * np.exp(sigma * spread)
    least = np.maximum([each.minimum_yuan for each in PRODUCTS], 1)[product]
    units = np.maximum(np.rint(yuan / unit), np.ceil(least / unit))
    fen = (100 * unit * units).astype(np.int64)
    fen = np.where(KIND[product] == "current", _on_accounts(block)[customer], fen)
    return np.where(KIND[product] == "credit_card", _credit_limit(block)[customer], fen)


def _credit_limit(block: Block) -> np.ndarray:
    """Limit of each customer's credit card, int64; 0 without one."""
    mine, limit = block.of(wallet), np.zeros(block.customers, dtype=np.int64)
    limit[mine.customer[mine.is_credit]] = block.of(credit_limit_fen)[mine.is_credit]
    return limit


def _on_accounts(block: Block) -> np.ndarray:
    """What lies on all accounts of each customer, int64."""
    total = block.of(accounts).groupby("customer_id")["balance_fen"].sum()
    return total.loc[block.of(customer_people)["person_id"]].to_numpy()


def _segment_factors() -> np.ndarray:
    """:data:`SEGMENT_FACTOR` as products × segments."""
    factors = np.ones((len(PRODUCTS), len(SEGMENT_SLUGS)))
    for (kind, segment), factor in SEGMENT_FACTOR.items():
        factors[kind == KIND, SEGMENT_SLUGS.index(segment)] = factor
    return factors
