"""What Swift Mobile charges: the plans, and the bill that follows from a plan and a month's use.

Every price is a whole number of fen for the smallest amount that is counted (a hundredth of a GB, a
minute, a day), so a bill is exact and no rounding rule is needed.
First used in lab 2.8.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.language import Text

NO_LIMIT = 10**9
"""Stands for an allowance without end; missing in the table."""


class Plan(NamedTuple):
    """A plan. Money in fen, data in GB, months as month numbers (``12 * year + month - 1``).

    Parameters
    ----------
    slug, name : str, Text
        The code in tables, and the name for people.
    fee : int
        Per month.
    data, minutes : int
        Included in a month.
    per_gb, per_minute, per_roaming_day : int
        Price of what goes beyond, and of a day abroad.
    sold_from, sold_until : int
        First and last month in which new customers could choose it; 0 for "still on sale".
    """

    slug: str
    name: Text
    fee: int
    data: int
    minutes: int
    per_gb: int
    per_minute: int
    per_roaming_day: int
    sold_from: int
    sold_until: int = 0


NOT_YET = np.datetime64("NaT")
OLD, NOW, NEW = 2014 * 12, 2023 * 12, 2025 * 12 + 3
"""When the plans of three generations came to market: long ago, January 2023, April 2025."""

# fmt: off
PLANS = (
    Plan("classic",   Text("Classic", "经典套餐"),          4_900,        3,   300, 600, 19, 1_500, OLD, NOW - 1),
    Plan("lite",      Text("Lite", "轻享套餐"),             2_900,        5,   100, 600, 15, 1_500, NOW),
    Plan("standard",  Text("Standard", "标准套餐"),         5_900,       15,   200, 600, 15, 1_500, NOW),
    Plan("plus",      Text("Plus", "畅享套餐"),             9_900,       30,   500, 400, 10, 1_000, OLD),
    Plan("family",    Text("Family", "家庭套餐"),          13_900,       50,   800, 300, 10, 1_000, NOW),
    Plan("unlimited", Text("Unlimited", "不限量套餐"),     19_900, NO_LIMIT, 2_000,   0, 10,   500, OLD),
    Plan("talk",      Text("Talk", "畅聊套餐"),             4_900,        5,   800, 600, 10, 1_500, NEW),
    Plan("data_max",  Text("Data Max", "流量王套餐"),       8_900,       28,    50, 400, 15, 1_500, NEW),
)
# fmt: on
PLAN_SLUGS = tuple(plan.slug for plan in PLANS)
PLAN_FEES_FEN = np.array([plan.fee for plan in PLANS], dtype=np.int64)
_RATES = np.array(
    [
        (plan.fee, 100 * plan.data, plan.minutes, plan.per_gb // 100, plan.per_minute, plan.per_roaming_day)
        for plan in PLANS
    ],
    dtype=np.int64,
)


def charges(plan: np.ndarray, data: np.ndarray, voice: np.ndarray, roaming: np.ndarray) -> np.ndarray:
    """What a month costs under a plan, without extra charges, in fen.

    Parameters
    ----------
    plan : ndarray of int
        Position in :data:`PLANS`; broadcasts against the others, as they do among themselves.
    data, voice, roaming : ndarray of int
        Hundredths of a GB, minutes, days abroad.
    """
    fee, included_data, included_voice, per_data, per_minute, per_day = np.moveaxis(_RATES[plan], -1, 0)
    beyond = (
        np.maximum(data - included_data, 0) * per_data + np.maximum(voice - included_voice, 0) * per_minute
    )
    return fee + beyond + roaming * per_day


def on_sale(month: np.ndarray | int) -> np.ndarray:
    """Which plans a new customer could choose in each month number, bool, shape (months, plans)."""
    month = np.asarray(month)[..., None]
    first, last = np.array([(plan.sold_from, plan.sold_until or 10**6) for plan in PLANS]).T
    return (first <= month) & (month <= last)


def tariffs(seed: int) -> pd.DataFrame:
    """The table ``tariffs``: one row per plan, the same in every world."""
    return pd.DataFrame(
        {
            "plan": list(PLAN_SLUGS),
            "name_en": [plan.name.en for plan in PLANS],
            "name_zh": [plan.name.zh for plan in PLANS],
            "fee_fen": PLAN_FEES_FEN,
            "included_data_gb": _limited("data"),
            "included_minutes": _limited("minutes"),
            "per_gb_fen": [plan.per_gb for plan in PLANS],
            "per_minute_fen": [plan.per_minute for plan in PLANS],
            "per_roaming_day_fen": [plan.per_roaming_day for plan in PLANS],
            "sold_from": [_day(plan.sold_from) for plan in PLANS],
            "sold_until": [_day(plan.sold_until + 1) - 1 if plan.sold_until else NOT_YET for plan in PLANS],
        }
    )


def _limited(allowance: str) -> pd.Series:
    values = pd.Series([getattr(plan, allowance) for plan in PLANS], dtype="Int64")
    return values.mask(values == NO_LIMIT)


def _day(month: int) -> np.datetime64:
    """First day of a month number."""
    return np.datetime64(month - 1970 * 12, "M").astype("datetime64[D]")
