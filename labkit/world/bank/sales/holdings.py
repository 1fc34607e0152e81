"""The table ``holdings``: what each customer holds on 2025-12-31, bought at a branch or in the app.

First used in lab 2.2.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world.bank.customers import customer_people
from labkit.world.bank.sales.app_purchases import app_purchases
from labkit.world.bank.sales.balances import balance_fen
from labkit.world.bank.sales.branch_sales import branch_sales
from labkit.world.bank.sales.products import PRODUCT_ID
from labkit.world.block import Block

SOLD_THROUGH = ("branch", "app")


def holdings(block: Block) -> pd.DataFrame:
    """One row per customer and product held."""
    branch, app = block.of(branch_sales), block.of(app_purchases)
    customer = np.concatenate([branch.customer, app.customer])
    product = np.concatenate([branch.product, app.product])
    opened = np.concatenate([branch.opened, app.at.astype("datetime64[D]")])
    in_app = np.repeat([0, 1], [len(branch.customer), len(app.customer)])
    table = pd.DataFrame(
        {
            "customer_id": block.of(customer_people)["person_id"].to_numpy()[customer],
            "product_id": PRODUCT_ID[product],
            "opened_on": opened.astype("datetime64[ms]"),
            "sold_through": pd.Categorical.from_codes(in_app, pd.Index(SOLD_THROUGH)),
            "balance_fen": balance_fen(block, customer, product, in_app),
        }
    )
    return table.sort_values(["customer_id", "product_id"], ignore_index=True)
