"""Lab 1.1 keeps its promise: behaviour earns what the oracle earns, demographics far less, and a lottery nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from labkit import course
from labkit.exercises.judge import judge
from tests.course.solving import assert_answers_are_right, remembered_dataset, solved, solved_on

pytestmark = pytest.mark.proof

LAB = "1.1"
SLOW = [pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2, 3)]


@pytest.fixture(scope="module")
def lab() -> dict:
    """The variables that the official solution leaves, on the ``lab`` world."""
    return solved(LAB, scale="lab")


@pytest.mark.parametrize("seed", [2026, *SLOW])
def test_wallet_earns_nine_tenths_of_the_oracle_and_the_form_visibly_less(seed):
    of_oracle = solved(LAB, scale="lab", seed=seed)["of_oracle"]
    assert of_oracle["wallet"] >= 0.90
    assert of_oracle["account form"] <= 0.6 * of_oracle["wallet"]
    assert of_oracle["everybody"] < of_oracle["account form"]


@pytest.mark.parametrize("seed", [2026, *SLOW])
def test_every_planted_cause_is_found_with_its_sign(seed):
    found = solved(LAB, scale="lab", seed=seed)["found"]
    assert (np.sign(found["found"]) == np.sign(found["log_odds"])).all()
    assert (found["place"] <= 8).all()


def test_shuffled_answers_earn_nothing(lab):
    rng = np.random.default_rng(3)
    worth = lab["worth"].to_numpy()
    earned = []
    for _ in range(5):
        model = lab["model"].fit(lab["behaviour"].loc[lab["asked"].index], rng.permutation(lab["bought"]))
        chosen = model.predict_proba(lab["behaviour"].loc[lab["rest"].index])[:, 1] >= lab["cutoff"]
        earned.append(worth[chosen].sum())
    assert np.mean(earned) < 0.1 * worth.clip(min=0).sum()


def test_scores_are_out_of_sample_and_nothing_from_after_the_offer_is_used(lab):
    assert lab["too_good"] == []
    assert not {"invested_on", "amount_fen", "margin_fen", "channel", "responded"} & set(lab["behaviour"])
    assert not set(lab["rest"].index) & set(lab["asked"].index)


def test_cut_off_stands_near_the_top_of_the_curve_and_below_it(lab):
    profit = lab["profits"][lab["view"]]
    assert lab["everybody"] < lab["targeted"][lab["view"]] <= profit.max()
    assert lab["targeted"][lab["view"]] > 0.9 * profit.max()


@pytest.mark.parametrize("seed", [2026, *SLOW])
def test_interval_holds_what_the_list_is_truly_worth(seed):
    lab = solved(LAB, scale="lab", seed=seed)
    truly = lab["worth"][lab["second_list"].index].sum()
    assert lab["low"] <= truly <= lab["high"]
    assert lab["blanket_low"] <= lab["worth"].sum() <= lab["blanket_high"]


def test_wallet_is_worth_what_it_earns_more_than_the_form(lab):
    form = lab["targeted"]["account form"]
    assert lab["worth_of_wallet"] * len(lab["pilot"]) == pytest.approx(lab["targeted"]["wallet"] - form)
    assert lab["worth_of_wallet"] > 0.5


def test_panel_draws_where_nobody_and_where_everybody_is_worth_asking(lab):
    import matplotlib.pyplot as plt

    for cost, margin in ((1, 400), (20, 25), (5, 100)):
        figure, sentence = lab["draw"](cost, margin)
        assert f"{cost} yuan a contact" in sentence
        plt.close(figure)


def test_official_solutions_are_right_on_the_lab_world(lab):
    assert_answers_are_right(LAB, lab, remembered_dataset(LAB, scale="lab"))


def test_gains_table_is_accepted_with_further_columns_and_in_any_order(lab):
    def other(scored: pd.DataFrame) -> pd.DataFrame:
        return lab["gains_table"](scored).assign(customers=1)[::-1]

    check = course.exercises(LAB)["gains_table"]
    assert judge(check, other, remembered_dataset(LAB)).status == "right"


# ---- a practitioner's own campaign ----------------------------------------------------------------


def campaign(rows: int) -> pd.DataFrame:
    """A campaign of another bank: one strong number, one category with blanks, gaps, a far outlier, and a column from afterwards."""
    rng = np.random.default_rng(9)
    visits = rng.poisson(1.2, rows)
    bought = rng.random(rows) < 1 / (1 + np.exp(4.2 - 0.9 * visits))
    balance = rng.lognormal(9, 1.4, rows)
    balance[0] = 1e12
    return pd.DataFrame(
        {
            "编号": np.arange(rows) + 700_000,
            "买了": np.where(bought, "是", "否"),
            "浏览次数": visits,
            "余额": np.where(rng.random(rows) < 0.1, np.nan, balance),
            "职业": rng.choice(["教师", "医生", "", "司机"], rows),
            "成交金额": np.where(bought, rng.integers(1_000, 9_000, rows), 0),
        }
    )


def own(tmp_path: Path, rows: int, encoding: str) -> dict:
    path = tmp_path / "campaign.csv"
    campaign(rows).to_csv(path, index=False, encoding=encoding)
    columns = {"customer_id": "编号", "responded": "买了"}
    return solved_on(LAB, {"pilot_responses": path, "wallet_behaviour": path}, columns)


@pytest.mark.parametrize(
    ("rows", "encoding"), [(1_000, "gbk"), pytest.param(150_000, "utf-8", marks=pytest.mark.slow)]
)
def test_a_campaign_file_without_english_names_is_ranked_and_its_giveaway_left_out(
    tmp_path, capsys, rows, encoding
):
    lab = own(tmp_path, rows, encoding)
    assert lab["too_good"] == ["买了", "成交金额"]
    assert lab["weights"].index[0] == "浏览次数"
    assert list(lab["scores"]) == ["wallet"]
    assert lab["targeted"]["wallet"] > lab["everybody"]
    said = capsys.readouterr().out
    assert "成交金额" in said
    assert "over sixty" not in said


def test_two_files_give_a_list_for_the_next_round(tmp_path):
    everybody = campaign(3_000).rename(columns={"编号": "customer_id"})
    asked = everybody.head(2_000)[["customer_id", "买了"]].rename(columns={"买了": "responded"})
    asked.to_csv(tmp_path / "asked.csv", index=False)
    everybody.drop(columns=["买了", "成交金额"]).to_csv(tmp_path / "all.csv", index=False)
    lab = solved_on(
        LAB, {"pilot_responses": tmp_path / "asked.csv", "wallet_behaviour": tmp_path / "all.csv"}, {}
    )
    assert len(lab["rest"]) == 1_000
    assert set(lab["second_list"].index) <= set(everybody["customer_id"].tail(1_000))
    assert lab["low"] < lab["high"]
