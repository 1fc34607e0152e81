"""Who subscribes to Swift Mobile: plan, contract and joining date, before anybody leaves."""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world.block import Block
from labkit.world.telecom.accounts import account_ids, addresses
from labkit.world.telecom.habits import habits
from labkit.world.telecom.joining import joined_month, month_start, subscribing_people
from labkit.world.telecom.tariffs import PLAN_FEES_FEN, PLAN_SLUGS


def contracts(block: Block) -> pd.DataFrame:
    """Every subscriber before anybody leaves, in the order of :func:`subscribing_people`.

    The published columns except ``left_on`` and ``contract_end_on``, plus ``joined_month`` (a month number).
    """
    chosen, joined = block.of(subscribing_people), block.of(joined_month)
    size = len(chosen)
    # never the 29th: contracts end on this day
    day = block.rng("subscribers", "joined_day").integers(0, 28, size)
    autopay_share = 0.35 + 0.4 * chosen["digital_habit"].to_numpy()
    plan = block.of(habits).plan
    return pd.DataFrame(
        {
            "subscriber_id": chosen["person_id"].to_numpy(),
            "account_id": block.of(account_ids),
            "sex": chosen["sex"].astype(str).to_numpy(),
            "birth_year": 2025 - chosen["age"].to_numpy(),
            "city": chosen["city"].astype(str).to_numpy(),
            "city_tier": chosen["city_tier"].astype(str).to_numpy(),
            "grid_cell_id": block.of(addresses),
            "joined_on": (month_start(joined) + day).astype("datetime64[ms]"),
            "joined_month": joined,
            "plan": np.array(PLAN_SLUGS)[plan],
            "plan_fee_fen": PLAN_FEES_FEN[plan],
            "contract_months": block.rng("subscribers", "contract_months").choice(
                [0, 12, 24], size, p=[0.06, 0.55, 0.39]
            ),
            "autopay": block.rng("subscribers", "autopay").random(size) < autopay_share,
        }
    )


def contract_end(joined_on: pd.Series, term: np.ndarray, until: np.ndarray) -> np.ndarray:
    """The end of the contract term that runs on the day ``until``; NaT without a contract.

    Contracts begin on the joining day, run 12 or 24 months and renew by themselves for the same term.
    """
    first_day = joined_on.to_numpy().astype("datetime64[D]")
    joined_month = first_day.astype("datetime64[M]").astype(np.int64)
    day = (first_day - first_day.astype("datetime64[M]")).astype(np.int64)
    until = until.astype("datetime64[D]")
    until_month = until.astype("datetime64[M]").astype(np.int64)
    until_day = (until - until.astype("datetime64[M]")).astype(np.int64)
    served = (
        until_month - joined_month + (until_day >= day)
    )  # terms end on `day`: has this month's day come yet?
    terms = -(-np.maximum(served, 1) // np.maximum(term, 1))
    end_month = (joined_month + terms * term).astype("datetime64[M]")
    end = (end_month.astype("datetime64[D]") + day).astype("datetime64[ms]")
    return np.where(term > 0, end, np.datetime64("NaT"))
