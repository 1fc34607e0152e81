"""Contacts and offers of lab 6.5: fatigue can be measured, and a plan is worth optimising."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from sklearn.metrics import roc_auc_score

from labkit.world import calendar
from labkit.world.bank.customers import customer_people
from labkit.world.block import Block
from labkit.world.marketing.contact_history import (
    CONTACT_NUMBERS_PER_BLOCK,
    WINDOW_DAYS,
    contact_history,
    fatigue_truth,
)
from labkit.world.marketing.offer_scores import offer_scores
from labkit.world.marketing.offers import CHANNEL_SLUGS, OFFER_SLUGS, contact_channels
from tests.world.marketing.worlds import campaigns

SEEDS = [2026, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3, 4, 5))]
MOST_CONTACTS = 2
BUDGET_FEN_PER_CUSTOMER = 200


def contacts(seed: int) -> pd.DataFrame:
    return campaigns(seed)["contact_history"]


# ---- history -------------------------------------------------------------------------------------


def test_nobody_is_contacted_after_opting_out_or_twice_on_a_day() -> None:
    rows = contacts(2026)
    last = rows.loc[rows["outcome"] == "opted_out"].set_index("customer_id")["contacted_on"]
    assert last.index.is_unique
    after = rows["customer_id"].map(last)
    assert not (rows["contacted_on"] > after).any()
    assert not rows.duplicated(["customer_id", "contacted_on"]).any()


def test_contacts_are_numbered_in_the_order_of_days() -> None:
    rows = contacts(2026)
    for _, block in rows.groupby((rows["contact_id"] - 1) // CONTACT_NUMBERS_PER_BLOCK):
        assert block["contacted_on"].is_monotonic_increasing
        assert (block["contact_id"].diff().dropna() == 1).all()


def test_the_bank_rests_at_weekends_and_holidays_and_pushes_in_december() -> None:
    by_day = (
        contacts(2026)["contacted_on"]
        .value_counts()
        .reindex(calendar.DAYS[calendar.MONTH >= 12], fill_value=0)
    )
    weekday = calendar.WEEKDAY[calendar.MONTH >= 12]
    holiday = calendar.is_holiday()[calendar.MONTH >= 12]
    working = by_day[(weekday < 5) & ~holiday]
    assert by_day[holiday].mean() < 0.2 * working.mean()
    assert by_day[(weekday >= 5) & ~holiday].mean() < 0.6 * working.mean()
    assert working["2025-12"].mean() > 1.4 * working[:"2025-11"].mean()


def test_last_months_plan_broke_the_cap() -> None:
    rows = contacts(2026)
    december = rows[rows["contacted_on"] >= "2025-12-01"]
    per_customer = december.groupby("customer_id").size()
    assert (per_customer > MOST_CONTACTS).sum() > 2_000
    assert (per_customer <= MOST_CONTACTS).sum() > 5_000


@pytest.mark.parametrize("seed", SEEDS)
def test_fatigue_is_recovered_from_the_history(seed: int) -> None:
    rows = contacts(seed).sort_values(["customer_id", "contacted_on"], ignore_index=True)
    day = (rows["contacted_on"] - pd.Timestamp("2025-01-01")).dt.days
    moment = rows["customer_id"] * 1_000 + day
    recent = np.arange(len(rows)) - np.searchsorted(moment, moment - WINDOW_DAYS)
    later = day >= WINDOW_DAYS  # before, contacts of the year before are not on file
    columns = {"constant": 1.0, "contacts_30d": recent}
    columns |= {f"channel_{name}": (rows["channel"] == name).astype(float) for name in ("sms", "call")}
    known = pd.DataFrame(columns, index=rows.index)[later]
    found = sm.Logit((rows["outcome"] == "opted_out")[later].astype(float), known).fit(disp=0)
    key = fatigue_truth(1).set_index("parameter")["log_odds"]
    assert found.params["contacts_30d"] == pytest.approx(key["contacts_30d"], rel=0.15)
    for name in ("channel_sms", "channel_call"):
        assert abs(found.params[name] - key[name]) < 4 * found.bse[name]


@pytest.mark.parametrize("seed", [2026, 1])
def test_numbers_and_positions_give_no_outcome_away(seed: int) -> None:
    rows = contacts(seed)
    signs = {
        "number": rows["contact_id"] % 10,
        "customer": rows["customer_id"],
        "odd": np.arange(len(rows)) % 2,
    }
    for name, sign in signs.items():
        for outcome in ("bought", "opted_out"):
            assert abs(roc_auc_score(rows["outcome"] == outcome, sign) - 0.5) < 0.02, (name, outcome)


@pytest.mark.parametrize("customers", [40, 200])
def test_a_small_block_has_its_contacts_too(customers: int) -> None:
    block = Block(1, 0, customers=customers)
    assert len(contact_history(block)) > customers
    assert len(offer_scores(block)) == customers * len(OFFER_SLUGS) * len(CHANNEL_SLUGS)


# ---- offers --------------------------------------------------------------------------------------


def test_every_customer_has_a_score_for_every_offer_and_channel() -> None:
    block = Block(2026, 0)
    rows = block.of(offer_scores)
    assert not rows.duplicated(["customer_id", "offer", "channel"]).any()
    assert rows["customer_id"].nunique() == len(block.of(customer_people))
    assert len(rows) == block.customers * len(OFFER_SLUGS) * len(CHANNEL_SLUGS)
    assert rows["response_probability"].between(0, 1).all()


def test_who_lives_in_the_app_is_reached_there_and_others_by_telephone() -> None:
    block = Block(2026, 0)
    mean = (
        block.of(offer_scores)
        .groupby(["customer_id", "channel"], observed=True)["response_probability"]
        .mean()
        .unstack()
    )
    habit = block.of(customer_people).set_index("person_id")["digital_habit"].reindex(mean.index)
    ratio = mean["app_push"] / mean["call"]
    assert ratio[habit > 0.7].median() > 2 * ratio[habit < 0.3].median()


@pytest.fixture(scope="module")
def problem() -> dict[str, object]:
    """Choose contacts: at most two a customer, an offer once, within capacity and budget; values in fen."""
    rows = Block(2026, 0).of(offer_scores)
    channels = contact_channels(1).set_index("channel")
    cost = rows["channel"].map(channels["cost_fen"].to_dict()).astype(int).to_numpy()
    rows = rows.assign(cost_fen=cost, value=rows["expected_margin_fen"] - cost)
    rows = rows[rows["value"] > 0].reset_index(drop=True)
    customers = rows["customer_id"].nunique()
    groups = [
        (pd.factorize(rows["customer_id"])[0], MOST_CONTACTS),
        (pd.factorize(rows["customer_id"].astype(str) + rows["offer"].astype(str))[0], 1),
    ]
    position = {name: place for place, name in enumerate(channels.index)}
    capacity = (channels["capacity_per_1000"] * customers / 1_000).to_numpy()
    parts = [indicator(group) for group, _ in groups]
    limits = [np.full(part.shape[0], limit) for part, (_, limit) in zip(parts, groups, strict=True)]
    parts += [
        indicator(rows["channel"].map(position).astype(int).to_numpy()),
        sparse.csr_matrix(rows["cost_fen"].to_numpy(dtype=float)[None]),
    ]
    limits += [capacity, [BUDGET_FEN_PER_CUSTOMER * customers]]
    return {"rows": rows, "terms": sparse.vstack(parts).tocsr(), "limit": np.concatenate(limits)}


def indicator(group: np.ndarray) -> sparse.csr_matrix:
    return sparse.csr_matrix((np.ones(len(group)), (group, np.arange(len(group)))))


def test_the_integer_programme_is_solved_and_beats_the_greedy_list(problem: dict) -> None:
    rows, terms, limit = problem["rows"], problem["terms"], problem["limit"]
    value = rows["value"].to_numpy()
    solved = milp(-value, constraints=LinearConstraint(terms, -np.inf, limit), integrality=np.ones(len(value)),
                  bounds=Bounds(0, 1), options={"mip_rel_gap": 1e-3})  # fmt: skip
    plan = solved.x.round()
    assert solved.mip_gap <= 1e-3
    assert (terms @ plan <= limit + 1e-6).all()
    assert greedy(value, terms, limit) < 0.8 * value @ plan


def test_rounding_the_relaxation_down_is_proven_to_be_within_a_thousandth(problem: dict) -> None:
    """What a lab can do at any size: the relaxation bounds the optimum, and hardly any of its choices is not whole."""
    value, terms, limit = problem["rows"]["value"].to_numpy(), problem["terms"], problem["limit"]
    relaxed = linprog(-value, A_ub=terms, b_ub=limit, bounds=(0, 1), method="highs-ipm")
    plan = relaxed.x > 1 - 1e-6
    assert (terms @ plan <= limit).all()
    assert value @ plan >= 0.999 * -relaxed.fun
    shadow_prices = -relaxed.ineqlin.marginals[
        -4:
    ]  # call, sms, app_push, budget: fen per contact, fen per fen
    by_channel = dict(zip([*contact_channels(1)["channel"], "budget"], shadow_prices, strict=True))
    assert by_channel["budget"] > 1.5
    assert sum(price > 10 for name, price in by_channel.items() if name != "budget") >= 1


def greedy(value: np.ndarray, terms: sparse.csr_matrix, limit: np.ndarray) -> float:
    """Value of the list that takes the best contact left as long as nothing is broken."""
    left, total, columns = limit.astype(float).copy(), 0.0, terms.tocsc()
    for choice in np.argsort(-value):
        column = slice(columns.indptr[choice], columns.indptr[choice + 1])
        rows, needs = columns.indices[column], columns.data[column]
        if (left[rows] >= needs).all():
            left[rows] -= needs
            total += value[choice]
    return total
