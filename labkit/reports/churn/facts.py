"""What the churn report knows about a month: customers with their warning signs, and each region's figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from labkit.errors import LabkitError
from labkit.language import Text

if TYPE_CHECKING:
    from labkit.session import Lab
    from labkit.store import Dataset

CONFIDENCE, Z = 0.95, 1.959964
TERMS = {"call_yuan": 5, "offer_yuan": 8, "save_rate": 0.30, "margin_yuan": 45, "months": 12}
"""Business assumptions of the retention desk, as in lab 3.5."""
SIGNS_ON_LIST = 2
"""From how many warning signs on a customer is called."""
DRAWS = 2_000

Claim = Literal["above", "below", "in line"]


@dataclass(frozen=True)
class Sign:
    """A warning sign: a level of one column that the tree of lab 3.5 asks for."""

    name: Text
    shown: Callable[[pd.DataFrame], pd.Series]


SIGNS = (
    Sign(Text("Contract ends next month", "合约下月到期"), lambda rows: rows["contract_months_left"] <= 1),
    Sign(Text("Repeated complaints", "多次投诉"), lambda rows: rows["complaints_3m"] >= 2),
    Sign(Text("Data use falls", "流量骤降"), lambda rows: rows["data_trend"] <= 0.6),
    Sign(Text("Bill shock", "账单突增"), lambda rows: rows["bill_shock"] >= 1.4),
    Sign(Text("Dropped calls", "频繁掉话"), lambda rows: rows["dropped_call_rate"] >= 0.03),
)


def wilson(left: float, customers: float) -> tuple[float, float]:
    """Return the interval of a rate (Wilson 1927); the whole range where there are no customers."""
    if not customers:
        return 0.0, 1.0
    rate, spread = left / customers, Z**2 / customers
    middle = (rate + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * np.sqrt(rate * (1 - rate) / customers + spread / (4 * customers))
    return max(0.0, middle - half), min(1.0, middle + half)


def newcombe(left: float, customers: float, others_left: float, others: float) -> tuple[float, float]:
    """Return the interval of the difference of two rates, from their Wilson intervals (Newcombe 1998, method 10)."""
    rate, other_rate = left / customers, others_left / others
    (low, high), (other_low, other_high) = wilson(left, customers), wilson(others_left, others)
    difference = rate - other_rate
    return (
        difference - np.hypot(rate - low, other_high - other_rate),
        difference + np.hypot(high - rate, other_rate - other_low),
    )


def compared(left: float, customers: float, others_left: float, others: float) -> tuple[float, float, float]:
    """Return the difference of two rates and the ends of its interval."""
    difference = left / customers - others_left / others
    return (difference, *newcombe(left, customers, others_left, others))


def supported(difference: tuple[float, float, float]) -> Claim:
    """Return what a difference with its interval supports saying."""
    _, low, high = difference
    return "above" if low > 0 else "below" if high < 0 else "in line"


@dataclass(frozen=True)
class ChurnMonth:
    """A month of leaving, for the whole province.

    Parameters
    ----------
    month : Timestamp
        First day of the month in which customers left.
    rows : DataFrame
        Every customer of the day before, with ``city``, ``plan``, ``churned``, one column per sign and ``signs``.
    history : DataFrame
        ``snapshot_on``, ``city``, ``left``, ``customers`` of the month ends up to then.
    cities, tariffs : DataFrame
        Names of regions and plans in both languages.
    """

    month: pd.Timestamp
    rows: pd.DataFrame
    history: pd.DataFrame
    cities: pd.DataFrame
    tariffs: pd.DataFrame

    @property
    def snapshot(self) -> pd.Timestamp:
        """The evening before the month."""
        return self.month - pd.Timedelta(days=1)

    @cached_property
    def regions(self) -> pd.DataFrame:
        """One row per region that has customers: ``left``, ``customers``, ``rate``, and the Wilson interval."""
        counted = self.rows.groupby("city", observed=True)["churned"]
        table = pd.DataFrame({"left": counted.sum(), "customers": counted.size()})
        table["rate"] = table["left"] / table["customers"]
        table["low"], table["high"] = zip(*map(wilson, table["left"], table["customers"]), strict=True)
        return table

    def region(self, city: str) -> Region:
        """Return the figures of one region."""
        return Region(self, city)


@dataclass(frozen=True)
class Region:
    """One region in a month, against the rest of the province."""

    churn: ChurnMonth
    city: str

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Its customers."""
        return self.churn.rows.loc[self.churn.rows["city"] == self.city, :]

    @cached_property
    def counts(self) -> tuple[int, int, int, int]:
        """Left and customers here, left and customers elsewhere."""
        everybody, here = self.churn.rows["churned"], self.rows["churned"]
        left, customers = int(here.sum()), len(here)
        return left, customers, int(everybody.sum()) - left, len(everybody) - customers

    @cached_property
    def difference(self) -> tuple[float, float, float]:
        """Rate here less rate elsewhere, with the ends of its interval."""
        return compared(*self.counts)

    @property
    def claim(self) -> Claim:
        """What this month supports saying about the region."""
        return supported(self.difference)

    @cached_property
    def long_counts(self) -> tuple[int, int, int, int]:
        """The same four counts over all month ends so far."""
        history = self.churn.history
        here = history.loc[history["city"] == self.city, ["left", "customers"]].sum().astype(int)
        rest = history.loc[history["city"] != self.city, ["left", "customers"]].sum().astype(int)
        return here["left"], here["customers"], rest["left"], rest["customers"]

    @property
    def long_claim(self) -> Claim:
        """What all months so far support saying about the region."""
        return supported(compared(*self.long_counts))

    @cached_property
    def called(self) -> pd.DataFrame:
        """The retention list: customers with enough warning signs."""
        return self.rows[self.rows["signs"] >= SIGNS_ON_LIST]

    @cached_property
    def profit(self) -> tuple[float, float, float]:
        """Expected profit of the list in yuan, and where nine in ten such lists would lie.

        Drawn again: the rate at which such customers leave (Jeffreys' beta), who of them leaves, who is persuaded.
        """
        worth = TERMS["margin_yuan"] * TERMS["months"]
        cost = len(self.called) * (TERMS["call_yuan"] + TERMS["offer_yuan"])
        left = int(self.called["churned"].sum())
        rng = np.random.default_rng([len(self.rows), len(self.called), left])
        rates = rng.beta(left + 0.5, len(self.called) - left + 0.5, DRAWS)
        leavers = rng.binomial(len(self.called), rates)
        profits = rng.binomial(leavers, TERMS["save_rate"]) * worth - cost
        low, high = np.quantile(profits, [0.05, 0.95])
        return left * TERMS["save_rate"] * worth - cost, float(low), float(high)


