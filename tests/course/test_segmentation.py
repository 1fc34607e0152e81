"""Lab 2.2 keeps its promise: six segments are found, a plan by segment pays, and noise has no segments."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from labkit import course
from labkit.exercises.judge import judge
from tests.course.solving import assert_answers_are_right, remembered_dataset, solved, solved_on

pytestmark = pytest.mark.proof
WORLDS = [
    ("lab", 2026),
    ("tiny", 2026),
    *(pytest.param("tiny", n, marks=pytest.mark.slow) for n in (1, 2, 3)),
]


@pytest.fixture(scope="module")
def lab() -> dict[str, Any]:
    """The variables that the official solution leaves, on the ``lab`` world."""
    return solved("2.2", scale="lab")


@pytest.fixture(autouse=True)
def figures_are_closed() -> Iterator[None]:
    yield
    plt.close("all")


# ---- the proof of the curriculum ------------------------------------------------------------------


@pytest.mark.parametrize(("scale", "seed"), WORLDS)
def test_six_segments_are_chosen_and_found_again(scale, seed):
    lab = solved("2.2", scale=scale, seed=seed)
    assert lab["chosen_k"] == lab["k"] == 6
    assert lab["ari"] >= 0.80
    assert lab["partner"].nunique() == 6, "each letter is another planted segment"


@pytest.mark.parametrize(("scale", "seed"), WORLDS)
def test_affluent_segment_over_indexes_on_wealth_as_planted(scale, seed):
    lab = solved("2.2", scale=scale, seed=seed)
    letter = lab["wealth_segment"]
    assert lab["partner"][letter] == "affluent_investor"
    planted = lab["expected"].loc["affluent_investor", "wealth"]
    assert lab["index"].loc[letter, "wealth"] == pytest.approx(planted, rel=0.15)


def test_nobody_told_the_segments_does_much_better(lab):
    assert lab["found_share"] > lab["told"] - 0.04
    assert lab["told"] < 0.98, "some customers hold what another segment holds"


def test_mixture_finds_the_same_groups(lab):
    assert lab["agreement"] > 0.85


def test_shuffled_columns_have_no_stable_segments(lab):
    """Each column in an order of its own keeps its shape and loses the customers."""
    from sklearn.cluster import KMeans
    from sklearn.decomposition import PCA

    rng = np.random.default_rng(5)
    scaled = lab["scaled"].to_numpy()
    noise = np.column_stack([rng.permutation(column) for column in scaled.T])
    points = PCA(5, svd_solver="full").fit_transform(noise)
    labels = KMeans(6, n_init=3, random_state=0).fit_predict(points)
    assert abs(adjusted_rand_score(lab["planted"], labels)) < 0.02


def test_shuffled_segments_have_no_profile_and_earn_nothing_more(lab):
    rng = np.random.default_rng(6)
    nobody = pd.Series(rng.permutation(lab["segment"]), lab["segment"].index)
    index = lab["segment_index"](lab["held"], nobody)
    assert index.stack().between(85, 115).all()


def test_scale_before_the_log_would_not_find_them(lab):
    from sklearn.cluster import KMeans
    from sklearn.decomposition import PCA

    raw = lab["raw"].fillna(lab["raw"].median())
    points = PCA(5, svd_solver="full").fit_transform((raw - raw.mean()) / raw.std())
    labels = KMeans(6, n_init=3, random_state=0).fit_predict(points)
    assert adjusted_rand_score(lab["planted"], labels) < 0.6


# ---- the money ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("scale", "seed"), WORLDS)
def test_a_plan_by_segment_earns_more_than_one_line_for_all(scale, seed):
    lab = solved("2.2", scale=scale, seed=seed)
    assert lab["low"] > 0
    assert lab["low"] < lab["gain"].sum() < lab["high"]
    assert lab["plan"]["line"].nunique() >= 3


def test_plan_is_made_from_what_was_known_in_june(lab):
    assert not (lab["bought"] & lab["had"]).any().any()
    known = lab["features_on"]("2025-06-30")
    later = lab["holdings"].query("opened_on > '2025-06-30'").groupby("customer_id").size()
    counted = known["n_products"] + later.reindex(known.index, fill_value=0)
    assert (counted == lab["holdings"].groupby("customer_id").size().reindex(known.index)).all()


def test_money_is_what_the_terms_say(lab):
    value = lab["offer_value"](0.10)
    buyers, lacking = lab["bought"]["wealth"].sum(), (~lab["had"]["wealth"]).sum()
    assert value["wealth"].sum() == pytest.approx(buyers * 0.10 * 400 - lacking * 3)


def test_interval_is_as_wide_as_the_spread_of_the_gains_says(lab):
    """Nine tenths of a normal distribution around the sum, with the standard error of a sum."""
    error = lab["gain"].std() * np.sqrt(len(lab["gain"]))
    assert lab["high"] - lab["low"] == pytest.approx(2 * 1.645 * error, rel=0.25)


def test_segments_taken_at_random_do_not_pay(lab):
    """The gain is of the segments and not of the halves: with shuffled segments next to nothing is left."""
    rng = np.random.default_rng(8)
    shuffled = pd.Series(rng.permutation(lab["june_segment"]), lab["june_segment"].index)
    namespace = lab["judged"].__globals__
    kept = namespace["june_segment"]
    try:
        namespace["june_segment"] = shuffled
        by_segment, same = lab["judged"](0.10)
    finally:
        namespace["june_segment"] = kept
    assert by_segment.sum() - same.sum() < 0.15 * lab["gain"].sum()


# ---- exercises and panel ----------------------------------------------------------------------------


def test_official_solutions_are_right_on_the_lab_world(lab):
    assert_answers_are_right("2.2", lab, remembered_dataset("2.2", scale="lab"))


@pytest.mark.parametrize(
    "scale",
    [
        lambda table, reference: ((table - reference.median()) / reference.clip(
            reference.quantile(0.02), reference.quantile(0.98), axis=1).std()),
        lambda table, reference: (table.clip(reference.quantile(0.05), reference.quantile(0.95), axis=1)
            / (reference.quantile(0.95) - reference.quantile(0.05)) * 3),
        lambda table, reference: solved("2.2", scale="lab")["standardised"](table, reference).to_numpy(),
    ],
    ids=["median over a trimmed deviation", "wide quantiles", "as an array"],
)  # fmt: skip
def test_every_robust_scale_is_accepted(scale):
    verdict = judge(course.exercises("2.2")["standardised"], scale, remembered_dataset("2.2"))
    assert verdict.status == "right", verdict.message.en


def test_labels_of_newcomers_are_accepted_in_every_correct_form(lab):
    forms = [lambda labels: labels.sample(frac=1, random_state=0), dict, list, pd.Series.to_frame]
    for form in forms:

        def answer(*arguments: Any, form: Any = form) -> Any:
            return form(lab["assigned"](*arguments))

        verdict = judge(course.exercises("2.2")["assigned"], answer, remembered_dataset("2.2"))
        assert verdict.status == "right", verdict.message.en


def test_panel_draws_every_k(lab):
    for k in (2, 6, 9):
        figure, sentence = lab["draw"](k)
        assert f"k = {k}" in figure.get_axes()[0].get_title(loc="left")
        assert sentence.startswith(f"{k} groups")


# ---- the practitioner's own file --------------------------------------------------------------------


def own_customers(rows: int, seed: int = 0) -> pd.DataFrame:
    """Four kinds of customers with long-tailed money, gaps, codes for 'unknown' and one absurd amount."""
    rng = np.random.default_rng(seed)
    kind = rng.integers(0, 4, rows)
    table = pd.DataFrame(
        {
            "客户号": [f"C{number:07d}" for number in rng.permutation(rows)],
            "网点": rng.choice(["城东", "城西", " "], rows),
            "年龄": np.array([26, 38, 50, 66])[kind] + rng.integers(-4, 5, rows),
            "月均余额": np.exp(np.array([6, 8, 12, 10])[kind] + rng.normal(0, 0.6, rows)).round(2),
            "理财余额": np.where(kind == 2, np.exp(rng.normal(12, 0.5, rows)), 0).round(2),
            "月交易笔数": rng.poisson(np.array([40, 20, 12, 4])[kind]).astype("float64"),
            "手机号": 12_000_000_000 + rng.permutation(rows),
            "kind": kind,
        }
    )
    table.loc[rng.random(rows) < 0.08, "月交易笔数"] = np.nan
    table.loc[rng.random(rows) < 0.005, "年龄"] = 999
    table.loc[rng.random(rows) < 0.005, "月均余额"] = -1
    table.loc[0, "理财余额"] = 99_999_999_999
    return table


def test_chinese_file_in_gbk_runs_and_its_groups_are_found(tmp_path: Path) -> None:
    table = own_customers(1_000)
    file = tmp_path / "客户.csv"
    table.drop(columns="kind").to_csv(file, index=False, encoding="gbk")
    lab = solved_on("2.2", {"customers": file}, {"customer_id": "客户号"})
    assert "手机号" not in lab["raw"], "an identifier is no feature"
    assert lab["raw"].shape == (1_000, 4)
    assert lab["k"] in (4, 5), "the fifth are those whose payments are missing"
    assert adjusted_rand_score(table["kind"], lab["segment"]) > 0.9
    assert lab["by_segment"] is ..., "there is nothing to earn money with in this file"


@pytest.mark.slow
def test_large_file_with_english_names_runs(tmp_path: Path) -> None:
    table = own_customers(150_000, seed=1)
    names = ["CustNo", "Branch", "Age", "Avg Balance", "Invested", "Tx", "Mobile", "kind"]
    file = tmp_path / "crm.csv"
    table.set_axis(names, axis=1).drop(columns=["kind", "Mobile"]).to_csv(file, index=False)
    lab = solved_on("2.2", {"customers": file}, {"customer_id": "CustNo"})
    assert adjusted_rand_score(table["kind"], lab["segment"]) > 0.9


def test_own_file_is_judged_on_its_own_columns(tmp_path: Path) -> None:
    from labkit.store import Dataset

    file = tmp_path / "own.csv"
    own_customers(1_000).drop(columns="kind").to_csv(file, index=False)
    columns = {"customer_id": "客户号"}
    lab = solved_on("2.2", {"customers": file}, columns)
    given = Dataset.open("tiny", 2026, data={"customers": str(file)}, columns=columns, stream_name="2.2")
    assert_answers_are_right("2.2", lab, given)
