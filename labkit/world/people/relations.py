"""The social graph: family, colleagues, friends, and the investors' circle.

First used in labs 4.6 and 4.7.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.world.block import Block
from labkit.world.people.circles import circle, investors, region
from labkit.world.people.employers import work
from labkit.world.people.key_people import ties_of_key_people
from labkit.world.people.persons import home

KINDS = ("family", "colleague", "friend", "investors")
FRIENDS_WITHIN, FRIENDS_ACROSS = 7.0, 0.4
"""Friendships per person that a person brings into the graph, inside and outside the own circle."""
SOCIABILITY = 2.0
"""Shape of the gamma distribution by which people differ in the number of their friends: few have very many."""
COLLEAGUES_EACH = 2
INVESTORS_KNOW_SHARE = 0.4


class Graph(NamedTuple):
    """Undirected edges of a block, one element per edge in each array, ``first < second``."""

    first: np.ndarray
    """Position of a person."""
    second: np.ndarray
    """Position of the other."""
    kind: np.ndarray
    """Position in :data:`KINDS`; where two people are bound twice, the first that applies."""


def graph(block: Block) -> Graph:
    """All ties of a block, each once."""
    makers = (_family, _colleagues, _friends, _investors)
    pairs = [np.sort(make(block), axis=1) for make in makers]
    kind = np.repeat(np.arange(len(KINDS)), [len(each) for each in pairs])
    both = np.concatenate(pairs)
    key = both[:, 0] * block.size + both[:, 1]
    _, once = np.unique(key, return_index=True)
    once = once[both[once, 0] != both[once, 1]]
    return Graph(both[once, 0], both[once, 1], kind[once])


def _pairs_within(group: np.ndarray) -> np.ndarray:
    """All pairs of positions with the same group number, shape (pairs, 2); numbers below 0 stand alone."""
    order = np.argsort(group, kind="stable")
    order = order[group[order] >= 0]
    sizes = np.unique(group[order], return_counts=True)[1]
    starts = np.cumsum(sizes) - sizes
    found = [np.empty((0, 2), dtype=np.int64)]
    for size in np.unique(sizes):
        rows = order[starts[sizes == size][:, None] + np.arange(size)]
        one, other = np.triu_indices(size, k=1)
        found.append(np.column_stack([rows[:, one].ravel(), rows[:, other].ravel()]))
    return np.concatenate(found)


def _family(block: Block) -> np.ndarray:
    return _pairs_within(block.of(home).head)


def _colleagues(block: Block) -> np.ndarray:
    """Each working person knows a few others of the same employer."""
    return _acquaintances(block, "colleagues", block.of(work).employer, COLLEAGUES_EACH)


def _friends(block: Block) -> np.ndarray:
    """Mostly within one's circle, now and then anybody of the region; key people have theirs besides."""
    rng = block.rng("relations", "friends")
    within = rng.poisson(FRIENDS_WITHIN / SOCIABILITY * rng.standard_gamma(SOCIABILITY, block.size))
    across = block.rng("relations", "friends_across").poisson(FRIENDS_ACROSS, block.size)
    return np.concatenate(
        [
            _acquaintances(block, "friend", block.of(circle), within),
            _acquaintances(block, "friend_across", block.of(region), across),
            block.of(ties_of_key_people),
        ]
    )


def _acquaintances(block: Block, name: str, group: np.ndarray, each: np.ndarray | int) -> np.ndarray:
    """``each`` person picks so many others of the own group, shape (pairs, 2)."""
    order = np.argsort(group, kind="stable")
    first = np.searchsorted(group[order], group)
    size = np.searchsorted(group[order], group, side="right") - first
    person = np.repeat(np.arange(block.size), np.where(group >= 0, each, 0))
    draw = block.rng("relations", name).random(len(person))
    return np.column_stack([person, order[first[person] + (draw * size[person]).astype(np.int64)]])


def _investors(block: Block) -> np.ndarray:
    pairs = np.array(np.triu_indices(len(block.of(investors)), k=1)).T
    knows = block.rng("relations", "investors_know").random(len(pairs)) < INVESTORS_KNOW_SHARE
    return block.of(investors)[pairs[knows]]


def relations(block: Block) -> pd.DataFrame:
    """The answer key ``relations``: one row per pair of people who know each other."""
    ties = block.of(graph)
    return pd.DataFrame(
        {
            "person_id": block.person_id[ties.first],
            "other_id": block.person_id[ties.second],
            "kind": pd.Categorical.from_codes(ties.kind, pd.Index(KINDS)),
        }
    )
