"""One branch's programme, set up again by another route: what its best plan earns under given capacities."""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import linprog

from labkit.exercises import Given

MEMBERS = 1_000
TERMS = {"budget_yuan": 2.05, "calls": 2, "contacts": 3, "opt_out_yuan": 60}


class Optimum(NamedTuple):
    """Profit in yuan, the shares chosen and the candidates they belong to."""

    profit: float
    chosen: np.ndarray
    rows: pd.DataFrame


def _channels(given: Given) -> pd.DataFrame:
    """Cost and capacity by channel: of the bank, or of a file whose channels the bank does not know."""
    scores, channels = given.table("offer_scores"), given.table("contact_channels")
    if not scores["channel"].isin(channels["channel"].tolist()).all():
        cost = scores["cost_yuan"] if "cost_yuan" in scores else pd.Series(0.0, scores.index)
        channels = (100 * cost).groupby(scores["channel"].astype(str)).mean().rename("cost_fen").reset_index()
    if "capacity_per_1000" not in channels:
        channels["capacity_per_1000"] = 1_000 * scores["offer"].nunique()
    channels["cost_yuan"] = channels["cost_fen"] / 100
    return channels.astype({"channel": str}).set_index("channel")


def called_channel(given: Given) -> str:
    """The channel that the cap on calls is about: the call, or else the most expensive one."""
    channels = _channels(given)
    return "call" if "call" in channels.index else str(channels["cost_yuan"].idxmax())


@functools.lru_cache(maxsize=2)
def candidates(given: Given) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Rows of the branch that are allowed and pay, the channels, and the number of its customers."""
    scores, channels = given.table("offer_scores"), _channels(given)
    if "expected_margin_fen" not in scores:
        scores["expected_margin_fen"] = 100 * scores["response_probability"] * scores["value_yuan"]
    scores = scores[scores["expected_margin_fen"].notna()]
    members = scores["customer_id"].unique()[:MEMBERS]
    scores = scores[scores["customer_id"].isin(members)].astype({"offer": str, "channel": str})
    risk = _opt_out_probability(scores, given)
    cost = scores["channel"].map(channels["cost_yuan"])
    rows = scores.assign(
        cost_yuan=cost, net_yuan=scores["expected_margin_fen"] / 100 - cost - TERMS["opt_out_yuan"] * risk
    )
    gone = _opted_out(scores, given)
    return rows[(rows["net_yuan"] > 0) & ~gone].reset_index(drop=True), channels, len(members)


def _opted_out(scores: pd.DataFrame, given: Given) -> np.ndarray:
    own = getattr(given, "own_tables", frozenset())
    if ("contact_history" in own) != ("offer_scores" in own):
        return (
            scores["opted_out"].eq(True).to_numpy()
            if "opted_out" in scores
            else np.zeros(len(scores), dtype=bool)
        )
    gone = given.sql("SELECT DISTINCT customer_id FROM contact_history WHERE outcome = 'opted_out'")
    return scores["customer_id"].isin(gone["customer_id"]).to_numpy()


def _opt_out_probability(scores: pd.DataFrame, given: Given) -> np.ndarray:
    """By a logistic regression fitted with Newton's method, on contacts counted by binary search."""
    own = getattr(given, "own_tables", frozenset())
    history = given.table("contact_history", ["customer_id", "contacted_on", "channel", "outcome"])
    left = (history["outcome"] == "opted_out").to_numpy(float)
    if ("contact_history" in own) != ("offer_scores" in own) or left.min() == left.max():
        return np.zeros(len(scores))
    day = (history["contacted_on"] - pd.Timestamp("2000-01-01")).dt.days.to_numpy()
    customer, customers = pd.factorize(history["customer_id"])
    moment = np.sort(customer * 100_000 + day)
    at = customer * 100_000 + day
    recent = np.searchsorted(moment, at, side="right") - np.searchsorted(moment, at - 30) - 1
    channel = history["channel"].astype(str)
    usual = "app_push" if (channel == "app_push").any() else channel.mode().iat[0]
    kinds = sorted(set(channel) - {usual})
    inputs = np.column_stack([np.ones(len(day)), recent, *(channel == kind for kind in kinds)]).astype(float)
    weights = np.zeros(inputs.shape[1])
    for _ in range(12):
        chance = 1 / (1 + np.exp(-inputs @ weights))
        curvature = (inputs * (chance * (1 - chance))[:, None]).T @ inputs
        weights += np.linalg.solve(curvature, inputs.T @ (left - chance))
    first = (history["contacted_on"].max().to_period("M") + 1).start_time
    lately = pd.Series(
        customers[customer[history["contacted_on"] >= first - pd.Timedelta(days=30)]]
    ).value_counts()
    before = scores["customer_id"].map(lately).fillna(0).to_numpy()
    by_channel = scores["channel"].map(dict(zip(kinds, weights[2:], strict=True))).fillna(0).to_numpy(float)
    return 1 / (1 + np.exp(-(weights[0] + weights[1] * before + by_channel)))


@functools.lru_cache(maxsize=32)
def optimum(
    given: Given, more_calls: int = 0, more_budget: float = 0.0, calls: int = TERMS["calls"]
) -> Optimum:
    """The relaxation's optimum when the branch can make ``more_calls``, or spend ``more_budget``."""
    rows, channels, customers = candidates(given)
    everything, column = np.ones(len(rows)), np.arange(len(rows))
    customer, called = pd.factorize(rows["customer_id"])[0], rows["channel"] == called_channel(given)
    pair = customer * 1_000 + pd.factorize(rows["offer"])[0]
    parts = [
        (np.unique(pair, return_inverse=True)[1], everything, 1),
        (customer, called.to_numpy(float), calls),
        (customer, everything, TERMS["contacts"]),
    ]
    matrices, limits = [], []
    for group, weight, limit in parts:
        matrices.append(sparse.csr_array((weight, (group, column))))
        limits.append(np.full(matrices[-1].shape[0], limit, dtype=float))
    for channel, room in (channels["capacity_per_1000"] * customers // 1_000).items():
        extra = more_calls if channel == called_channel(given) else 0
        matrices.append(sparse.csr_array((rows["channel"] == channel).to_numpy(float)[None, :]))
        limits.append(np.array([room + extra], dtype=float))
    matrices.append(sparse.csr_array(rows["cost_yuan"].to_numpy()[None, :]))
    limits.append(np.array([TERMS["budget_yuan"] * customers + more_budget]))
    found = linprog(
        -rows["net_yuan"], sparse.vstack(matrices), np.concatenate(limits), bounds=(0, 1), method="highs"
    )
    return Optimum(-found.fun, found.x, rows)
