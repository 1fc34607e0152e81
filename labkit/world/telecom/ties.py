"""Which subscribers call each other, and how often: the ties behind the calls and behind what spreads.

First used in lab 4.7.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.world.block import Block
from labkit.world.people.circles import circle, circle_ids, region
from labkit.world.people.key_people import key_people as candidates
from labkit.world.people.relations import KINDS, graph
from labkit.world.telecom.accounts import position_of_subscribers
from labkit.world.telecom.churn import left_month
from labkit.world.telecom.joining import LAST_MONTH, joined_month

CALLS_A_WEEK = {"family": 5.0, "colleague": 0.5, "friend": 0.9, "investors": 1.2}
"""Calls of a tie in the middle, both directions together."""
SPREAD = {"family": 0.4, "colleague": 0.9, "friend": 1.0, "investors": 0.6}
"""Standard deviation of its logarithm: a few friends call every day, most now and then."""
ACROSS_CIRCLES = 0.5
"""Friends of different circles call each other so much less."""
QUARTER = np.arange(LAST_MONTH - 2, LAST_MONTH + 1)
"""Months of the calls: October to December 2025."""
ROLES = ("hub", "insider", "broker")


class Ties(NamedTuple):
    """Pairs of subscribers who call each other, one element per pair in each array."""

    first: np.ndarray
    """Row of a subscriber, in the order of the subscribers of the block."""
    second: np.ndarray
    """Row of the other."""
    kind: np.ndarray
    """Position in :data:`~labkit.world.people.relations.KINDS`."""
    a_week: np.ndarray
    """Calls in a week to be expected, in hundredths, int64."""


def ties(block: Block) -> Ties:
    """The relations among subscribers, except that of the brokers only one in each county telephones."""
    position = block.of(position_of_subscribers)
    row = np.full(block.size, -1)
    row[position] = np.arange(len(position))
    all_ties, place, member = block.of(graph), block.of(region), block.of(circle)
    first, second = all_ties.first, all_ties.second
    bridge = place[first] != place[second]
    by_broker = np.isin(first, block.of(brokers)) | np.isin(second, block.of(brokers))
    calls = (row[first] >= 0) & (row[second] >= 0) & (~bridge | by_broker)
    across = (member[first] != member[second]) & ~bridge
    strength = _strength(block, all_ties.kind, across)
    return Ties(row[first[calls]], row[second[calls]], all_ties.kind[calls], strength[calls])


def _strength(block: Block, kind: np.ndarray, across: np.ndarray) -> np.ndarray:
    """Calls a week of each tie, in hundredths."""
    middle, spread = (np.array([table[name] for name in KINDS])[kind] for table in (CALLS_A_WEEK, SPREAD))
    friends_across = across & (kind == KINDS.index("friend"))
    middle = np.where(friends_across, ACROSS_CIRCLES * middle, middle)
    personal = np.exp(spread * block.rng("calls", "strength").normal(0, 1, len(kind)))
    return np.maximum(np.round(100 * middle * personal).astype(np.int64), 1)


def there_all_quarter(block: Block) -> np.ndarray:
    """Which subscribers were customers on every day of the quarter, bool."""
    return (block.of(joined_month) < QUARTER[0]) & (block.of(left_month) > QUARTER[-1])


def brokers(block: Block) -> np.ndarray:
    """Positions of one broker in each county: of those who could be, the first who is there and knows two who are."""
    there = np.zeros(block.size, dtype=bool)
    there[block.of(position_of_subscribers)] = block.of(there_all_quarter)
    could_be, place = block.of(candidates).broker, block.of(region)
    all_ties = block.of(graph)
    bridge = place[all_ties.first] != place[all_ties.second]
    ends = np.column_stack([all_ties.first, all_ties.second])[bridge]
    known = np.bincount(ends[there[ends].all(axis=1)].ravel(), minlength=block.size)
    fit = could_be[known[could_be] >= 2]
    return fit[np.unique(place[fit], return_index=True)[1]]


def key_people(block: Block) -> pd.DataFrame:
    """The answer key ``key_people``: hubs, insiders and brokers who were there all quarter."""
    planted, bridging = block.of(candidates), block.of(brokers)
    person = np.concatenate([planted.hub, planted.insider, bridging])
    role = np.repeat(ROLES, [len(planted.hub), len(planted.insider), len(bridging)])
    far_circle = np.zeros(block.size, dtype=np.int64)
    far_circle[planted.broker] = block.of(circle_ids)[planted.far_circle]
    table = pd.DataFrame(
        {
            "subscriber_id": block.person_id[person],
            "role": role,
            "circle_id": block.of(circle_ids)[block.of(circle)[person]],
            "other_circle_id": pd.Series(far_circle[person], dtype="Int64").mask(role != "broker"),
        }
    )
    there = block.person_id[block.of(position_of_subscribers)[block.of(there_all_quarter)]]
    return table[table["subscriber_id"].isin(there)].sort_values("subscriber_id", ignore_index=True)
