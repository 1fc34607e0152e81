"""Lab 10.1 keeps its promise: nine tenths of the oracle's profit inside the rules, less for the lazy, nothing for noise."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from scipy.optimize import linprog
from sklearn.base import clone

from labkit import course
from labkit.authoring.source import read_source
from labkit.exercises.judge import judge
from tests.course.solving import remembered_dataset, solved, solved_on

pytestmark = pytest.mark.proof

LAB, OWN_SEED = "10.1", 2027
STAGES = ["quality", "segments", "churn", "fraud", "contacts"]


@pytest.fixture(
    scope="module", params=[OWN_SEED, *(pytest.param(s, marks=pytest.mark.slow) for s in (2026, 1))]
)
def seed(request: pytest.FixtureRequest) -> int:
    return request.param


@pytest.fixture(scope="module")
def lab(seed: int) -> dict[str, Any]:
    """The variables that the official solution leaves, on the full world of the lab's own seed and of two others."""
    return solved(LAB, scale="lab", seed=seed)


@pytest.fixture(scope="module")
def keys(lab) -> tuple:
    return tuple(lab[name] for name in ("defects", "people", "hazards", "frauds"))


def test_honest_methods_earn_nine_tenths_of_the_oracle_end_to_end_and_on_every_desk(lab):
    share = lab["books"]["yours"] / lab["books"]["oracle"]
    assert (share >= 0.9).all(), share
    assert lab["in_all"]["yours"] >= 0.95 * lab["in_all"]["oracle"]
    assert (share <= 1).all()


def test_no_rule_is_broken(lab):
    plan = lab["contact_plan"]
    assert len(lab["records_to_fix"]) <= round(0.05 * len(lab["records"]))
    assert (lab["used"](plan) <= 1).all()
    assert not plan["customer_id"].isin(lab["opted_out"]).any()
    assert not plan.duplicated(["customer_id", "offer"]).any()
    assert plan.groupby("customer_id").size().max() <= 3
    assert plan[plan["channel"] == "call"].groupby("customer_id").size().max() <= 2


def test_the_books_add_up_and_every_loss_has_a_name(lab):
    for books in (lab["books"], lab["books_today"]):
        lost = books[["data", "cutoff", "model", "policy"]].sum(axis=1)
        np.testing.assert_allclose(books["oracle"] - lost, books["yours"])
    assert (lab["books"]["data"] >= 0).all()
    assert lab["books"].loc[["segments", "fraud", "contacts"], "data"].eq(0).all()


def test_today_and_other_lazy_ways_earn_visibly_less(lab, keys):
    assert lab["books_today"]["yours"].sum() < 0.4 * lab["in_all"]["yours"]
    assert (lab["books_today"]["yours"] < 0.6 * lab["books"]["yours"]).all()
    everybody = lab["today"] | {
        "churn": lab["at_risk"]["subscriber_id"],
        "fraud": lab["queue"].loc[lab["queue"]["chance"] > 0.5, "transaction_id"],
        "segments": pd.Series("wealth_review", lab["traits"].index),
    }
    earned = lab["ledger"](everybody, *keys)["yours"]
    assert earned["churn"] < 0
    assert earned["segments"] < 0
    assert 0 < earned["fraud"] < lab["books"].loc["fraud", "yours"], "a chance of one half is no sum of money"
    rng = np.random.default_rng(5)
    random = lab["today"] | {
        "quality": rng.choice(lab["records"].index, lab["desk_records"], replace=False),
        "churn": rng.choice(lab["at_risk"]["subscriber_id"], len(lab["customers_to_call"]), replace=False),
        "fraud": rng.choice(lab["queue"]["transaction_id"], len(lab["transactions_to_hold"]), replace=False),
        "segments": pd.Series(rng.permutation(lab["package_of_customer"]), lab["traits"].index),
    }
    earned = lab["ledger"](random, *keys)["yours"] / lab["books"]["oracle"]
    assert (earned[["quality", "churn", "fraud", "segments"]] < 0.2).all(), earned


