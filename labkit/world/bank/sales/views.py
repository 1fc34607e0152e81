"""The table ``product_views``: which products customers looked at in the app in 2025.

Most views follow taste. A part begins on a banner, which shows what the bank wants to sell, to everybody alike: so the
most viewed products are not the best liked. First used in lab 5.4.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.world.bank.customers import customer_people
from labkit.world.bank.sales.app_purchases import app_purchases
from labkit.world.bank.sales.app_use import app_users, moments
from labkit.world.bank.sales.products import LAUNCHED, PRODUCT_ID, PRODUCTS
from labkit.world.bank.sales.tastes import BANNER, POSITION, choose, weight
from labkit.world.block import Block
from labkit.world.draws import pick

CHANNELS, CHANNEL_SHARES = ("app", "mini_program", "web"), (0.72, 0.20, 0.08)
ENTRIES, ENTRY_SHARES = ("banner", "list", "search"), (0.25, 0.55, 0.20)
IDLE_SECONDS, INTERESTED_SECONDS, SECONDS_SIGMA = 5, 45, 0.8
"""Median view of what leaves a person cold, what the best-liked product adds, and the spread of the logarithm."""
PURCHASE_SECONDS = (120, 600)
"""How long the view takes in which a purchase is made, at least and at most."""
VIEWS_PER_BLOCK = 200_000


class Views(NamedTuple):
    """Views in the order of time, one element per view in each array."""

    customer: np.ndarray
    """Row in ``customer_people``."""
    product: np.ndarray
    """Position in ``PRODUCTS``."""
    at: np.ndarray
    """datetime64[ms]."""
    entry: np.ndarray
    """Position in :data:`ENTRIES`."""
    purchased: np.ndarray
    """bool."""


def views(block: Block) -> Views:
    """Looking around, and the views in which something is bought."""
    users, bought = block.of(app_users), block.of(app_purchases)
    user, at = moments(block, "viewed_at", users.views)
    rng = block.rng("product_views", "entry")
    entry = rng.choice(len(ENTRIES), len(user) + len(bought.at), p=ENTRY_SHARES)
    product = _viewed(block, user, entry[: len(user)])
    on_sale = LAUNCHED[product] <= at
    customer = np.concatenate([users.customer[user[on_sale]], bought.customer])
    product = np.concatenate([product[on_sale], bought.product])
    at = np.concatenate([at[on_sale], bought.at])
    entry = np.concatenate([entry[: len(user)][on_sale], np.maximum(entry[len(user) :], 1)])
    purchased = np.repeat([False, True], [int(on_sale.sum()), len(bought.at)])
    order = np.lexsort((product, customer, at))
    return Views(*(each[order] for each in (customer, product, at, entry, purchased)))


def _viewed(block: Block, user: np.ndarray, entry: np.ndarray) -> np.ndarray:
    """The product of each view, by taste or by the banner; position in ``PRODUCTS``."""
    rng = block.rng("product_views", "product_id")
    liked = choose(block.of(weight)[block.of(app_users).customer], user, rng.random(len(user)))
    shown = pick(np.arange(len(POSITION)), BANNER, rng.random(len(user)))
    return POSITION[np.where(entry == ENTRIES.index("banner"), shown, liked)]


def _seconds(block: Block, each: Views) -> np.ndarray:
    """How long each view took, int64: the better liked, the longer, and longest where something is bought."""
    rng = block.rng("product_views", "seconds")
    interest = np.zeros((block.customers, len(PRODUCTS)))
    interest[:, POSITION] = block.of(weight) / block.of(weight).max(axis=1, keepdims=True)
    median = IDLE_SECONDS + INTERESTED_SECONDS * interest[each.customer, each.product]
    looked = np.rint(median * rng.lognormal(0.0, SECONDS_SIGMA, len(median))).astype(np.int64)
    bought = rng.integers(*PURCHASE_SECONDS, len(median))
    return np.where(each.purchased, bought, np.maximum(looked, 1))


def product_views(block: Block) -> pd.DataFrame:
    """One row per view, in the order of time."""
    each = block.of(views)
    channel = block.rng("product_views", "channel").choice(len(CHANNELS), len(each.at), p=CHANNEL_SHARES)
    return pd.DataFrame(
        {
            "view_id": block.index * VIEWS_PER_BLOCK + np.arange(len(each.at)) + 1,
            "customer_id": block.of(customer_people)["person_id"].to_numpy()[each.customer],
            "product_id": PRODUCT_ID[each.product],
            "viewed_at": each.at,
            "channel": pd.Categorical.from_codes(channel, pd.Index(CHANNELS)),
            "entry": pd.Categorical.from_codes(each.entry, pd.Index(ENTRIES)),
            "seconds": _seconds(block, each),
            "purchased": each.purchased,
        }
    )
