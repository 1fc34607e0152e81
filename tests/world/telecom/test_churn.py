"""Swift Mobile: the modelling table agrees with the raw tables, and leaving follows the planted hazard."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest
from labkit.world.telecom_churn import BASE_ODDS, DRIVERS, MOVES_AWAY_ODDS
from labkit.world.telecom_tickets import COMPLAINTS, QUESTIONS, TOPICS
from sklearn.metrics import roc_auc_score

from labkit.catalogue import telecom as catalogue
from labkit.store.storage import content_hash, to_arrow
from labkit.world import telecom
from labkit.world.block import Block
from labkit.world.people import people

SEEDS = (2026, 1)
TABLES = {table.name: table for table in catalogue.TABLES}

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
    CASE WHEN months = 6 THEN round(data_recent / data_before, 3) END AS data_trend,
    coalesce(voice_minutes_3m, 0) AS voice_minutes_3m, coalesce(bill_3m_fen, 0) AS bill_3m_fen,
    CASE WHEN months_of_four = 4 THEN round(3 * bill_last / bills_before, 3) END AS bill_shock,
    dropped_call_rate,
    coalesce(complaints_3m, 0) AS complaints_3m, coalesce(tickets_3m, 0) AS tickets_3m,
    coalesce(roaming_days_3m, 0) AS roaming_days_3m, coalesce(app_logins_3m, 0) AS app_logins_3m,
    coalesce(left_on < a.after_day + INTERVAL 1 MONTH, false) AS churned
FROM active a LEFT JOIN used USING (subscriber_id, snapshot_on) LEFT JOIN asked USING (subscriber_id, snapshot_on)
ORDER BY snapshot_on, subscriber_id
"""


def generate(seed: int, blocks: range) -> dict[str, pd.DataFrame]:
    parts = [telecom.block(Block(seed, index), people(Block(seed, index))) for index in blocks]
    return {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in parts[0]}


@pytest.fixture(scope="module", params=SEEDS)
def small(request) -> dict[str, pd.DataFrame]:
    return generate(request.param, range(1))


@pytest.fixture(scope="module")
def large() -> dict[str, pd.DataFrame]:
    """The ``lab`` world, with what makes everyday statistics firm."""
    tables = generate(2026, range(10))
    churn = tables["churn"].merge(tables["churn_truth"], on=["subscriber_id", "snapshot_on"], validate="1:1")
    return {**tables, "churn_with_truth": churn}


def test_every_table_fits_the_catalogue(small):
    tables = {**small, **telecom.reference(2026)}
    assert set(tables) == {table.name for table in catalogue.TABLES}
    for table in catalogue.TABLES:
        assert to_arrow(table, tables[table.name]).num_rows > 0


def test_a_block_is_a_pure_function_of_seed_and_index():
    def fingerprint(seed: int, index: int) -> dict[str, str]:
        tables = telecom.block(Block(seed, index), people(Block(seed, index)))
        return {name: content_hash(to_arrow(TABLES[name], table)) for name, table in tables.items()}

    first = fingerprint(2026, 0)
    assert fingerprint(2026, 0) == first
    for other in (fingerprint(2026, 1), fingerprint(1, 0)):
        assert not set(first.values()) & set(other.values())


def test_churn_agrees_exactly_with_the_raw_tables(small):
    with duckdb.connect() as database:
        for name in ("subscribers", "usage_monthly", "tickets"):
            database.register(name, small[name])
        by_sql = database.sql(FEATURES_BY_SQL).df()
    churn = small["churn"].drop(columns="final_bill_flag")
    assert len(by_sql) == len(churn)
    pd.testing.assert_frame_equal(
        churn.sort_values(["snapshot_on", "subscriber_id"], ignore_index=True),
        by_sql[churn.columns],
        check_dtype=False,
        rtol=0,
        atol=0.0005 + 1e-9,  # the table rounds ratios half up, SQL rounds a float
    )


def test_nothing_happens_before_joining_or_after_leaving(small):
    subscribers = small["subscribers"]
    assert (subscribers["left_on"].dropna() >= "2024-01-01").all()
    assert (subscribers["left_on"].isna() | (subscribers["left_on"] >= subscribers["joined_on"])).all()
    for name, when in (("usage_monthly", "month"), ("tickets", "opened_at")):
        rows = small[name].merge(subscribers[["subscriber_id", "joined_on", "left_on"]], on="subscriber_id")
        assert len(rows) == len(small[name])
        assert (rows[when] > rows["joined_on"]).all()
        assert (rows["left_on"].isna() | (rows[when] < rows["left_on"])).all()


def test_contract_runs_in_whole_terms_and_ends_after_the_last_day(small):
    subscribers = small["subscribers"]
    without = subscribers["contract_months"] == 0
    assert subscribers.loc[without, "contract_end_on"].isna().all()
    bound = subscribers[~without]
    last_day = bound["left_on"].fillna(pd.Timestamp("2025-12-31"))
    assert (bound["contract_end_on"] > last_day).all()
    months = (bound["contract_end_on"].dt.year - bound["joined_on"].dt.year) * 12 + (
        bound["contract_end_on"].dt.month - bound["joined_on"].dt.month
    )
    assert (months % bound["contract_months"] == 0).all()
    assert (bound["contract_end_on"].dt.day == bound["joined_on"].dt.day).all()


