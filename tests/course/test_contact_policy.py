"""Lab 6.5 keeps its promise: a proven plan that breaks no rule, found fatigue, and any bank's own score table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from labkit import course
from labkit.exercises.judge import judge
from labkit.store import Dataset
from tests.course.solving import assert_answers_are_right, remembered_dataset, solved, solved_on

LAB = "6.5"
SMALL = [pytest.param("tiny", seed, marks=pytest.mark.slow) for seed in (2026, 1, 2, 3)]


@pytest.fixture(scope="module")
def lab() -> dict:
    """The variables that the official solution leaves, on the ``lab`` world."""
    return solved(LAB, scale="lab")


def assert_keeps_every_promise(lab: dict) -> None:
    plan, customers, terms = lab["plan"], lab["n_customers"], lab["terms"]
    calls = plan[plan["channel"] == lab["called"]]
    assert calls.groupby("customer_id").size().max() <= terms["calls"]
    assert plan.groupby("customer_id").size().max() <= terms["contacts"]
    assert not plan.duplicated(["customer_id", "offer"]).any()
    assert plan["cost_yuan"].sum() <= terms["budget_yuan"] * customers + 1e-6
    for channel in lab["channels"].itertuples():
        room = channel.capacity_per_1000 * customers // 1_000
        assert (plan["channel"] == channel.channel).sum() <= room
    assert not plan["opted_out"].any()


# ---- the proof of the curriculum ------------------------------------------------------------------


@pytest.mark.proof
def test_whole_bank_is_planned_within_a_thousandth_of_a_proven_bound_and_breaks_nothing(lab):
    """The solver's own bound, and one that owes nothing to the solver."""
    assert lab["n_customers"] == 20_000
    assert len(lab["scores"]) == 20_000 * 4 * 3
    assert lab["solution"].status == 0
    assert lab["solution"].mip_gap <= 1e-3
    assert 0 <= lab["gap"] <= 1e-3
    assert_keeps_every_promise(lab)
    assert sum(lab["breaches"].values()) == 0


@pytest.mark.proof
def test_lists_lose_what_the_lab_says(lab):
    loss = {name: 1 - profit / lab["plan_profit"] for name, profit in lab["greedy_profit"].items()}
    assert 0.04 < loss["net"] < 0.10
    assert 0.25 < loss["response"] < 0.5
    assert 1 - lab["priced_profit"] / lab["ceiling"] < 0.003, "with the right prices a list is nearly best"


@pytest.mark.proof
@pytest.mark.parametrize(("scale", "seed"), SMALL)
def test_small_banks_of_every_seed_are_planned_and_priced(scale, seed):
    lab = solved(LAB, scale, seed)
    assert 0 <= lab["gap"] <= 1e-3
    assert_keeps_every_promise(lab)
    assert lab["greedy_profit"]["response"] < lab["greedy_profit"]["net"] < 0.97 * lab["plan_profit"]
    assert 10 < lab["call_price"] < 40
    assert 0 < lab["promise"] < 0.02 * lab["branch_profit"]()


@pytest.mark.proof
def test_fatigue_is_found_within_a_tenth(lab):
    compared = lab["compared"]
    assert abs(compared["found"]["contacts_30d"] / compared["log_odds"]["contacts_30d"] - 1) < 0.10
    error = (compared["high"] - compared["low"]) / 3.92
    assert ((compared["found"] - compared["log_odds"]).abs() < 3.5 * error).all()


@pytest.mark.proof
def test_shuffled_outcomes_show_no_fatigue(lab):
    shuffled = np.random.default_rng(5).permutation(lab["contacts"]["opted_out"].to_numpy(float))
    nothing = sm.Logit(shuffled, lab["inputs"]).fit(disp=0)
    assert abs(nothing.params["contacts_30d"]) < 3.5 * nothing.bse["contacts_30d"] < 0.05


@pytest.mark.proof
def test_scores_hold_where_the_plan_relies_on_them(lab):
    _, sold, promised, low, high = lab["lab"].facts["curse"]
    assert sold > 500
    assert low < 1 < high
    assert abs(sold / promised - 1) < 0.10


# ---- prices, bound and money ----------------------------------------------------------------------


def test_any_prices_give_a_bound_and_the_best_ones_the_relaxation(lab):
    cube = lab["as_cube"](lab["branch"], lab["branch"]["net_yuan"])
    capacity, budget = np.array([200, 900, 1_800]), 2.05 * 1_000
    order = [["call", "sms", "app_push"].index(kind) for kind in lab["kinds"]]
    ceiling, prices = lab["lowest_bound"](cube, capacity[order], budget)
    relaxed = lab["branch_profit"]()
    assert ceiling == pytest.approx(relaxed, rel=1e-4)
    available = np.r_[capacity[order], budget].astype(float)
    rng = np.random.default_rng(2)
    for _ in range(20):
        worse = prices * rng.uniform(0, 2, len(prices))
        assert lab["bound"](worse, cube, available, 2, 3) >= relaxed - 1e-6


