"""Who subscribes to Swift Mobile: plan, contract and joining date, before anybody leaves."""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world.block import Block
from labkit.world.people.persons import people

PLANS = ("lite", "standard", "plus", "family", "unlimited")
PLAN_FEES_FEN = np.array([2_900, 5_900, 9_900, 13_900, 19_900], dtype=np.int64)

FIRST_MONTH = 2024 * 12
"""January 2024 as a month number, ``12 * year + month - 1``: the world begins."""
LAST_MONTH = 2025 * 12 + 11
"""December 2025: the last month of the world."""

_ALREADY_THERE = 0.6
"""Share of all subscribers who had joined before the world begins. The rest join during its 24 months,
about as many each month as leave, so that the number of subscribers stays the same."""


def month_start(month: np.ndarray | int) -> np.ndarray:
    """First day of each month number, datetime64[D]."""
    return (np.asarray(month) - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]")


def subscribing_people(block: Block) -> pd.DataFrame:
    """The people of the block who were subscribers at some time in 2024 or 2025."""
    everybody = block.of(people)
    return everybody[everybody["is_subscriber"]].reset_index(drop=True)


def contracts(block: Block) -> pd.DataFrame:
    """Every subscriber before anybody leaves, in the order of :func:`subscribing_people`.

    The published columns except ``left_on`` and ``contract_end_on``, plus ``joined_month`` (a month number).
    """
    chosen = block.of(subscribing_people)
    size = len(chosen)
    joined_month = _joined_month(block, size)
    day = block.rng("subscribers", "joined_day").integers(
        0, 28, size
    )  # never the 29th: contracts end on this day
    plan = _plan(block, chosen)
    return pd.DataFrame(
        {
            "subscriber_id": chosen["person_id"].to_numpy(),
            "sex": chosen["sex"].astype(str).to_numpy(),
            "birth_year": 2025 - chosen["age"].to_numpy(),
            "city_tier": chosen["city_tier"].astype(str).to_numpy(),
            "joined_on": (month_start(joined_month) + day).astype("datetime64[ms]"),
            "joined_month": joined_month,
            "plan": np.array(PLANS)[plan],
            "plan_fee_fen": PLAN_FEES_FEN[plan],
            "contract_months": block.rng("subscribers", "contract_months").choice(
                [0, 12, 24], size, p=[0.06, 0.55, 0.39]
            ),
            "autopay": block.rng("subscribers", "autopay").random(size)
            < 0.35 + 0.4 * chosen["digital_habit"].to_numpy(),
        }
    )


def _joined_month(block: Block, size: int) -> np.ndarray:
    """Month numbers: six in ten long before the world begins, the others spread over its 24 months."""
    rng = block.rng("subscribers", "joined_month")
    tenure = 1 + np.minimum(rng.exponential(34, size), 119).astype(np.int64)
    joins_in = rng.integers(FIRST_MONTH, LAST_MONTH + 1, size)
    return np.where(rng.random(size) < _ALREADY_THERE, FIRST_MONTH - tenure, joins_in)


def _plan(block: Block, people: pd.DataFrame) -> np.ndarray:
    """Index of the plan: dearer with income and with digital habit, never decided by them alone."""
    wish = (
        0.9 * np.log(people["income_fen"].to_numpy() / 700_000)
        + 1.2 * (people["digital_habit"].to_numpy() - 0.5)
        + block.rng("subscribers", "plan").normal(0, 0.7, len(people))
    )
    return np.searchsorted([-0.6, 0.2, 0.8, 1.5], wish)


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
