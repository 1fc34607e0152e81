"""Lab 3.5 keeps its promise: what was planted is found, the leak is caught, nothing is found in noise."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.tree import DecisionTreeClassifier

from labkit import course
from labkit.exercises.judge import judge
from labkit.store import Dataset
from tests.course.solving import assert_answers_are_right, remembered_dataset, solved

pytestmark = pytest.mark.proof

DRIVERS = {"contract_months_left", "complaints_3m", "data_trend", "bill_shock", "dropped_call_rate"}


@pytest.fixture(scope="module")
def lab() -> dict:
    """The variables that the official solution leaves, on the ``lab`` world."""
    return solved("3.5", scale="lab")


@pytest.fixture(scope="module")
def truth(lab) -> pd.DataFrame:
    """The customers of the list day with their true risk."""
    return lab["true_risk"]


def scores(model, features: pd.DataFrame) -> np.ndarray:
    return model.predict_proba(features)[:, 1]


def test_tree_reaches_ninety_percent_of_the_oracle_and_boosting_ninety_six(lab):
    assert 0.75 < lab["oracle"] < 0.9, "a world that is neither hopeless nor a giveaway"
    assert lab["tree_auc"] >= 0.90 * lab["oracle"]
    assert lab["boosting_auc"] >= 0.96 * lab["oracle"]
    assert lab["boosting_auc"] >= lab["tree_auc"]


def test_all_five_drivers_are_asked_within_the_first_four_questions(lab):
    found = lab["found"].set_index("column")
    assert set(found.index) == DRIVERS
    assert (found["level"] <= 4).all()


def test_thresholds_found_part_the_customers_as_the_planted_ones_do(lab):
    """The tree grows on a sample, so its thresholds are near; for at least 97 % of the rows that changes nothing."""
    for row in lab["found"].itertuples():
        values = lab["churn"][row.column].dropna()
        planted = values <= row.threshold if row.side == "<=" else values >= row.threshold
        found = values <= row.found if row.side == "<=" else values > row.found
        assert (planted == found).mean() >= 0.97, row.column


def test_single_column_ranking_catches_the_leak_and_nothing_else(lab):
    alone = lab["alone"]
    assert alone.index[0] == "final_bill_flag" == lab["leak_column"]
    assert alone.iloc[0] > 0.9 > 0.75 > alone.iloc[1]
    assert "final_bill_flag" not in lab["X"].columns
    assert lab["flagged"]["left_before"] == 0


def test_months_never_overlap_and_wait_for_their_labels(lab):
    days = lab["churn"]["snapshot_on"]
    assert days[lab["growing"]].max() < days[lab["judging"]].min()
    assert sorted(days[lab["list_day"]].unique()) == [pd.Timestamp("2025-10-31")]
    assert days[lab["history"]].max() == pd.Timestamp("2025-08-31")
    assert not (lab["growing"] & lab["judging"]).any()


def test_list_earns_money_only_while_it_is_short(lab):
    assert lab["expected"] > 0 > lab["profit"][-1]
    assert lab["low"] < lab["expected"] < lab["high"]
    assert 0.02 < lab["best_share"] < 0.2
    tenth = lab["campaign_profit"](lab["scored"], 0.1, lab["terms"])
    assert tenth == pytest.approx(lab["profit"][lab["tenth_called"] - 1])


def test_interval_of_the_profit_covers_other_novembers(lab, truth):
    """Leavers drawn again from the true risks, persuaded or not: nine in ten profits lie in the interval."""
    rng = np.random.default_rng(1)
    called = truth.set_index("subscriber_id").loc[lab["top_tenth"]["subscriber_id"], "hazard"].to_numpy()
    leavers = rng.random((2_000, len(called))) < called
    saved = rng.binomial(leavers.sum(axis=1), lab["terms"]["save_rate"])
    profits = saved * lab["worth"] - lab["cost"]
    assert ((profits >= lab["low"]) & (profits <= lab["high"])).mean() > 0.75


def test_shuffled_labels_teach_nothing(lab):
    rng = np.random.default_rng(7)
    history, list_day, features = lab["history"], lab["list_day"], lab["X"]
    shuffled = rng.permutation(lab["y"][history])
    tree = DecisionTreeClassifier(min_samples_leaf=50, ccp_alpha=lab["pruned_tree"].ccp_alpha, random_state=0)
    tree.fit(features[history], shuffled)
    assert abs(roc_auc_score(lab["y"][list_day], scores(tree, features[list_day])) - 0.5) < 0.06


def test_identifiers_and_positions_teach_nothing(lab):
    churn, history, list_day = lab["churn"], lab["history"], lab["list_day"]
    nothing = pd.DataFrame(
        {"id": churn["subscriber_id"], "position": np.arange(len(churn)), "parity": churn.index % 2}
    )
    tree = DecisionTreeClassifier(max_depth=4, min_samples_leaf=0.05, random_state=0)
    tree.fit(nothing[history], lab["y"][history])
    assert abs(roc_auc_score(lab["y"][list_day], scores(tree, nothing[list_day])) - 0.5) < 0.05


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_other_worlds_are_as_learnable(seed):
    """On 12 000 customers, judged by the true risks so that the luck of one month plays no part."""
    dataset = Dataset.open(12_000, seed, stream_name="3.5")
    table = dataset.table("churn").merge(dataset.truth("churn_truth"), on=["subscriber_id", "snapshot_on"])
    features = table.drop(
        columns=["subscriber_id", "snapshot_on", "churned", "final_bill_flag", "hazard", "moves_away"]
    )
    features = pd.get_dummies(features, prefix_sep="=").astype("float32")
    history, list_day = table["snapshot_on"] <= "2025-08-31", table["snapshot_on"] == "2025-10-31"

    def expected_auc(risk: np.ndarray) -> float:
        hazard = table.loc[list_day, "hazard"].to_numpy()
        outcome, weight = np.repeat([1, 0], len(hazard)), np.concatenate([hazard, 1 - hazard])
        return roc_auc_score(outcome, np.tile(risk, 2), sample_weight=weight)

    oracle = expected_auc(table.loc[list_day, "hazard"].to_numpy())
    tree = DecisionTreeClassifier(min_samples_leaf=40, ccp_alpha=5e-5, random_state=0)
    boosting = HistGradientBoostingClassifier(
        learning_rate=0.1, max_iter=50, max_leaf_nodes=8, min_samples_leaf=50, l2_regularization=1.0,
        early_stopping=False, random_state=0,
    )  # fmt: skip
    for model, share in ((tree, 0.90), (boosting, 0.96)):
        model.fit(features[history], table["churned"][history])
        assert expected_auc(scores(model, features[list_day])) >= share * oracle


def test_official_solutions_are_right_on_the_lab_world(lab):
    assert_answers_are_right("3.5", lab, remembered_dataset("3.5", scale="lab"))


def test_every_defensible_price_of_a_leaf_is_accepted(lab):
    """The two prices beside the best one are as good; the check must not insist on one."""
    prices = lab["pruning"]["judging"].nlargest(3).index
    check = course.exercises("3.5")["final_tree"]
    verdicts = [
        judge(check, lab["grown"](price, lab["history"]), remembered_dataset("3.5", scale="lab"))
        for price in prices
    ]
    leaves = [lab["grown"](price, lab["history"]).get_n_leaves() for price in prices]
    assert [v.status == "right" or n > 60 for v, n in zip(verdicts, leaves, strict=True)] == [True] * 3
    assert sum(verdict.status == "right" for verdict in verdicts) >= 2


@pytest.mark.parametrize(
    "write",
    [
        lambda subscribers, cutoff: solved("3.5", scale="lab")["churned_next_month"](
            subscribers, cutoff
        ).sample(frac=1, random_state=0),
        lambda subscribers, cutoff: solved("3.5", scale="lab")["churned_next_month"](
            subscribers, cutoff
        ).astype(int),
        lambda subscribers, cutoff: (
            solved("3.5", scale="lab")["churned_next_month"](subscribers, cutoff)
            .rename("churned")
            .reset_index()
        ),
    ],
    ids=["in another order", "as ones and zeros", "as a table"],
)
def test_label_is_accepted_in_every_correct_form(write):
    verdict = judge(
        course.exercises("3.5")["churned_next_month"], write, remembered_dataset("3.5", scale="lab")
    )
    assert verdict.status == "right", verdict.message.en


@pytest.mark.parametrize(
    "form", [lambda a: (a["share"], a["rate"]), lambda a: [a["share"], a["rate"]], pd.Series]
)
def test_riskiest_leaf_is_accepted_in_every_correct_form(lab, form):
    answer = form(lab["riskiest_leaf"])
    verdict = judge(course.exercises("3.5")["riskiest_leaf"], answer, remembered_dataset("3.5", scale="lab"))
    assert verdict.status == "right", verdict.message.en


def test_panel_draws_every_depth_and_deeper_trees_earn_more_than_a_stump(lab):
    import matplotlib.pyplot as plt

    sentences = []
    for depth in (1, 3, 8):
        figure, sentence = lab["draw"](depth)
        assert str(depth) in figure.get_axes()[0].get_title(loc="left")
        assert str(depth) in sentence
        plt.close(figure)
        sentences.append(sentence)
    earned = [int(s.rsplit("earns ", 1)[1].split(" ")[0].replace(",", "")) for s in sentences]
    assert earned[0] < earned[1] < earned[2]
