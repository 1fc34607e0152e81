"""The table ``terminals``: shops and cash machines of the cities, shops abroad, and merchants online.

A few are popular and most are not; people go to what is near. First used in lab 2.10.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.world.bank.cards.rhythm import DAY_STEPS, day_quantiles
from labkit.world.bank.cards.spending import CATEGORIES
from labkit.world.block import Block
from labkit.world.calendar import DAYS, FIRST_DAY
from labkit.world.draws import pick, shuffled
from labkit.world.people.places import CITIES, CITY_SLUGS, CITY_TIER_SHARES, CITY_TIERS, cells

# fmt: off
#                       gro dining tra fue fas ele hom hea edu ent tvl uti who cas
SHOPS_PER_THOUSAND =    (60,   80, 16, 20, 44, 20, 25, 30, 16, 20, 20,  6, 25, 25)
ONLINE_PER_THOUSAND =   ( 8,    8,  3,  0, 10,  8,  6,  4,  4,  8,  6,  2,  5,  0)
ABROAD_PER_THOUSAND =   ( 2,    5,  2,  0,  5,  1,  0,  1,  0,  2,  4,  0,  0,  0)
# fmt: on
"""Terminals of each category for a thousand customers: in the cities, online, and abroad in a shop."""
POPULARITY_SIGMA = 1.1
"""Spread of the logarithm of popularity."""
DISTANCE_PENALTY = 0.5
"""A kilometre makes a shop as much less attractive as this step in the logarithm of popularity."""
ABROAD_ONLINE_SHARE = 0.12
NEW_SHARE = 0.14
"""Share of terminals opened within the two years."""
FRONTS_PER_THOUSAND = 2
"""Merchants that are made to bust out."""
FRONT_CATEGORIES = tuple(CATEGORIES.index(name) for name in ("electronics", "fashion", "home", "travel"))
FRONT_ONLINE_SHARE, FRONT_AGE_DAYS = 0.4, (30, 91)
TERMINALS_PER_BLOCK = 10_000
TERMINAL_KINDS = ("shop", "cash_machine", "online")
ONLINE, ABROAD = len(CITIES), len(CITIES) + 1
"""Places beside the cities."""


class Terminals(NamedTuple):
    """One element per terminal in each array, in the order of the terminal's number, which tells nothing."""

    place: np.ndarray
    """Position in ``CITIES``, or :data:`ONLINE`, or :data:`ABROAD` for a shop abroad."""
    category: np.ndarray
    """Position in ``CATEGORIES``."""
    cell: np.ndarray
    """Position in ``cells()``; -1 online and abroad."""
    is_abroad: np.ndarray
    """bool."""
    popularity: np.ndarray
    """Logarithm, in thousandths."""
    opened: np.ndarray
    """Position in ``calendar.DAYS`` of the day of opening, negative before 2024."""
    bust: np.ndarray
    """Position of the first day on which a front busts out; -1 for every other merchant."""

    @property
    def is_front(self) -> np.ndarray:
        """Which merchants are made to bust out, bool."""
        return self.bust >= 0


def layout(block: Block) -> Terminals:
    """Where the terminals of a block stand, and what they sell."""
    place, category = _places_and_categories(block)
    front_place, front_category, front_bust = _fronts(block)
    place, category = np.append(place, front_place), np.append(category, front_category)
    bust = np.append(np.full(len(place) - len(front_place), -1), front_bust)
    order = shuffled(block, "terminals", len(place))
    place, category, bust = place[order], category[order], bust[order]
    normal = block.rng("terminals", "popularity").standard_normal(len(place))
    popularity = np.rint(1_000 * POPULARITY_SIGMA * normal).astype(np.int64)
    is_abroad = block.rng("terminals", "is_abroad").random(len(place)) < ABROAD_ONLINE_SHARE
    is_abroad = (place == ABROAD) | ((place == ONLINE) & is_abroad)
    opened = _opened(block, place * len(CATEGORIES) + category, popularity, bust)
    return Terminals(place, category, _cells(block, place), is_abroad, popularity, opened, bust)


def _places_and_categories(block: Block) -> tuple[np.ndarray, np.ndarray]:
    """As many of each category as the people of a place need, at least one of what there is."""
    tier_size = {tier: sum(city.tier == tier for city in CITIES) for tier in CITY_TIERS}
    city_share = [CITY_TIER_SHARES[CITY_TIERS.index(city.tier)] / tier_size[city.tier] for city in CITIES]
    needed = np.concatenate(
        [
            np.outer(city_share, SHOPS_PER_THOUSAND),
            np.array([ONLINE_PER_THOUSAND, ABROAD_PER_THOUSAND]),
        ]
    )
    count = np.where(needed > 0, np.maximum(np.rint(needed * block.customers / 1_000), 1), 0).astype(np.int64)
    place, category = np.divmod(np.repeat(np.arange(count.size), count.ravel()), len(CATEGORIES))
    return place, category


