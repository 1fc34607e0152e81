"""Lab 5.4 keeps its promise: near the oracle without a breach, nothing in shuffled looks, and it runs on other people's logs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from labkit import course
from labkit.exercises.judge import judge
from labkit.store import Dataset
from tests.course.solving import assert_answers_are_right, remembered_dataset, solved, solved_on

LAB = "5.4"
EXERCISES = course.exercises(LAB)
OTHER_WORLDS = [pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2, 3)]
SEEDS = [2026, *OTHER_WORLDS]


@pytest.fixture(scope="module")
def lab() -> dict[str, Any]:
    """The variables that the official solution leaves, on the ``lab`` world."""
    return solved(LAB, scale="lab", seed=2026)


# ---- the proof of the curriculum ------------------------------------------------------------------


@pytest.mark.proof
@pytest.mark.parametrize("seed", SEEDS)
def test_ndcg_is_nine_tenths_of_the_oracle_where_there_are_five_looks(seed):
    of_oracle = solved(LAB, scale="lab", seed=seed)["of_oracle"]
    assert of_oracle.loc["five or more", "final"] >= 0.90
    assert of_oracle.loc["everybody", "final"] >= 0.86
    assert of_oracle.loc["everybody", "popular"] < 0.45


@pytest.mark.proof
@pytest.mark.parametrize("seed", SEEDS)
def test_no_list_breaks_the_rule_and_every_list_has_three(seed):
    lab = solved(LAB, scale="lab", seed=seed)
    shown = lab["top_three"](lab["final"], lab["judged"].candidates)
    customers, products = remembered_dataset(LAB, "lab", seed).table, None
    products = customers("products").set_index("product_id")["risk_level"]
    level = customers("customers").set_index("customer_id")["risk_level"].loc[lab["who"]].to_numpy()
    assert (products.loc[lab["items"]].to_numpy()[shown] <= level[:, None]).all()
    assert lab["breaches"] == 0
    assert np.take_along_axis(lab["judged"].candidates, shown, axis=1).all(), "nothing held, nothing missing"
    assert lab["too_risky"].any(axis=1).mean() > 0.1, "the rule changes something"


@pytest.mark.proof
@pytest.mark.parametrize("seed", SEEDS)
def test_content_serves_newcomers_better_than_popularity(seed):
    newcomers = solved(LAB, scale="lab", seed=seed)["of_oracle"].loc["no look yet"]
    assert newcomers["content"] > newcomers["popular"] + 0.05


@pytest.mark.proof
@pytest.mark.parametrize("seed", SEEDS)
def test_banners_and_the_future_mislead(seed):
    lab = solved(LAB, scale="lab", seed=seed)
    honest = lab["chosen_by"].loc["item–item", "ndcg"]
    assert lab["with_banners"] < honest - 0.03
    assert lab["peeking"] > honest + 0.05


def test_shuffled_looks_teach_nothing(lab):
    """Each customer gets the looks of another: what is left is what most people choose."""
    rng = np.random.default_rng(3)
    judged, member = lab["judged"], lab["looks"] >= 5
    shuffled = judged.own_views.copy()
    shuffled[member] = shuffled[rng.permutation(np.flatnonzero(member))]
    quality = lab["quality"]
    crowd = quality(np.broadcast_to(judged.own_views.sum(axis=0), shuffled.shape), judged, member)["ndcg"]
    for score in (lab["by_similarity"](shuffled), lab["by_factors"](shuffled)):
        assert quality(score, judged, member)["ndcg"] < crowd + 0.03
    assert quality(lab["final"], judged, member)["ndcg"] > 1.5 * crowd


# ---- time, tables, money --------------------------------------------------------------------------


def test_nothing_of_the_last_quarter_is_in_what_was_learnt_from(lab):
    views, judged = lab["views"], lab["judged"]
    before = views[views["viewed_at"] < "2025-10-01"]
    assert judged.all_views.sum() == len(before)
    assert judged.own_views.sum() == (before["entry"] != "banner").sum()
    assert not (judged.held & judged.bought).any()
    assert not (judged.bought & ~lab["allowed"]).any()


def test_reasons_add_up_to_the_score(lab):
    """Both recommenders taken apart by look; the content model by what is known, less the constant."""
    known_well = int(np.flatnonzero(lab["looks"] >= 20)[0])
    total = lab["reasons_of"](known_well).sum(axis=0).to_numpy()
    assert total == pytest.approx(lab["together"][known_well], rel=1e-5, abs=1e-6)
    newcomer = int(np.flatnonzero(lab["looks"] == 0)[0])
    _, weights = lab["content_model"](lab["JUDGE"], lab["judged"].own_views)
    total = lab["reasons_of"](newcomer).sum(axis=0).to_numpy() + weights[-1]
    assert total == pytest.approx(lab["content_now"][newcomer])


def test_gain_is_what_the_hits_are_worth_and_the_interval_is_nine_tenths(lab):
    gain, terms = lab["gain"], lab["terms"]
    assert lab["expected"] == pytest.approx(1_000 * terms["extra"] * gain.mean())
    error = 1_000 * terms["extra"] * gain.std() / np.sqrt(len(gain))
    assert lab["high"] - lab["low"] == pytest.approx(2 * 1.645 * error, rel=0.08)
    assert lab["low"] < lab["expected"] < lab["high"]
    shown = lab["top_three"](lab["final"], lab["judged"].candidates)
    assert (lab["hit_yuan"](lab["final"]) > 0).sum() == (
        np.take_along_axis(lab["judged"].bought, shown, axis=1).any(axis=1).sum()
    )


def test_at_the_break_even_the_profit_is_zero(lab):
    terms = lab["terms"]
    assert 0 < lab["break_even"] < terms["extra"]
    profit = terms["app_customers"] * lab["break_even"] * lab["gain"].mean() - terms["running_yuan"]
    assert profit == pytest.approx(0, abs=1)


def test_panel_draws_every_customer_and_only_without_the_rule_a_risky_product(lab):
    for row in lab["rows"]:
        figure, sentence = lab["draw"](row, True)
        assert sentence.endswith("Above the risk level: 0.")
        plt.close(figure)
    shown = lab["top_three"](lab["final"], ~lab["judged"].held)
    breaching = np.flatnonzero((~np.take_along_axis(lab["allowed"], shown, axis=1)).any(axis=1))
    figure, sentence = lab["draw"](int(breaching[0]), False)
    assert not sentence.endswith(": 0.")
    plt.close(figure)


# ---- the exercises --------------------------------------------------------------------------------


def test_official_solutions_are_right_on_the_lab_world(lab):
    assert_answers_are_right(LAB, lab, remembered_dataset(LAB, scale="lab"))


@pytest.mark.parametrize("enough", [1, 2, 3, 4, np.int64(2), 3.0])
def test_every_defensible_threshold_is_accepted(enough):
    verdict = judge(EXERCISES["enough_views"], enough, remembered_dataset(LAB, scale="lab"))
    assert verdict.status == "right", verdict.message.en


def test_cosine_is_accepted_by_way_of_numpy_and_of_scipy():
    from scipy.spatial import distance

    def by_norms(a, b):
        lengths = np.linalg.norm(a) * np.linalg.norm(b)
        return np.dot(a, b) / lengths if lengths else 0

    def by_scipy(a, b):
        return 1 - distance.cosine(a, b) if a.any() and b.any() else 0.0

    for answer in (by_norms, by_scipy):
        assert judge(EXERCISES["cosine"], answer, remembered_dataset(LAB)).status == "right"


def test_ndcg_agrees_with_scikit_learn():
    from sklearn.metrics import ndcg_score

    def by_sklearn(shown, bought):
        everything = [*shown, *(bought - set(shown))]
        relevance = [[float(product in bought) for product in everything]]
        return ndcg_score(relevance, [list(range(len(everything), 0, -1))], k=3)

    assert judge(EXERCISES["ndcg_at_3"], by_sklearn, remembered_dataset(LAB)).status == "right"


def test_suitable_three_is_accepted_as_a_loop_and_as_an_index():
    def by_loop(scores, risk, held, level):
        ranking = scores.sort_values(ascending=False).index
        return [product for product in ranking if risk[product] <= level and product not in held][:3]

    def as_index(scores, risk, held, level):
        return scores.drop(list(held))[lambda s: risk[s.index] <= level].nlargest(3).index

    for answer in (by_loop, as_index):
        assert judge(EXERCISES["suitable_three"], answer, remembered_dataset(LAB)).status == "right"


# ---- other people's logs --------------------------------------------------------------------------


def a_log(rows: int, users: int, items: int, seed: int = 0) -> pd.DataFrame:
    """Users of four tastes look at items of four kinds, most often of their own."""
    rng = np.random.default_rng(seed)
    user = rng.integers(0, users, rows)
    kind = np.where(rng.random(rows) < 0.7, user % 4, rng.integers(0, 4, rows))
    item = kind + 4 * np.minimum(rng.geometric(4 / items, rows), items // 4 - 1)
    return pd.DataFrame({"user": user, "item": item})


def test_a_chinese_log_in_gbk_with_mixed_dates_and_a_weight(tmp_path: Path):
    log = a_log(12_000, 900, 48)
    day = pd.Timestamp("2023-03-01") + pd.to_timedelta(
        np.random.default_rng(1).integers(0, 500, len(log)), "D"
    )
    formats = ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"]
    foreign = pd.DataFrame(
        {
            "用户": "会员" + log["user"].astype(str),
            "商品": "货号" + log["item"].astype(str),
            "时间": [f"{moment:{formats[row % 3]}}" for row, moment in enumerate(day)],
            "weight": np.where(np.arange(len(log)) % 50 == 0, "", "2"),
            "备注": "",
        }
    )
    foreign.loc[foreign.index % 97 == 0, "时间"] = ""
    file = tmp_path / "浏览.csv"
    foreign.to_csv(file, index=False, encoding="gbk")
    lab = solved_on(LAB, {"product_views": file}, {})
    assert len(lab["views"]) == (foreign["时间"] != "").sum()
    assert lab["allowed"].all()
    assert lab["planted"] is ...
    assert not (lab["judged"].held & lab["judged"].bought).any()
    found = lab["by_group"].loc["everybody"]
    assert found["final"] > 1.3 * found["popular"]
    given = Dataset.open("tiny", 2026, data={"product_views": file})
    for name, exercise in EXERCISES.items():
        verdict = judge(exercise, lab[name], given)
        assert verdict.status == "right", f"{name}: {verdict.message.en}"


def test_a_thousand_rows_without_dates_and_with_an_index_column(tmp_path: Path):
    log = a_log(1_000, 150, 24).rename(columns={"user": "visitor_id", "item": "sku"})
    file = tmp_path / "clicks.csv"
    log.to_csv(file, index_label="row")
    lab = solved_on(LAB, {"product_views": file}, {})
    assert lab["cuts"] is None
    assert 0.4 < (lab["period"] == 0).mean() < 0.6
    assert lab["gain"].mean() > 0


def test_own_products_and_customers_bring_the_rule_back(tmp_path: Path):
    log = a_log(3_000, 200, 24).rename(columns={"user": "customer_id", "item": "product_id"})
    log.to_csv(tmp_path / "log.csv", index=False)
    risk = pd.DataFrame({"product_id": range(24), "line": "fund", "risk_level": np.arange(24) % 5 + 1})
    risk.to_csv(tmp_path / "products.csv", index=False)
    people = pd.DataFrame({"customer_id": range(200), "risk_level": np.arange(200) % 5 + 1})
    people.to_csv(tmp_path / "people.csv", index=False)
    files = {"product_views": "log.csv", "products": "products.csv", "customers": "people.csv"}
    lab = solved_on(LAB, {table: tmp_path / file for table, file in files.items()}, {})
    expected = (lab["items"].to_numpy() % 5)[None, :] <= (lab["who"].to_numpy() % 5)[:, None]
    assert (lab["allowed"] == expected).all()
    shown = lab["top_three"](lab["final"], lab["judged"].candidates)
    fine = np.take_along_axis(lab["allowed"], shown, axis=1)
    assert fine[lab["judged"].candidates.sum(axis=1) >= 3].all()


@pytest.mark.slow
def test_a_million_rows_with_text_ids(tmp_path: Path):
    log = a_log(1_000_000, 60_000, 800)
    foreign = pd.DataFrame({"uid": "u-" + log["user"].astype(str), "good": "G/" + log["item"].astype(str)})
    foreign["ts"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(np.arange(len(log)) % 7_000_000, "s")
    file = tmp_path / "big.csv"
    foreign.to_csv(file, index=False)
    names = {"customer_id": "uid", "product_id": "good", "viewed_at": "ts"}
    lab = solved_on(LAB, {"product_views": file}, names)
    assert len(lab["who"]) == 20_000
    assert len(lab["items"]) == 200
    assert lab["by_group"].loc["everybody", "final"] > lab["by_group"].loc["everybody", "popular"]
