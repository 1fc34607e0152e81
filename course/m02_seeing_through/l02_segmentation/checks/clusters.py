"""The segments of the data in use, worked out apart from the lab: features by SQL, scale by numpy."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_rand_score, silhouette_score

from labkit.exercises import Given
from labkit.exercises.remembered import remembered

GROUPS = {
    "business_loan": "('business_loan')",
    "consumer_loan": "('consumer_loan')",
    "cover": "('health_cover', 'life_cover', 'child_plan', 'property_cover')",
    "current": "('current')",
    "funds": "('bond_fund', 'equity_fund')",
    "money_fund": "('money_fund')",
    "mortgage": "('mortgage')",
    "savings_plan": "('savings_plan')",
    "term": "('notice', 'time_deposit', 'certificate')",
    "wealth": "('steady_wealth', 'growth_wealth')",
}
LEAST_STABLE = 0.93


def raw_features(given: Given) -> pd.DataFrame:
    """Customers × columns: a practitioner's own numbers, or balances, products, age and card use by SQL."""
    if not given.has_truth:
        numbers = given.table("customers").set_index("customer_id").select_dtypes("number").astype("float64")
        distinct = numbers.nunique()
        codes = (distinct == len(numbers)) & (numbers.mod(1).fillna(1) == 0).all()
        kept = [c for c in numbers if distinct[c] > 1 and not codes[c] and not c.endswith("_id")]
        return numbers[kept]
    sums = ", ".join(
        f"coalesce(sum(balance_fen / 100) FILTER (kind IN {kinds}), 0) AS {name}"
        for name, kinds in GROUPS.items()
    )
    return given.sql(f"""
        WITH held AS (SELECT customer_id, {sums}, count(*) AS n_products
                      FROM holdings JOIN products USING (product_id) GROUP BY ALL),
             used AS (SELECT customer_id, sum(transactions) / 12 AS payments, sum(spend_fen) / 1200 AS card_spend,
                             sum(online_transactions) / sum(transactions) AS online_share
                      FROM card_monthly WHERE year(month) = 2025 GROUP BY ALL HAVING sum(transactions) > 0)
        SELECT held.*, 2025 - birth_year AS age, payments, card_spend, online_share
        FROM customers JOIN held USING (customer_id) LEFT JOIN used USING (customer_id)
        ORDER BY customer_id
    """).set_index("customer_id")


@remembered
def points_of(given: Given) -> tuple[pd.DataFrame, np.ndarray]:
    """Raw features in the order of the customers' table, and their components on a common scale."""
    raw = raw_features(given)
    raw = raw.loc[given.table("customers")["customer_id"]]
    logs = np.sign(raw) * np.log1p(raw.abs())
    table = pd.DataFrame({name: (logs if abs(raw[name].skew()) > 1 else raw)[name] for name in raw})
    values = table.fillna(table.median()).to_numpy()
    low, high = np.quantile(values, [0.01, 0.99], axis=0)
    inside = np.clip(values, low, high)
    deviation = inside.std(axis=0)
    on_scale = (inside - inside.mean(axis=0)) / np.where(deviation > 0, deviation, 1)
    return raw, PCA(min(5, on_scale.shape[1]), svd_solver="full").fit_transform(on_scale)


@remembered
def scores_of(given: Given) -> pd.DataFrame:
    """Silhouette and stability of two to nine segments, on the lab's own halves and sample."""
    _, points = points_of(given)
    rng = given.rng("halves")
    size = min(len(points) // 2, 1_000)
    halves = [rng.permutation(len(points))[: 2 * size].reshape(2, size) for _ in range(4)]
    everybody = points[rng.permutation(len(points))[:2_000]]
    rows = {}
    for k in range(2, 10):
        agree = []
        for one, other in halves:
            labels = [
                KMeans(k, n_init=3, random_state=0).fit(points[half]).predict(everybody)
                for half in (one, other)
            ]
            agree.append(adjusted_rand_score(*labels))
        own = KMeans(k, n_init=3, random_state=0).fit_predict(everybody)
        rows[k] = {"silhouette": silhouette_score(everybody, own), "stability": float(np.mean(agree))}
    return pd.DataFrame(rows).T


def rule_k(scores: pd.DataFrame) -> int:
    """The largest stable k, else the one of the widest silhouette."""
    stable = scores.index[scores["stability"] >= LEAST_STABLE]
    return int(stable.max() if len(stable) else scores["silhouette"].idxmax())


@remembered
def segments_of(given: Given) -> tuple[pd.Series, pd.Series]:
    """Each customer's letter, the largest segment first, and who holds the line in question."""
    raw, points = points_of(given)
    labels = KMeans(rule_k(scores_of(given)), n_init=10, random_state=0).fit_predict(points)
    order = np.argsort(-np.bincount(labels), kind="stable")
    letters = np.empty(len(order), dtype=object)
    letters[order] = list("ABCDEFGHI")[: len(order)]
    line = raw["wealth"] > 0 if given.has_truth else _first_line(raw)
    return pd.Series(letters[labels], raw.index), line


def _first_line(raw: pd.DataFrame) -> pd.Series:
    above = raw > raw.median()
    return above[above.columns[above.any()][0]]
