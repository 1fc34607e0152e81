"""The log of views has the rhythm of life, misleading banners, and no hint in its numbering."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

from labkit.world import bank
from tests.world.bank.sales.worlds import world

LAB = 10


@pytest.fixture(scope="module")
def views() -> pd.DataFrame:
    tables = world(2026, LAB)
    joined = tables["customers"][["customer_id", "joined_on"]]
    return tables["product_views"].merge(tables["products"], on="product_id").merge(joined, on="customer_id")


def test_nobody_looks_at_what_is_not_there(views: pd.DataFrame) -> None:
    assert views["in_app"].all()
    assert (views["viewed_at"] >= views["launched_on"]).all()
    assert (views["viewed_at"] >= views["joined_on"]).all()
    assert views["viewed_at"].between("2025-01-01", "2025-12-31 23:59:59").all()
    assert (views["seconds"] >= 1).all()


def test_days_and_hours_have_a_rhythm(views: pd.DataFrame) -> None:
    at = views["viewed_at"]
    per_day = at.dt.floor("D").value_counts().sort_index()
    weekend = per_day.index.day_of_week >= 5
    assert 0.65 < per_day[weekend].mean() / per_day[~weekend].mean() < 0.85
    hours = at.dt.hour.value_counts(normalize=True)
    assert hours[[19, 20, 21, 22]].sum() > 0.35
    assert hours[range(6)].sum() < 0.03
    festival = per_day["2025-01-28":"2025-02-04"].mean()
    assert festival < 0.75 * per_day["2025-02-06":"2025-02-27"].mean()


def test_use_of_the_app_grows(views: pd.DataFrame) -> None:
    quarter = views["viewed_at"].dt.quarter.value_counts().sort_index()
    assert quarter.is_monotonic_increasing
    assert 1.4 < quarter[4] / quarter[1] < 2.2


def test_views_per_customer_have_a_heavy_tail(views: pd.DataFrame) -> None:
    each = views.groupby("customer_id").size()
    assert each.quantile(0.99) > 2.5 * each.median()


def test_digital_customers_use_the_app(views: pd.DataFrame) -> None:
    people = world(2026, LAB)["customer_people"]
    uses = people["person_id"].isin(views["customer_id"])
    assert 0.45 < uses.mean() < 0.65
    assert people.loc[uses, "digital_habit"].mean() > people.loc[~uses, "digital_habit"].mean() + 0.2


def test_banners_make_products_popular_that_few_want(views: pd.DataFrame) -> None:
    by_entry = views.groupby(["product_id", "entry"], observed=True).size().unstack(fill_value=0)
    bought = views[views["purchased"]].groupby("product_id").size().reindex(by_entry.index, fill_value=0)
    chosen, shown = by_entry["list"] + by_entry["search"], by_entry["banner"]
    assert 0.20 < shown.sum() / by_entry.to_numpy().sum() < 0.28
    assert spearmanr(chosen, bought).statistic > 0.9
    assert spearmanr(chosen + shown, bought).statistic < 0.8
    key = bank.product_tastes(2026).set_index("product_id")["banner_share"]
    assert spearmanr(shown, key[by_entry.index]).statistic > 0.95


def test_people_stay_longer_with_what_they_like(views: pd.DataFrame) -> None:
    looked = views[~views["purchased"]].groupby("entry", observed=True)["seconds"].median()
    assert looked["list"] > 1.4 * looked["banner"]
    assert views.loc[views["purchased"], "seconds"].min() >= 120
    assert views.loc[~views["purchased"], "seconds"].quantile(0.98) > 120


def test_the_channel_is_a_decoy(views: pd.DataFrame) -> None:
    rates = views.groupby("channel", observed=True)["purchased"].mean()
    assert rates.max() / rates.min() < 1.15


def test_numbers_and_the_order_of_rows_give_no_purchase_away(views: pd.DataFrame) -> None:
    table = world(2026, LAB)["product_views"]
    clues = pd.DataFrame(
        {
            "view_id": table["view_id"],
            "customer_id": table["customer_id"],
            "row": np.arange(len(table)),
            "row_in_ten": np.arange(len(table)) % 10,
            "id_in_ten": table["customer_id"] % 10,
        }
    )
    learn = table["customer_id"] % 3 != 0
    model = HistGradientBoostingClassifier(max_iter=40, random_state=0)
    model.fit(clues[learn], table["purchased"][learn])
    score = roc_auc_score(table["purchased"][~learn], model.predict_proba(clues[~learn])[:, 1])
    assert score == pytest.approx(0.5, abs=0.02)
