"""A short version of lab 5.4's recommender: time split, implicit matrix factorisation, content fallback, NDCG@3."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from labkit.world import bank
from labkit.world.people.persons import TASTES
from tests.world.bank.sales.worlds import world

TASTE_COLUMNS = [f"taste_{taste}" for taste in TASTES]
SPLIT = pd.Timestamp("2025-10-01")
ENOUGH_VIEWS = 5
"""A customer with fewer views of choice gets the content fallback."""
FACTORS, ALPHA, REGULARISATION, SWEEPS = 6, 0.5, 20.0, 20


@dataclass(frozen=True)
class Task:
    """Arrays are customers with the app × products sold in the app, unless said otherwise."""

    views: np.ndarray
    """Views before the split that did not begin on a banner."""
    all_views: np.ndarray
    """Views before the split."""
    candidates: np.ndarray
    """Allowed by the risk level, and not held at the split."""
    allowed: np.ndarray
    """Allowed by the risk level."""
    bought: np.ndarray
    """Bought in the app after the split."""
    utility: np.ndarray
    """The planted truth."""
    content: np.ndarray
    """What the bank knows of a customer without any view, customers × features."""


def task(seed: int, blocks: int) -> Task:
    """Read the tables and split them by time."""
    tables = world(seed, blocks)
    holdings, views = tables["holdings"], tables["product_views"]
    products = tables["products"].query("in_app")
    users = tables["customers"].query("customer_id in @views.customer_id").reset_index(drop=True)
    tastes = (
        tables["customer_people"].set_index("person_id").loc[users["customer_id"], TASTE_COLUMNS].to_numpy()
    )

    def table(rows: pd.DataFrame) -> np.ndarray:
        counts = rows.groupby(["customer_id", "product_id"]).size().unstack(fill_value=0)
        return (
            counts.reindex(users["customer_id"], fill_value=0)
            .reindex(columns=products["product_id"], fill_value=0)
            .to_numpy()
        )

    before = views["viewed_at"] < SPLIT
    late = holdings["opened_on"] >= SPLIT
    allowed = products["risk_level"].to_numpy() <= users["risk_level"].to_numpy()[:, None]
    key = bank.product_tastes(seed).set_index("product_id").loc[products["product_id"]]
    loadings = key[[f"loading_{taste}" for taste in TASTES]].to_numpy()
    return Task(
        views=table(views[before & (views["entry"] != "banner")]),
        all_views=table(views[before]),
        candidates=allowed & (table(holdings[~late]) == 0),
        allowed=allowed,
        bought=table(views[~before & views["purchased"]]) > 0,
        utility=(tastes - 0.5) @ loadings.T + key["appeal"].to_numpy(),
        content=_content(users, holdings[~late], tables["products"]),
    )


def _content(users: pd.DataFrame, held: pd.DataFrame, products: pd.DataFrame) -> np.ndarray:
    kinds = (
        held.merge(products[["product_id", "kind"]])
        .groupby(["customer_id", "kind"])
        .size()
        .unstack(fill_value=0)
    )
    age = 2025 - users["birth_year"]
    income = users["declared_income_fen"].astype("Float64").fillna(users["declared_income_fen"].median())
    known = pd.DataFrame(
        {
            "age": age,
            "age_squared": age**2,
            "risk": users["risk_level"],
            "income": np.log(income.astype(float)),
        }
    )
    known = known.join(kinds.reindex(users["customer_id"], fill_value=0).clip(upper=1).reset_index(drop=True))
    return ((known - known.mean()) / known.std().replace(0, 1)).to_numpy(dtype=float)


def factorise(views: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Scores by alternating least squares for implicit feedback (Hu, Koren and Volinsky, 2008)."""
    confidence, preferred = ALPHA * views, (views > 0).astype(float)
    customer = rng.normal(0, 0.1, (len(views), FACTORS))
    product = rng.normal(0, 0.1, (views.shape[1], FACTORS))
    for _ in range(SWEEPS):
        customer = _solve(product, confidence, preferred)
        product = _solve(customer, confidence.T, preferred.T)
    return customer @ product.T


def _solve(other: np.ndarray, confidence: np.ndarray, preferred: np.ndarray) -> np.ndarray:
    outer = (other[:, :, None] * other[:, None, :]).reshape(len(other), -1)
    left = (confidence @ outer).reshape(len(confidence), FACTORS, FACTORS)
    left += other.T @ other + REGULARISATION * np.eye(FACTORS)
    right = ((1 + confidence) * preferred) @ other
    return np.linalg.solve(left, right[:, :, None])[:, :, 0]


def by_similarity(views: np.ndarray) -> np.ndarray:
    """Scores by the cosine between products, over the logarithm of the views."""
    looked = np.log1p(views)
    length = np.sqrt((looked**2).sum(axis=0))
    return looked @ (looked.T @ looked / np.outer(length, length))


def blended(views: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The two recommenders together, each customer's scores scaled to length 1."""
    both = (factorise(views, rng), by_similarity(views))
    return sum(scores / np.maximum(np.linalg.norm(scores, axis=1, keepdims=True), 1e-9) for scores in both)


def by_content(given: Task) -> np.ndarray:
    """Scores by ridge regression of what customers look at on what the bank knows of them."""
    warm = given.views.sum(axis=1) >= ENOUGH_VIEWS
    features = np.column_stack([np.ones(len(given.content)), given.content])
    shares = given.views[warm] / given.views[warm].sum(axis=1, keepdims=True)
    x = features[warm]
    return features @ np.linalg.solve(x.T @ x + 10 * np.eye(x.shape[1]), x.T @ shares)


def popularity(given: Task) -> np.ndarray:
    """The same scores for everybody: how often a product was viewed."""
    return np.broadcast_to(given.all_views.sum(axis=0), given.views.shape)


def top3(scores: np.ndarray, candidates: np.ndarray) -> np.ndarray:
    """Position of the three best candidates of each customer."""
    return np.argsort(-np.where(candidates, scores, -np.inf), axis=1, kind="stable")[:, :3]


def ndcg3(scores: np.ndarray, given: Task, who: np.ndarray) -> float:
    """Mean NDCG@3 over those of ``who`` (bool) that bought something after the split."""
    who = who & given.bought.any(axis=1)
    gain = 1 / np.log2(np.arange(3) + 2)
    hits = np.take_along_axis(given.bought[who], top3(scores[who], given.candidates[who]), axis=1)
    best = np.concatenate([[0], np.cumsum(gain)])[np.minimum(given.bought[who].sum(axis=1), 3)]
    return float((hits @ gain / best).mean())
