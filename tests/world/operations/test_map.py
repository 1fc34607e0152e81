"""The map: every place lies where it should, and every customer belongs to the nearest branch."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from labkit.world.bank.customers import customers
from labkit.world.block import Block
from labkit.world.operations import branches, grid_cells
from labkit.world.people import cities
from labkit.world.people.places import CITIES

SEED = 2026


@pytest.fixture(scope="module")
def cells() -> pd.DataFrame:
    return grid_cells(SEED)


@pytest.fixture(scope="module")
def branches_on_map(cells: pd.DataFrame) -> pd.DataFrame:
    return branches(SEED).merge(cells, on="grid_cell_id", suffixes=("", "_of_cell"))


@pytest.mark.parametrize("city", CITIES, ids=lambda city: city.slug)
def test_the_cells_of_a_city_fill_its_square(cells: pd.DataFrame, city) -> None:
    here = cells[cells["city"] == city.slug]
    assert len(here) == len(here.drop_duplicates(["east_km", "north_km"])) == city.side**2
    assert (here["east_km"].min(), here["east_km"].max()) == (city.east, city.east + city.side - 1)
    assert (here["north_km"].min(), here["north_km"].max()) == (city.north, city.north + city.side - 1)


def test_no_two_cities_share_a_square_kilometre(cells: pd.DataFrame) -> None:
    assert not cells.duplicated(["east_km", "north_km"]).any()


def test_shares_of_residents_sum_to_one_and_are_highest_in_the_middle(cells: pd.DataFrame) -> None:
    for city in CITIES:
        here = cells[cells["city"] == city.slug]
        assert here["residents_share"].sum() == pytest.approx(1, abs=1e-4)
        middle = (city.side - 1) / 2
        away = np.hypot(here["east_km"] - city.east - middle, here["north_km"] - city.north - middle)
        assert here["residents_share"].corr(away, method="spearman") < -0.5


def test_every_city_has_its_branches_each_in_a_cell_of_that_city(branches_on_map: pd.DataFrame) -> None:
    count = branches_on_map["city"].value_counts()
    assert count.to_dict() == {city.slug: city.branches for city in CITIES}
    assert (branches_on_map["city"] == branches_on_map["city_of_cell"]).all()
    assert not branches_on_map["grid_cell_id"].duplicated().any()
    assert branches_on_map["opened_on"].between("1995-06-01", "2023-01-01").all()


@pytest.mark.parametrize("seed", [2026, 1])
def test_a_customer_belongs_to_the_nearest_branch_of_the_own_city(
    cells: pd.DataFrame, branches_on_map: pd.DataFrame, seed: int
) -> None:
    at = customers(Block(seed, 0)).merge(cells, on="grid_cell_id", suffixes=("", "_of_cell"))
    assert (at["city"].astype(str) == at["city_of_cell"]).all()
    pairs = at[["customer_id", "branch_id", "city_of_cell", "east_km", "north_km"]].merge(
        branches_on_map, left_on="city_of_cell", right_on="city", suffixes=("", "_there")
    )
    pairs["square"] = (pairs["east_km"] - pairs["east_km_there"]) ** 2 + (
        pairs["north_km"] - pairs["north_km_there"]
    ) ** 2
    nearest = pairs.groupby("customer_id")["square"].min()
    own = pairs[pairs["branch_id"] == pairs["branch_id_there"]].set_index("customer_id")["square"]
    pd.testing.assert_series_equal(own.sort_index(), nearest)


def test_the_map_is_the_same_in_every_world() -> None:
    for table in (cities, grid_cells, branches):
        pd.testing.assert_frame_equal(table(1), table(2))
