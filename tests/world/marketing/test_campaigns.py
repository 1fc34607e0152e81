"""The campaigns of lab 6.2: who buys because of a call is found in the experiment, and not without one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from statsmodels.stats.proportion import confint_proportions_2indep

from labkit.world.block import Block
from labkit.world.marketing.campaigns import (
    CALLED_SHARE,
    PLAN_MARGIN_SHARES,
    PLAN_MARGINS_FEN,
    campaign_experiment,
    campaign_observational,
)
from labkit.world.marketing.offers import contact_channels
from labkit.world.marketing.uplift import KINDS, WEIGHTS, campaign_equations
from tests.world.marketing.worlds import campaigns

SEEDS = [2026, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3, 4, 5))]
EVE = [
    "age",
    "tenure_years",
    "wealth_band",
    "app_logins_30d",
    "contacts_90d",
    "asked_for_advice",
    "complained_12m",
]
CALL_COST_FEN = int(contact_channels(1).set_index("channel")["cost_fen"]["call"])
MEAN_MARGIN_FEN = float(np.dot(PLAN_MARGINS_FEN, PLAN_MARGIN_SHARES))
REPETITIONS = 200
SPREAD_OF_ADJUSTED = 0.008
"""Standard error of the adjusted effect: some 5 000 called, a fifth of them buy."""


def with_truth(seed: int) -> pd.DataFrame:
    """The experiment beside what was planted, with ``effect`` of a call."""
    tables = campaigns(seed)
    rows = tables["campaign_experiment"].merge(tables["uplift_truth"], on="customer_id", validate="1:1")
    return rows.assign(effect=rows["probability_if_called"] - rows["probability_if_not"])


def features(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[EVE].astype(float).assign(male=(rows["sex"] == "male").astype(float))


def uplift_of_two_models(rows: pd.DataFrame, learning: np.ndarray) -> np.ndarray:
    """Effect of a call on the other rows, as two logistic regressions learnt it."""
    known, called = features(rows), rows["called"].to_numpy()
    chance = []
    for group in (called, ~called):
        model = make_pipeline(StandardScaler(), LogisticRegression())
        model.fit(known[learning & group], rows["bought"][learning & group])
        chance.append(model.predict_proba(known[~learning])[:, 1])
    return chance[0] - chance[1]


def half(rows: pd.DataFrame) -> np.ndarray:
    return np.random.default_rng(1).random(len(rows)) < 0.5


# ---- the tables ----------------------------------------------------------------------------------


@pytest.mark.parametrize("customers", [40, 200])
def test_a_small_block_has_its_campaigns_too(customers: int) -> None:
    block = Block(1, 0, customers=customers)
    assert 0 < len(campaign_experiment(block)) <= len(campaign_observational(block)) <= customers


def test_who_bought_in_may_is_not_asked_again() -> None:
    tables = campaigns(2026)
    earlier = tables["campaign_observational"]
    asked = set(tables["campaign_experiment"]["customer_id"])
    assert not asked & set(earlier.loc[earlier["bought"], "customer_id"])
    assert len(asked & set(earlier["customer_id"])) > 0.9 * len(asked)


@pytest.mark.parametrize("name", ["campaign_experiment", "campaign_observational"])
def test_only_purchases_leave_a_margin(name: str) -> None:
    rows = campaigns(2026)[name]
    assert ((rows["margin_fen"] > 0) == rows["bought"]).all()
    assert set(rows.loc[rows["bought"], "margin_fen"]) == set(PLAN_MARGINS_FEN)
    assert rows["tenure_years"].min() >= 0
    assert rows["age"].min() >= 16


def test_the_key_gives_the_equations_that_were_used() -> None:
    rows, key = with_truth(2026), campaign_equations(1)
    assert len(key) == len(WEIGHTS)
    log_odds = np.log(rows["probability_if_called"] / (1 - rows["probability_if_called"]))
    log_odds -= np.log(rows["probability_if_not"] / (1 - rows["probability_if_not"]))
    effect = key[key["equation"] == "effect_of_call"].set_index("feature")
    expected = effect.loc["constant", "log_odds"] + sum(
        effect.loc[name, "log_odds"] * (rows[name].astype(float) - effect.loc[name, "centre"])
        for name in effect.index.drop("constant")
    )
    np.testing.assert_allclose(log_odds, expected, atol=0.01)


# ---- the experiment ------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_the_coin_is_fair_and_depends_on_nothing(seed: int) -> None:
    rows = with_truth(seed)
    assert abs(rows["called"].mean() - CALLED_SHARE) < 5 * 0.5 / len(rows) ** 0.5
    model = HistGradientBoostingClassifier(max_depth=3, max_iter=30)
    learning = half(rows)
    model.fit(features(rows)[learning], rows["called"][learning])
    score = model.predict_proba(features(rows)[~learning])[:, 1]
    assert abs(roc_auc_score(rows["called"][~learning], score) - 0.5) < 0.025


@pytest.mark.parametrize("seed", SEEDS)
def test_the_experiment_shows_the_mean_effect(seed: int) -> None:
    rows = with_truth(seed)
    called, bought = rows["called"], rows["bought"]
    low, high = confint_proportions_2indep(
        bought[called].sum(),
        called.sum(),
        bought[~called].sum(),
        (~called).sum(),
        method="newcomb",
        alpha=1e-4,
    )
    assert low < rows["effect"].mean() < high
    assert low > 0
    assert 0.02 < rows["effect"].mean() < 0.05


def test_intervals_cover_the_truth_as_often_as_they_promise() -> None:
    """Outcomes are drawn again from the planted probabilities, so that only the interval is on trial."""
    rows, rng = with_truth(2026).head(4_000), np.random.default_rng(7)
    truth, covered = rows["effect"].mean(), 0
    for _ in range(REPETITIONS):
        called = rng.random(len(rows)) < CALLED_SHARE
        chance = np.where(called, rows["probability_if_called"], rows["probability_if_not"])
        bought = rng.random(len(rows)) < chance
        low, high = confint_proportions_2indep(
            bought[called].sum(), called.sum(), bought[~called].sum(), (~called).sum(), method="newcomb"
        )
        covered += low < truth < high
    assert 0.93 <= covered / REPETITIONS <= 0.97


@pytest.mark.parametrize("seed", SEEDS)
def test_two_models_earn_nine_tenths_of_the_oracle(seed: int) -> None:
    rows = with_truth(seed)
    learning = half(rows)
    gain = (rows["effect"] * MEAN_MARGIN_FEN - CALL_COST_FEN)[~learning]
    calls = uplift_of_two_models(rows, learning) * MEAN_MARGIN_FEN > CALL_COST_FEN
    assert gain[calls].sum() >= 0.90 * gain.clip(lower=0).sum()
    assert gain.sum() < 0, "calling everybody loses money"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_last_decile_buys_less_when_called(seed: int) -> None:
    rows = with_truth(seed)
    learning = half(rows)
    uplift = pd.Series(uplift_of_two_models(rows, learning), rows.index[~learning])
    last = rows.loc[uplift.nsmallest(len(uplift) // 10).index]
    difference = last["bought"][last["called"]].mean() - last["bought"][~last["called"]].mean()
    assert difference < -0.03
    assert (last["kind"] == "sleeping_dog").mean() > 0.7


def test_all_four_kinds_are_there() -> None:
    shares = with_truth(2026)["kind"].value_counts(normalize=True)
    assert set(shares.index) == set(KINDS)
    assert shares.min() > 0.03


@pytest.mark.parametrize("seed", [2026, 1])
def test_numbers_and_positions_give_no_purchase_away(seed: int) -> None:
    rows = with_truth(seed)
    signs = pd.DataFrame(
        {"id": rows["customer_id"], "within": rows["customer_id"] % 2_500, "row": np.arange(len(rows))}
    )
    learning = half(rows)
    for label in ("bought", "called"):
        model = HistGradientBoostingClassifier(max_depth=2, max_iter=20).fit(
            signs[learning], rows[label][learning]
        )
        score = model.predict_proba(signs[~learning])[:, 1]
        assert abs(roc_auc_score(rows[label][~learning], score) - 0.5) < 0.03  # 1 000 purchases: 4 sigma


# ---- the campaign without a coin -----------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_without_a_coin_the_effect_looks_three_times_as_large(seed: int) -> None:
    tables = campaigns(seed)
    rows = tables["campaign_observational"].merge(tables["observational_truth"], on="customer_id")
    called = rows["called"].to_numpy()
    effect = rows["probability_if_called"] - rows["probability_if_not"]
    naive = rows["bought"][called].mean() - rows["bought"][~called].mean()
    assert naive > 2.5 * effect[called].mean()
    adjusted = adjusted_effect(features(rows), called, rows["bought"].to_numpy())
    bias, left = naive - effect[called].mean(), adjusted - effect[called].mean()
    assert abs(left) < 0.4 * bias
    with_the_unseen = features(rows).assign(relation_health=rows["relation_health"])
    whole = adjusted_effect(with_the_unseen, called, rows["bought"].to_numpy())
    assert abs(whole - effect[called].mean()) < 4 * SPREAD_OF_ADJUSTED


def adjusted_effect(known: pd.DataFrame, called: np.ndarray, bought: np.ndarray) -> float:
    """Effect on the called, those not called weighted by the odds of their propensity to be."""
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(known, called)
    propensity = model.predict_proba(known)[~called, 1]
    return float(bought[called].mean() - np.average(bought[~called], weights=propensity / (1 - propensity)))
