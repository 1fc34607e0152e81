"""Lab 1.1 can be taught: behaviour finds the buyers of the fund, demographics only a part, mailing everybody loses."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency, spearmanr
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import r2_score, roc_auc_score
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from labkit.world.bank.customers import customers
from labkit.world.bank.wallet.behaviour import wallet_behaviour
from labkit.world.block import Block
from labkit.world.marketing.pilot_responses import (
    CONTACT_COST_FEN,
    EFFECTS,
    pilot_effects,
    pilot_responses,
    pilot_truth,
)

ONE_IN_A_MILLION = 1e-6
SEEDS = [2026, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3, 4, 5))]
DECOYS = ("tenure_months", "payments_6m", "active_days_6m", "merchants_6m", "mean_ticket_fen", "topups_6m",
          "utility_share", "red_packets_6m")  # fmt: skip


class Pilot(NamedTuple):
    customers: pd.DataFrame
    """Every customer, with behaviour and truth."""
    responses: pd.DataFrame

    @property
    def asked(self) -> np.ndarray:
        return self.customers["customer_id"].isin(self.responses["customer_id"]).to_numpy()

    @property
    def responded(self) -> np.ndarray:
        by_customer = self.responses.set_index("customer_id")["responded"]
        return by_customer.loc[self.customers.loc[self.asked, "customer_id"]].to_numpy()


def pilot(seed: int) -> Pilot:
    blocks = [Block(seed, index) for index in range(10)]
    file, behaviour, truth, responses = (
        pd.concat([block.of(make) for block in blocks], ignore_index=True)
        for make in (customers, wallet_behaviour, pilot_truth, pilot_responses)
    )
    return Pilot(file.merge(behaviour).merge(truth), responses)


@pytest.fixture(scope="module", params=SEEDS)
def world(request: pytest.FixtureRequest) -> Pilot:
    return pilot(request.param)


def demographics(people: pd.DataFrame) -> np.ndarray:
    """Age, sex, size of the city and declared income, with a flag where the last is unknown."""
    age = (2025 - people["birth_year"]).astype(float)
    income = people["declared_income_fen"].astype(float)
    columns = [age, age**2, people["sex"] == "male", np.log(income.fillna(income.median())), income.isna()]
    columns += [people["city_tier"] == tier for tier in ("tier1", "tier2", "tier3")]
    return np.column_stack(columns).astype(float)


def behaviour(people: pd.DataFrame) -> np.ndarray:
    """All columns of the wallet, counts and amounts as logarithms."""
    columns = people[[*DECOYS, *(effect.column for effect in EFFECTS)]].fillna(0.0)
    large = columns.columns[columns.max() > 1]
    return columns.assign(**{name: np.log1p(columns[name]) for name in large}).to_numpy()


def profit_of_targeting(world: Pilot, features: np.ndarray) -> float:
    """Share of the oracle's profit among customers outside the pilot, whom a model from the pilot picks."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1)).fit(
        features[world.asked], world.responded
    )
    score = model.predict_proba(features[~world.asked])[:, 1]
    margin = world.responses.loc[world.responses["responded"], "margin_fen"].mean()
    rest = world.customers[~world.asked]
    expected = rest["response_probability"] * rest["expected_margin_fen"] - CONTACT_COST_FEN
    return expected[score * margin > CONTACT_COST_FEN].sum() / expected.clip(lower=0).sum()


def test_behaviour_earns_nine_tenths_of_the_oracle_and_demographics_far_less(world: Pilot) -> None:
    by_behaviour = profit_of_targeting(world, behaviour(world.customers))
    by_demographics = profit_of_targeting(world, demographics(world.customers))
    assert by_behaviour >= 0.90
    assert 0.2 < by_demographics < 0.7


def test_demographics_carry_about_a_third_of_the_signal(world: Pilot) -> None:
    """Share of the variance of the true log-odds that they explain, out of sample."""
    probability = world.customers["response_probability"]
    log_odds = np.log(probability / (1 - probability))
    model = HistGradientBoostingRegressor(max_depth=3, max_iter=60)
    guess = cross_val_predict(model, demographics(world.customers), log_odds, cv=3)
    assert 0.27 < r2_score(log_odds, guess) < 0.40