def _fronts(block: Block) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Place, category and first day of the burst of each merchant that will bust out."""
    rng = block.rng("terminals", "fronts")
    count = max(1, round(FRONTS_PER_THOUSAND * block.customers / 1_000))
    online = rng.random(count) < FRONT_ONLINE_SHARE
    place = np.where(
        online, ONLINE, rng.integers(0, len(CITIES) - 3, count)
    )  # too few people in the counties
    category = np.array(FRONT_CATEGORIES)[rng.integers(0, len(FRONT_CATEGORIES), count)]
    return place, category, day_quantiles("online")[rng.integers(0, DAY_STEPS, count)].astype(np.int64)


def _cells(block: Block, place: np.ndarray) -> np.ndarray:
    """Shops stand where people live."""
    grid, uniform = cells(), block.rng("terminals", "grid_cell_id").random(len(place))
    cell = np.full(len(place), -1)
    for city in range(len(CITIES)):
        here, those = np.flatnonzero(grid.city == city), place == city
        cell[those] = pick(here, grid.residents[here], uniform[those])
    return cell


def _opened(block: Block, group: np.ndarray, popularity: np.ndarray, bust: np.ndarray) -> np.ndarray:
    """Most have long been open, among them the most popular of each place and category; fronts not for long."""
    rng = block.rng("terminals", "opened_on")
    long_open, new = -rng.integers(30, 5_000, len(group)), rng.integers(10, len(DAYS) - 45, len(group))
    is_new = rng.random(len(group)) < NEW_SHARE
    order = np.lexsort((-popularity, bust >= 0, group))
    is_new[order[np.r_[True, np.diff(group[order]) != 0]]] = False
    front_opened = bust - rng.integers(*FRONT_AGE_DAYS, len(group))
    return np.where(bust >= 0, front_opened, np.where(is_new, new, long_open))


def online_origin() -> int:
    """The origin from which one sees the merchants online; those before it are the cells."""
    return len(cells().city)


def abroad_origin() -> int:
    """The origin from which one sees the shops abroad."""
    return len(cells().city) + 1


class Ranking(NamedTuple):
    """What is open to whom: terminals by category, the most attractive first; fronts are seen by nobody.

    The terminals of category ``c`` seen from origin ``o`` (a cell, :func:`online_origin` or
    :func:`abroad_origin`) are ``terminal[start[o, c] : start[o, c] + size[o, c]]``.
    """

    terminal: np.ndarray
    """uint16."""
    start: np.ndarray
    """int32."""
    size: np.ndarray
    """uint16; at least 1, so that it can divide: nobody looks for what there is not."""


def ranking(block: Block) -> Ranking:
    """Rank the terminals of every category as seen from each origin: near and popular ones first."""
    each, terminal, start, count, before = block.of(layout), [], [], [], 0
    for place in range(ABROAD + 1):
        there = np.flatnonzero((each.place == place) & ~each.is_front)
        score = each.popularity[there] - _penalty(place, each.cell[there])
        # one number to sort: category, then score from the highest, then which terminal of the place it is
        key = (each.category[there] << 52) + ((2**20 - score) << 20) + np.arange(len(there))
        terminal.append(there[np.sort(key, axis=1) & (2**20 - 1)].ravel())
        of_category = np.bincount(each.category[there], minlength=len(CATEGORIES))
        row = before + np.arange(len(key))[:, None] * len(there)
        start.append(row + np.cumsum(of_category) - of_category)
        count.append(np.tile(of_category, (len(key), 1)))
        before += key.size
    return Ranking(
        np.concatenate(terminal).astype(np.uint16),
        np.concatenate(start).astype(np.int32),
        np.maximum(np.concatenate(count), 1).astype(np.uint16),
    )


def _penalty(place: int, cell: np.ndarray) -> np.ndarray:
    """What distance takes away, in thousandths, shape (origins of the place, terminals); nothing outside the cities."""
    if place >= ONLINE:
        return np.zeros((1, len(cell)), dtype=np.int64)
    grid = cells()
    home = np.flatnonzero(grid.city == place)[:, None]
    squared = (grid.east[home] - grid.east[cell]) ** 2 + (grid.north[home] - grid.north[cell]) ** 2
    return np.rint(1_000 * DISTANCE_PENALTY * np.sqrt(squared)).astype(np.int64)


def always_open(block: Block) -> np.ndarray:
    """For each terminal, the most popular of its place and category that was open before 2024, uint16."""
    each = block.of(layout)
    group = each.place * len(CATEGORIES) + each.category
    best = np.zeros(group.max() + 1, dtype=np.uint16)
    old = np.flatnonzero((each.opened < 0) & ~each.is_front)
    old = old[np.argsort(each.popularity[old], kind="stable")]
    best[group[old]] = old  # the last to be written is the most popular
    return best[group]


def opened_by(block: Block, terminal: np.ndarray, day: np.ndarray) -> np.ndarray:
    """The same terminals, and others of their kind in place of those that open only after that day; uint16."""
    too_early = np.flatnonzero(block.of(opening_days).take(terminal) > day)
    terminal = terminal.copy()
    terminal[too_early] = block.of(always_open)[terminal[too_early]]
    return terminal


def opening_days(block: Block) -> np.ndarray:
    """Position in ``calendar.DAYS`` from which each terminal can be used, uint16."""
    return np.maximum(block.of(layout).opened, 0).astype(np.uint16)


def terminal_ids(block: Block) -> np.ndarray:
    """Number of each terminal, int64."""
    return block.index * TERMINALS_PER_BLOCK + np.arange(len(block.of(layout).place)) + 1


def terminals(block: Block) -> pd.DataFrame:
    """The table ``terminals``: one row per terminal."""
    each = block.of(layout)
    cell = pd.Series(each.cell + 1, dtype="Int64").mask(each.cell < 0)
    city = np.where(each.place < len(CITIES), each.place, -1)
    kind = np.where(each.place == ONLINE, 2, (each.category == CATEGORIES.index("cash")).astype(np.int64))
    return pd.DataFrame(
        {
            "terminal_id": block.of(terminal_ids),
            "kind": pd.Categorical.from_codes(kind, pd.Index(TERMINAL_KINDS)),
            "category": pd.Categorical.from_codes(each.category, pd.Index(CATEGORIES)),
            "city": pd.Categorical.from_codes(city, pd.Index(CITY_SLUGS)),
            "grid_cell_id": cell,
            "is_abroad": each.is_abroad,
            "opened_on": (FIRST_DAY + each.opened).astype("datetime64[ms]"),
        }
    )
