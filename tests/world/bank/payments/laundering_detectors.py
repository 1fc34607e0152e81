"""The detectors of lab 2.11 in short: each ranks accounts by how much they look like the hub of one typology.

An alert is one account under suspicion of one typology.
"""

from __future__ import annotations

import duckdb
import pandas as pd

LARGE = """
CREATE VIEW large AS SELECT transfer_id, sent_at, payer_account AS payer, payee_account AS payee, amount_fen AS fen
FROM transfers WHERE purpose IN ('purchase', 'other', 'family', 'business')
"""
"""Transfers that people and firms send by hand."""

FAN = """
WITH moved AS (
    SELECT *, count(*) OVER (PARTITION BY payer, payee) AS times FROM large WHERE fen >= 500_000),
seen AS (
    SELECT a.{hub} AS account, a.sent_at AS last_at, count(DISTINCT b.{other}) AS others, sum(b.fen) AS total
    FROM moved a JOIN moved b ON a.{hub} = b.{hub} AND b.times <= 2
        AND b.sent_at BETWEEN a.sent_at - INTERVAL 12 DAY AND a.sent_at
    WHERE a.times <= 2 GROUP BY ALL HAVING others >= 4),
passed AS (
    SELECT account, last_at, others, total, coalesce(sum(m.fen), 0) AS away
    FROM seen LEFT JOIN moved m ON m.{other} = account
        AND m.sent_at BETWEEN last_at - INTERVAL {before} DAY AND last_at + INTERVAL {after} DAY GROUP BY ALL)
SELECT account, max(others * least(away / total, 1)) AS score
FROM passed JOIN accounts ON account = account_id GROUP BY account ORDER BY score DESC, account LIMIT $budget
"""

CYCLE = """
WITH RECURSIVE big AS (SELECT * FROM large WHERE fen >= 1_000_000 AND payer <> payee),
path AS (
    SELECT payer AS account, payee AS at_account, sent_at, fen, 1 AS hops, fen AS first_fen FROM big
    UNION ALL
    SELECT account, payee, b.sent_at, b.fen, hops + 1, first_fen
    FROM path p JOIN big b ON b.payer = p.at_account
        AND b.sent_at > p.sent_at AND b.sent_at <= p.sent_at + INTERVAL 8 DAY AND b.fen BETWEEN 0.9 * p.fen AND p.fen
    WHERE hops < 6 AND at_account <> account)
SELECT account, max(fen / first_fen * hops) AS score
FROM path JOIN accounts ON account = account_id
WHERE at_account = account AND hops >= 3 GROUP BY account ORDER BY score DESC, account LIMIT $budget
"""

SCATTER_GATHER = """
WITH hops AS (
    SELECT a.payer AS account, a.payee AS middle, b.payee AS gatherer
    FROM large a JOIN large b ON b.payer = a.payee AND b.payee <> a.payer
        AND b.sent_at > a.sent_at AND b.sent_at <= a.sent_at + INTERVAL 6 DAY AND b.fen BETWEEN 0.9 * a.fen AND a.fen
    WHERE a.fen >= 500_000),
pairs AS (SELECT account, gatherer, count(DISTINCT middle) AS middles FROM hops GROUP BY ALL)
SELECT account, max(middles) AS score
FROM pairs JOIN accounts ON account = account_id
GROUP BY account HAVING score >= 2 ORDER BY score DESC, account LIMIT $budget
"""

STRUCTURING = """
WITH days AS (
    SELECT payee_account AS account, date_trunc('day', sent_at) AS day, sum(amount_fen) AS fen,
        list(DISTINCT payer_account) AS desks
    FROM transfers WHERE purpose = 'cash_deposit' GROUP BY ALL),
each AS (
    SELECT account, count(*) FILTER (fen >= 4_000_000 AND fen < 5_000_000) AS below,
        count(*) FILTER (fen >= 5_000_000) AS above, len(list_distinct(flatten(list(desks)))) AS desks,
        date_diff('day', min(day), max(day)) AS days
    FROM days GROUP BY account)
SELECT account, below * least(desks, 3) / (1 + above) AS score
FROM each WHERE below >= 3 ORDER BY score DESC, account LIMIT $budget
"""

QUERIES = {
    "fan_in": FAN.format(hub="payee", other="payer", before=0, after=6),
    "fan_out": FAN.format(hub="payer", other="payee", before=20, after=0),
    "cycle": CYCLE,
    "scatter_gather": SCATTER_GATHER,
    "structuring": STRUCTURING,
}


def alerts(tables: dict[str, pd.DataFrame], budget: int) -> pd.DataFrame:
    """The ``budget`` most suspicious accounts of each typology: typology, account, score."""
    with duckdb.connect() as database:
        for name in ("accounts", "transfers"):
            database.register(name, tables[name])
        database.execute(LARGE)
        found = [
            database.execute(query, {"budget": budget}).df().assign(typology=name)
            for name, query in QUERIES.items()
        ]
    return pd.concat(found, ignore_index=True)


def recall(found: pd.DataFrame, cases: pd.DataFrame) -> pd.Series:
    """Share of each typology's cases whose main account was alerted for it."""
    alerted = found.assign(found=True).rename(columns={"account": "main_account"})
    marked = cases.astype({"typology": str}).merge(alerted, on=["typology", "main_account"], how="left")
    return marked["found"].eq(True).groupby(marked["typology"]).mean()
