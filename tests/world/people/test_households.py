"""Households are made of people who could live together, and their numbers do not tell who does."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from labkit.world.block import Block
from labkit.world.people.households import ELDER_AGE, GENERATION
from labkit.world.people.persons import people


@pytest.fixture(scope="module")
def everybody() -> pd.DataFrame:
    return pd.concat([people(Block(seed, 0)) for seed in (2026, 1, 2)], keys=range(3)).reset_index(
        level=0, names="seed"
    )


@pytest.fixture(scope="module")
def couples(everybody: pd.DataFrame) -> pd.DataFrame:
    """Households of two, one row each: the woman's columns beside the man's."""
    size = everybody.groupby(["seed", "household_id"])["person_id"].transform("size")
    two = everybody[size == 2]
    women, men = two[two["sex"] == "female"], two[two["sex"] == "male"]
    return women.merge(men, on=["seed", "household_id"], suffixes=("_her", "_his"))


def test_a_household_lives_in_one_square_kilometre_of_one_city(everybody: pd.DataFrame) -> None:
    assert (everybody.groupby(["seed", "household_id"])[["city", "grid_cell_id"]].nunique() == 1).all(
        axis=None
    )


def test_households_have_one_to_four_adults(everybody: pd.DataFrame) -> None:
    sizes = everybody.groupby(["seed", "household_id"]).size()
    assert sizes.between(1, 4).all()
    assert (sizes == 1).mean() < 0.6
    assert 0.35 < (sizes == 2).mean() < 0.6
    assert (sizes >= 3).mean() > 0.04


def test_most_households_of_two_are_couples_of_about_the_same_age(
    everybody: pd.DataFrame, couples: pd.DataFrame
) -> None:
    sizes = everybody.groupby(["seed", "household_id"]).size()
    assert len(couples) > 0.95 * (sizes == 2).sum()
    older = couples["age_his"] - couples["age_her"]
    assert 0 < older.mean() < 4
    assert older.abs().quantile(0.9) < 12


def test_parents_of_small_children_mostly_live_together(couples: pd.DataFrame) -> None:
    his, hers = couples["child_under_3_his"], couples["child_under_3_her"]
    assert (his == hers).mean() > 0.99
    assert his.sum() > 100


def test_an_elder_lives_with_somebody_who_could_be_a_child(everybody: pd.DataFrame) -> None:
    large = everybody[everybody.groupby(["seed", "household_id"])["person_id"].transform("size") > 2]
    for _, home in large.groupby(["seed", "household_id"]):
        ages = np.sort(home["age"].to_numpy())
        assert ages[-1] >= ELDER_AGE - 15
        assert (ages[-1] - ages[:2]).min() > 0
        assert ((ages[-1] - ages >= GENERATION[0] - 12) & (ages[-1] - ages <= GENERATION[1] + 12)).any()


def test_members_of_a_household_are_not_neighbours_in_the_table(couples: pd.DataFrame) -> None:
    distance = (couples["person_id_his"] - couples["person_id_her"]).abs()
    assert (distance == 1).mean() < 0.01
    assert distance.median() > 400
