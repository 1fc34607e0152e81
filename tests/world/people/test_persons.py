"""People are what their catalogue says, and nothing about them can be read off their number."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency, spearmanr

from labkit import catalogue
from labkit.store.storage import content_hash, to_arrow
from labkit.world.block import BLOCK_SIZE, Block
from labkit.world.people import CITY_TIER_SHARES, SHOPPER_SHARE, SUBSCRIBER_SHARE, people

ONE_IN_A_MILLION = 1e-6
PEOPLE_OF_2026 = "31e80ffd2fdb4cf0e651522e6ba0d6af4d492af28c66015d433145b242c9f341"
PLANNED = {frozenset(pair) for pair in (("age", "child_under_3"), ("city_tier", "income_fen"))}


@pytest.fixture(scope="module")
def everybody() -> pd.DataFrame:
    return pd.concat([people(Block(2026, index)) for index in range(10)], ignore_index=True)


def numbers(values: pd.Series) -> np.ndarray:
    return values.cat.codes.to_numpy() if values.dtype == "category" else values.to_numpy(dtype=float)


def test_every_person_of_the_block_stands_once_in_order() -> None:
    block = Block(5, 3)
    np.testing.assert_array_equal(people(block)["person_id"], block.person_id)


def test_the_people_of_a_seed_are_the_same_on_every_computer() -> None:
    assert content_hash(to_arrow(catalogue.table("people"), people(Block(2026, 0)))) == PEOPLE_OF_2026


def test_another_seed_or_block_holds_other_people() -> None:
    first, other_seed, other_block = (people(b) for b in (Block(1, 0), Block(2, 0), Block(1, 1)))
    for column in set(first.columns) - {"person_id"}:
        assert (first[column] != other_seed[column]).any()
        assert (first[column] != other_block[column]).any()


def test_values_lie_where_the_catalogue_says(everybody: pd.DataFrame) -> None:
    assert everybody["age"].between(18, 79).all()
    assert everybody[["price_sensitivity", "digital_habit"]].stack().between(0, 1).all()
    assert (everybody["income_fen"] > 50_000).all()
    parents = everybody.loc[everybody["child_under_3"], "age"]
    assert parents.between(22, 45).all()
    assert parents.between(22, 40).mean() > 0.9


def test_shares_are_those_that_are_written_down(everybody: pd.DataFrame) -> None:
    n = len(everybody)

    def allowed(share: float) -> float:
        return 5 * (share * (1 - share) / n) ** 0.5

    assert abs(everybody["is_shopper"].mean() - SHOPPER_SHARE) < allowed(SHOPPER_SHARE)
    assert abs(everybody["is_subscriber"].mean() - SUBSCRIBER_SHARE) < allowed(SUBSCRIBER_SHARE)
    tiers = everybody["city_tier"].value_counts(normalize=True, sort=False)
    for found, share in zip(tiers, CITY_TIER_SHARES, strict=True):
        assert abs(found - share) < allowed(share)


def test_traits_are_independent_except_where_planned(everybody: pd.DataFrame) -> None:
    traits = [column for column in everybody.columns if column != "person_id"]
    for i, one in enumerate(traits):
        for other in traits[i + 1 :]:
            p_value = spearmanr(numbers(everybody[one]), numbers(everybody[other])).pvalue
            assert (p_value < ONE_IN_A_MILLION) == (frozenset((one, other)) in PLANNED), (one, other)


@pytest.mark.parametrize("digit", [2, 7, 10])
def test_the_number_of_a_person_tells_nothing(everybody: pd.DataFrame, digit: int) -> None:
    for column in set(everybody.columns) - {"person_id"}:
        values = numbers(everybody[column])
        assert spearmanr(everybody["person_id"], values).pvalue > ONE_IN_A_MILLION
        above = values > np.median(values) if len(np.unique(values)) > 2 else values > values.min()
        counts = pd.crosstab(everybody["person_id"] % digit, above)
        assert chi2_contingency(counts).pvalue > ONE_IN_A_MILLION
    assert len(everybody) == 10 * BLOCK_SIZE