def test_shadow_price_is_between_one_call_more_and_one_call_less(lab):
    today = lab["branch_profit"]()
    more, less = lab["branch_profit"](more_calls=1) - today, today - lab["branch_profit"](more_calls=-1)
    assert more - 0.01 <= lab["price_of_a_call"] <= less + 0.01
    steps = lab["by_room"].diff().dropna()
    assert (steps.diff().dropna() < 1e-6).all(), "each further call is worth less"


def test_interval_covers_januaries_that_are_drawn(lab):
    """Sales and opt-outs drawn from the scores, with the fatigue of the plan's own contacts."""
    rng, plan, terms = np.random.default_rng(4), lab["plan"], lab["terms"]
    p = plan["response_probability"].to_numpy()
    worth = np.divide(plan["margin_yuan"], p, out=np.zeros(len(p)), where=p > 0)
    profits = [
        worth[rng.random(len(p)) < p].sum()
        - plan["cost_yuan"].sum()
        - terms["opt_out_yuan"] * ((rng.random(len(p)) < plan["opt_out_probability"]).sum() + lab["tiring"])
        for _ in range(600)
    ]
    covered = np.mean([lab["low"] <= profit <= lab["high"] for profit in profits])
    assert 0.85 < covered < 0.95
    assert np.mean(profits) == pytest.approx(lab["expected"], rel=0.02)


def assert_each_looser_cap_pays_less(tradeoff: pd.DataFrame) -> None:
    steps = tradeoff.diff().dropna()
    assert (steps[["earned_yuan", "opt_outs"]] > 0).all(axis=None)
    price = steps["earned_yuan"] / steps["opt_outs"]
    assert price.iloc[0] > 1.5 * price.iloc[-1]


def test_each_looser_cap_earns_more_and_silences_more_at_a_worse_rate(lab):
    assert_each_looser_cap_pays_less(lab["tradeoff"])


@pytest.mark.parametrize(("scale", "seed"), SMALL)
def test_the_same_on_other_seeds(scale, seed):
    assert_each_looser_cap_pays_less(solved(LAB, scale, seed)["tradeoff"])


def test_assumptions_move_the_profit_the_way_they_must(lab):
    believed = lab["believed"]
    assert (believed["profit_lowest"] < believed["profit_highest"]).all()


def test_panel_answers_and_looser_terms_earn_more(lab):
    import matplotlib.pyplot as plt

    earned = []
    for position in ((0, 3, 2.05), (1, 3, 2.05), (2, 3, 2.05), (2, 4, 3.0)):
        figure, sentence = lab["draw"](*position)
        plt.close(figure)
        earned.append(int(sentence.split("earns ")[1].split(" ")[0].replace(",", "")))
    assert earned == sorted(earned)
    assert earned[0] < earned[1] < earned[2]


# ---- exercises ------------------------------------------------------------------------------------


def test_official_solutions_are_right_on_the_lab_world(lab):
    assert_answers_are_right(LAB, lab, remembered_dataset(LAB, scale="lab"))


def verdict_on(name: str, answer: Any) -> str:
    verdict = judge(course.exercises(LAB)[name], answer, remembered_dataset(LAB, scale="lab"))
    return verdict.mistake or verdict.status


def test_plan_is_accepted_in_every_correct_form(lab):
    for form in (lambda x: x == 1, list, pd.Series, lambda x: x.astype(int)):
        assert (
            verdict_on("best_plan", lambda rows, limits, form=form: form(lab["best_plan"](rows, limits)))
            == "right"
        )


def test_cap_is_accepted_dense_scaled_and_for_callable_customers_only(lab):
    from scipy.optimize import LinearConstraint

    cap = lab["call_cap"]

    def dense_and_doubled(rows, calls):
        return LinearConstraint(2 * cap(rows, calls).A.toarray(), 0, 2 * calls)

    def without_customers_who_have_no_call(rows, calls):
        matrix = cap(rows, calls).A.toarray()
        return LinearConstraint(matrix[matrix.sum(axis=1) > 0], -np.inf, calls)

    assert verdict_on("call_cap", dense_and_doubled) == "right"
    assert verdict_on("call_cap", without_customers_who_have_no_call) == "right"


def test_worthwhile_rows_are_accepted_in_any_order(lab):
    solution = lab["worthwhile"]
    assert (
        verdict_on("worthwhile", lambda s, price: solution(s, price).sample(frac=1, random_state=0))
        == "right"
    )


