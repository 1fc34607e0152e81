"""Since when customers have a credit card: one card and one limit, whatever card products they hold.

First used in labs 2.2 and 2.10.
"""

from __future__ import annotations

import numpy as np

from labkit.world.bank.sales.app_purchases import app_purchases
from labkit.world.bank.sales.branch_sales import branch_sales
from labkit.world.bank.sales.products import LINE
from labkit.world.block import Block

NEVER = np.datetime64("2100-01-01")


def card_since(block: Block) -> np.ndarray:
    """First day of each customer's first card product, datetime64[D]; :data:`NEVER` without one."""
    branch, app = block.of(branch_sales), block.of(app_purchases)
    product = np.concatenate([branch.product, app.product])
    is_card = LINE[product] == "card"
    customer = np.concatenate([branch.customer, app.customer])[is_card]
    opened = np.concatenate([branch.opened, app.at.astype("datetime64[D]")])[is_card]
    since = np.full(block.customers, NEVER)
    np.minimum.at(since, customer, opened)
    return since
