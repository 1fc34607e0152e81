"""The weeks to choose by, counted apart from the lab: DuckDB for the counts, sparse matrices for the likeness."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from labkit.exercises import Given, remembered

CHOOSE = 1


@remembered
def weeks_to_choose_by(given: Given) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each customer who then bought: looks before, NDCG@3 by item–item likeness, NDCG@3 of what most chose."""
    log = _log(given)
    customer, customers = pd.factorize(log["customer_id"])
    product, products = pd.factorize(log["product_id"])
    shape = (len(customers), len(products))

    def table(rows: np.ndarray) -> sparse.csr_array:
        ones = np.ones(int(rows.sum()))
        return sparse.csr_array(sparse.coo_array((ones, (customer[rows], product[rows])), shape=shape))

    own = table((log["period"] < CHOOSE).to_numpy() & log["chosen"].to_numpy())
    bought = table((log["period"] == CHOOSE).to_numpy() & log["sold"].to_numpy()).toarray() > 0
    candidates = _candidates(given, customers, products, table((log["period"] < CHOOSE).to_numpy()))
    bought &= candidates
    buyers = np.flatnonzero(bought.any(axis=1))
    looked = own.copy()
    looked.data = np.log(1 + looked.data)
    lengths = np.sqrt(np.asarray(looked.power(2).sum(axis=0)).ravel())
    alike = (looked.T @ looked).toarray() / np.maximum(np.outer(lengths, lengths), 1e-12)
    crowd = np.tile(np.asarray(own.sum(axis=0)).ravel(), (len(buyers), 1))
    by_likeness = looked[buyers] @ alike
    judged = [_ndcg(score, candidates[buyers], bought[buyers]) for score in (by_likeness, crowd)]
    return np.asarray(own.sum(axis=1)).ravel()[buyers], judged[0], judged[1]


def _log(given: Given) -> pd.DataFrame:
    """The rows of the log with their period, whether the customer chose, and whether something was sold."""
    log = given.table("product_views")
    if "viewed_at" in log:
        log = log.dropna(subset=["viewed_at"])
    common = log["product_id"].value_counts().head(200).index
    log = log[log["product_id"].isin(common)].reset_index(drop=True)
    if len(log) > 400_000 and not given.has_truth:
        log = log.head(400_000)
    if "viewed_at" not in log:
        place = given.rng("split").random(len(log))
        period = (place >= 0.5).astype(int) + (place >= 0.75)
    else:
        days = log["viewed_at"]
        first, second = (
            (pd.Timestamp("2025-07-01"), pd.Timestamp("2025-10-01"))
            if given.has_truth
            else (days.quantile(0.5), days.quantile(0.75))
        )
        period = (days >= first).astype(int) + (days >= second)
    chosen = log["entry"] != "banner" if "entry" in log else True
    sold = log["purchased"].fillna(False).astype(bool) if "purchased" in log else True
    return log[["customer_id", "product_id"]].assign(period=period, chosen=chosen, sold=sold)


def _candidates(given: Given, customers: pd.Index, products: pd.Index, seen: sparse.csr_array) -> np.ndarray:
    """Customers × products that may be shown: within the risk level and not held, or on an own file not yet seen.

    In the synthetic world only for customers who then bought; nobody asks about the others.
    """
    if not given.has_truth:
        return seen.toarray() == 0
    pairs = given.sql("""
        WITH buyers AS (
            SELECT DISTINCT customer_id, risk_level FROM product_views JOIN customers USING (customer_id)
            WHERE purchased AND viewed_at >= '2025-07-01' AND viewed_at < '2025-10-01')
        SELECT customer_id, product_id FROM buyers JOIN products ON products.risk_level <= buyers.risk_level
        WHERE products.in_app
        EXCEPT SELECT customer_id, product_id FROM holdings WHERE opened_on < '2025-07-01'
    """)
    row, column = customers.get_indexer(pairs["customer_id"]), products.get_indexer(pairs["product_id"])
    inside = (row >= 0) & (column >= 0)
    candidates = np.zeros((len(customers), len(products)), dtype=bool)
    candidates[row[inside], column[inside]] = True
    return candidates


def _ndcg(scores: np.ndarray, candidates: np.ndarray, bought: np.ndarray) -> np.ndarray:
    """NDCG@3 of each row, from the rank of what was bought."""
    masked = np.where(candidates, scores, -1.0)
    reached = np.zeros(len(scores))
    for place in range(3):
        best = masked.argmax(axis=1)
        rows = np.arange(len(scores))
        reached += bought[rows, best] / np.log2(place + 2)
        masked[rows, best] = -2.0
    ideal = np.cumsum(1 / np.log2(np.arange(2, 5)))[np.clip(bought.sum(axis=1), 1, 3) - 1]
    return reached / ideal
