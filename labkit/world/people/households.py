"""Who lives with whom: couples, their parents, and where each household has its home.

People are drawn first, one by one; households are then matched among them, so that ages and children
keep the shares that are written down.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from labkit.world.block import Block
from labkit.world.people.places import CITIES, cells

COUPLE_SHARE = {(18, 25): 0.15, (25, 35): 0.70, (35, 65): 0.85, (65, 80): 0.65}
"""First age, age after the last → share of people who look for a partner in the same city."""
MARRIED_PARENT_SHARE = 0.95
ELDER_AGE = 60
ELDER_WITH_CHILDREN_SHARE = 0.35
GENERATION = (20, 40)
"""How many years older a parent is, at least and at most."""


class Home(NamedTuple):
    """One element per person of a block in each array."""

    head: np.ndarray
    """Position of the person the household is named after; one's own where one lives alone."""
    cell: np.ndarray
    """Position in :func:`~labkit.world.people.places.cells`."""


def homes(block: Block, sex: np.ndarray, age: np.ndarray, city: np.ndarray, child: np.ndarray) -> Home:
    """Match people to households within their city, and give each household a square kilometre."""
    head = np.arange(block.size)
    for place in range(len(CITIES)):
        _marry(block, head, np.flatnonzero(city == place), sex, age, child)
        _take_in(block, head, np.flatnonzero(city == place), age)
    return Home(head, _cells(block, city)[head])


def _marry(
    block: Block, head: np.ndarray, here: np.ndarray, sex: np.ndarray, age: np.ndarray, child: np.ndarray
) -> None:
    """Pair men and women in the order of age; parents of small children among themselves."""
    share = np.zeros(len(age))
    for (first, after_last), value in COUPLE_SHARE.items():
        share[(age >= first) & (age < after_last)] = value
    share[child] = MARRIED_PARENT_SHARE
    looks = block.rng("people", "couple").random(block.size) < share
    # in quarters of a year: partners are of about the same age, men two years older
    alike = 4 * age + block.rng("people", "couple_age").integers(-12, 13, block.size) - 8 * sex
    for parent in (False, True):
        those = here[looks[here] & (child[here] == parent)]
        women, men = (those[sex[those] == value] for value in (0, 1))
        women, men = (group[np.argsort(alike[group], kind="stable")] for group in (women, men))
        couples = min(len(women), len(men))
        head[women[:couples]] = men[:couples]


def _take_in(block: Block, head: np.ndarray, here: np.ndarray, age: np.ndarray) -> None:
    """Some people over sixty, alone or in a couple, live with one who could be their child."""
    moves = block.rng("people", "elder").random(block.size) < ELDER_WITH_CHILDREN_SHARE
    turn = block.rng("people", "host").permutation(block.size)
    members = np.bincount(head, minlength=block.size)
    heads = here[head[here] == here]
    heads = heads[np.argsort(turn[heads])]
    elders = heads[(age[heads] >= ELDER_AGE) & moves[heads]]
    hosts = heads[(age[heads] < ELDER_AGE) & (members[heads] > 1)].tolist()
    for elder in elders:
        host = next((h for h in hosts if GENERATION[0] <= age[elder] - age[h] <= GENERATION[1]), None)
        if host is not None:
            hosts.remove(host)
            head[here[head[here] == elder]] = host


def _cells(block: Block, city: np.ndarray) -> np.ndarray:
    """A cell of everybody's own city, by how many live there."""
    grid, uniform = cells(), block.rng("people", "grid_cell_id").random(block.size)
    cell = np.empty(block.size, dtype=np.int64)
    for place in range(len(CITIES)):
        here = np.flatnonzero(grid.city == place)
        cumulative = np.cumsum(grid.residents[here])
        those = city == place
        cell[those] = here[np.searchsorted(cumulative[:-1], uniform[those], side="right")]
    return cell