def test_few_respond_and_asking_everybody_loses_a_little(world: Pilot) -> None:
    assert 0.04 < world.responses["responded"].mean() < 0.06
    rest = world.customers
    expected = rest["response_probability"] * rest["expected_margin_fen"]
    assert 0.8 < expected.mean() / CONTACT_COST_FEN < 1.0
    assert (expected - CONTACT_COST_FEN).clip(lower=0).mean() > 0.3 * CONTACT_COST_FEN


def test_the_probability_is_the_planted_function_of_the_wallet(world: Pilot) -> None:
    people, log_odds = world.customers, 0.0
    for effect in pilot_effects(2026).itertuples():
        amount = people[effect.column].fillna(0) / effect.unit
        log_odds = log_odds + effect.log_odds * (np.log1p(amount) if effect.scale == "log" else amount)
    odds = people["response_probability"] / (1 - people["response_probability"])
    rest = (np.log(odds) - log_odds)[people["response_probability"] > 0.001]
    assert rest.std() < 0.001


def test_as_many_respond_as_the_probabilities_say(world: Pilot) -> None:
    asked = world.customers[world.asked]
    for tenth in np.array_split(np.argsort(asked["response_probability"].to_numpy()), 10):
        expected = asked["response_probability"].to_numpy()[tenth]
        spread = np.sqrt((expected * (1 - expected)).sum())
        assert abs(world.responded[tenth].sum() - expected.sum()) < 4 * spread


def test_margins_of_those_who_respond_are_as_expected(world: Pilot) -> None:
    buyers = world.responses[world.responses["responded"]].merge(world.customers, on="customer_id")
    error = buyers["margin_fen"].mean() / buyers["expected_margin_fen"].mean() - 1
    assert abs(error) < 0.15


def test_purchases_and_responses_agree(world: Pilot) -> None:
    each = world.responses
    bought = each["responded"]
    assert (each["invested_on"].notna() == bought).all()
    assert ((each["amount_fen"] > 0) == bought).all()
    assert ((each["margin_fen"] > 0) == bought).all()
    assert (each["invested_on"] - each["offered_on"]).dropna().dt.days.between(1, 30).all()
    assert each["offered_on"].between("2025-09-01", "2025-09-30").all()
    assert (each["offered_on"].dt.day_of_week < 5).all()


def test_the_pilot_is_a_random_sample_and_channels_are_alike(world: Pilot) -> None:
    assert world.asked.mean() == pytest.approx(0.4)
    for column in ("response_probability", "balance_fen", "birth_year"):
        assert spearmanr(world.asked, world.customers[column]).pvalue > ONE_IN_A_MILLION
    table = pd.crosstab(world.responses["channel"], world.responses["responded"])
    assert chi2_contingency(table).pvalue > ONE_IN_A_MILLION


@pytest.mark.parametrize("column", ["red_packets_6m", "utility_share"])
def test_habits_that_depend_on_nothing_say_nothing(column: str, world: Pilot) -> None:
    probability = world.customers["response_probability"]
    assert spearmanr(world.customers[column], probability).pvalue > ONE_IN_A_MILLION


def test_neither_numbers_nor_rows_give_the_response_away() -> None:
    worlds = [pilot(seed) for seed in (2026, 1, 2)]
    target = np.concatenate(
        [w.customers["response_probability"] > w.customers["response_probability"].median() for w in worlds]
    )
    hints = [
        np.column_stack([number, number % 2_500, number % 10, np.arange(len(number)), world.asked])
        for world in worlds
        for number in [world.customers["customer_id"].to_numpy()]
    ]
    model = HistGradientBoostingClassifier(max_depth=4, max_iter=30)
    guess = cross_val_predict(model, np.concatenate(hints), target, cv=3, method="predict_proba")[:, 1]
    assert abs(roc_auc_score(target, guess) - 0.5) < 0.02


def test_a_sample_world_works_as_well() -> None:
    block = Block(5, 0, customers=200)
    assert len(pilot_responses(block)) == 80
    assert len(pilot_truth(block)) == 200
