"""Lab 2.10 keeps its promise: patterns are found, friendly fraud is not, and nothing is found in shuffled labels."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

from labkit import course
from labkit.exercises.judge import judge
from labkit.store import Dataset
from tests.course.solving import assert_answers_are_right, remembered_dataset, run_lab, solved

LAB = "2.10"
DAY = pd.Timedelta(days=1)


@pytest.fixture(scope="module")
def lab() -> dict[str, Any]:
    """The variables that the official solution leaves, on the ``lab`` world."""
    return solved(LAB, scale="lab")


def typologies(lab: dict[str, Any]) -> np.ndarray:
    """The true typology of each test payment, missing for the honest ones; from the key, not from the lab."""
    truth = remembered_dataset(LAB, scale="lab").truth("fraud_truth").set_index("transaction_id")["typology"]
    return truth.astype(str).reindex(lab["log"].loc[lab["test"].index, "transaction_id"]).to_numpy()


# ---- the proof of the curriculum ------------------------------------------------------------------


@pytest.mark.proof
def test_average_precision_reaches_that_of_a_model_that_knows_the_dangers(lab):
    is_fraud = pd.notna(typologies(lab))
    honest = average_precision_score(is_fraud, lab["test"]["score"])
    oracle = average_precision_score(is_fraud, lab["oracle_score"])
    assert oracle > 0.85
    assert honest >= 0.95 * oracle


@pytest.mark.proof
def test_four_typologies_are_found_and_friendly_fraud_is_honestly_missed(lab):
    kind = typologies(lab)
    alarms = lab["test"]["score"].rank(ascending=False, method="first").to_numpy() <= pd.notna(kind).sum()
    found = pd.Series(alarms).groupby(kind).mean()
    assert found.pop("friendly_fraud") <= 0.03
    assert len(found) == 4
    assert found.min() >= 0.8
    friendly = kind == "friendly_fraud"
    either = friendly | pd.isna(kind)
    for score in (lab["test"]["score"].to_numpy(), lab["oracle_score"]):
        spread = (12 * friendly.sum()) ** -0.5
        assert abs(roc_auc_score(friendly[either], score[either]) - 0.5) < 3.5 * spread


@pytest.mark.proof
def test_shuffled_labels_teach_nothing(lab):
    rng = np.random.default_rng(5)
    kept, labels = np.flatnonzero(lab["kept"]), lab["is_fraud"].copy()
    labels[kept] = rng.permutation(labels[kept])
    model = (
        lab["fitted"]
        .__globals__["HistGradientBoostingClassifier"](
            max_iter=40, max_leaf_nodes=15, early_stopping=False, random_state=0
        )
        .fit(lab["behaviour"].to_numpy()[kept], labels[kept])
    )
    score = model.predict_proba(lab["behaviour"].loc[lab["test"].index].to_numpy())[:, 1]
    base = lab["test"]["is_fraud"].mean()
    assert average_precision_score(lab["test"]["is_fraud"], score) < 3 * base


@pytest.mark.proof
@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_other_worlds_are_as_learnable(seed):
    """On 12 000 customers, where the testing weeks hold some 700 frauds."""
    world = run_lab(LAB, "en", scale=12_000, seed=seed)
    assert world["honest_ap"] >= 0.95 * world["oracle_ap"]
    assert world["found"]["model"].idxmin() == "friendly_fraud"
    assert world["found"].loc["friendly_fraud", "model"] <= 0.05
    assert world["saved"] > 0


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3))])
def test_what_the_prose_says_holds_on_small_worlds(seed):
    small = solved(LAB, seed=seed)
    assert small["by_typology"].index[0] == small["found"].index[0] == "friendly_fraud"
    assert small["by_typology"]["cases"].idxmax() == "friendly_fraud", "rarity cannot be the reason"
    days = small["by_typology"]["days_to_report"]
    assert abs(days["friendly_fraud"] - days.drop("friendly_fraud").mean()) < 1.5, "nor late reports"
    assert 0.3 < (small["delay"] <= 7).mean() < 0.6, "half of the newest frauds are missing after a week"
    assert small["rule_quality"]["precision"] > 10 * small["is_fraud"].mean()
    large = small["behaviour"]["amount_yuan"].to_numpy() >= 1_000
    assert small["is_fraud"][small["learning"] & large].mean() < 0.1 * small["rule_quality"]["precision"]
    assert small["chosen"] < 0.5
    assert small["nothing_stopped"] > small["tested_curve"][small["chosen"]]


# ---- time -----------------------------------------------------------------------------------------


def test_periods_wait_for_their_labels(lab):
    log = lab["log"]
    for before, after in (("learning", "tuning"), ("tuning", "testing")):
        fraud = log[lab[before] & lab["is_fraud"]]
        assert fraud["reported_on"].max() < log.loc[lab[after], "happened_at"].min() + DAY
    assert (lab["test_end"] + 21 * DAY).date() <= pd.Timestamp("2026-01-01").date()
    assert not (lab["learning"] & lab["tuning"]).any()
    assert not (lab["tuning"] & lab["testing"]).any()


def test_features_of_a_moment_do_not_change_when_the_future_is_taken_away(tmp_path):
    """The lab on a log that ends earlier, with the reports of that evening, gives the same features."""
    whole = solved(LAB)
    until = pd.Timestamp("2025-11-01")
    past = Dataset.open("tiny", 2026).table("card_transactions").query("happened_at < @until")
    known = past["reported_on"] < until
    past = past.assign(
        reported_fraud=past["reported_fraud"] & known, reported_on=past["reported_on"].where(known)
    )
    file = tmp_path / "until.parquet"
    past.to_parquet(file)
    cut = run_lab(LAB, "en", scale="tiny", data={"card_transactions": str(file)})
    ids = whole["log"].loc[whole["moment"] < until, "transaction_id"]
    assert (cut["log"]["transaction_id"].to_numpy() == ids.to_numpy()).all()
    shared = [name for name in cut["behaviour"] if name not in ("category", "channel")]
    assert len(shared) > 18
    habits = {"times_usual", "times_usual_here", "excess_6h", "excess_48h", "shop_excess_7d"}
    for name in shared:
        tolerance = (
            0.02 if name in habits else 1e-6
        )  # the categories' common level is taken over the whole log
        before, after = whole["behaviour"].loc[ids.index, name], cut["behaviour"][name].to_numpy()
        assert (np.abs(before - after) <= tolerance * (1 + np.abs(before))).mean() > 0.99, name


# ---- money ----------------------------------------------------------------------------------------


def test_threshold_is_chosen_on_the_tuning_weeks_and_is_near_the_best_of_the_test(lab):
    assert lab["chosen"] == pytest.approx(lab["cheapest_threshold"](lab["scored"], lab["terms"]), rel=0.5)
    best = lab["tested_curve"].min()
    at_chosen, at_half = (lab["tested_curve"][t] for t in (lab["chosen"], lab["half"]))
    assert best <= at_chosen <= 1.2 * best
    assert at_chosen < at_half < lab["nothing_stopped"]


def test_savings_add_up_and_lie_below_perfect_foresight(lab):
    weekly = lab["savings"]
    assert weekly.iloc[0] < weekly.iloc[2] < weekly.iloc[3]
    assert weekly.iloc[2] == pytest.approx(lab["saved_by_week"].mean())
    four = lab["confusion"](lab["test"], lab["chosen"])
    costs = (four["caught"] + four["false_alarms"]) * lab["terms"]["check_yuan"]
    costs += four["false_alarms"] * lab["terms"]["annoyed_yuan"]
    assert lab["saved_by_week"].sum() == pytest.approx(
        lab["test"].loc[lab["stopped"] & lab["fraud"], "amount_yuan"].sum() * lab["terms"]["bank_bears"]
        - costs
    )


def test_interval_by_whole_weeks_is_wider_than_one_by_single_payments(lab):
    assert lab["low"] < lab["saved"] < lab["high"]
    gains = lab["gain"][lab["gain"] != 0]
    rng = np.random.default_rng(1)
    sums = rng.choice(gains, (2_000, len(gains))).sum(axis=1) / lab["weeks_tested"]
    assert lab["high"] - lab["low"] > np.ptp(np.quantile(sums, [0.05, 0.95]))


def test_card_precision_counts_a_spree_once(lab):
    days = lab["card_days"]
    assert not days.duplicated(["day", "card_id"]).any()
    assert lab["card_precision"][-1] <= lab["ceiling"]
    top = days.sort_values("score", ascending=False).groupby("day").head(100)
    assert lab["card_precision"][-1] == pytest.approx(
        top["is_fraud"].sum() / 100 / days["day"].nunique(), rel=0.01
    )


def test_scores_are_probabilities(lab):
    assert lab["test"]["score"].sum() == pytest.approx(lab["test"]["is_fraud"].sum(), rel=0.2)


def test_panel_draws_at_the_ends_of_its_sliders_and_annoyance_raises_the_threshold():
    import matplotlib.pyplot as plt

    draw, cheapest = solved(LAB)["draw"], []
    for threshold, annoyed in ((0.01, 0), (0.5, 30), (0.99, 1_500)):
        figure, sentence = draw(threshold, annoyed)
        assert f"{threshold:.2f}" in figure.get_axes()[0].get_title(loc="left")
        cheapest.append(float(sentence.rsplit(" ", 1)[1].rstrip(".")))
        plt.close(figure)
    assert cheapest == sorted(cheapest)
    assert cheapest[0] < cheapest[-1]


def test_explanation_puts_the_card_s_own_past_in_place(lab):
    assert lab["its_past"].index.max() < lab["alert"]
    assert lab["falls"].index.is_unique
    assert lab["falls"].iloc[-1] > 1


# ---- exercises ------------------------------------------------------------------------------------


def test_official_solutions_are_right_on_the_lab_world(lab):
    assert_answers_are_right(LAB, lab, remembered_dataset(LAB, scale="lab"))


def loop_velocity(log: pd.DataFrame, hours: int) -> list[int]:
    window = pd.Timedelta(hours=hours)
    return [
        ((log["card_id"] == card) & (log["happened_at"] < at) & (log["happened_at"] >= at - window)).sum()
        for card, at in zip(log["card_id"], log["happened_at"], strict=True)
    ]


def grid_threshold(scored: pd.DataFrame, terms: dict[str, float]) -> float:
    rows = scored.query("part == 'tune'")

    def cost(threshold: float) -> float:
        stopped = rows["score"] >= threshold
        missed = rows.loc[~stopped & rows["is_fraud"], "amount_yuan"].sum() * terms["bank_bears"]
        false_alarms = (stopped & ~rows["is_fraud"]).sum()
        return missed + terms["check_yuan"] * stopped.sum() + terms["annoyed_yuan"] * false_alarms

    return min(np.arange(0.01, 1, 0.01), key=cost)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("velocity", loop_velocity),
        ("velocity", lambda log, hours: pd.Series(loop_velocity(log, hours), log.index).sample(frac=1)),
        ("velocity", lambda log, hours: pd.DataFrame({"n": loop_velocity(log, hours)}, log.index)),
        ("rule_quality", lambda: tuple(solved(LAB)["rule_quality"].values())),
        ("rule_quality", lambda: pd.Series(solved(LAB)["rule_quality"])),
        ("confusion", lambda scored, t: pd.Series(solved(LAB)["confusion"](scored, t))),
        ("confusion", lambda scored, t: pd.crosstab(scored["is_fraud"], scored["score"] >= t)),
        ("cheapest_threshold", grid_threshold),
        ("missed_typology", lambda: ["No_Trace", " friendly_fraud "]),
    ],
)
def test_a_right_answer_is_right_in_every_natural_form(name, answer):
    if name in ("rule_quality", "missed_typology"):
        answer = answer()
    verdict = judge(course.exercises(LAB)[name], answer, remembered_dataset(LAB))
    assert verdict.status == "right", verdict.message.en


# ---- a practitioner's own log ---------------------------------------------------------------------


def branch_log() -> pd.DataFrame:
    """Two years as a branch in China would send them: masked cards, three ways to write a date, yuan with signs."""
    log = Dataset.open("tiny", 2026).table("card_transactions").sort_values("transaction_id")
    log = log[log["card_id"] % 3 == 0].sample(frac=1, random_state=4)
    third = np.arange(len(log)) % 3
    at = log["happened_at"].dt
    written = np.select(
        [third == 0, third == 1],
        [at.strftime("%Y-%m-%d %H:%M:%S"), at.strftime("%Y/%m/%d %H:%M")],
        at.strftime("%Y年%m月%d日 %H:%M:%S"),
    )
    return pd.DataFrame(
        {
            "卡号": "6222****" + (log["card_id"] + 100_000).astype(str),
            "交易时间": written,
            "交易金额": [f"￥{yuan:,.2f}" for yuan in log["amount_fen"] / 100],
            "是否欺诈": np.where(log["reported_fraud"], "是", "否"),
            "渠道": log["channel"].astype(str).where(third > 0, ""),
            "备注": "",
        }
    )


def short_log(rows: int, days: int = 90, seed: int = 3) -> pd.DataFrame:
    """A log from elsewhere, without shops and devices: one payment in fifty is fraud, large and in quick succession."""
    rng = np.random.default_rng(seed)
    cards = max(rows // 40, 20)
    card, at = rng.integers(0, cards, rows), rng.integers(0, days * 86_400, rows)
    amount = rng.lognormal(3.5, 0.8, rows) * (1 + card % 7)
    bursts = rng.integers(0, rows, max(rows // 200, 12))
    stolen = np.repeat(bursts, 4)
    card = np.concatenate([card, card[stolen]])
    at = np.concatenate([at, at[stolen] + rng.integers(60, 3_000, len(stolen))])
    amount = np.concatenate([amount, amount[stolen] * rng.lognormal(1.2, 0.6, len(stolen))])
    fraud = np.arange(len(card)) >= rows
    return pd.DataFrame(
        {
            "trans_time": pd.Timestamp("2024-02-01") + pd.to_timedelta(at, unit="s"),
            "cc_num": card + 4_000_000_000_000_000,
            "amt": amount.round(2),
            "is_fraud": fraud.astype(int),
        }
    ).sort_values("trans_time")


COLUMNS = {"happened_at": "trans_time", "card_id": "cc_num"}


def test_chinese_names_gbk_and_three_forms_of_dates(tmp_path, capsys):
    file = tmp_path / "流水.csv"
    branch_log().to_csv(file, index=False, encoding="gbk")
    own = run_lab(LAB, "zh", scale="tiny", data={"card_transactions": str(file)}, columns={"channel": "渠道"})
    base = own["test"]["is_fraud"].mean()
    assert own["average_precision"] > 20 * base, "sprees are found by pace and amount alone"
    assert own["wait"] == 21 * DAY
    assert "distance_km" not in own["behaviour"]
    assert own["planted"] is ...
    said = capsys.readouterr().out
    assert "没有写明何时报案" in said
    assert "nan" not in said


@pytest.mark.parametrize("rows", [1_000, 30_000])
def test_four_columns_without_shops_and_devices(tmp_path, rows, capsys):
    file = tmp_path / "log.csv"
    short_log(rows).to_csv(file, index=False)
    own = run_lab(LAB, "en", scale="tiny", data={"card_transactions": str(file)}, columns=COLUMNS)
    for part in ("learning", "tuning", "testing"):
        assert own["is_fraud"][own[part]].sum() >= 4
    assert own["average_precision"] > 5 * own["test"]["is_fraud"].mean()
    given = Dataset.open("tiny", 2026, data={"card_transactions": file}, columns=COLUMNS, stream_name=LAB)
    assert_answers_are_right(LAB, own, given)
    assert "nan" not in capsys.readouterr().out


def test_shuffled_flags_of_a_foreign_log_are_found_by_nobody(tmp_path):
    file, table = tmp_path / "log.csv", short_log(20_000)
    table["is_fraud"] = np.random.default_rng(1).permutation(table["is_fraud"])
    table.to_csv(file, index=False)
    own = run_lab(LAB, "en", scale="tiny", data={"card_transactions": str(file)}, columns=COLUMNS)
    assert own["average_precision"] < 2.5 * own["test"]["is_fraud"].mean()


@pytest.mark.slow
def test_a_million_rows_of_a_foreign_log(tmp_path):
    file = tmp_path / "log.csv"
    short_log(1_000_000, days=500).to_csv(file, index=False)
    own = run_lab(LAB, "en", scale="tiny", data={"card_transactions": str(file)}, columns=COLUMNS)
    assert len(own["log"]) > 1_000_000
    assert own["average_precision"] > 10 * own["test"]["is_fraud"].mean()