def test_hazard_is_what_the_drivers_say(small):
    churn = small["churn"].merge(small["churn_truth"], on=["subscriber_id", "snapshot_on"], validate="1:1")
    on = {
        driver.column: churn[driver.column].le(driver.threshold)
        if driver.side == "<="
        else churn[driver.column].ge(driver.threshold)
        for driver in DRIVERS
    }
    log_odds = np.log(BASE_ODDS) + np.log(MOVES_AWAY_ODDS) * churn["moves_away"]
    for driver in DRIVERS:
        log_odds += np.log(driver.odds_multiplier) * on[driver.column]
        if driver.together_with:
            log_odds += np.log(driver.together_multiplier) * (on[driver.column] & on[driver.together_with])
    np.testing.assert_allclose(churn["hazard"], 1 / (1 + np.exp(-log_odds)), rtol=1e-12)


def test_customers_leave_as_often_as_the_hazard_says(large):
    churn = large["churn_with_truth"]
    for _, rows in churn.groupby(pd.qcut(churn["hazard"].rank(method="first"), 5)):
        spread = np.sqrt((rows["hazard"] * (1 - rows["hazard"])).sum())
        assert abs(rows["churned"].sum() - rows["hazard"].sum()) < 4 * spread


def test_base_is_stationary_and_loses_two_to_three_and_a_half_percent_a_month(large):
    subscribers = large["subscribers"]
    months = pd.date_range("2024-01-01", "2025-12-01", freq="MS")
    there = [(subscribers["joined_on"] < m) & ~(subscribers["left_on"] < m) for m in months]
    size = np.array([rows.sum() for rows in there])
    left = np.array(
        [
            (subscribers["left_on"][rows] < m + pd.offsets.MonthBegin()).sum()
            for rows, m in zip(there, months, strict=True)
        ]
    )
    assert size.max() / size.min() < 1.12
    assert 0.025 < left.sum() / size.sum() < 0.032
    assert 0.018 < (left / size).min() <= (left / size).max() < 0.042


@pytest.mark.parametrize("driver", DRIVERS, ids=lambda driver: driver.column)
def test_driver_is_on_for_eight_to_twenty_percent_and_comes_and_goes(large, driver):
    churn = large["churn"]
    on = (
        churn[driver.column].le(driver.threshold)
        if driver.side == "<="
        else churn[driver.column].ge(driver.threshold)
    )
    assert 0.08 <= on.mean() <= 0.20
    states = on.groupby(churn["subscriber_id"]).mean()
    assert ((states > 0) & (states < 1)).mean() > 0.25
    rate_on, rate_off = churn["churned"][on].mean(), churn["churned"][~on].mean()
    assert 3 < rate_on / rate_off < 6


def test_final_bill_comes_with_leaving_and_hardly_otherwise(large):
    churn = large["churn"]
    assert 0.85 < churn.loc[churn["churned"], "final_bill_flag"].mean() < 0.91
    assert churn.loc[~churn["churned"], "final_bill_flag"].mean() < 0.004


def test_identifiers_and_row_positions_say_nothing(large):
    churn = large["churn"]
    position = np.arange(len(churn))
    for column in (
        churn["subscriber_id"],
        position,
        position % 2,
        churn["subscriber_id"] % 2_000,
        churn["subscriber_id"] % 10,
    ):
        assert abs(roc_auc_score(churn["churned"], column) - 0.5) < 0.02
    tickets = large["tickets"]
    assert (tickets["opened_at"].groupby(tickets["ticket_id"] // 100_000).is_monotonic_increasing).all()
    assert tickets["ticket_id"].is_unique


def test_distractors_are_no_drivers(large):
    """Within customers of equal true risk, no other column sorts leavers from stayers."""
    churn = large["churn_with_truth"]
    same_risk = churn[churn["hazard"] < 0.0063]
    for column in (
        "age",
        "plan_fee_fen",
        "tenure_months",
        "data_gb_3m",
        "voice_minutes_3m",
        "app_logins_3m",
        "tickets_3m",
        "roaming_days_3m",
    ):
        auc = roc_auc_score(same_risk["churned"], same_risk[column])
        assert abs(auc - 0.5) < 4 * np.sqrt(1 / 12 / same_risk["churned"].sum()), column


def test_tickets_speak_both_languages_with_every_hole_filled(large):
    tickets = large["tickets"]
    assert set(tickets["topic"]) == set(TOPICS) == set(COMPLAINTS) == set(QUESTIONS)
    for column in ("text_en", "text_zh"):
        assert not tickets[column].str.contains(r"[{}]").any()
        assert tickets.loc[tickets["is_complaint"], column].nunique() > 1_000
    assert tickets["text_en"].str.isascii().all()
    assert tickets["text_zh"].str.contains(r"[\u4e00-\u9fff]").all()
    assert (tickets["resolved_hours"] >= 0).all()
