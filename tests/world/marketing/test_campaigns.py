"""The two campaigns for the savings plan: what the experiment shows, and what managers' choice hides."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from labkit.world.bank.customers import customer_people, joined_on
from labkit.world.block import Block
from labkit.world.marketing import campaign_equations, campaign_experiment, campaign_observational
from labkit.world.marketing.campaigns import PLAN_MARGIN_SHARES, PLAN_MARGINS_FEN
from labkit.world.marketing.offers import CHANNELS

FEATURES = [
    "age", "tenure_years", "wealth_band", "app_logins_30d", "contacts_90d", "asked_for_advice", "complained_12m",
]  # fmt: skip
DISTRACTORS = ["age", "tenure_years"]
COST_OF_CALL_FEN = CHANNELS[0].cost_fen


@pytest.fixture(scope="module")
def experiment(lab) -> pd.DataFrame:
    both = lab["campaign_experiment"].merge(lab["uplift_truth"], on="customer_id", validate="1:1")
    return both.assign(effect=both["probability_if_called"] - both["probability_if_not"])


@pytest.fixture(scope="module")
def observational(lab) -> pd.DataFrame:
    both = lab["campaign_observational"].merge(lab["observational_truth"], on="customer_id", validate="1:1")
    return both.assign(effect=both["probability_if_called"] - both["probability_if_not"])


def logistic():
    return make_pipeline(StandardScaler(), LogisticRegression())


def difference(rows: pd.DataFrame) -> tuple[float, float]:
    """Difference of the shares who bought, and its standard error."""
    rates, sizes = (rows.groupby("called")["bought"].agg(how) for how in ("mean", "size"))
    return rates[True] - rates[False], float(np.sqrt((rates * (1 - rates) / sizes).sum()))


def two_models(train: pd.DataFrame, test: pd.DataFrame) -> np.ndarray:
    called, other = (
        logistic().fit(rows[FEATURES].astype(float), rows["bought"])
        for rows in (train[train["called"]], train[~train["called"]])
    )
    inputs = test[FEATURES].astype(float)
    return called.predict_proba(inputs)[:, 1] - other.predict_proba(inputs)[:, 1]


def one_model(train: pd.DataFrame, test: pd.DataFrame) -> np.ndarray:
    def inputs(rows: pd.DataFrame, called: pd.Series) -> pd.DataFrame:
        alone = rows[FEATURES].astype(float)
        return pd.concat([alone, alone.mul(called, axis=0).add_suffix("_when_called")], axis=1).assign(
            called=called
        )

    model = logistic().fit(inputs(train, train["called"].astype(float)), train["bought"])
    ones = pd.Series(1.0, index=test.index)
    return model.predict_proba(inputs(test, ones))[:, 1] - model.predict_proba(inputs(test, 0 * ones))[:, 1]


def test_truth_is_what_the_equations_say_of_the_published_features(lab, experiment, observational):
    equations = campaign_equations(2026)
    health = lab["people"].set_index("person_id")["relation_health"]

    def value(equation: str, rows: pd.DataFrame) -> np.ndarray:
        known = rows.assign(constant=1, relation_health=health[rows["customer_id"]].to_numpy())
        terms = equations[equations["equation"] == equation].itertuples()
        return sum(term.log_odds * (known[term.feature].astype(float) - term.centre) for term in terms)

    def share(log_odds: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-log_odds))

    for rows in (experiment, observational):
        without, with_call = value("buys", rows), value("buys", rows) + value("effect_of_call", rows)
        np.testing.assert_allclose(rows["probability_if_not"], share(without), atol=6e-7)
        np.testing.assert_allclose(rows["probability_if_called"], share(with_call), atol=6e-7)
    chosen = share(value("manager_calls", observational))
    np.testing.assert_allclose(observational["probability_of_call"], chosen, atol=6e-7)


def test_who_buys_follows_the_true_probabilities(experiment, observational):
    for rows in (experiment, observational):
        chance = rows["probability_if_called"].where(rows["called"], rows["probability_if_not"])
        for _, some in rows.assign(chance=chance).groupby(pd.qcut(chance, 8)):
            spread = np.sqrt((some["chance"] * (1 - some["chance"])).sum())
            assert abs(some["bought"].sum() - some["chance"].sum()) < 4 * spread


def test_the_experiment_asks_those_who_were_customers_and_had_not_bought_in_may():
    block = Block(2026, 0)
    since = pd.Series(block.of(joined_on), index=block.of(customer_people)["person_id"])
    earlier, later = block.of(campaign_observational), block.of(campaign_experiment)
    assert (since[earlier["customer_id"]] < pd.Timestamp("2024-05-01")).all()
    assert (since[later["customer_id"]] < pd.Timestamp("2024-10-01")).all()
    assert not set(later["customer_id"]) & set(earlier.loc[earlier["bought"], "customer_id"])
    for rows in (earlier, later):
        assert (rows["age"] >= 18).all()
        assert (rows["tenure_years"] >= 0).all()
    stayed = later.merge(earlier, on="customer_id")
    assert (stayed["tenure_years_x"] - stayed["tenure_years_y"]).isin([0, 1]).all()


def test_a_coin_decided_who_was_called_in_the_experiment(experiment):
    assert abs(experiment["called"].mean() - 0.5) < 4 * 0.5 / np.sqrt(len(experiment))
    for feature in [*FEATURES, "probability_if_not", "effect"]:
        assert abs(roc_auc_score(experiment["called"], experiment[feature]) - 0.5) < 0.02, feature


def test_the_experiment_shows_an_effect_of_a_few_points_with_an_interval(experiment):
    assert 10_000 <= len(experiment) <= 20_000
    effect, error = difference(experiment)
    assert 0.025 < experiment["effect"].mean() < 0.04
    assert effect - 1.96 * error > 0
    assert abs(effect - experiment["effect"].mean()) < 3 * error


def test_the_interval_covers_the_truth_93_to_97_times_in_a_hundred(experiment):
    """Coin and purchases thrown again 2 000 times: with 200, chance alone moves the share by three points."""
    rng, covered, times = np.random.default_rng(1), 0, 2_000
    called_chance, other_chance = experiment[["probability_if_called", "probability_if_not"]].to_numpy().T
    for _ in range(times):
        called = rng.random(len(experiment), dtype=np.float32) < 0.5
        bought = rng.random(len(experiment), dtype=np.float32) < np.where(called, called_chance, other_chance)
        sizes = np.array([called.sum(), (~called).sum()])
        rates = np.array([bought[called].mean(), bought[~called].mean()])
        error = np.sqrt((rates * (1 - rates) / sizes).sum())
        covered += abs(rates[0] - rates[1] - experiment["effect"].mean()) < 1.96 * error
    assert 0.93 < covered / times < 0.97


@pytest.mark.parametrize("learner", [two_models, one_model])
def test_uplift_learner_earns_nine_tenths_of_the_oracle_on_held_out_customers(experiment, learner):
    """The margin of a plan is alike for everybody, so a call pays where effect × mean margin exceeds its cost."""
    held_out = np.random.default_rng(1).random(len(experiment)) < 0.3
    train, test = experiment[~held_out], experiment[held_out]
    margin = train.loc[train["bought"], "margin_fen"].mean()
    value = test["effect"] * margin - COST_OF_CALL_FEN
    oracle = value.clip(lower=0).sum()
    estimated = learner(train, test)
    assert value[estimated * margin > COST_OF_CALL_FEN].sum() >= 0.9 * oracle
    assert value.sum() < 0.1 * oracle, "calling everybody is no policy"
    likely = logistic().fit(train[FEATURES].astype(float), train["bought"])
    order = likely.predict_proba(test[FEATURES].astype(float))[:, 1].argsort()[::-1]
    as_many = order[: (value > 0).sum()]
    assert value.to_numpy()[as_many].sum() < 0.6 * oracle, "who buys anyway need not be called"


def test_sleeping_dogs_show_in_the_bottom_decile(experiment):
    fold = np.arange(len(experiment)) % 5
    estimated = np.empty(len(experiment))
    for part in range(5):
        estimated[fold == part] = two_models(experiment[fold != part], experiment[fold == part])
    deciles = pd.qcut(estimated, 10, labels=False)
    bottom, top = experiment[deciles == 0], experiment[deciles == 9]
    assert bottom["effect"].mean() < -0.08
    assert top["effect"].mean() > 0.12
    effect, error = difference(bottom)
    assert effect + 1.96 * error < 0


def test_there_are_all_four_kinds_and_each_is_what_it_is_called(experiment, observational):
    for rows in (experiment, observational):
        shares = rows["kind"].value_counts(normalize=True)
        assert (shares > 0.03).all()
        assert len(shares) == 4
        of_kind = rows.groupby("kind", observed=True)
        assert of_kind["effect"].min()["persuadable"] >= 0.04 - 1e-9
        assert of_kind["effect"].max()["sleeping_dog"] <= -0.03 + 1e-9
        for kind in ("sure_thing", "lost_cause"):
            assert of_kind["effect"].agg(["min", "max"]).loc[kind].between(-0.03, 0.04).all()
        assert of_kind["probability_if_not"].min()["sure_thing"] >= 0.15
        assert of_kind["probability_if_not"].max()["lost_cause"] < 0.15


def test_managers_choice_makes_the_effect_look_three_times_too_big(observational):
    called = observational[observational["called"]]
    naive, _ = difference(observational)
    assert called["effect"].mean() > 0.02
    assert naive > 3 * called["effect"].mean()
    dogs = observational[observational["kind"] == "sleeping_dog"]
    assert dogs.loc[dogs["called"], "effect"].mean() < -0.05
    assert difference(dogs)[0] > 0, "even those who are put off look as if calls helped"


def adjusted(rows: pd.DataFrame, columns: list[str], outcome_of_others: str) -> float:
    """Effect on the called: the others weighted by the odds of having been called."""
    inputs = rows[columns].astype(float)
    propensity = logistic().fit(inputs, rows["called"]).predict_proba(inputs)[:, 1]
    called = rows["called"].to_numpy()
    others = np.average(rows[outcome_of_others][~called], weights=(propensity / (1 - propensity))[~called])
    counterpart = {"bought": "bought", "probability_if_not": "probability_if_called"}[outcome_of_others]
    return float(rows[counterpart][called].mean() - others)


def test_adjusting_for_what_is_on_file_removes_most_of_the_bias_and_the_rest_is_the_relation(observational):
    truth = observational.loc[observational["called"], "effect"].mean()
    naive, error = difference(observational)
    assert abs(adjusted(observational, FEATURES, "bought") - truth) < 0.2 * (naive - truth) + 3 * error
    on_file, with_relation = (
        adjusted(observational, columns, "probability_if_not") - truth
        for columns in (FEATURES, [*FEATURES, "relation_health"])
    )
    assert 0.005 < on_file - with_relation < 0.013
    assert abs(with_relation) < 0.007


def test_distractors_tell_nothing_beyond_the_planted_probabilities(experiment):
    chance = experiment["probability_if_called"].where(experiment["called"], experiment["probability_if_not"])
    surprise = experiment["bought"] - chance
    coded = experiment[DISTRACTORS].assign(
        male=experiment["sex"] == "male", county=experiment["city_tier"] == "county"
    )
    for name, values in coded.items():
        assert abs(np.corrcoef(values.astype(float), surprise)[0, 1]) < 4 / np.sqrt(len(experiment)), name


def test_margin_comes_with_a_purchase_and_is_alike_for_everybody(experiment, observational):
    for rows in (experiment, observational):
        assert ((rows["margin_fen"] > 0) == rows["bought"]).all()
        margin = rows.loc[rows["bought"], "margin_fen"]
        expected = np.dot(PLAN_MARGINS_FEN, PLAN_MARGIN_SHARES)
        assert abs(margin.mean() - expected) < 4 * margin.std() / np.sqrt(len(margin))
        for column in ("wealth_band", "called"):
            correlation = np.corrcoef(rows.loc[rows["bought"], column].astype(float), margin)[0, 1]
            assert abs(correlation) < 4 / np.sqrt(len(margin)), column


def test_identifiers_and_row_positions_say_nothing(experiment, observational):
    model = HistGradientBoostingClassifier(max_iter=30, random_state=1)
    folds = StratifiedKFold(5, shuffle=True, random_state=1)
    for rows in (experiment, observational):
        position = np.arange(len(rows))
        numbers = pd.DataFrame(
            {
                "customer_id": rows["customer_id"],
                "position": position,
                "in_block": rows["customer_id"] % 2_500,
                "last_digit": rows["customer_id"] % 10,
                "odd": position % 2,
            }
        )
        for label in (rows["bought"], rows["called"], rows["effect"] > 0.04):
            for name, values in numbers.items():
                assert abs(roc_auc_score(label, values) - 0.5) < 0.02, name
            scores = cross_val_score(model, numbers, label, cv=folds, scoring="roc_auc")
            assert abs(scores.mean() - 0.5) < 0.02
