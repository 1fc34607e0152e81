"""Three kinds of people through whom things spread: hubs, brokers and insiders.

Everybody here holds a Swift Mobile number, since only their ties show in calls.
First used in lab 4.7.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from labkit.world.block import Block
from labkit.world.people.circles import circle, region
from labkit.world.people.persons import identity, people

HUBS, INSIDERS = 8, 10
"""Per block of 2 500 people."""
BROKERS_PER_COUNTY = 8
"""So many know people in the cities; one of them keeps in touch by telephone (lab 4.7 is about that one)."""
BROKER_KNOWS = 8
HUB_KNOWS = 80
INSIDER_KNOWS_SHARE = 0.6
"""Share of the own circle."""


class KeyPeople(NamedTuple):
    """Positions of people; each array in an order that tells nothing."""

    hub: np.ndarray
    """Knows people in all circles of the region."""
    insider: np.ndarray
    """Knows most of the own circle."""
    broker: np.ndarray
    """Lives in a county and knows people of one circle in the cities."""
    far_circle: np.ndarray
    """Per broker: number of that circle; the same for all brokers of a county."""


def key_people(block: Block) -> KeyPeople:
    """Choose who has which part; nobody has two."""
    subscribers = np.flatnonzero(block.of(people)["is_subscriber"])
    subscribers = block.rng("relations", "key_people").permutation(subscribers)
    city, place = block.of(identity).city, block.of(region)
    broker = np.concatenate(
        [
            subscribers[city[subscribers] == county][:BROKERS_PER_COUNTY]
            for county in np.unique(place[place > 0])
        ]
    )
    others = subscribers[~np.isin(subscribers, broker)]
    in_cities = others[place[others] == 0]
    hub = in_cities[: _in_proportion(block, HUBS)]
    insider = others[~np.isin(others, hub)][: _in_proportion(block, INSIDERS)]
    return KeyPeople(hub, insider, broker, _far_circles(block)[city[broker]])


def _in_proportion(block: Block, per_block: int) -> int:
    return max(1, per_block * block.size // 2_500)


def _far_circles(block: Block) -> np.ndarray:
    """A circle of the cities for each city of the province; only the counties' are used."""
    in_cities = np.unique(block.of(circle)[block.of(region) == 0])
    chosen = block.rng("relations", "far_circle").permutation(in_cities)
    return np.resize(chosen, block.of(identity).city.max() + 1)


def ties_of_key_people(block: Block) -> np.ndarray:
    """Pairs of positions: the friendships that make key people what they are, shape (pairs, 2)."""
    each, member = block.of(key_people), block.of(circle)
    rng = block.rng("relations", "ties_of_key_people")
    in_cities = np.flatnonzero(block.of(region) == 0)
    holds_number = block.of(people)["is_subscriber"].to_numpy()
    pairs = [_with_some(rng, hub, in_cities, HUB_KNOWS) for hub in each.hub]
    for insider in each.insider:
        others = np.flatnonzero(member == member[insider])
        pairs.append(_with_some(rng, insider, others, round(INSIDER_KNOWS_SHARE * len(others))))
    for broker, far in zip(each.broker, each.far_circle, strict=True):
        pairs.append(_with_some(rng, broker, np.flatnonzero((member == far) & holds_number), BROKER_KNOWS))
    return np.concatenate(pairs)


def _with_some(rng: np.random.Generator, person: int, others: np.ndarray, count: int) -> np.ndarray:
    chosen = rng.permutation(others)[:count]
    return np.column_stack([np.full(len(chosen), person), chosen])
