"""Which plan would have been cheapest: the answer to lab 2.8."""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world.block import Block
from labkit.world.telecom.churn import left_month
from labkit.world.telecom.habits import CAUSES, habits
from labkit.world.telecom.joining import LAST_MONTH, joined_month
from labkit.world.telecom.service import MONTHS, service
from labkit.world.telecom.subscribers import contracts
from labkit.world.telecom.tariffs import PLAN_SLUGS, charges, on_sale

ADVICE_MONTHS = 3
"""The advice rests on the use of so many last months of the world: October to December 2025."""


def best_plans(block: Block) -> pd.DataFrame:
    """The answer key ``best_plans``: one row per subscriber who was there for all of the last three months.

    The choice is among the plans on sale in December 2025 and the subscriber's own; where two cost the
    same, the own plan stays, else the one that stands first in ``tariffs``.
    """
    usual, cost = block.of(habits), block.of(_cost)
    there = (block.of(joined_month) < LAST_MONTH - ADVICE_MONTHS + 1) & (block.of(left_month) > LAST_MONTH)
    rows = np.arange(len(cost))
    paid, best = cost[rows, usual.plan], cost.argmin(axis=1)
    best = np.where(cost[rows, best] == paid, usual.plan, best)
    return pd.DataFrame(
        {
            "subscriber_id": block.of(contracts)["subscriber_id"],
            "plan": np.array(PLAN_SLUGS)[usual.plan],
            "best_plan": np.array(PLAN_SLUGS)[best],
            "charges_fen": paid,
            "regret_fen": paid - cost[rows, best],
            "cause": np.array(CAUSES)[usual.cause],
        }
    )[there].reset_index(drop=True)


def _cost(block: Block) -> np.ndarray:
    """What the use of the last months costs under each plan that can be had, fen, subscribers × plans."""
    months, plan = block.of(service), block.of(habits).plan
    last = MONTHS > LAST_MONTH - ADVICE_MONTHS
    use = (months.data[:, last, None], months.voice[:, last, None], months.roaming[:, last, None])
    cost = charges(np.arange(len(PLAN_SLUGS)), *use).sum(axis=1)
    own = plan[:, None] == np.arange(len(PLAN_SLUGS))
    return np.where(own | on_sale(LAST_MONTH), cost, np.iinfo(np.int64).max)
