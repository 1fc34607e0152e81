"""The six segments spend so differently that lab 2.2 finds them, and no two customers alike."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_rand_score
from sklearn.mixture import GaussianMixture
from sklearn.preprocessing import StandardScaler

from labkit.world.bank.cards.monthly import GROUPS, card_monthly
from labkit.world.bank.cards.spending import PROFILES, segment_of_customer, spending
from labkit.world.bank.customers import customer_people
from labkit.world.block import Block
from labkit.world.people.persons import SEGMENT_SLUGS


@pytest.fixture(
    scope="module", params=[2026, 1, *(pytest.param(s, marks=pytest.mark.slow) for s in (2, 3, 4, 5))]
)
def profiles(request: pytest.FixtureRequest) -> tuple[np.ndarray, pd.Series]:
    """Standardised spending profiles of customers with a card, and their planted segment."""
    blocks = [Block(request.param, index) for index in range(2)]
    who = pd.concat([block.of(customer_people) for block in blocks]).set_index("person_id")
    months = pd.concat([block.of(card_monthly) for block in blocks])
    grouped = months.groupby("customer_id")
    total, count = grouped.sum(numeric_only=True), grouped["month"].nunique()
    table = pd.DataFrame(
        {
            "often": np.log((total["transactions"] + 1) / count),
            "ticket": np.log((total["spend_fen"] + 10_000) / (total["transactions"] + 1)),
            "online": (total["online_transactions"] + 1) / (total["transactions"] + 4),
            "night": np.sqrt((total["night_transactions"] + 0.5) / (total["transactions"] + 5)),
            **{name: np.sqrt(total[f"{name}_fen"] / (total["spend_fen"] + 1)) for name in GROUPS},
            "age": who["age"].reindex(total.index),
        }
    )
    scaled = np.clip(StandardScaler().fit_transform(table), -3, 3)
    return scaled, who["segment"].reindex(total.index).cat.codes


def test_k_means_finds_the_segments(profiles: tuple[np.ndarray, pd.Series]) -> None:
    found = KMeans(6, n_init=5, random_state=0).fit_predict(profiles[0])
    assert adjusted_rand_score(profiles[1], found) >= 0.85


def test_gaussian_mixtures_find_the_segments(profiles: tuple[np.ndarray, pd.Series]) -> None:
    mixture = GaussianMixture(6, n_init=5, random_state=0)
    found = mixture.fit_predict(PCA(6).fit_transform(profiles[0]))
    assert adjusted_rand_score(profiles[1], found) >= 0.85


def test_six_are_as_many_as_there_are_profiles() -> None:
    assert tuple(PROFILES) == SEGMENT_SLUGS


def test_customers_differ_within_their_segment_and_segments_differ_on_average() -> None:
    block = Block(2026, 0)
    each, kind = block.of(spending), block.of(segment_of_customer)
    assert np.allclose(each.mix.sum(axis=1), 1)
    for share in (each.online, each.night, each.credit, each.instalments):
        assert ((share >= 0) & (share <= 1)).all()
    spread = [np.std(np.log(each.median_fen[kind == k])) for k in range(6)]
    assert min(spread) > 0.2
    middle = [np.median(each.median_fen[kind == k]) for k in range(6)]
    assert max(middle) / min(middle) > 8
    assert len(np.unique(each.median_fen)) > 1_500


def test_who_lives_online_pays_online() -> None:
    block = Block(2026, 0)
    each, kind, who = block.of(spending), block.of(segment_of_customer), block.of(customer_people)
    for k in range(6):
        assert np.corrcoef(each.online[kind == k], who["digital_habit"][kind == k])[0, 1] > 0.3
