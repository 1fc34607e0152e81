"""Journeys: for some days a customer spends in another city or abroad, and not at home. First used in lab 2.10."""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np

from labkit.world.bank.cards.spending import spending
from labkit.world.bank.cards.terminals import abroad_origin
from labkit.world.bank.customers import customer_people
from labkit.world.block import Block
from labkit.world.calendar import DAYS
from labkit.world.people.places import CITIES, cells

YEARS = len(DAYS) / 365.25
LONGEST_TRIP_DAYS = 6
ABROAD_SHARE = 0.15


class Trips(NamedTuple):
    """One element per journey in each array."""

    customer: np.ndarray
    """Row in ``customer_people``."""
    first: np.ndarray
    """Position in ``calendar.DAYS``."""
    days: np.ndarray
    origin: np.ndarray
    """From where shops are seen: the middle cell of the city visited, or ``abroad_origin``."""


def trips(block: Block) -> Trips:
    """Who travels when, and where to: any other city, or abroad."""
    rng = block.rng("card_transactions", "trips")
    customer = np.repeat(np.arange(block.customers), rng.poisson(block.of(spending).trips * YEARS))
    first = rng.integers(0, len(DAYS) - LONGEST_TRIP_DAYS, len(customer))
    home = block.of(customer_people)["city"].cat.codes.to_numpy().astype(np.int64)[customer]
    city = (home + rng.integers(1, len(CITIES), len(customer))) % len(CITIES)
    origin = np.where(rng.random(len(customer)) < ABROAD_SHARE, abroad_origin(), middle_cells()[city])
    return Trips(customer, first, rng.integers(2, LONGEST_TRIP_DAYS + 1, len(customer)), origin)


@functools.cache
def middle_cells() -> np.ndarray:
    """The cell in the middle of each city: position in ``cells()``."""
    first = np.array([np.flatnonzero(cells().city == number)[0] for number in range(len(CITIES))])
    return first + np.array([city.side // 2 * (city.side + 1) for city in CITIES])


def count_up(sizes: np.ndarray) -> np.ndarray:
    """0, 1, … below each size in turn."""
    return np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
