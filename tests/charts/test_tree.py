"""The tree figure says in words what the tree does, and draws all of it."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from sklearn.tree import DecisionTreeClassifier

from labkit.charts import use_house_style
from labkit.charts.tree import decision_tree, readable_tree
from labkit.language import LANGUAGES, set_language


@pytest.fixture
def features() -> pd.DataFrame:
    rng = np.random.default_rng(5)
    return pd.DataFrame(
        {
            "complaints": rng.integers(0, 5, 4_000).astype("float32"),
            "autopay": rng.integers(0, 2, 4_000).astype("float32"),
            "fee_fen": rng.choice([2_900, 5_900, 9_900], 4_000).astype("float32"),
            "trend": np.where(rng.random(4_000) < 0.1, np.nan, rng.normal(1, 0.3, 4_000)).astype("float32"),
            "tier=county": rng.integers(0, 2, 4_000).astype("float32"),
        }
    )


def grown(features: pd.DataFrame, risk: pd.Series, depth: int) -> DecisionTreeClassifier:
    leaves = np.random.default_rng(6).random(len(features)) < risk
    return DecisionTreeClassifier(max_depth=depth, random_state=0).fit(features, leaves)


@pytest.mark.parametrize(
    ("column", "on", "answers"),
    [
        ("complaints", lambda f: f["complaints"] >= 2, ("≥ 2", "≤ 1")),
        ("autopay", lambda f: f["autopay"] == 1, ("yes", "no")),
        ("fee_fen", lambda f: f["fee_fen"] > 6_000, ("> 79 yuan", "≤ 79 yuan")),
        ("tier=county", lambda f: f["tier=county"] == 1, ("county", "not county")),
    ],
)
def test_conditions_read_as_a_person_would_say_them(features, column, on, answers):
    tree = grown(features, np.where(on(features), 0.5, 0.02), 1)
    root = readable_tree(tree, features, names={"tier": "City tier"})
    assert root.question == {"tier=county": "City tier"}.get(column, column)
    assert root.answers == answers
    assert root.branches[0].rate > root.branches[1].rate


def test_decimal_thresholds_are_short_and_part_the_rows_as_the_tree_does(features):
    low = features["trend"] <= 0.6
    tree = grown(features, np.where(low, 0.6, 0.02), 1)
    root = readable_tree(tree, features)
    threshold = float(root.answers[0].removeprefix("≤ "))
    assert len(root.answers[0]) <= len("≤ 0.60000")
    assert (features["trend"] <= threshold).sum() == root.branches[0].rows
    assert root.answers[1].endswith("or missing")


def test_every_row_of_the_training_data_stands_in_exactly_one_leaf(features):
    tree = grown(features, 0.05 + 0.1 * features["complaints"], 6)
    for levels in (1, 3, 6):
        leaves = [node for node in readable_tree(tree, features, levels=levels).walk() if not node.branches]
        assert sum(leaf.rows for leaf in leaves) == len(features)
        assert sum(leaf.leaves_below for leaf in leaves) == tree.get_n_leaves()
        assert max(leaf.level for leaf in leaves) <= levels


@pytest.mark.parametrize("language", LANGUAGES)
def test_figure_shows_every_question_and_rate_in_the_language(features, language):
    use_house_style()
    set_language(language)
    tree = grown(features, np.where(features["complaints"] >= 2, 0.4, 0.05), 3)
    figure = decision_tree(
        tree, features, title="t", names={"complaints": "投诉" if language == "zh" else "Complaints"}
    )
    figure.draw_without_rendering()
    written = [text.get_text() for text in figure.get_axes()[0].texts]
    root = readable_tree(tree, features)
    assert ("投诉" if language == "zh" else "Complaints") in written
    for leaf in (node for node in root.walk() if not node.branches):
        assert f"{leaf.rate:.1%}" in written
    plt.close(figure)
    set_language("en")


def test_a_tree_of_one_leaf_can_be_drawn(features):
    tree = DecisionTreeClassifier(max_depth=1).fit(
        features[["autopay"]] * 0, np.arange(len(features)) % 10 == 0
    )
    figure = decision_tree(tree, features[["autopay"]], title="t")
    figure.draw_without_rendering()
    plt.close(figure)