def churn_month(dataset: Dataset | Lab, month: str | None = None) -> ChurnMonth:
    """Read what is known about a month.

    Parameters
    ----------
    dataset : Dataset or Lab
        The world, or the lab that opened it.
    month : str, optional
        As ``"2025-11"``; the last but one that the tables know by default, whose leavers have all been settled.

    Raises
    ------
    LabkitError
        If no customer was watched in that month.
    """
    months = dataset.sql("SELECT DISTINCT snapshot_on + INTERVAL 1 DAY AS month FROM churn ORDER BY month")[
        "month"
    ]
    names = [f"{known:%Y-%m}" for known in months]
    wanted = month or names[-2]
    if wanted not in names:
        raise unknown_month(wanted, names)
    first = months[names.index(wanted)]
    snapshot = first - pd.Timedelta(days=1)
    rows = dataset.sql(f"""
        SELECT churn.*, city FROM churn JOIN subscribers USING (subscriber_id)
        WHERE snapshot_on = '{snapshot:%Y-%m-%d}' AND churned IS NOT NULL ORDER BY subscriber_id
    """)
    rows["churned"] = rows["churned"].astype(bool)
    for sign in SIGNS:
        rows[sign.name.en] = sign.shown(rows).fillna(value=False).astype(bool)
    rows["signs"] = rows[[sign.name.en for sign in SIGNS]].sum(axis=1)
    history = dataset.sql(f"""
        SELECT snapshot_on, city, sum(churned::INT) AS "left", count(*) AS customers
        FROM churn JOIN subscribers USING (subscriber_id)
        WHERE snapshot_on <= '{snapshot:%Y-%m-%d}' AND churned IS NOT NULL GROUP BY ALL ORDER BY ALL
    """)
    names_of = (dataset.sql(f"SELECT * FROM {table}") for table in ("cities", "tariffs"))
    return ChurnMonth(first, rows, history, *names_of)


def unknown_month(wanted: str, known: list[str]) -> LabkitError:
    """Nobody was watched then."""
    return LabkitError(
        Text("There is no churn report for {month}.", "没有 {month} 的离网月报。").fill(month=wanted),
        Text(
            "The tables know who left from {first} to {last}.", "数据表只知道 {first} 至 {last} 谁离了网。"
        ).fill(first=known[0], last=known[-1]),
        Text("For example: --month {last}", "例如：--month {last}").fill(last=known[-1]),
    )
