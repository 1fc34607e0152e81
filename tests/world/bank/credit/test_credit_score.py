"""Lab 2.12 can be taught: a scorecard reaches the oracle, alternative data help thin files, and the score drifts.

The scorecard is the one of the lab: bins, weight of evidence, logistic regression, on loans whose outcome was known by
the end of 2025. It is judged on later applicants, against the true probabilities, which takes the luck of the draw out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from labkit.world.bank.credit.alternative_data import alternative_data
from labkit.world.bank.credit.applications import credit_applications
from labkit.world.bank.credit.repayments import repayments
from labkit.world.bank.credit.truth import credit_truth
from labkit.world.block import Block

TODAY = pd.Timestamp("2026-01-01")
SEEDS = [2026, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3, 4, 5))]
CUTS = {
    "enquiries_6m": [0, 1, 2, 4],
    "late_payments_60m": [0, 1, 2, 4],
    "seriously_late_60m": [0, 1],
    "new_accounts_12m": [0, 1],
    "open_loans": [0, 1],
    "guarantees": [0],
}
"""Upper ends of the bins of counts; everything else is cut into fifths."""
FORM = ["age", "employment", "declared_income_fen", "amount_fen", "term_months", "burden"]
BUREAU = [
    "oldest_account_months", "open_loans", "loan_debt_fen", "monthly_payment_fen", "guarantees", "new_accounts_12m",
    "card_limit_fen", "card_utilisation", "enquiries_6m", "late_payments_60m", "seriously_late_60m",
    "months_since_late",
]  # fmt: skip
ALTERNATIVE = [
    "phone_tenure_months", "address_changes_24m", "income_months_6m", "average_balance_fen", "utility_on_time_share",
    "late_returns_12m", "wallet_tenure_months", "monthly_spending_fen", "night_share", "game_share", "contacts",
    "contacts_late_share",
]  # fmt: skip


class Scored(NamedTuple):
    known: pd.DataFrame
    """Loans with an outcome, ``bad``."""
    everybody: pd.DataFrame
    """All applications, with ``by_bureau`` and ``by_both``: predicted log-odds of default."""


def bins(values: pd.Series, training: pd.Series) -> np.ndarray:
    """Number of the bin of each value, or its name; -1 where it is missing."""
    if values.dtype == "category":
        return values.astype(str).to_numpy()
    numbers, learned = values.astype(float).to_numpy(), training.astype(float)
    edges = CUTS.get(str(values.name)) or np.unique(learned.quantile([0.2, 0.4, 0.6, 0.8]))
    return np.where(np.isnan(numbers), -1, np.searchsorted(edges, numbers))


def evidence(each: pd.DataFrame, known: pd.DataFrame, columns: list[str]) -> np.ndarray:
    """Weight of evidence of each attribute, as learned from the known outcomes."""
    rate, found = known["bad"].mean(), []
    for name in columns:
        counts = known["bad"].groupby(bins(known[name], known[name])).agg(["sum", "count"])
        bad, good = counts["sum"] + 2 * rate, counts["count"] - counts["sum"] + 2 * (1 - rate)
        weight = np.log(bad / good) - np.log(rate / (1 - rate))
        found.append(pd.Series(bins(each[name], known[name])).map(weight).fillna(0.0))
    return np.column_stack(found)


def scorecard(each: pd.DataFrame, known: pd.DataFrame, columns: list[str]) -> np.ndarray:
    model = LogisticRegression(max_iter=1_000).fit(evidence(known, known, columns), known["bad"])
    return model.decision_function(evidence(each, known, columns))


def gini(probability: pd.Series, score: pd.Series) -> float:
    """Expected Gini of a score where each applicant defaults with the given probability."""
    outcome = np.repeat([1, 0], len(score))
    weight = np.concatenate([probability, 1 - probability])
    return 2 * roc_auc_score(outcome, np.tile(score, 2), sample_weight=weight) - 1


def stability(before: pd.Series, after: pd.Series) -> float:
    """Population stability index over tenths of the earlier population."""
    edges = np.unique(before.quantile(np.arange(1, 10) / 10))
    one, other = (
        np.bincount(np.searchsorted(edges, values), minlength=len(edges) + 1) / len(values)
        for values in (before, after)
    )
    return float(((other - one) * np.log(other / one)).sum())


@pytest.fixture(scope="module", params=SEEDS)
def scored(request: pytest.FixtureRequest) -> Scored:
    blocks = [Block(request.param, index) for index in range(10)]
    makers = (credit_applications, alternative_data, repayments, credit_truth)
    applications, alternative, paid, truth = (
        pd.concat([block.of(make) for block in blocks], ignore_index=True) for make in makers
    )
    each = applications.merge(alternative).merge(truth)
    payments = each["instalment_fen"] + each["monthly_payment_fen"].fillna(0)
    each["burden"] = (payments / each["declared_income_fen"]).astype(float)
    late = (paid["paid_on"].fillna(TODAY) - paid["due_on"] > pd.Timedelta(days=30)) & (
        paid["instalment"] <= 6
    )
    bad = late.groupby(paid["application_id"]).any()
    known = each[each["approved"] & (each["applied_on"] < "2025-06-01")]
    known = known.assign(bad=known["application_id"].map(bad).astype(bool))
    return Scored(
        known,
        each.assign(
            by_bureau=scorecard(each, known, FORM + BUREAU),
            by_both=scorecard(each, known, FORM + BUREAU + ALTERNATIVE),
        ),
    )


@pytest.fixture(scope="module")
def later(scored: Scored) -> pd.DataFrame:
    """Applicants after those with a known outcome and before the drift."""
    each = scored.everybody
    return each[each["applied_on"].between("2025-06-01", "2025-09-30")]


def test_a_scorecard_reaches_the_oracle_on_bureau_data(later: pd.DataFrame) -> None:
    oracle = gini(later["probability_by_bureau"], later["probability_by_bureau"])
    assert gini(later["probability_by_bureau"], later["by_bureau"]) >= 0.95 * oracle
    assert 0.6 < oracle < 0.75


def test_the_oracles_rank_by_what_they_see(later: pd.DataFrame) -> None:
    truth = later["probability_of_default"]
    by_bureau, by_both, by_truth = (
        gini(truth, later[name]) for name in ("probability_by_bureau", "probability_by_both", truth.name)
    )
    assert by_bureau + 0.04 < by_both
    assert by_both + 0.04 < by_truth


def test_alternative_data_lift_the_gini_of_thin_files(later: pd.DataFrame) -> None:
    thin = later[later["is_thin_file"]]
    without, with_them = (
        gini(thin["probability_of_default"], thin[name]) for name in ("by_bureau", "by_both")
    )
    assert with_them - without >= 0.15
    oracle = gini(thin["probability_of_default"], thin["probability_by_both"])
    assert with_them >= 0.85 * oracle


def test_the_base_bad_rate_leaves_room_for_a_cut_off_at_three_percent(
    scored: Scored, later: pd.DataFrame
) -> None:
    assert 0.05 < scored.known["bad"].mean() < 0.065
    assert scored.known["bad"].sum() > 450
    best_first = later.sort_values("by_bureau")["probability_of_default"]
    running = best_first.expanding().mean()
    assert 0.5 < (running < 0.03).mean() < 0.9


def test_the_test_loans_show_what_the_old_rules_kept_away(scored: Scored) -> None:
    by_lot = scored.known[scored.known["is_test"]]
    refused = by_lot["rule_broken"].notna()
    assert 50 < refused.sum() < 150
    assert by_lot.loc[refused, "bad"].mean() > 2 * by_lot.loc[~refused, "bad"].mean()


def test_many_thin_files_that_the_rules_refuse_are_good(later: pd.DataFrame) -> None:
    refused = later[later["rule_broken"] == "thin_file"]
    cut_off = later.loc[later["approved"], "probability_by_both"].quantile(0.8)
    assert (refused["probability_by_both"] < cut_off).mean() > 0.4


@pytest.mark.parametrize("name", ["age", "burden", "by_bureau"])
def test_the_last_quarter_drifts_and_no_other(name: str, scored: Scored) -> None:
    each = scored.everybody
    before = each.loc[each["applied_on"] < "2025-01-01", name]
    for quarter, values in each.groupby(each["applied_on"].dt.to_period("Q"))[name]:
        index = stability(before, values)
        assert index > 0.28 if str(quarter) == "2025Q4" else index < 0.05, (str(quarter), index)


def test_the_new_channel_brings_the_young_and_risky(scored: Scored) -> None:
    each = scored.everybody
    partner = each["channel"] == "partner"
    assert each.loc[partner, "applied_on"].min() >= pd.Timestamp("2025-10-01")
    assert each.loc[partner, "age"].mean() < each.loc[~partner, "age"].mean() - 8
    risk = each["probability_of_default"]
    assert risk[partner].mean() > 2 * risk[~partner].mean()


def test_decoys_have_no_information_value_and_planted_attributes_have(scored: Scored) -> None:
    """By the true probability, so that no luck of the draw is in it."""
    each = scored.everybody[scored.everybody["channel"] != "partner"]

    def information(name: str) -> float:
        groups = each["probability_of_default"].groupby(bins(each[name], each[name]))
        bad, good = groups.sum(), groups.count() - groups.sum()
        bad, good = bad / bad.sum(), good / good.sum()
        return float(((bad - good) * np.log(bad / good)).sum())

    assert max(information(name) for name in ("purpose", "contacts", "new_accounts_12m")) < 0.04
    assert information("late_payments_60m") > 0.5
    assert information("burden") > 0.05
