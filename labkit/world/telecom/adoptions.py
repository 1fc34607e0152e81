"""A new product, the family cloud, spreads over 2025 from a pilot, along the ties: an independent cascade.

Kempe, Kleinberg and Tardos (2003): whoever takes it up gets one chance with each person called, and succeeds
with a probability that grows with how often they call each other.
First used in lab 4.7.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.world.block import Block
from labkit.world.telecom.ties import ties
from labkit.world.telecom.usage import subscribers

FIRST_DAY, LAST_DAY = np.datetime64("2025-01-06"), np.datetime64("2025-12-31")
"""The pilot begins; the world ends."""
PILOT_PER_BLOCK, PILOT_DAYS = 24, 14
"""So many take part in the pilot, from one of its first days on."""
INFLUENCE, MOST = 0.14, 0.5
"""Probability for a pair that calls once a week; it grows with the square root of the calls, up to a limit."""
MEAN_DELAY_DAYS = 21
NEVER = 10**6


class Spread(NamedTuple):
    """One element per subscriber of the block in each array."""

    day: np.ndarray
    """Day of adoption since the pilot began; :data:`NEVER`."""
    infected_by: np.ndarray
    """Row of the subscriber it came from; -1 for the pilot and for those who never adopt."""
    pilot: np.ndarray
    """bool."""


def influence(block: Block) -> np.ndarray:
    """Probability of each pair of :func:`ties`, in thousandths, the same in both directions, int64."""
    a_week = block.of(ties).a_week / 100
    return np.minimum(np.round(1_000 * INFLUENCE * np.sqrt(a_week)), 1_000 * MOST).astype(np.int64)


def spread(block: Block) -> Spread:
    """Let the product spread: a try that works takes some days; who has not joined yet hears of it when joining.

    All tries are drawn at once; what follows is then the shortest way to everybody (Bellman and Ford).
    """
    joins, leaves = _days_there(block)
    source, target, takes = _working_tries(block)
    pilot, day = _pilot(block, joins, leaves)
    while True:
        at = np.maximum(day[source] + takes, joins[target] + 1)
        at = np.where((day[source] < NEVER) & (at < leaves[target]), at, NEVER)
        earlier = day.copy()
        np.minimum.at(earlier, target, at)
        if (earlier == day).all():
            break
        day = earlier
    infected_by = np.full(len(day), -1)
    first = (at == day[target]) & (at < NEVER) & ~pilot[target]
    infected_by[target[first]] = source[first]
    return Spread(day, infected_by, pilot)


def _days_there(block: Block) -> tuple[np.ndarray, np.ndarray]:
    """First day of each subscriber and the first day after the last, since the pilot began; within the world."""
    everybody = block.of(subscribers)
    joined, left = (everybody[name].to_numpy().astype("datetime64[D]") for name in ("joined_on", "left_on"))
    left = np.where(np.isnat(left), LAST_DAY + 1, left)
    return (joined - FIRST_DAY).astype(np.int64), (left - FIRST_DAY).astype(np.int64)


def _working_tries(block: Block) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Both directions of each pair whose one try would work: from whom, to whom, after how many days."""
    pairs, rng = block.of(ties), block.rng("adoptions", "tries")
    source, target = np.concatenate([pairs.first, pairs.second]), np.concatenate([pairs.second, pairs.first])
    works = rng.integers(0, 1_000, len(source)) < np.tile(block.of(influence), 2)
    takes = 1 + rng.exponential(MEAN_DELAY_DAYS, len(source)).astype(np.int64)
    return source[works], target[works], takes[works]


def _pilot(block: Block, joins: np.ndarray, leaves: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Who takes part in the pilot, bool, and on which day, int64."""
    rng = block.rng("adoptions", "pilot")
    there = rng.permutation(np.flatnonzero((joins < 0) & (leaves > PILOT_DAYS)))
    pilot = np.zeros(len(joins), dtype=bool)
    pilot[there[: max(1, PILOT_PER_BLOCK * block.size // 2_500)]] = True
    return pilot, np.where(pilot, rng.integers(0, PILOT_DAYS, len(joins)), NEVER)


def adoptions(block: Block) -> pd.DataFrame:
    """The table ``adoptions``: one row per subscriber who took the product up."""
    each, number = block.of(spread), block.of(subscribers)["subscriber_id"].to_numpy()
    adopts = each.day < NEVER
    table = pd.DataFrame(
        {
            "subscriber_id": number[adopts],
            "adopted_on": (FIRST_DAY + each.day[adopts]).astype("datetime64[ms]"),
            "in_pilot": each.pilot[adopts],
        }
    )
    return table.sort_values(["adopted_on", "subscriber_id"], ignore_index=True)


def adoption_truth(block: Block) -> pd.DataFrame:
    """The answer key ``adoption_truth``: from whom each adopter had it."""
    each, number = block.of(spread), block.of(subscribers)["subscriber_id"].to_numpy()
    adopts = each.day < NEVER
    infected_by = pd.array(number[each.infected_by[adopts]], dtype="Int64")
    infected_by[each.infected_by[adopts] < 0] = pd.NA
    return pd.DataFrame({"subscriber_id": number[adopts], "infected_by_id": infected_by})


def influence_truth(block: Block) -> pd.DataFrame:
    """The answer key ``influence_truth``: one row per pair of subscribers who may persuade each other."""
    pairs, number = block.of(ties), block.of(subscribers)["subscriber_id"].to_numpy()
    return pd.DataFrame(
        {
            "subscriber_id": number[pairs.first],
            "other_id": number[pairs.second],
            "calls_a_week": pairs.a_week / 100,
            "probability": block.of(influence) / 1_000,
        }
    )
