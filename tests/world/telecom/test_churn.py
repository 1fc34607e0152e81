"""Leaving follows the planted hazard, and the modelling table agrees with the raw tables."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from labkit.world.telecom.churn import BASE_ODDS, DRIVERS, MOVES_AWAY_ODDS, Driver, churn, churn_truth
from labkit.world.telecom.tickets import tickets
from labkit.world.telecom.usage import subscribers, usage_monthly

FEATURES_BY_SQL = """
WITH snapshots AS (
    SELECT unnest(generate_series(DATE '2025-04-01', DATE '2025-12-01', INTERVAL 1 MONTH)) AS after_day),
active AS (
    SELECT subscriber_id, after_day, after_day - INTERVAL 1 DAY AS snapshot_on, s.*
    FROM snapshots, subscribers s
    WHERE joined_on < after_day AND (left_on IS NULL OR left_on >= after_day)),
use AS (
    SELECT a.subscriber_id, a.snapshot_on,
        datediff('month', u.month, a.after_day) AS ago, u.*
    FROM active a JOIN usage_monthly u
    ON u.subscriber_id = a.subscriber_id AND u.month < a.after_day AND u.month >= a.after_day - INTERVAL 6 MONTH),
used AS (
    SELECT subscriber_id, snapshot_on,
        count(*) AS months,
        count(*) FILTER (ago <= 4) AS months_of_four,
        coalesce(sum(round(data_gb * 100)) FILTER (ago <= 3), 0) AS data_recent,
        coalesce(sum(round(data_gb * 100)) FILTER (ago > 3), 0) AS data_before,
        coalesce(sum(voice_minutes) FILTER (ago <= 3), 0) AS voice_minutes_3m,
        coalesce(sum(bill_fen) FILTER (ago <= 3), 0) AS bill_3m_fen,
        max(bill_fen) FILTER (ago = 1) AS bill_last,
        sum(bill_fen) FILTER (ago BETWEEN 2 AND 4) AS bills_before,
        max(dropped_call_rate) FILTER (ago = 1) AS dropped_call_rate,
        coalesce(sum(roaming_days) FILTER (ago <= 3), 0) AS roaming_days_3m,
        coalesce(sum(app_logins) FILTER (ago <= 3), 0) AS app_logins_3m
    FROM use GROUP BY ALL),
asked AS (
    SELECT a.subscriber_id, a.snapshot_on, count(*) AS tickets_3m, count(*) FILTER (is_complaint) AS complaints_3m
    FROM active a JOIN tickets t
    ON t.subscriber_id = a.subscriber_id AND opened_at < a.after_day AND opened_at >= a.after_day - INTERVAL 3 MONTH
    GROUP BY ALL)
SELECT a.subscriber_id, CAST(a.snapshot_on AS TIMESTAMP_MS) AS snapshot_on,
    year(a.snapshot_on) - birth_year AS age, sex, city_tier, plan, plan_fee_fen, autopay,
    datediff('month', joined_on, a.snapshot_on) AS tenure_months,
    CASE WHEN contract_months = 0 THEN 0
         ELSE (datediff('month', a.snapshot_on, contract_end_on) - 1) % contract_months END AS contract_months_left,
    coalesce(data_recent, 0) / 100 AS data_gb_3m,
    CASE WHEN months = 6 THEN data_recent / data_before END AS data_trend,
    coalesce(voice_minutes_3m, 0) AS voice_minutes_3m, coalesce(bill_3m_fen, 0) AS bill_3m_fen,
    CASE WHEN months_of_four = 4 THEN 3 * bill_last / bills_before END AS bill_shock,
    dropped_call_rate,
    coalesce(complaints_3m, 0) AS complaints_3m, coalesce(tickets_3m, 0) AS tickets_3m,
    coalesce(roaming_days_3m, 0) AS roaming_days_3m, coalesce(app_logins_3m, 0) AS app_logins_3m,
    coalesce(left_on < a.after_day + INTERVAL 1 MONTH, false) AS churned
