"""Views let a recommender find the planted tastes; popularity, and the banners behind it, mislead."""

from __future__ import annotations

import numpy as np
import pytest

from tests.world.bank.sales.recommending import (
    ENOUGH_VIEWS,
    Task,
    blended,
    by_content,
    by_similarity,
    factorise,
    ndcg3,
    popularity,
    task,
    top3,
)

LAB = 10
SEEDS = [2026, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3, 4, 5))]


@pytest.fixture(scope="module", params=SEEDS)
def given(request: pytest.FixtureRequest) -> Task:
    return task(request.param, LAB)


def of_oracle(scores: np.ndarray, given: Task, who: np.ndarray) -> float:
    return ndcg3(scores, given, who) / ndcg3(given.utility, given, who)


def warm(given: Task) -> np.ndarray:
    return given.views.sum(axis=1) >= ENOUGH_VIEWS


def cold(given: Task) -> np.ndarray:
    return given.all_views.sum(axis=1) == 0


def test_recommenders_come_near_the_oracle(given: Task) -> None:
    who, rng = warm(given), np.random.default_rng(0)
    assert who.mean() > 0.8
    assert of_oracle(factorise(given.views, rng), given, who) > 0.9
    assert of_oracle(by_similarity(given.views), given, who) > 0.88
    assert of_oracle(blended(given.views, rng), given, who) > 0.91


def test_popularity_is_far_below(given: Task) -> None:
    assert of_oracle(popularity(given), given, warm(given)) < 0.45


def test_banners_mislead_whoever_counts_their_views(given: Task) -> None:
    """Views that began on a banner show what the bank wants to sell."""
    rng = np.random.default_rng(0)
    chosen, all_together = factorise(given.views, rng), factorise(given.all_views, rng)
    assert of_oracle(chosen, given, warm(given)) > of_oracle(all_together, given, warm(given)) + 0.05


def test_content_helps_customers_without_a_view(given: Task) -> None:
    who = cold(given)
    assert 0.04 < who.mean() < 0.15
    content = of_oracle(by_content(given), given, who)
    assert content > 0.42
    assert content > of_oracle(popularity(given), given, who) + 0.10


def test_suitability_costs_nothing_but_must_be_applied(given: Task) -> None:
    scores = np.where(
        warm(given)[:, None], factorise(given.views, np.random.default_rng(0)), by_content(given)
    )
    allowed = np.take_along_axis(given.allowed, top3(scores, given.candidates), axis=1)
    heedless = np.take_along_axis(given.allowed, top3(scores, np.ones_like(given.allowed)), axis=1)
    assert allowed.all()
    assert (given.candidates.sum(axis=1) >= 3).all()
    assert (~heedless).any(axis=1).mean() > 0.15
    assert not (given.bought & ~given.allowed).any()
