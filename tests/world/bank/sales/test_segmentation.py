"""The six segments are found again by lab 2.2's method, and by nothing else."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import adjusted_rand_score, roc_auc_score, silhouette_score
from sklearn.preprocessing import StandardScaler

from labkit import catalogue
from labkit.world.block import Block
from labkit.world.generate import block_tables
from labkit.world.people.persons import SEGMENT_SLUGS
from tests.world.bank.sales.worlds import held, world

LAB = 10
SEEDS = [2026, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3, 4, 5))]
GROUPS = {
    "term": ["notice", "time_deposit", "certificate"],
    "funds": ["bond_fund", "equity_fund"],
    "wealth": ["steady_wealth", "growth_wealth"],
    "cover": ["health_cover", "life_cover", "child_plan", "property_cover"],
}
"""Kinds that a product manager would take together."""
COMPONENTS = 5
SAMPLE = 1_500


def features(seed: int, blocks: int) -> pd.DataFrame:
    """Logarithm of the balance per group of products, in thousands of yuan; number of products; age."""
    customers, holdings = world(seed, blocks)["customers"], held(seed, blocks)
    group = {kind: name for name, kinds in GROUPS.items() for kind in kinds}
    each = holdings[holdings["line"] != "card"]
    each = each.assign(group=each["kind"].replace(group))
    balance = each.pivot_table(
        index="customer_id", columns="group", values="balance_fen", aggfunc="sum", fill_value=0
    )
    table = np.log10(1 + balance / 100_000)
    table["products"] = holdings.groupby("customer_id").size()
    table["age"] = 2025 - customers.set_index("customer_id")["birth_year"]
    return table.loc[customers["customer_id"]]


def spending(seed: int, blocks: int) -> pd.DataFrame:
    """How much and how customers use their cards, per month of 2025; who has no card counts as the median."""
    monthly = pd.concat(
        [block_tables(Block(seed, i), ["card_monthly"])["card_monthly"] for i in range(blocks)]
    )
    each = monthly[monthly["month"] >= "2025-01-01"].groupby("customer_id").sum(numeric_only=True)
    each = each[each["transactions"] > 0]
    use = pd.DataFrame(
        {
            "transactions": np.log1p(each["transactions"] / 12),
            "spend": np.log1p(each["spend_fen"] / 1_200),
            "online_share": each["online_transactions"] / each["transactions"],
        }
    )
    return use.reindex(world(seed, blocks)["customers"]["customer_id"]).fillna(use.median())


def components(table: pd.DataFrame) -> np.ndarray:
    return PCA(COMPONENTS, svd_solver="full").fit_transform(StandardScaler().fit_transform(table))


def clusters(points: np.ndarray, k: int, seed: int = 0) -> KMeans:
    return KMeans(k, n_init=5, random_state=seed).fit(points)


def stability(points: np.ndarray, k: int) -> float:
    """How well the clusters of two random samples agree on everybody: mean adjusted Rand index of six pairs."""
    rng, agreement = np.random.default_rng(0), []
    for pair in range(6):
        two = rng.permutation(len(points))[: 2 * SAMPLE].reshape(2, SAMPLE)
        one, other = (clusters(points[sample], k, pair).predict(points) for sample in two)
        agreement.append(adjusted_rand_score(one, other))
    return float(np.mean(agreement))


@pytest.fixture(scope="module", params=SEEDS)
def seed(request: pytest.FixtureRequest) -> int:
    return request.param


@pytest.fixture(scope="module")
def points(seed: int) -> np.ndarray:
    return components(features(seed, LAB))


@pytest.fixture(scope="module")
def planted(seed: int) -> np.ndarray:
    return world(seed, LAB)["customer_people"]["segment"].to_numpy()


def test_master_file_and_holdings_alone_show_the_segments(points: np.ndarray, planted: np.ndarray) -> None:
    assert adjusted_rand_score(planted, clusters(points, 6).labels_) > 0.70


@pytest.mark.skipif("card_monthly" not in catalogue.all_tables(), reason="this world has no card_monthly")
def test_the_method_of_the_lab_finds_the_segments(seed: int, planted: np.ndarray) -> None:
    table = features(seed, LAB).join(spending(seed, LAB))
    assert adjusted_rand_score(planted, clusters(components(table), 6).labels_) > 0.80


def test_silhouette_and_stability_point_at_six(points: np.ndarray) -> None:
    some = points[: len(points) // 2]
    width = {
        k: silhouette_score(some, clusters(some, k).labels_, sample_size=4_000, random_state=0)
        for k in range(3, 10)
    }
    stable = {k: stability(some, k) for k in range(4, 9)}
    assert max(width, key=width.__getitem__) == 6
    assert max(stable, key=stable.__getitem__) == 6
    assert stable[6] > 0.92


def test_segments_are_groups_of_people_and_not_constants(points: np.ndarray, planted: np.ndarray) -> None:
    """Even the planted groups overlap: their own silhouette is far from 1, and some people sit in another group."""
    assert 0.2 < silhouette_score(points, planted, sample_size=4_000, random_state=0) < 0.6
    assert adjusted_rand_score(planted, clusters(points, 6).labels_) < 0.9


def test_numbers_and_the_order_of_rows_give_no_segment_away() -> None:
    people = world(2026, LAB)["customer_people"]
    first = world(2026, LAB)["holdings"].drop_duplicates("customer_id")
    number = people["person_id"].to_numpy()
    clues = np.column_stack([number, number % 10, np.arange(len(people)), np.arange(len(people)) % 10])
    assert (first["customer_id"].to_numpy() == number).all()
    learn, scores = np.random.default_rng(0).random(len(people)) < 0.5, []
    for slug in SEGMENT_SLUGS:
        label = (people["segment"] == slug).to_numpy()
        model = HistGradientBoostingClassifier(max_iter=30, random_state=0).fit(clues[learn], label[learn])
        scores.append(roc_auc_score(label[~learn], model.predict_proba(clues[~learn])[:, 1]))
    assert np.mean(scores) == pytest.approx(0.5, abs=0.02)
