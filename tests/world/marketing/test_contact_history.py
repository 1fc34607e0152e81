"""Every contact of 2025: nobody is addressed after opting out, and fatigue is as strong as the answer key says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from sklearn.metrics import roc_auc_score

from labkit.world import calendar
from labkit.world.bank.customers import customer_people, joined_on
from labkit.world.block import Block
from labkit.world.marketing import contact_history, fatigue_truth


@pytest.fixture(scope="module")
def history(lab) -> pd.DataFrame:
    """The table with the number of contacts in the 30 days before, in the order of customer and day."""
    contacts = lab["contact_history"].sort_values(["customer_id", "contacted_on"], ignore_index=True)
    on = contacts.set_index("contacted_on").groupby("customer_id")["contact_id"]
    before = on.rolling("30D", closed="both").count().to_numpy() - 1
    return contacts.assign(contacts_30d=before, opted_out=contacts["outcome"] == "opted_out")


def calls_of_month(history: pd.DataFrame, month: int) -> pd.Series:
    """Calls per customer who was called at all."""
    calls = history[(history["channel"] == "call") & (history["contacted_on"].dt.month == month)]
    return calls.groupby("customer_id").size()


def test_opting_out_is_the_last_contact_and_a_day_brings_at_most_one(history):
    last = ~history.duplicated("customer_id", keep="last")
    assert last[history["opted_out"]].all()
    assert not history.duplicated(["customer_id", "contacted_on"]).any()


def test_contacts_are_of_2025_and_numbered_without_a_gap():
    contacts = Block(2026, 1).of(contact_history)
    assert (contacts["contact_id"] == 100_000 + np.arange(len(contacts)) + 1).all()
    assert contacts["contacted_on"].between("2025-01-01", "2025-12-31").all()


def test_nobody_is_contacted_before_becoming_a_customer():
    block = Block(2026, 0)
    since = pd.Series(block.of(joined_on), index=block.of(customer_people)["person_id"])
    contacts = block.of(contact_history)
    assert (since[contacts["customer_id"]].to_numpy() < contacts["contacted_on"].to_numpy()).all()


def test_logistic_regression_recovers_the_fatigue(history):
    truth = fatigue_truth(2026).set_index("parameter")["log_odds"]
    inputs = history[["contacts_30d"]].astype(float)
    for channel in ("call", "sms"):
        inputs[f"channel_{channel}"] = (history["channel"] == channel).astype(float)
    found = sm.Logit(history["opted_out"].astype(float), sm.add_constant(inputs)).fit(disp=0)
    assert abs(found.params["contacts_30d"] / truth["contacts_30d"] - 1) < 0.10
    assert abs(found.params["channel_call"] / truth["channel_call"] - 1) < 0.15
    for name in ("contacts_30d", "channel_call", "channel_sms"):
        assert abs(found.params[name] - truth[name]) < 3.5 * found.bse[name], name


def test_those_on_good_terms_opt_out_less(history, lab):
    health = lab["people"].set_index("person_id")["relation_health"]
    share = history.groupby(pd.qcut(health[history["customer_id"]].to_numpy(), 4))["opted_out"].mean()
    assert share.is_monotonic_decreasing


def test_fatigue_changes_no_purchase(history):
    """Only opting out is planted: among those who stay, purchases do not depend on recent contacts."""
    stay = history[~history["opted_out"]]
    inputs = pd.concat(
        [stay[["contacts_30d"]], pd.get_dummies(stay["channel"], drop_first=True)], axis=1
    ).astype(float)
    bought = (stay["outcome"] == "bought").astype(float)
    found = sm.Logit(bought, sm.add_constant(inputs)).fit(disp=0)
    assert abs(found.params["contacts_30d"]) < 4 * found.bse["contacts_30d"]
    assert abs(found.params["contacts_30d"]) < 0.05


def test_the_plan_of_december_breaks_the_cap_most(history):
    breaches = [(calls_of_month(history, month) > 2).sum() for month in range(1, 13)]
    customers = 20_000
    assert 0.01 < breaches[-1] / customers < 0.04
    assert breaches[-1] > 2 * max(breaches[:-1])


def test_weekends_and_holidays_are_quiet(history):
    days = pd.DatetimeIndex(calendar.DAYS)
    working = (days.year == 2025) & (days.month < 12) & ~calendar.is_holiday() & (days.day_of_week < 5)
    weekend = (days.year == 2025) & (days.month < 12) & ~calendar.is_holiday() & (days.day_of_week >= 5)
    count = history["contacted_on"].value_counts().reindex(days, fill_value=0)
    assert 0.35 < count[weekend].mean() / count[working].mean() < 0.45
    assert count[calendar.is_holiday() & (days.year == 2025)].mean() < 0.2 * count[working].mean()


def test_customers_at_home_online_hear_by_app_and_others_by_phone(history, lab):
    habit = lab["people"].set_index("person_id")["digital_habit"][history["customer_id"]].to_numpy()
    by_channel = pd.Series(habit).groupby(history["channel"], observed=True).mean()
    assert by_channel["call"] < by_channel["sms"] < by_channel["app_push"]


def test_identifiers_and_row_positions_say_nothing(history):
    rows = history.sort_values("contact_id")
    position = np.arange(len(rows))
    numbers = {
        "customer_id": rows["customer_id"],
        "contact_id": rows["contact_id"],
        "position": position,
        "in_block": rows["contact_id"] % 100_000,
        "last_digit": rows["contact_id"] % 10,
        "customer_in_block": rows["customer_id"] % 2_500,
    }
    for outcome in ("opted_out", "bought"):
        for name, values in numbers.items():
            assert abs(roc_auc_score(rows["outcome"] == outcome, values) - 0.5) < 0.02, (outcome, name)