def test_shuffled_labels_earn_nothing(lab, keys):
    """What remains of the calls is what the known fees earn at everybody's risk, as the lab's own words say."""
    rng = np.random.default_rng(7)
    history, list_day = lab["history"], lab["list_day"]
    noise = clone(lab["stumps"]).fit(
        lab["features"][history], rng.permutation(lab["churn"]["churned"][history].astype(bool))
    )
    risk = noise.predict_proba(lab["features"][list_day])[:, 1]
    worth = risk * lab["at_risk"]["saved_yuan"].to_numpy()
    fee_only = (
        lab["stumps"].predict_proba(lab["features"][history])[:, 1].mean() * lab["at_risk"]["saved_yuan"]
    )
    by_noise, by_fee = (
        lab["at_risk"].loc[value > lab["call_yuan"], "subscriber_id"] for value in (worth, fee_only)
    )
    learning = lab["learning"]
    labels = rng.permutation(lab["reported"][learning])
    unlearnt = clone(lab["fraud_model"])
    unlearnt.fit(lab["behaviour"][learning], labels, sample_weight=np.where(labels, 1, 10))
    chance = unlearnt.predict_proba(lab["behaviour"][lab["in_quarter"]])[:, 1]
    held = lab["queue"].loc[chance * lab["queue"]["own_loss_yuan"] > lab["hold_yuan"], "transaction_id"]
    earned = lab["ledger"](lab["today"] | {"churn": by_noise, "fraud": held}, *keys)["yours"]
    fee_profit = lab["ledger"](lab["today"] | {"churn": by_fee}, *keys)["yours"]["churn"]
    assert earned["fraud"] < 0.02 * lab["books"].loc["fraud", "oracle"]
    assert earned["churn"] < fee_profit + 0.05 * lab["books"].loc["churn", "oracle"]


def test_features_of_payments_never_look_forward(lab):
    """Cut the table after some payment: what was computed for the payments before does not change."""
    source = read_source(course.lab_dir(LAB) / "lab.py")
    wanted = ["looking_back", "reported", "payment_features"]
    cells = {cell.id: cell.text for cell in source.code_cells}
    payments = lab["payments"][lab["payments"]["customer_id"] <= 2_500].reset_index(drop=True)
    payments = payments.sort_values("happened_at", kind="stable", ignore_index=True)

    def behaviour(rows: pd.DataFrame) -> pd.DataFrame:
        at = rows["happened_at"].to_numpy().astype("datetime64[ms]").astype("int64")
        namespace = {name: lab[name] for name in ("np", "pd", "lab", "day", "hour")}
        namespace |= {"payments": rows, "at": at}
        for name in wanted:
            exec(compile(cells[name], name, "exec"), namespace)
        return namespace["behaviour"]

    cut = len(payments) * 3 // 4
    moment = payments["happened_at"].iloc[cut]
    earlier = payments[payments["happened_at"] < moment - pd.Timedelta(days=1)]
    known = earlier.assign(
        reported_on=earlier["reported_on"].where(earlier["reported_on"] < moment - pd.Timedelta(days=2))
    )
    whole, part = behaviour(payments).iloc[: len(known)], behaviour(known)
    settled = [
        "new_device",
        "hour",
        "visits",
        "payments_1h",
        "payments_6h",
        "payments_48h",
        "terminal_1d",
        "terminal_7d",
    ]
    settled += ["terminal_burst", "share_of_kind", "terminal_magstripe", "new_device_48h", "terminal_days"]
    pd.testing.assert_frame_equal(whole[settled], part[settled], check_exact=False, rtol=1e-4, atol=1e-4)
    before_reports = known["happened_at"] < moment - pd.Timedelta(days=25)
    for column in ("terminal_reported", "card_reported"):
        np.testing.assert_allclose(whole.loc[before_reports, column], part.loc[before_reports, column])


