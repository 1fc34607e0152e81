"""Scores of offers are right about purchases, and planning contacts with them is a problem worth solving."""

from __future__ import annotations

import time
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from labkit.world.block import Block
from labkit.world.marketing import contact_channels, offer_scores
from labkit.world.marketing.offers import OFFERS

BUDGET_FEN = 205
"""Per customer and month."""
CALLS, CONTACTS = 2, 3
"""Caps per customer and month."""


class Plan(NamedTuple):
    """The integer programme: choose rows of ``scores`` so that ``constraints @ chosen <= limits``."""

    scores: pd.DataFrame
    constraints: sparse.csc_array
    limits: np.ndarray


def plan(scores: pd.DataFrame, calls: int = CALLS) -> Plan:
    """One channel per offer, caps per customer, then the capacities of call, sms and app_push, and the budget."""
    customers = scores["customer_id"].nunique()
    channels = contact_channels(2026)
    rows = scores.merge(channels, on="channel")
    rows["net_fen"] = rows["expected_margin_fen"] - rows["cost_fen"]
    rows = rows[rows["net_fen"] > 0].reset_index(drop=True)
    customer, offer = pd.factorize(rows["customer_id"])[0], pd.factorize(rows["offer"])[0]
    everything = np.ones(len(rows))
    groups = [
        (customer * len(OFFERS) + offer, everything, 1),
        (customer, (rows["channel"] == "call").to_numpy(float), calls),
        (customer, everything, CONTACTS),
    ]
    matrices, limits = [], []
    for group, weight, limit in groups:
        matrices.append(sparse.csr_array((weight, (group, np.arange(len(rows))))))
        limits.append(np.full(matrices[-1].shape[0], limit))
    for channel in channels.itertuples():
        matrices.append(sparse.csr_array((rows["channel"] == channel.channel).to_numpy(float)[None, :]))
        limits.append([channel.capacity_per_1000 * customers // 1_000])
    matrices.append(sparse.csr_array(rows["cost_fen"].to_numpy(float)[None, :] / 100))
    limits.append([BUDGET_FEN * customers / 100])
    return Plan(rows, sparse.vstack(matrices).tocsc(), np.concatenate(limits).astype(float))


def solve(problem: Plan):
    """Without presolve: it costs minutes here, and the linear relaxation is almost integer as it is."""
    return milp(
        -problem.scores["net_fen"].to_numpy() / 100,
        integrality=np.ones(len(problem.scores)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(problem.constraints, -np.inf, problem.limits),
        options={"mip_rel_gap": 1e-3, "presolve": False},
    )


def greedy(problem: Plan) -> float:
    """Yuan earned by going down the list of net values and taking whatever still fits."""
    by_row = problem.constraints.tocsc()
    used, earned = np.zeros(len(problem.limits)), 0
    for column in problem.scores["net_fen"].to_numpy().argsort(kind="stable")[::-1]:
        part = slice(by_row.indptr[column], by_row.indptr[column + 1])
        where, amount = by_row.indices[part], by_row.data[part]
        if (used[where] + amount <= problem.limits[where]).all():
            used[where] += amount
            earned += problem.scores["net_fen"].iat[column] / 100
    return earned


def first_customers(seed: int, customers: int) -> pd.DataFrame:
    return Block(seed, 0).of(offer_scores).head(customers * 12)


def assert_solved(problem: Plan, solution) -> np.ndarray:
    """A proven optimum within 0.1 % that breaks no limit; returns the rows chosen."""
    assert solution.status == 0
    assert solution.mip_gap <= 1e-3
    chosen = np.rint(solution.x)
    np.testing.assert_allclose(solution.x, chosen, atol=1e-6)
    assert (problem.constraints @ chosen <= problem.limits + 1e-6).all()
    return chosen == 1


@pytest.mark.parametrize("seed", [2026, 1, 2, 3, 4, 5])
def test_integer_programme_is_solved_within_the_caps_and_greedy_is_visibly_worse(seed):
    problem = plan(first_customers(seed, 600))
    solution = solve(problem)
    chosen = problem.scores[assert_solved(problem, solution)]
    calls = chosen[chosen["channel"] == "call"].groupby("customer_id").size()
    assert calls.max() == CALLS
    assert chosen.groupby("customer_id").size().max() == CONTACTS
    assert not chosen.duplicated(["customer_id", "offer"]).any()
    assert greedy(problem) < 0.95 * -solution.fun


@pytest.mark.parametrize("seed", [2026, 1, 2, 3, 4, 5])
def test_capacity_of_calls_and_budget_both_have_a_price(seed):
    problem = plan(first_customers(seed, 600))
    relaxed = linprog(
        -problem.scores["net_fen"] / 100, problem.constraints, problem.limits, bounds=(0, 1), method="highs"
    )
    call, sms, push, budget = -relaxed.ineqlin.marginals[-4:]
    assert 2 < call < 40, "yuan for one more call"
    assert 1 < budget < 8, "yuan for one more yuan"
    assert sms < 0.01
    assert push > 0.1


def test_without_the_cap_some_customers_would_be_called_three_times():
    problem = plan(Block(2026, 0).of(offer_scores), calls=len(OFFERS))
    relaxed = linprog(
        -problem.scores["net_fen"], problem.constraints, problem.limits, bounds=(0, 1), method="highs"
    )
    calls = relaxed.x * (problem.scores["channel"] == "call")
    assert (calls.groupby(problem.scores["customer_id"]).sum() > CALLS + 0.5).sum() >= 5


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2026, 1])
def test_twenty_thousand_customers_are_planned_in_thirty_seconds(seed):
    blocks = [Block(seed, index).of(offer_scores) for index in range(10)]
    problem = plan(pd.concat(blocks, ignore_index=True))
    begin = time.process_time()
    solution = solve(problem)
    assert time.process_time() - begin < 30
    assert_solved(problem, solution)


def test_there_is_a_row_for_every_customer_offer_and_channel(lab):
    scores = lab["offer_scores"]
    assert len(scores) == 20_000 * 4 * 3
    assert scores.groupby("customer_id").size().eq(12).all()
    assert scores["response_probability"].between(0, 0.9).all()


def test_scores_are_right_about_the_purchases_of_the_year(lab):
    """Within each channel and tenth of the scores, purchases are as frequent as scores say, give or take a tenth."""
    history = lab["contact_history"].merge(lab["offer_scores"], on=["customer_id", "offer", "channel"])
    history = history[history["outcome"] != "opted_out"]
    assert len(history) > 200_000
    band = history.groupby("channel", observed=True)["response_probability"].transform(
        lambda score: pd.qcut(score, 10, labels=False, duplicates="drop")
    )
    bought = history["outcome"] == "bought"
    for _, rows in history.groupby([history["channel"], band], observed=True):
        expected = rows["response_probability"].sum()
        assert abs(bought[rows.index].sum() - expected) < 0.1 * expected + 4 * np.sqrt(expected)


def test_scores_follow_taste_and_habit(lab):
    people = lab["people"].set_index("person_id")
    scores = lab["offer_scores"]
    for offer in OFFERS:
        of_offer = scores[(scores["offer"] == offer.slug) & (scores["channel"] == "sms")]
        taste = people[offer.taste][of_offer["customer_id"]].to_numpy()
        rank = of_offer["response_probability"].rank().to_numpy()
        assert 0.6 < np.corrcoef(taste, rank)[0, 1] < 0.97, "models are good, and not all-knowing"
    wide = scores.pivot_table("response_probability", "customer_id", "channel", observed=True)
    habit = people["digital_habit"][wide.index]
    assert np.corrcoef(habit, wide["app_push"] / wide["call"])[0, 1] > 0.9


def test_customers_number_says_nothing_about_the_score(lab):
    best = lab["offer_scores"].groupby("customer_id")["expected_margin_fen"].max()
    for number in (best.index, best.index % 2_500, best.index % 10):
        assert abs(np.corrcoef(number, best.rank())[0, 1]) < 4 / np.sqrt(len(best))
