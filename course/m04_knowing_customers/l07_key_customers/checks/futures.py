"""Futures of a cascade, and what seeds reach in them: groups by union of ties, where the lab used scipy's components."""

from __future__ import annotations

import functools

import networkx as nx
import numpy as np

from labkit.exercises import Given

from .network import planted

CHOOSING, JUDGING = 500, 400


def tossed(
    ends: np.ndarray, probability: np.ndarray, people: int, count: int, rng: np.random.Generator
) -> np.ndarray:
    """Number of the group of each person in each future, shape (count, people).

    Everybody takes the smallest number of the people they are tied to, until nothing changes.
    """
    groups = np.tile(np.arange(people), (count, 1))
    future, tie = np.nonzero(rng.random((count, len(ends))) < probability)
    one, other = (future * people + ends[tie].T).astype(np.int64)
    flat = groups.ravel()
    first = future * people
    while True:
        smaller = np.minimum(flat[one], flat[other])
        before = flat.copy()
        np.minimum.at(flat, one, smaller)
        np.minimum.at(flat, other, smaller)
        np.minimum.at(flat, first + before[one], smaller)
        flat[:] = flat[np.arange(len(flat)) // people * people + flat]
        if (flat == before).all():
            return flat.reshape(count, people)


def spread(chosen: list[int], groups: np.ndarray) -> float:
    """People reached on average."""
    return float(np.mean([np.isin(group, group[chosen]).sum() for group in groups]))


def best_alone(groups: np.ndarray) -> np.ndarray:
    """People that each would reach alone, on average."""
    return np.mean([np.bincount(group, minlength=groups.shape[1])[group] for group in groups], axis=0)


def greedy(groups: np.ndarray, count: int) -> list[int]:
    """Seeds, each the one that adds most to those before."""
    open_futures = np.arange(groups.shape[1]) + np.zeros(groups.shape, dtype=np.int64) >= 0
    sizes = np.array([np.bincount(group, minlength=groups.shape[1])[group] for group in groups])
    chosen: list[int] = []
    for _ in range(count):
        chosen.append(int((sizes * open_futures).sum(axis=0).argmax()))
        open_futures &= groups != groups[:, chosen[-1:]]
    return chosen


@functools.lru_cache(maxsize=4)
def judging(given: Given) -> np.ndarray:
    """Futures by the planted probabilities, on which a list is judged."""
    each = planted(given)
    return tossed(each.ends, each.probability, len(each.person), JUDGING, given.rng("check/judge"))


@functools.lru_cache(maxsize=4)
def choosing(given: Given) -> np.ndarray:
    """Futures by the planted probabilities, on which the best known list is chosen."""
    each = planted(given)
    return tossed(each.ends, each.probability, len(each.person), CHOOSING, given.rng("check/choose"))


def as_positions(given: Given, numbers: list) -> list[int]:
    """Positions of numbers of the region."""
    place = {number: position for position, number in enumerate(planted(given).person)}
    return [place[number] for number in numbers]


def contacts(given: Given, graph: nx.Graph, count: int) -> list:
    """Numbers of the region with the most contacts."""
    degree = dict(graph.subgraph(planted(given).person).degree())
    return sorted(degree, key=lambda number: (-degree[number], number))[:count]
