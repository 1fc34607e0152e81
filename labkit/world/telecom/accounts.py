"""Who pays whose bill, and where the bill goes: evidence of a household, and not quite proof of one.

First used in lab 4.6.
"""

from __future__ import annotations

import numpy as np

from labkit.world.block import Block
from labkit.world.people.employers import work
from labkit.world.people.persons import home, identity
from labkit.world.people.places import cells
from labkit.world.telecom.joining import subscribing_people

SHARES_HOUSEHOLD_ACCOUNT = 0.72
"""Share of a household's further subscribers whose bill goes to the account of the first."""
EMPLOYER_PAYS_SHARE, ON_EMPLOYERS_ACCOUNT = 0.10, 0.5
"""Share of employers that pay telephone bills, and of their people whose bill they pay."""
ON_STRANGERS_ACCOUNT = 0.02
"""Lodgers, former couples, friends: a bill paid from another account of the same city."""
OUTDATED_ADDRESS_SHARE = 0.05
ACCOUNTS_PER_BLOCK = 10_000


def position_of_subscribers(block: Block) -> np.ndarray:
    """Position in the block of each subscriber, in the order of :func:`subscribing_people`."""
    return (block.of(subscribing_people)["person_id"] - block.person_id[0]).to_numpy()


def account_ids(block: Block) -> np.ndarray:
    """Billing account of each subscriber, int64."""
    position = block.of(position_of_subscribers)
    size = len(position)
    rng = block.rng("subscribers", "account_id")
    account = np.arange(size)
    stranger = _somebody_of(block.of(identity).city[position], rng.random(size))
    account = np.where(rng.random(size) < ON_STRANGERS_ACCOUNT, stranger, account)
    employer = block.of(work).employer[position]
    pays = rng.random(len(block.of(work).city)) < EMPLOYER_PAYS_SHARE
    by_employer = (employer >= 0) & pays[employer] & (rng.random(size) < ON_EMPLOYERS_ACCOUNT)
    account = np.where(by_employer, size + employer, account)
    first = _first_of(block.of(home).head[position])
    shares = (first != np.arange(size)) & (rng.random(size) < SHARES_HOUSEHOLD_ACCOUNT)
    account = np.where(shares, first, account)
    # the first of a household pays from the own account, else the household would follow its member's employer
    account[first[shares]] = first[shares]
    number = rng.permutation(size + len(pays))
    return block.index * ACCOUNTS_PER_BLOCK + number[account] + 1


def addresses(block: Block) -> np.ndarray:
    """Grid cell of each subscriber's address as Swift Mobile has it: for a few one where they used to live."""
    position = block.of(position_of_subscribers)
    rng = block.rng("subscribers", "grid_cell_id")
    lives_in, grid = block.of(home).cell[position], cells()
    elsewhere = np.empty(len(position), dtype=np.int64)
    city = block.of(identity).city[position]
    uniform = rng.random(len(position))
    for place in np.unique(city):
        here = np.flatnonzero(grid.city == place)
        elsewhere[city == place] = here[(uniform[city == place] * len(here)).astype(np.int64)]
    return np.where(rng.random(len(position)) < OUTDATED_ADDRESS_SHARE, elsewhere, lives_in) + 1


def _first_of(group: np.ndarray) -> np.ndarray:
    """Index of the first element of each element's group."""
    _, first, inverse = np.unique(group, return_index=True, return_inverse=True)
    return first[inverse]


def _somebody_of(group: np.ndarray, uniform: np.ndarray) -> np.ndarray:
    """Index of one element of each element's group, by numbers drawn evenly from 0 to 1."""
    order = np.argsort(group, kind="stable")
    first = np.searchsorted(group[order], group)
    size = np.searchsorted(group[order], group, side="right") - first
    return order[first + (uniform * size).astype(np.int64)]
