"""The province: eight cities, the square kilometres people live in, and the branches of the bank.

All of it is the same in every world. City codes begin with 99, which no province of China has.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.language import Text
from labkit.world.streams import stream

CITY_TIERS = ("tier1", "tier2", "tier3", "county")
CITY_TIER_SHARES = (0.20, 0.30, 0.30, 0.20)


class City(NamedTuple):
    """A city of Jianghai.

    Parameters
    ----------
    slug : str
        The code in tables.
    name : Text
        The name for people.
    tier : str
        One of :data:`CITY_TIERS`.
    code : int
        Administrative code, six digits; 99 is no province.
    side : int
        Kilometres: the city is a square of ``side`` × ``side`` grid cells.
    east, north : int
        Kilometres from the province's south-western corner to the city's.
    branches : int
        Branches of the bank.
    """

    slug: str
    name: Text
    tier: str
    code: int
    side: int
    east: int
    north: int
    branches: int


CITIES = (
    City("wangchao", Text("Wangchao", "望潮市"), "tier1", 990100, 10, 60, 40, 12),
    City("yunting", Text("Yunting", "云汀市"), "tier2", 990200, 8, 20, 60, 8),
    City("fanying", Text("Fanying", "帆影市"), "tier2", 990300, 8, 90, 75, 8),
    City("shuangdu", Text("Shuangdu", "双渡市"), "tier3", 990400, 7, 35, 20, 6),
    City("luting", Text("Luting", "鹭汀市"), "tier3", 990500, 7, 85, 15, 6),
    City("maoyan", Text("Maoyan", "茅檐县"), "county", 990600, 5, 10, 35, 3),
    City("danzhu", Text("Danzhu", "丹渚县"), "county", 990700, 5, 60, 85, 3),
    City("songdu", Text("Songdu", "松渡县"), "county", 990800, 5, 110, 45, 3),
)
CITY_SLUGS = tuple(city.slug for city in CITIES)
CITY_TIER = tuple(city.tier for city in CITIES)
CITY_CODE = np.array([city.code for city in CITIES])


class Cells(NamedTuple):
    """The grid cells, one element per cell in each array; cell ``k`` has the identifier ``k + 1``."""

    city: np.ndarray
    """Position in :data:`CITIES`."""
    east: np.ndarray
    """Kilometres."""
    north: np.ndarray
    """Kilometres."""
    residents: np.ndarray
    """Share of the city's people who live in the cell; sums to 1 within a city."""


@functools.cache
def cells() -> Cells:
    """All square kilometres of the cities: crowded in the middle, empty at the edge."""
    columns: list[list[np.ndarray]] = [[], [], [], []]
    for position, city in enumerate(CITIES):
        east, north = (axis.ravel() for axis in np.meshgrid(np.arange(city.side), np.arange(city.side)))
        middle = (city.side - 1) / 2
        distance = np.hypot(east - middle, north - middle) / city.side
        density = np.exp(-2.2 * distance) * stream("cells", city.slug).integers(50, 151, len(east))
        parts = (np.full(len(east), position), city.east + east, city.north + north, density / density.sum())
        for column, part in zip(columns, parts, strict=True):
            column.append(part)
    return Cells(*(np.concatenate(column) for column in columns))


class Branches(NamedTuple):
    """The branches of the bank; branch ``k`` has the identifier ``k + 1``."""

    city: np.ndarray
    """Position in :data:`CITIES`."""
    cell: np.ndarray
    """Position in :func:`cells`."""


@functools.cache
def branches_of_bank() -> Branches:
    """Where the branches stand: drawn by the people who live there, no two in one cell."""
    grid, city, cell = cells(), [], []
    for position, place in enumerate(CITIES):
        here = np.flatnonzero(grid.city == position)
        chosen = stream("branches", place.slug).choice(
            here, place.branches, replace=False, p=grid.residents[here]
        )
        city += [position] * place.branches
        cell += sorted(chosen.tolist())
    return Branches(np.array(city), np.array(cell))


@functools.cache
def nearest_branch() -> np.ndarray:
    """Position of the nearest branch in the same city, one per cell."""
    grid, branches = cells(), branches_of_bank()
    east = grid.east[:, None] - grid.east[branches.cell]
    north = grid.north[:, None] - grid.north[branches.cell]
    elsewhere = grid.city[:, None] != branches.city
    return np.where(elsewhere, 10**9, east**2 + north**2).argmin(axis=1)


def cities(seed: int) -> pd.DataFrame:
    """The table ``cities``: one row per city."""
    return pd.DataFrame(
        {
            "city": list(CITY_SLUGS),
            "name_en": [city.name.en for city in CITIES],
            "name_zh": [city.name.zh for city in CITIES],
            "city_tier": list(CITY_TIER),
            "city_code": CITY_CODE,
        }
    )