def test_the_plan_is_close_to_the_optimum_of_the_linear_programme():
    """On 2 000 customers: plan <= bound, and the bound is no looser than the relaxation by half a per cent."""
    small = solved(LAB)
    scores = small["scores"][~small["scores"]["customer_id"].isin(small["opted_out"])]
    scores = scores[scores["net_yuan"] > 0].reset_index(drop=True)
    row, ones = np.arange(len(scores)), np.ones(len(scores))
    customer, offer = pd.factorize(scores["customer_id"])[0], pd.factorize(scores["offer"])[0]
    calls = (scores["channel"] == "call").to_numpy(float)
    groups = [(customer * 10 + offer, ones, 1), (customer, calls, 2), (customer, ones, 3)]
    matrices = [sparse.csr_array((weight, (group, row))) for group, weight, _ in groups]
    limits = [np.full(m.shape[0], limit) for m, (*_, limit) in zip(matrices, groups, strict=True)]
    for name, limit in small["limits"].items():
        use = scores["channel"].map(small["cost_yuan"]) if name == "budget" else scores["channel"] == name
        matrices.append(sparse.csr_array(use.to_numpy(float)[None, :]))
        limits.append([limit])
    relaxed = linprog(
        -scores["net_yuan"],
        sparse.vstack(matrices),
        np.concatenate(limits),
        bounds=(0, 1),
        method="highs-ipm",
    )
    bound, plan = small["books"].loc["contacts", "oracle"], small["books"].loc["contacts", "yours"]
    assert plan <= -relaxed.fun + 1e-6
    assert plan <= bound <= -1.005 * relaxed.fun


def test_the_promise_is_cautious_and_the_books_keep_it(lab):
    assert lab["low"] < lab["promised"] < lab["expected"] < lab["high"]
    assert lab["promised"] == pytest.approx(lab["promise"](lab["simulated"], 0.9))
    assert lab["in_all"]["yours"] >= lab["promised"]
    assert lab["in_all"]["yours"] <= 1.05 * lab["high"]


def test_the_page_is_one_page_and_says_what_the_run_says(lab):
    names = {path.suffix for path in lab["files"]}
    assert names == {".pdf", ".docx"}
    said = "\n".join(lab["board_report"].lines())
    for yuan in (lab["promised"], lab["expected"], lab["low"], lab["high"]):
        assert f"{yuan / 1000:,.0f}" in said
    assert len(lab["to_pictures"](lab["board_report"])) == 1