# ---- the practitioner's door ----------------------------------------------------------------------


def assert_answers_are_judged(lab: dict, data: dict[str, str], columns: dict[str, str]) -> None:
    given = Dataset.open("tiny", 2026, data=data, columns=columns, stream_name=LAB)
    assert_answers_are_right(LAB, lab, given)


def own_scores(customers: int, offers: list[str], channels: list[str], seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = pd.MultiIndex.from_product([range(customers), offers, channels], names=["who", "what", "how"])
    rows = rows.to_frame(index=False)
    rows["expected"] = rng.gamma(0.6, 12.0, len(rows)).round(2)
    return rows[rng.random(len(rows)) < 0.9].sample(frac=1, random_state=seed).reset_index(drop=True)


def test_chinese_file_with_its_own_channels_and_a_price_list(tmp_path):
    """GBK, Chinese names, amounts in yuan with thousands marks, blanks, a few absurd amounts, costs in a second file."""
    scores = own_scores(500, ["基金", "保险", "信用卡分期"], ["外呼", "短信", "企业微信"], 1)
    amounts = scores["expected"].map(lambda yuan: f"￥{yuan:,.2f}")
    amounts[::97] = ""
    amounts[::401] = "1,250,000.00"
    table = pd.DataFrame(
        {
            "客户号": "KH" + scores["who"].astype(str).str.zfill(6),
            "产品": scores["what"],
            "触达渠道": scores["how"],
            "预期收益": amounts,
            "备注": "",
        }
    )
    table.to_csv(tmp_path / "评分.csv", index=False, encoding="gbk")
    prices = pd.DataFrame({"接触渠道": ["外呼", "短信", "企业微信"], "单次成本": ["6.5元", "0.05元", "0"]})
    prices.to_csv(tmp_path / "渠道.csv", index=False, encoding="gbk")
    data = {"offer_scores": str(tmp_path / "评分.csv"), "contact_channels": str(tmp_path / "渠道.csv")}
    lab = solved_on(LAB, data, {})
    assert lab["called"] == "外呼"
    assert len(lab["scores"]) == amounts.ne("").sum()
    assert lab["gap"] <= 1e-3
    assert_keeps_every_promise(lab)
    assert lab["plan_profit"] >= lab["greedy_profit"]["net"]
    assert len(lab["tradeoff"]) == 0
    assert_answers_are_judged(lab, data, {})


def test_english_file_with_probabilities_values_costs_and_refusals(tmp_path):
    """A thousand customers, five offers, four channels, text numbers, gaps in the probabilities, Y/N refusals."""
    scores = own_scores(1_000, ["gold", "loan", "cover", "fund", "card"], ["Phone", "Mail", "SMS", "App"], 2)
    rng = np.random.default_rng(3)
    cost = {"Phone": 5.0, "Mail": 1.2, "SMS": 0.05, "App": 0.01}
    refused = rng.random(1_000) < 0.1
    table = pd.DataFrame(
        {
            "CustNo": "C-" + scores["who"].astype(str),
            "product": scores["what"],
            "medium": scores["how"],
            "score": (scores["expected"] / 400).clip(upper=0.95).round(4),
            "value_yuan": 400,
            "cost_yuan": scores["how"].map(cost),
            "opted_out": np.where(refused[scores["who"]], "Y", "N"),
        }
    )
    table.loc[::83, "score"] = np.nan
    file = tmp_path / "scores.csv"
    table.to_csv(file, index=False)
    data, columns = {"offer_scores": str(file)}, {"customer_id": "CustNo"}
    lab = solved_on(LAB, data, columns)
    assert lab["called"] == "Phone"
    assert not lab["plan"]["customer_id"].isin([f"C-{number}" for number in np.flatnonzero(refused)]).any()
    assert lab["gap"] <= 1e-3
    assert_keeps_every_promise(lab)
    assert lab["low"] < lab["expected"] < lab["high"]
    assert_answers_are_judged(lab, data, columns)


@pytest.mark.slow
def test_a_million_rows_are_planned_for_a_part_of_the_customers(tmp_path):
    scores = own_scores(95_000, ["a", "b", "c", "d"], ["call", "sms", "app_push"], 4)
    scores.columns = ["customer", "offer", "channel", "expected_profit"]
    scores.to_parquet(tmp_path / "scores.parquet")
    lab = solved_on(LAB, {"offer_scores": str(tmp_path / "scores.parquet")}, {})
    assert len(lab["candidates"]) <= 205_000
    assert lab["gap"] <= 1e-3
    assert_keeps_every_promise(lab)
