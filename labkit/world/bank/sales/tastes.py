"""What draws whom to which product: planted loadings on the four tastes of ``people``.

How much a product appeals to a person (its *utility*) is the sum, over the tastes, of the product's loading times
the person's taste less one half, plus what everybody finds in it. Who buys in the app buys each product allowed
with a probability in proportion to ``exp(utility)``. First used in lab 5.4.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world.bank.customers import customer_people
from labkit.world.bank.sales.products import PRODUCT_ID, SLUGS
from labkit.world.block import Block
from labkit.world.people.persons import TASTES

SHARPNESS = 1.2
"""Utility of a unit of loading for a person whose taste is 1 above another's."""
WEIGHT_UNITS = 1_000
"""``exp(utility)`` is rounded to thousandths, so that no choice hangs on a processor's arithmetic."""

# fmt: off
LOADINGS = {
    # growth, safety, protection, lifestyle; appeal to everybody, in tenths; weight on the banner
    "notice_7d":         (-2,  7,  0,  2,  -4,  0),
    "time_3m":           (-4,  8,  0,  1,  -2,  0),
    "time_6m":           (-4,  8,  0,  0,   0,  0),
    "time_1y":           (-5,  9,  1, -1,   4,  0),
    "time_2y":           (-6,  9,  0, -2,  -1,  0),
    "time_3y":           (-6, 10,  2, -3,   4,  0),
    "time_5y":           (-7, 10,  3, -4,   0,  8),
    "card_youth":        ( 0, -4, -2,  9,   0,  0),
    "card_classic":      ( 0,  0,  0,  6,   0, 14),
    "card_platinum":     ( 4, -2,  0,  8,   0,  0),
    "card_car":          ( 1, -1,  2,  7,   0,  0),
    "card_travel":       ( 3, -5, -1, 10,   2,  0),
    "card_online":       ( 1, -4, -3, 10,   4,  0),
    "card_family":       ( 0,  0,  6,  6,   2,  0),
    "card_dining":       ( 0, -3,  0, 10,   3,  0),
    "card_sports":       ( 2, -2,  1,  8,  -1,  6),
    "fund_tide_money":   ( 1,  4, -1,  3,   4,  0),
    "fund_pier_money":   ( 0,  5,  0,  2,   0,  0),
    "fund_short_bond":   ( 2,  5,  0, -1,   0,  0),
    "fund_pure_bond":    ( 3,  4,  1, -2,   2,  0),
    "fund_plus_bond":    ( 5,  1,  1, -1,   0,  9),
    "fund_balanced":     ( 7, -1,  1,  0,   0, 10),
    "fund_index":        ( 8, -3, -1,  1,   4,  0),
    "fund_growth":       (10, -6, -2,  2,   3,  0),
    "fund_tech":         (10, -8, -3,  4,   3,  8),
    "fund_health":       ( 8, -5,  3,  0,   0,  0),
    "fund_dividend":     ( 7,  1,  1, -2,   2,  0),
    "fund_gold":         ( 5,  2,  2, -2,   2,  0),
    "fund_overseas":     ( 9, -6,  0,  4,   1,  0),
    "fund_pension":      ( 5,  3,  6, -3,  -2,  7),
    "wealth_daily":      ( 1,  5,  0,  2,   3,  0),
    "wealth_3m":         ( 2,  6,  0,  0,   2,  0),
    "wealth_6m":         ( 2,  6,  1, -1,   1,  0),
    "wealth_1y":         ( 3,  6,  1, -2,   2,  0),
    "wealth_plus":       ( 6,  2,  0, -1,   2,  0),
    "wealth_quarter":    ( 4,  3,  0,  1,   0,  6),
    "wealth_structured": ( 4,  4,  0,  0,  -3,  8),
    "wealth_multi":      ( 8, -2,  0,  0,   1,  0),
    "wealth_equity":     ( 9, -5,  0,  1,   0,  0),
    "cover_critical":    (-1,  2, 10, -2,   4,  0),
    "cover_term_life":   ( 0,  1,  9, -2,   2,  0),
    "cover_medical":     ( 0,  1,  9,  0,   4,  0),
    "cover_accident":    ( 0,  0,  8,  3,   1,  0),
    "cover_travel":      ( 0, -3,  5,  8,   0,  0),
    "plan_education":    ( 1,  3,  9, -2,   0,  7),
    "cover_child":       ( 0,  0, 10,  1,   1,  0),
    "plan_annuity":      ( 1,  7,  6, -5,   1,  0),
    "plan_endowment":    ( 0,  7,  5, -4,  -3, 12),
    "cover_home":        (-1,  3,  7,  1,   0,  5),
}
# fmt: on
POSITION = np.array([SLUGS.index(slug) for slug in LOADINGS])
"""Position in ``PRODUCTS`` of each product sold in the app, in the order of :data:`LOADINGS`."""
_PLANTED = np.array(list(LOADINGS.values()))
TASTE_LOADINGS, APPEAL, BANNER = SHARPNESS * _PLANTED[:, :4], _PLANTED[:, 4] / 10, _PLANTED[:, 5]


def weight(block: Block) -> np.ndarray:
    """``exp(utility)`` in :data:`WEIGHT_UNITS`, int64, customers × products of the app."""
    tastes = block.of(customer_people)[[f"taste_{taste}" for taste in TASTES]].to_numpy()
    utility = (tastes - 0.5) @ TASTE_LOADINGS.T + APPEAL
    return np.maximum(np.rint(WEIGHT_UNITS * np.exp(utility)).astype(np.int64), 1)


def choose(weights: np.ndarray, row: np.ndarray, uniform: np.ndarray) -> np.ndarray:
    """Choose a column of ``weights`` (int64) for each element of ``row``, in proportion; int64."""
    until = np.cumsum(weights, axis=1)
    before = np.cumsum(until[:, -1]) - until[:, -1]
    total = until[row, -1]
    flat = (until + before[:, None]).ravel()
    wanted = before[row] + np.minimum((uniform * total).astype(np.int64), total - 1)
    return np.searchsorted(flat, wanted, side="right") - row * weights.shape[1]


def product_tastes(seed: int) -> pd.DataFrame:
    """The answer key ``product_tastes``: one row per product sold in the app, the same in every world."""
    table = pd.DataFrame(
        {
            "product_id": PRODUCT_ID[POSITION],
            **{f"loading_{taste}": TASTE_LOADINGS[:, k] for k, taste in enumerate(TASTES)},
            "appeal": APPEAL,
            "banner_share": BANNER / BANNER.sum(),
        }
    )
    return table.sort_values("product_id", ignore_index=True)