FROM active a LEFT JOIN used USING (subscriber_id, snapshot_on) LEFT JOIN asked USING (subscriber_id, snapshot_on)
ORDER BY snapshot_on, subscriber_id
"""


def with_truth(of) -> pd.DataFrame:
    return of(churn).merge(of(churn_truth), on=["subscriber_id", "snapshot_on"], validate="1:1")


def is_on(driver: Driver, rows: pd.DataFrame) -> pd.Series:
    values = rows[driver.column]
    return values.le(driver.threshold) if driver.side == "<=" else values.ge(driver.threshold)


def test_churn_agrees_exactly_with_the_raw_tables(of_block):
    with duckdb.connect() as database:
        for make in (subscribers, usage_monthly, tickets):
            database.register(make.__name__, of_block(make))
        by_sql = database.sql(FEATURES_BY_SQL).df()
    stored = of_block(churn).drop(columns="final_bill_flag")
    assert len(by_sql) == len(stored)
    pd.testing.assert_frame_equal(
        stored.sort_values(["snapshot_on", "subscriber_id"], ignore_index=True),
        by_sql[stored.columns],
        check_dtype=False,
        rtol=0,
        atol=0.0005 + 1e-9,  # the table rounds ratios to thousandths
    )


def test_hazard_is_what_the_drivers_say(of_block):
    rows = with_truth(of_block)
    on = {driver.column: is_on(driver, rows) for driver in DRIVERS}
    log_odds = np.log(BASE_ODDS) + np.log(MOVES_AWAY_ODDS) * rows["moves_away"]
    for driver in DRIVERS:
        log_odds += np.log(driver.odds_multiplier) * on[driver.column]
        if driver.together_with:
            log_odds += np.log(driver.together_multiplier) * (on[driver.column] & on[driver.together_with])
    np.testing.assert_allclose(rows["hazard"], 1 / (1 + np.exp(-log_odds)), rtol=1e-12)


def test_subscribers_leave_as_often_as_the_hazard_says(of_lab):
    everybody = with_truth(of_lab)
    for _, rows in everybody.groupby(pd.qcut(everybody["hazard"].rank(method="first"), 5)):
        spread = np.sqrt((rows["hazard"] * (1 - rows["hazard"])).sum())
        assert abs(rows["churned"].sum() - rows["hazard"].sum()) < 4 * spread


@pytest.mark.parametrize("driver", DRIVERS, ids=lambda driver: driver.column)
def test_driver_is_on_for_eight_to_twenty_percent_and_comes_and_goes(of_lab, driver):
    rows = of_lab(churn)
    on = is_on(driver, rows)
    assert 0.08 <= on.mean() <= 0.20
    states = on.groupby(rows["subscriber_id"]).mean()
    assert ((states > 0) & (states < 1)).mean() > 0.25
    rate_on, rate_off = rows["churned"][on].mean(), rows["churned"][~on].mean()
    assert 3 < rate_on / rate_off < 6


def test_final_bill_comes_with_leaving_and_hardly_otherwise(of_lab):
    rows = of_lab(churn)
    assert 0.85 < rows.loc[rows["churned"], "final_bill_flag"].mean() < 0.91
    assert rows.loc[~rows["churned"], "final_bill_flag"].mean() < 0.004


def test_identifiers_and_row_positions_say_nothing(of_lab):
    rows = of_lab(churn)
    position = np.arange(len(rows))
    number = rows["subscriber_id"]
    for column in (number, position, position % 2, number % 2_500, number % 10):
        assert abs(roc_auc_score(rows["churned"], column) - 0.5) < 0.02


def test_distractors_are_no_drivers(of_lab):
    """Among rows of equal true risk, no other column sorts leavers from stayers."""
    rows = with_truth(of_lab)
    same_risk = rows[rows["hazard"] < 0.0063]
    others = ["age", "plan_fee_fen", "tenure_months", "data_gb_3m", "voice_minutes_3m", "bill_3m_fen"]
    for column in [*others, "app_logins_3m", "tickets_3m", "roaming_days_3m", "autopay"]:
        auc = roc_auc_score(same_risk["churned"], same_risk[column])
        assert abs(auc - 0.5) < 4 * np.sqrt(1 / 12 / same_risk["churned"].sum()), column
