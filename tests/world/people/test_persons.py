"""People are what their catalogue says, and nothing about them can be read off their number."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency, spearmanr

from labkit import catalogue
from labkit.store.storage import content_hash, to_arrow
from labkit.world.block import BLOCK_SIZE, Block
from labkit.world.people.persons import (
    AGE_BAND_SHARES,
    AGE_BANDS,
    SEGMENTS,
    SHOPPER_SHARE,
    SUBSCRIBER_SHARE,
    TASTES,
    people,
)
from labkit.world.people.places import CITY_TIER_SHARES

ONE_IN_A_MILLION = 1e-6
PEOPLE_OF_2026 = "35c9371857253ac7440cb4a3dc41178ed2e88e1ee7c1f402cc2d01ce2227500c"
DISPOSITIONS = [
    "risk_appetite",
    "price_sensitivity",
    "digital_habit",
    "credit_quality",
    "relation_health",
    *(f"taste_{taste}" for taste in TASTES),
]
HOME = {"city", "city_tier", "grid_cell_id"}
BY_SEGMENT = {"age", "segment", "income_fen", "risk_appetite", "digital_habit"} | {
    f"taste_{taste}" for taste in TASTES
}
"""What the planted segment binds together; it follows from the age, and so do children."""


def may_depend(one: str, other: str) -> bool:
    """Is it written down that these two traits go together?"""
    both = {one, other}
    return both <= HOME | {"income_fen"} or both <= BY_SEGMENT | {"child_under_3"}


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


@pytest.mark.parametrize("customers", [200, BLOCK_SIZE])
def test_a_block_holds_exactly_as_many_customers_as_it_says(customers: int) -> None:
    everybody = people(Block(3, 0, customers=customers))
    assert everybody["is_customer"].sum() == customers
    assert len(everybody) == customers * 5 // 4


def test_values_lie_where_the_catalogue_says(everybody: pd.DataFrame) -> None:
    assert everybody["age"].between(18, 79).all()
    assert everybody[DISPOSITIONS].stack().between(0, 1).all()
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


def test_segments_follow_the_age_as_written_down(everybody: pd.DataFrame) -> None:
    for (first, after_last), share in zip(AGE_BANDS, AGE_BAND_SHARES, strict=True):
        band = everybody[everybody["age"].between(first, after_last - 1)]
        assert len(band) / len(everybody) == pytest.approx(share, abs=0.015)
        for each in SEGMENTS:
            expected = each.shares[AGE_BANDS.index((first, after_last))]
            spread = (expected * (1 - expected) / len(band)) ** 0.5
            assert abs((band["segment"] == each.slug).mean() - expected) <= 5 * spread


def test_every_segment_is_a_tenth_of_the_people_or_more(everybody: pd.DataFrame) -> None:
    assert np.sum([each.shares for each in SEGMENTS], axis=0) == pytest.approx(1)
    assert everybody["segment"].value_counts(normalize=True).between(0.10, 0.25).all()


def test_traits_are_independent_except_where_planned(everybody: pd.DataFrame) -> None:
    traits = [column for column in everybody.columns if column not in {"person_id", "household_id"}]
    for one, other in combinations(traits, 2):
        p_value = spearmanr(numbers(everybody[one]), numbers(everybody[other])).pvalue
        assert p_value > ONE_IN_A_MILLION or may_depend(one, other), (one, other)


def test_what_the_segment_shifts_is_shifted(everybody: pd.DataFrame) -> None:
    means = everybody.groupby("segment", observed=True)[
        ["digital_habit", "risk_appetite", "income_fen"]
    ].mean()
    assert means["digital_habit"].idxmax() == "young_digital"
    assert means["digital_habit"].idxmin() == "steady_saver"
    assert means["risk_appetite"].idxmax() == means["income_fen"].idxmax() == "affluent_investor"


@pytest.mark.parametrize("digit", [2, 7, 10])
def test_the_number_of_a_person_or_household_tells_nothing(everybody: pd.DataFrame, digit: int) -> None:
    for identifier in ("person_id", "household_id"):
        for column in set(everybody.columns) - {"person_id", "household_id"}:
            values = numbers(everybody[column])
            assert spearmanr(everybody[identifier], values).pvalue > ONE_IN_A_MILLION
            above = values > np.median(values) if len(np.unique(values)) > 2 else values > values.min()
            counts = pd.crosstab(everybody[identifier] % digit, above)
            assert chi2_contingency(counts).pvalue > ONE_IN_A_MILLION
