"""A bill is what the tariff says, and the advice is what an exhaustive search over all plans finds."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from labkit.world.telecom.advice import best_plans
from labkit.world.telecom.tariffs import tariffs
from labkit.world.telecom.usage import subscribers, usage_monthly

TEN_YUAN_A_MONTH = 3_000


def charged(use: pd.DataFrame, plan: pd.Series) -> pd.Series:
    """What each row of ``usage_monthly`` costs under the plan of its row in ``tariffs``, in fen."""
    data = (use["data_gb"] - plan["included_data_gb"].astype(float).fillna(np.inf)).clip(lower=0)
    minutes = (use["voice_minutes"] - plan["included_minutes"]).clip(lower=0)
    further = data * plan["per_gb_fen"] + minutes * plan["per_minute_fen"]
    return plan["fee_fen"] + further + use["roaming_days"] * plan["per_roaming_day_fen"]


def test_every_bill_equals_the_tariff_to_the_cent(of_block):
    use = of_block(usage_monthly)
    plan_of = of_block(subscribers).set_index("subscriber_id")["plan"]
    plan = tariffs(0).set_index("plan").loc[use["subscriber_id"].map(plan_of)].reset_index()
    assert (charged(use, plan).round(6) + use["extra_fen"] == use["bill_fen"]).all()


def test_plan_fee_of_a_subscriber_is_the_one_of_the_tariff(of_block):
    everybody = of_block(subscribers).merge(tariffs(0), on="plan", validate="m:1")
    assert len(everybody) == len(of_block(subscribers))
    assert (everybody["plan_fee_fen"] == everybody["fee_fen"]).all()


def test_nobody_joined_on_a_plan_no_longer_sold(of_lab):
    everybody = of_lab(subscribers).merge(tariffs(0), on="plan")
    closed = everybody.dropna(subset="sold_until")
    assert len(closed)
    assert (closed["joined_on"] <= closed["sold_until"]).all()


def by_exhaustive_search(of) -> pd.DataFrame:
    """Per subscriber: paid from October to December 2025, and the cheapest that could have been paid."""
    use = of(usage_monthly).query("month >= '2025-10-01'")
    use = use[use.groupby("subscriber_id")["month"].transform("size") == 3]
    own = use["subscriber_id"].map(of(subscribers).set_index("subscriber_id")["plan"])
    costs = {}
    for plan in tariffs(0).to_dict("records"):
        cost = charged(use, plan | {"included_data_gb": pd.Series(plan["included_data_gb"], index=use.index)})
        available = pd.isna(plan["sold_until"]) | (own == plan["plan"])
        costs[plan["plan"]] = cost.where(available, np.inf).groupby(use["subscriber_id"]).sum()
    costs = pd.DataFrame(costs)
    own = own.groupby(use["subscriber_id"]).first()
    paid = pd.Series([costs.loc[i, plan] for i, plan in own.items()], own.index)
    return pd.DataFrame({"paid": paid, "least": costs.min(axis=1), "best": costs.idxmin(axis=1)}).round(6)


def test_exhaustive_search_finds_the_best_plan_and_the_regret(of_block):
    found = by_exhaustive_search(of_block)
    key = of_block(best_plans).set_index("subscriber_id")
    pd.testing.assert_index_equal(found.index, key.index)
    assert (found["paid"] == key["charges_fen"]).all()
    assert (found["paid"] - found["least"] == key["regret_fen"]).all()
    better = key["regret_fen"] > 0
    assert (found["best"] == key["best_plan"])[better].all()
    assert (key["plan"] == key["best_plan"])[~better].all()


def test_four_in_ten_pay_at_least_ten_yuan_a_month_too_much_and_mostly_for_a_planted_cause(of_lab):
    key = of_lab(best_plans)
    wrong = key["regret_fen"] >= TEN_YUAN_A_MONTH
    assert 0.33 < wrong.mean() < 0.45
    by_cause = wrong.groupby(key["cause"]).mean()
    assert by_cause["none"] < 0.25
    assert (by_cause[["keeps_old_plan", "sold_too_large", "uses_less"]] > 0.70).all()
    assert by_cause["uses_more"] > 1.4 * by_cause["none"]
    assert (key.loc[wrong, "cause"] != "none").mean() > 0.55


def test_numbers_and_row_positions_do_not_tell_who_pays_too_much(of_lab):
    key = of_lab(best_plans)
    number, position = key["subscriber_id"], np.arange(len(key))
    nothing = np.column_stack([number, number % 2_500, number % 10, position, position % 2, position % 10])
    wrong = key["regret_fen"] >= TEN_YUAN_A_MONTH
    model = HistGradientBoostingClassifier(max_iter=30, random_state=0)
    scores = cross_val_predict(model, nothing, wrong, cv=5, method="predict_proba")[:, 1]
    assert abs(roc_auc_score(wrong, scores) - 0.5) < 0.02