def test_the_lab_and_its_checks_go_by_the_same_terms(lab):
    records, packages, calls, holds, contacts = (
        type(each).check.__globals__ for each in course.exercises(LAB).values() if each.needs_truth
    )
    assert (records["FIX_YUAN"], round(records["DESK_SHARE"] * len(lab["records"]))) == (
        lab["fix_yuan"],
        lab["desk_records"],
    )
    assert {name: (value, cost) for name, (_, value, cost) in packages["PACKAGES"].items()} == {
        row.Index: (row.value_yuan, row.cost_yuan) for row in lab["packages"].itertuples()
    }
    assert {name: kind for name, (kind, *_) in packages["PACKAGES"].items()} == lab["suits"]
    for terms, names in (
        (calls, ("call_yuan", "save_rate", "months", "margin_share")),
        (holds, ("hold_yuan", "most_yuan")),
    ):
        assert [terms[name.upper()] for name in names] == [lab[name] for name in names]
    assert contacts["BUDGET_YUAN"] * lab["on_file"] == pytest.approx(lab["limits"]["budget"])
    key = remembered_dataset(LAB, scale="tiny", seed=OWN_SEED).truth("quality_defects")
    assert lab["price_list"] == dict(zip(key["defect"].astype(str), key["cost_fen"] // 100, strict=True))


@pytest.mark.parametrize("name", course.exercises(LAB))
def test_official_solution_is_right_on_the_full_world(lab, seed, name):
    verdict = judge(course.exercises(LAB)[name], lab[name], remembered_dataset(LAB, scale="lab", seed=seed))
    assert verdict.status == "right", verdict.message.en


@pytest.mark.parametrize(("stage", "name", "mistake"), [
    ("quality", "records_to_fix", "as_it_came"),
    ("segments", "package_of_customer", "nobody_left_out"),
    ("churn", "customers_to_call", "by_fee_alone"),
    ("fraud", "transactions_to_hold", "new_devices"),
    ("contacts", "contact_plan", "money_left"),
])  # fmt: skip
def test_the_ways_of_today_are_recognised(lab, seed, stage, name, mistake):
    given = remembered_dataset(LAB, scale="lab", seed=seed)
    assert judge(course.exercises(LAB)[name], lab["today"][stage], given).mistake == mistake


@pytest.mark.parametrize(
    "form", [list, set, np.array, pd.Series, lambda ids: pd.DataFrame({"record_id": ids})]
)
def test_a_list_is_accepted_in_every_form(form):
    given = remembered_dataset(LAB)
    answer = form(list(solved(LAB)["records_to_fix"]))
    assert judge(course.exercises(LAB)["records_to_fix"], answer, given).status == "right"


@pytest.mark.parametrize(
    "form",
    [
        dict,
        lambda s: s.astype("category"),
        lambda s: s.replace("none", None),
        lambda s: s.rename("p").reset_index(),
    ],
)
def test_packages_are_accepted_in_every_form(form):
    answer = form(solved(LAB)["package_of_customer"])
    assert (
        judge(course.exercises(LAB)["package_of_customer"], answer, remembered_dataset(LAB)).status == "right"
    )


def test_panel_says_whether_a_plan_fits():
    import matplotlib.pyplot as plt

    for prices, words in (((0, 0.0), "breaks the policy"), ((40, 4.0), "policy"), ((19, 2.25), "fits")):
        figure, sentence = solved(LAB)["draw"](*prices)
        assert words in figure.get_axes()[0].get_title(loc="left")
        assert "%" in sentence
        plt.close(figure)


@functools.cache
def own_customers(rows: int) -> pd.DataFrame:
    """Customers of another company: Chinese headings, gaps, sentinels, extreme bills; old contracts leave more often."""
    rng = np.random.default_rng(rows)
    months = rng.integers(0, 90, rows).astype(float)
    bill = rng.lognormal(4, 1, rows).round(2)
    bill[rng.random(rows) < 0.01] = 9_999_999
    left = rng.random(rows) < np.where(months > 60, 0.3, 0.04)
    months[rng.random(rows) < 0.1] = np.nan
    city = rng.choice(["甲市", "乙市", "", "98"], rows)
    return pd.DataFrame(
        {
            "用户编号": 10_000 + rng.permutation(rows),
            "在网月数": months,
            "账单": bill,
            "城市": city,
            "离网": np.where(left, "是", "否"),
        }
    )


@pytest.mark.parametrize(
    ("rows", "ending", "encoding"),
    [(1_000, "csv", "gbk"), pytest.param(150_000, "csv", "utf-8-sig", marks=pytest.mark.slow)],
)
def test_a_retention_list_is_made_from_a_file_of_customers(tmp_path, rows, ending, encoding):
    path = tmp_path / f"customers.{ending}"
    own_customers(rows).to_csv(path, index=False, encoding=encoding)
    lab = solved_on(LAB, {"churn": str(path)}, {"subscriber_id": "用户编号", "churned": "离网"})
    left = own_customers(rows).set_index("用户编号")["离网"] == "是"
    left = left[lab["at_risk"]["subscriber_id"]]
    called = left.index.isin(lab["customers_to_call"])
    assert left[called].mean() > 2 * left[~called].mean()
    assert len(lab["files"]) == 2
    assert "books" not in lab


@pytest.mark.parametrize(
    "offers",
    [["定投", "保险"], pytest.param(["a", "b", "c", "d", "e", "f"], marks=pytest.mark.slow)],
    ids=len,
)
def test_a_contact_plan_is_made_from_a_file_of_scores(tmp_path, offers):
    rng = np.random.default_rng(3)
    channels = {"call": 30.0, "sms": 6.0, "app_push": 3.0}
    rows = pd.MultiIndex.from_product([range(1, 801), offers, channels], names=["客户号", "产品", "渠道"])
    scores = rows.to_frame(index=False).sample(frac=0.8, random_state=1)
    scores["毛利"] = (
        (scores["渠道"].map(channels) * rng.lognormal(0, 1, len(scores)) * 100).round().astype(int)
    )
    path = tmp_path / "scores.csv"
    scores.to_csv(path, index=False, encoding="gbk")
    columns = {"customer_id": "客户号", "offer": "产品", "channel": "渠道", "expected_margin_fen": "毛利"}
    lab = solved_on(LAB, {"offer_scores": str(path)}, columns)
    plan = lab["contact_plan"]
    assert set(plan["offer"]) == set(offers)
    assert (lab["used"](plan) <= 1).all()
    offered = set(zip(scores["客户号"], scores["产品"], scores["渠道"], strict=True))
    assert set(zip(plan["customer_id"], plan["offer"], plan["channel"], strict=True)) <= offered
