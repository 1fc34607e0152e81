"""What is bought in the app: by taste, within the customer's risk level, and never what is held already.

First used in lab 5.4.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from labkit.world.bank.customers import risk_level
from labkit.world.bank.sales.app_use import app_users, moments
from labkit.world.bank.sales.branch_sales import branch_sales
from labkit.world.bank.sales.products import LAUNCHED, PRODUCTS, RISK_LEVEL
from labkit.world.bank.sales.tastes import POSITION, choose, weight
from labkit.world.block import Block


class Purchases(NamedTuple):
    """Purchases in the app in 2025, one element per purchase in each array, in the order of time."""

    customer: np.ndarray
    """Row in ``customer_people``."""
    product: np.ndarray
    """Position in ``PRODUCTS``."""
    at: np.ndarray
    """datetime64[ms]."""


def allowed_weight(block: Block) -> np.ndarray:
    """``exp(utility)`` where the risk level allows the product, else 0; app users × products of the app."""
    customer = block.of(app_users).customer
    allowed = RISK_LEVEL[POSITION] <= block.of(risk_level)[customer][:, None]
    return block.of(weight)[customer] * allowed


def app_purchases(block: Block) -> Purchases:
    """Draw who buys what in the app, and when.

    A draw that falls on a product not yet launched, or held already, is no purchase: so what is bought follows
    ``exp(utility)`` among the products that remain.
    """
    users = block.of(app_users)
    user, at = moments(block, "purchased_at", users.purchases)
    uniform = block.rng("product_views", "purchased").random(len(user))
    product = POSITION[choose(block.of(allowed_weight), user, uniform)]
    order = np.argsort(at, kind="stable")
    customer, product, at = users.customer[user[order]], product[order], at[order]
    launched = LAUNCHED[product] <= at
    customer, product, at = customer[launched], product[launched], at[launched]
    at_branch = block.of(branch_sales)
    held = at_branch.customer * len(PRODUCTS) + at_branch.product
    bought = customer * len(PRODUCTS) + product
    _, first = np.unique(bought, return_index=True)
    new = np.sort(first[~np.isin(bought[first], held)])
    return Purchases(customer[new], product[new], at[new])
