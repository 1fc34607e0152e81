"""Loans: plans add up, labels follow from repayments, the bureau knows what it should, and no number tells the risk."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency, spearmanr
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from labkit.world.bank.credit.alternative_data import alternative_data
from labkit.world.bank.credit.applications import credit_applications
from labkit.world.bank.credit.repayments import repayments
from labkit.world.bank.credit.truth import credit_effects, credit_evidence, credit_truth
from labkit.world.bank.customers import customer_people, customers
from labkit.world.bank.wallet.behaviour import wallet_behaviour
from labkit.world.block import Block

TODAY = pd.Timestamp("2026-01-01")
ONE_IN_A_MILLION = 1e-6
BUREAU = [
    "oldest_account_months", "open_loans", "loan_debt_fen", "monthly_payment_fen", "guarantees", "new_accounts_12m",
    "enquiries_6m", "late_payments_60m", "seriously_late_60m",
]  # fmt: skip


class Credit(NamedTuple):
    applications: pd.DataFrame
    alternative: pd.DataFrame
    repayments: pd.DataFrame
    truth: pd.DataFrame
    people: pd.DataFrame
    wallet: pd.DataFrame


def credit(seed: int, blocks: int) -> Credit:
    made = [Block(seed, index) for index in range(blocks)]
    makers = (
        credit_applications,
        alternative_data,
        repayments,
        credit_truth,
        customer_people,
        wallet_behaviour,
    )
    return Credit(*(pd.concat([block.of(make) for block in made], ignore_index=True) for make in makers))


@pytest.fixture(scope="module")
def lab() -> Credit:
    return credit(2026, 10)


@pytest.fixture(scope="module")
def known(lab: Credit) -> pd.DataFrame:
    """Applications with their truth and the applicant."""
    people = lab.people.rename(columns={"person_id": "customer_id"}).drop(columns="age")
    return lab.applications.merge(lab.truth).merge(people, on="customer_id")


def test_instalments_repay_the_loan_with_its_interest(lab: Credit) -> None:
    plan = lab.repayments.groupby("application_id")
    loans = lab.applications.set_index("application_id")
    loans = loans[loans["approved"]]
    totals = plan[["due_fen", "interest_fen"]].sum()
    assert set(totals.index) == set(loans.index)
    pd.testing.assert_series_equal(
        totals["due_fen"] - totals["interest_fen"], loans["amount_fen"].loc[totals.index], check_names=False
    )
    assert (plan["instalment"].max() == loans["term_months"]).all()
    assert (plan.size() == loans["term_months"]).all()
    assert (lab.repayments["interest_fen"] > 0).all()


def test_all_instalments_but_the_last_are_the_one_that_was_agreed(lab: Credit) -> None:
    plan = lab.repayments.merge(lab.applications[["application_id", "instalment_fen", "term_months"]])
    last = plan["instalment"] == plan["term_months"]
    assert (plan["due_fen"] == plan["instalment_fen"])[~last].all()
    assert (plan["due_fen"] - plan["instalment_fen"])[last].abs().max() <= 100


def test_interest_is_that_of_the_rate_on_what_is_left(lab: Credit) -> None:
    plan = lab.repayments.merge(lab.applications[["application_id", "amount_fen", "annual_rate"]])
    repaid = (plan["due_fen"] - plan["interest_fen"]).groupby(plan["application_id"])
    left = plan["amount_fen"] - repaid.cumsum() + (plan["due_fen"] - plan["interest_fen"])
    assert (plan["interest_fen"] - left * plan["annual_rate"] / 12).abs().max() <= 0.5 + 1e-6


def test_payments_come_a_month_apart_and_never_before_they_are_due(lab: Credit) -> None:
    plan = lab.repayments.merge(lab.applications[["application_id", "applied_on"]])
    month = 12 * (plan["due_on"].dt.year - plan["applied_on"].dt.year)
    month += plan["due_on"].dt.month - plan["applied_on"].dt.month
    assert (month == plan["instalment"]).all()
    assert (plan["due_on"].dt.day == plan["applied_on"].dt.day.clip(upper=28)).all()
    paid = plan[plan["paid_on"].notna()]
    assert (paid["paid_on"] >= paid["due_on"]).all()
    assert (paid["paid_on"] < TODAY).all()
    assert (paid["paid_fen"] == paid["due_fen"]).all()
    assert (plan.loc[plan["paid_on"].isna(), "paid_fen"] == 0).all()


def test_whoever_stops_paying_does_not_begin_again(lab: Credit) -> None:
    plan = lab.repayments.sort_values(["application_id", "instalment"])
    long_unpaid = plan["paid_on"].isna() & (plan["due_on"] < TODAY - pd.Timedelta(days=30))
    stopped = long_unpaid.groupby(plan["application_id"]).cummax()
    assert 0.02 < long_unpaid.mean() < 0.1
    assert plan.loc[stopped, "paid_on"].isna().all()


def test_the_label_of_an_old_enough_loan_follows_from_its_repayments(lab: Credit) -> None:
    plan = lab.repayments[lab.repayments["instalment"] <= 6]
    late = plan["paid_on"].fillna(TODAY) - plan["due_on"] > pd.Timedelta(days=30)
    bad = late.groupby(plan["application_id"]).any()
    old = lab.applications[lab.applications["approved"] & (lab.applications["applied_on"] < "2025-06-01")]
    truth = lab.truth.set_index("application_id")["would_default"]
    pd.testing.assert_series_equal(
        bad.loc[old["application_id"]], truth.loc[old["application_id"]], check_names=False
    )
    assert 0.045 < bad.loc[old["application_id"]].mean() < 0.065


def test_a_loan_is_granted_when_no_rule_speaks_against_it_or_by_lot(lab: Credit) -> None:
    each = lab.applications
    in_arrears = each["rule_broken"] == "arrears"
    assert (each["approved"] == (each["rule_broken"].isna() | each["is_test"])).all()
    assert not (in_arrears & each["approved"]).any()
    assert 0.05 < each["is_test"][~in_arrears].mean() < 0.07
    assert each["rule_broken"].value_counts().min() > 50


def test_nobody_who_has_not_paid_for_a_month_gets_another_loan(lab: Credit) -> None:
    unpaid = lab.repayments[lab.repayments["paid_on"].isna()].groupby("application_id")["due_on"].min()
    each = lab.applications.assign(unpaid_from=lab.applications["application_id"].map(unpaid))
    pairs = each.merge(each[each["approved"]], on="customer_id", suffixes=("", "_later"))
    again = pairs[pairs["applied_on_later"] > pairs["applied_on"]]
    assert len(again) > 1_000
    assert not (again["applied_on_later"] > again["unpaid_from"] + pd.Timedelta(days=31)).any()


def test_the_bureau_knows_nothing_of_a_thin_file_and_the_same_of_everybody_else(known: pd.DataFrame) -> None:
    missing = known[BUREAU].isna()
    assert (missing.all(axis=1) == missing.any(axis=1)).all()
    assert (missing.all(axis=1) == known["is_thin_file"]).all()
    assert 0.15 < known["is_thin_file"].mean() < 0.25
    assert (known["card_limit_fen"].isna() == known["card_utilisation"].isna()).all()
    never_late = known["is_thin_file"] | (known["late_payments_60m"].fillna(0) == 0)
    assert (known["months_since_late"].isna() == never_late).all()
    assert not known.loc[known["is_thin_file"], "customer_id"].duplicated().any()


def test_a_file_agrees_with_itself(known: pd.DataFrame) -> None:
    thick = known[~known["is_thin_file"]]
    assert (thick["seriously_late_60m"] <= thick["late_payments_60m"]).all()
    assert (thick["months_since_late"].fillna(0) <= thick["oldest_account_months"]).all()
    assert thick["months_since_late"].dropna().between(0, 60).all()
    assert (thick["oldest_account_months"] <= 12 * (thick["age"] - 17)).all()
    assert ((thick["open_loans"] == 0) <= (thick["loan_debt_fen"] == 0)).all()
    assert known["card_utilisation"].dropna().between(0, 1).all()


def test_a_second_application_shows_the_first(known: pd.DataFrame, lab: Credit) -> None:
    pairs = known.merge(known, on="customer_id", suffixes=("", "_later"))
    pairs = pairs[pairs["applied_on_later"] > pairs["applied_on"]]
    assert ((pairs["applied_on_later"] - pairs["applied_on"]).dt.days >= 90).all()
    end = lab.repayments.groupby("application_id")["due_on"].max()
    running = pairs["approved"] & (
        pairs["application_id"].map(end) > pairs["applied_on_later"] + pd.Timedelta(days=31)
    )
    assert (pairs.loc[running, "open_loans_later"] >= 1).all()
    assert (pairs.loc[running, "monthly_payment_fen_later"] >= pairs.loc[running, "instalment_fen"]).all()
    assert (pairs["late_payments_60m"] == pairs["late_payments_60m_later"]).all()


def test_applicants_are_adult_customers(lab: Credit) -> None:
    joined = pd.concat([customers(Block(2026, i))[["customer_id", "joined_on"]] for i in range(10)])
    each = lab.applications.merge(joined, on="customer_id")
    assert len(each) == len(lab.applications)
    assert (each["applied_on"] >= each["joined_on"]).all()
    assert each["age"].between(20, 70).all()
    assert lab.applications.groupby("customer_id").size().max() == 2
    assert 1_500 < len(lab.applications) / 10 < 2_000


def test_alternative_data_has_a_row_for_each_application_and_the_wallet_of_the_same_person(
    lab: Credit,
) -> None:
    assert (lab.alternative["application_id"] == lab.applications["application_id"]).all()
    both = lab.alternative.assign(customer_id=lab.applications["customer_id"]).merge(
        lab.wallet, on="customer_id", suffixes=("", "_wallet")
    )
    assert (both["night_share"] == both["night_share_wallet"]).all()
    assert 0.1 < lab.alternative["utility_on_time_share"].isna().mean() < 0.35
    shares = lab.alternative.filter(like="share").stack().dropna()
    assert shares.between(0, 1).all()
    assert lab.alternative["income_months_6m"].between(0, 6).all()


def test_default_follows_the_planted_causes_and_nothing_else(known: pd.DataFrame) -> None:
    effects = credit_effects(2026).set_index("cause")["log_odds"]
    quality = (known["credit_quality"] - 0.5) * 24**0.5
    payments = known["instalment_fen"] + known["monthly_payment_fen"].fillna(0)
    burden = np.log((payments / known["declared_income_fen"]).astype(float).clip(0.05, 2.0))
    employed = known["employment"].map(lambda name: effects[f"employment={name}"]).astype(float)
    explained = effects["credit_quality"] * quality + effects["burden"] * burden + employed
    odds = np.log(known["probability_of_default"] / (1 - known["probability_of_default"]))
    rest = (odds - explained)[known["probability_of_default"] > 0.0005]
    assert rest.std() < 0.001


@pytest.mark.parametrize("name", ["probability_of_default", "probability_by_bureau", "probability_by_both"])
def test_the_probabilities_are_probabilities(name: str, known: pd.DataFrame) -> None:
    """In each tenth of the applicants, within and outside the new channel, as many default as expected."""
    for _, group in known.groupby(known["channel"] == "partner"):
        for _, tenth in group.groupby(pd.qcut(group[name], 10)):
            expected = tenth[name].mean()
            spread = np.sqrt(expected * (1 - expected) / len(tenth))
            assert abs(tenth["would_default"].mean() - expected) < 4 * spread, (name, expected)


def test_attributes_speak_of_quality_as_strongly_as_the_key_says(known: pd.DataFrame, lab: Credit) -> None:
    """Against an attribute of the same strength with normal noise; own loans and incomes blur a little."""
    each = known.merge(lab.alternative)
    each = each[each["channel"] != "partner"]
    for row in credit_evidence(2026).itertuples():
        if row.attribute in {"seriously_late_60m", "months_since_late"}:
            continue  # they repeat what late_payments_60m says
        pairs = each[[row.attribute, "credit_quality"]].dropna().astype(float)
        found = spearmanr(pairs.iloc[:, 0], pairs.iloc[:, 1]).statistic
        assert abs(found - row.strength / np.sqrt(1 + row.strength**2)) < 0.16, row.attribute
        if row.strength == 0:
            assert abs(found) < 0.04, row.attribute


def test_purpose_and_guarantees_say_nothing_of_the_risk(known: pd.DataFrame) -> None:
    assert chi2_contingency(pd.crosstab(known["purpose"], known["would_default"])).pvalue > ONE_IN_A_MILLION
    thick = known[~known["is_thin_file"]]
    assert (
        spearmanr(thick["guarantees"].astype(int), thick["probability_of_default"]).pvalue > ONE_IN_A_MILLION
    )


def test_neither_numbers_nor_rows_give_the_risk_away(lab: Credit) -> None:
    worlds = [lab, credit(1, 10), credit(2, 10)]
    risky, hints = [], []
    for world in worlds:
        each = world.applications[["application_id", "customer_id"]].merge(world.truth)
        risky.append(each["probability_of_default"] > each["probability_of_default"].median())
        number = each[["application_id", "customer_id"]]
        hints.append(
            pd.concat([number, number % 10_000, number % 10], axis=1).assign(row=np.arange(len(each)))
        )
    target, features = pd.concat(risky).to_numpy(), pd.concat(hints).to_numpy()
    model = HistGradientBoostingClassifier(max_depth=4, max_iter=30)
    guess = cross_val_predict(model, features, target, cv=3, method="predict_proba")[:, 1]
    assert abs(roc_auc_score(target, guess) - 0.5) < 0.02


def test_a_sample_world_works_as_well() -> None:
    block = Block(5, 0, customers=200)
    assert 100 < len(credit_applications(block)) < 250
    assert len(alternative_data(block)) == len(credit_truth(block)) == len(credit_applications(block))
