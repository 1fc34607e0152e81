"""Circles of friends, and how far friendships reach.

First used in lab 2.3.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world.block import Block
from labkit.world.people.persons import SEGMENT_SLUGS, home, identity, segment
from labkit.world.people.places import CITIES, CITY_TIER

CIRCLE_SIZE = 110
"""About as many people share a circle of friends."""
CIRCLES_PER_BLOCK = 1_000
INVESTORS_PER_BLOCK = 20


def circle(block: Block) -> np.ndarray:
    """The circle of friends of each person, int64: people of one city and of similar age, and their households."""
    each = block.of(identity)
    head = block.of(home).head
    noise = block.rng("relations", "circle").integers(-10, 11, block.size)
    order = np.lexsort((head, (each.age + noise)[head], each.city))
    number = np.empty(block.size, dtype=np.int64)
    first = 0
    for place in range(len(CITIES)):
        here = order[each.city[order] == place]
        circles = max(1, round(len(here) / CIRCLE_SIZE))
        number[here] = first + np.arange(len(here)) * circles // max(len(here), 1)
        first += circles
    return number


def region(block: Block) -> np.ndarray:
    """Within which part of the province each person makes friends, int64: the cities are one, each county another."""
    county = np.array(CITY_TIER) == "county"
    return np.where(county, np.arange(len(CITIES)), 0)[block.of(identity).city]


def investors(block: Block) -> np.ndarray:
    """Positions of the people of the investors' circle: affluent, in the largest city."""
    affluent = block.of(segment) == SEGMENT_SLUGS.index("affluent_investor")
    eligible = np.flatnonzero(affluent & (block.of(identity).city == 0))
    chosen = block.rng("relations", "investors").permutation(eligible)
    return np.sort(chosen[: INVESTORS_PER_BLOCK * block.size // 2_500])


def circle_ids(block: Block) -> np.ndarray:
    """Identifier of each circle of the block, in an order that tells nothing, int64."""
    count = block.of(circle).max() + 1
    return block.index * CIRCLES_PER_BLOCK + block.rng("circles", "order").permutation(count) + 1


def circles(block: Block) -> pd.DataFrame:
    """The answer key ``circles``: to which circle of friends each person belongs."""
    return pd.DataFrame(
        {
            "person_id": block.person_id,
            "circle_id": block.of(circle_ids)[block.of(circle)],
            "is_investor": np.isin(np.arange(block.size), block.of(investors)),
        }
    )
