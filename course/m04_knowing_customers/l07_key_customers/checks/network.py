"""The network of the lab, counted by SQL and networkx where the lab used pandas and scipy."""

from __future__ import annotations

import functools
from typing import NamedTuple

import networkx as nx
import numpy as np
import pandas as pd

from labkit.exercises import Given

MANY = 20
"""So many contacts make a number that nobody calls back no person; so many people cut off make a broker."""


@functools.lru_cache(maxsize=4)
def numbers(given: Given) -> pd.DataFrame:
    """For each number: how many it called, was called by, and both; indexed by number."""
    return given.sql("""
        WITH arrows AS (SELECT DISTINCT caller_id AS a, callee_id AS b FROM calls WHERE caller_id <> callee_id),
             ends AS (SELECT a AS number, b AS other, 1 AS called FROM arrows
                      UNION ALL SELECT b, a, 0 FROM arrows),
             pairs AS (SELECT number, other, sum(called) AS called, count(*) AS arrows FROM ends GROUP BY ALL)
        SELECT number, sum(called) AS called, sum(arrows - called) AS called_by,
               sum(arrows - 1) AS both_ways, count(*) AS contacts
        FROM pairs GROUP BY number
    """).set_index("number")


@functools.lru_cache(maxsize=4)
def machines(given: Given) -> frozenset:
    """Numbers that are no person: planted, or by the lab's rule on a file of one's own."""
    if given.has_truth:
        return frozenset(given.truth("call_decoys")["number_id"]) & frozenset(numbers(given).index)
    table = numbers(given)
    if table["both_ways"].sum() <= 0.05 * table["called"].sum():
        return frozenset()
    return frozenset(table.index[(table["contacts"] >= MANY) & (table["both_ways"] == 0)])


@functools.lru_cache(maxsize=4)
def people(given: Given) -> nx.Graph:
    """Who called whom, without machines."""
    pairs = given.sql("""
        SELECT DISTINCT least(caller_id, callee_id) AS one, greatest(caller_id, callee_id) AS other
        FROM calls WHERE caller_id <> callee_id
    """)
    kept = pairs[~pairs["one"].isin(machines(given)) & ~pairs["other"].isin(machines(given))]
    return nx.Graph(zip(kept["one"].tolist(), kept["other"].tolist(), strict=True))


@functools.lru_cache(maxsize=4)
def region(given: Given) -> frozenset:
    """People of the largest piece of the network."""
    return frozenset(max(nx.connected_components(people(given)), key=len))


def cut_off(given: Given, person: object) -> int:
    """How many people a person would cut off from the largest rest of the piece."""
    rest = nx.restricted_view(people(given), [person], [])
    unseen, sizes = set(people(given)[person]), [0]
    while unseen:
        part = nx.node_connected_component(rest, unseen.pop())
        unseen -= part
        sizes.append(len(part))
    return sum(sizes) - max(sizes)


@functools.lru_cache(maxsize=4)
def cuts(given: Given) -> dict:
    """How many people each person would cut off; only those of the region who cut off anybody."""
    graph = people(given).subgraph(region(given))
    return {person: cut_off(given, person) for person in nx.articulation_points(graph)}


@functools.lru_cache(maxsize=4)
def somebody_cuts_off_many(given: Given) -> bool:
    """Is there a broker anywhere in the network?"""
    return any(cut_off(given, person) >= MANY for person in nx.articulation_points(people(given)))


class Planted(NamedTuple):
    """The region with its planted probabilities."""

    person: list
    """Numbers, by position."""
    ends: np.ndarray
    """Positions of the two people of each tie, shape (ties, 2)."""
    probability: np.ndarray


@functools.lru_cache(maxsize=4)
def planted(given: Given) -> Planted:
    """Ties of the region with the probability that one persuades the other."""
    truth = given.truth("influence_truth")
    graph = people(given).subgraph(region(given))
    place = {number: position for position, number in enumerate(sorted(graph))}
    inside = truth[truth["subscriber_id"].isin(region(given)) & truth["other_id"].isin(region(given))]
    inside = inside[
        [graph.has_edge(*pair) for pair in inside[["subscriber_id", "other_id"]].to_numpy().tolist()]
    ]
    ends = inside[["subscriber_id", "other_id"]].map(place.get).to_numpy()
    return Planted(list(place), ends, inside["probability"].to_numpy())
