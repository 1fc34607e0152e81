"""Who called whom in the fourth quarter of 2025: along the ties, to hotlines, and from call centres.

First used in lab 4.7.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.world.block import Block
from labkit.world.people.relations import KINDS
from labkit.world.telecom.numbers import numbers_of
from labkit.world.telecom.rhythm import DAY_COUNT, FIRST_DAY, SECONDS_PER_DAY, moments
from labkit.world.telecom.service import MONTHS, service
from labkit.world.telecom.tickets import tickets
from labkit.world.telecom.ties import QUARTER, ties
from labkit.world.telecom.usage import subscribers

MEDIAN_SECONDS = {
    "family": 40, "colleague": 75, "friend": 110, "investors": 160, "hotline": 200, "call_centre": 18, "courier": 25
}  # fmt: skip
SECONDS_SPREAD = 0.8
SHARE_OF_ALL_CALLS = 0.85
"""Calls of this table are at most so much of ``usage_monthly.voice_minutes``; the rest goes to other networks."""
TICKET_BY_PHONE_SHARE = 0.6
ASKS_RIVAL_A_MONTH, ASKS_RIVAL_BEFORE_LEAVING = 0.03, 0.45
"""Share of subscribers who call a rival's hotline: in any month, and in the 30 days before they leave."""
CALLS_TO_COMPANIES = 0.5
"""Per subscriber and company in the quarter."""
CALLS_FROM_OUTSIDE = {"call_centre": 5.0, "courier": 4.0}
"""Received per subscriber in the quarter."""
CALLS_PER_BLOCK = 1_000_000


class Calls(NamedTuple):
    """One element per call in each array."""

    caller: np.ndarray
    """Number of the subscriber or company."""
    callee: np.ndarray
    at: np.ndarray
    """Seconds since the quarter began."""
    seconds: np.ndarray
    """Length."""


def calls(block: Block) -> pd.DataFrame:
    """The table ``calls``: one row per call, in the order of time."""
    makers = (_along_ties, _about_tickets, _to_rivals, _to_companies, _from_outside)
    made = Calls(*(np.concatenate(each) for each in zip(*(make(block) for make in makers), strict=True)))
    there = _is_there(block, made.caller, made.at) & _is_there(block, made.callee, made.at)
    made = Calls(*(each[there] for each in made))
    order = np.argsort(made.at, kind="stable")
    started = FIRST_DAY.astype("datetime64[ms]") + (made.at * 1_000).astype("timedelta64[ms]")
    return pd.DataFrame(
        {
            "call_id": block.index * CALLS_PER_BLOCK + np.arange(len(order), dtype=np.int64) + 1,
            "caller_id": made.caller[order],
            "callee_id": made.callee[order],
            "started_at": started[order],
            "seconds": _within_use(block, made)[order],
        }
    )


def _along_ties(block: Block) -> Calls:
    """Calls between people who know each other; in each pair one calls more often than the other."""
    pairs, rng = block.of(ties), block.rng("calls", "along_ties")
    count = rng.poisson(pairs.a_week * (DAY_COUNT / 7 / 100))
    leaning = np.repeat(rng.integers(25, 76, len(count)), count)
    pair = np.repeat(np.arange(len(count)), count)
    first_calls = rng.integers(0, 100, len(pair)) < leaning
    number = block.of(subscribers)["subscriber_id"].to_numpy()
    one, other = number[pairs.first[pair]], number[pairs.second[pair]]
    caller, callee = np.where(first_calls, one, other), np.where(first_calls, other, one)
    at, seconds = np.empty(len(pair), dtype=np.int64), np.empty(len(pair), dtype=np.int64)
    for position, kind in enumerate(KINDS):
        rows = np.flatnonzero(pairs.kind[pair] == position)
        at[rows] = moments(kind, rng, len(rows))
        seconds[rows] = _lengths(kind, rng, len(rows))
    return Calls(caller, callee, at, seconds)


def _about_tickets(block: Block) -> Calls:
    """Most tickets of the quarter were opened in a call to the own hotline."""
    opened, rng = block.of(tickets), block.rng("calls", "about_tickets")
    by_phone = rng.random(len(opened)) < TICKET_BY_PHONE_SHARE
    rows = opened[by_phone & (opened["opened_at"] >= pd.Timestamp(FIRST_DAY)).to_numpy()]
    since = rows["opened_at"].to_numpy().astype("datetime64[s]") - FIRST_DAY
    callee = rng.choice(numbers_of("own_hotline"), len(rows))
    return Calls(
        rows["subscriber_id"].to_numpy(), callee, since.astype(np.int64), _lengths("hotline", rng, len(rows))
    )


def _to_rivals(block: Block) -> Calls:
    """A few ask the competition out of curiosity; many of those who are about to leave do."""
    everybody, rng = block.of(subscribers), block.rng("calls", "to_rivals")
    number, left = everybody["subscriber_id"].to_numpy(), _left_day(block)
    curious = np.repeat(number, rng.binomial(3, ASKS_RIVAL_A_MONTH, len(number)))
    leaves = rng.random(len(number)) < ASKS_RIVAL_BEFORE_LEAVING
    before = np.where(left < DAY_COUNT + 1, left, -1) - rng.integers(1, 31, len(number))
    leaving = leaves & (before >= 0)
    at = moments("hotline", rng, len(number)) % SECONDS_PER_DAY + before * SECONDS_PER_DAY
    caller = np.concatenate([curious, number[leaving]])
    callee = rng.choice(numbers_of("rival_hotline"), len(caller))
    at = np.concatenate([moments("hotline", rng, len(curious)), at[leaving]])
    return Calls(caller, callee, at, _lengths("hotline", rng, len(caller)))


def _to_companies(block: Block) -> Calls:
    rng, number = block.rng("calls", "to_companies"), block.of(subscribers)["subscriber_id"].to_numpy()
    companies = numbers_of("company_hotline")
    count = rng.poisson(CALLS_TO_COMPANIES, (len(companies), len(number)))
    caller, callee = (
        np.repeat(np.tile(number, len(companies)), count.ravel()),
        companies.repeat(count.sum(axis=1)),
    )
    return Calls(caller, callee, moments("hotline", rng, len(caller)), _lengths("hotline", rng, len(caller)))


def _from_outside(block: Block) -> Calls:
    """Call centres and couriers call anybody; nobody calls them back."""
    rng, number = block.rng("calls", "from_outside"), block.of(subscribers)["subscriber_id"].to_numpy()
    parts = []
    for kind, mean in CALLS_FROM_OUTSIDE.items():
        callee = np.repeat(number, rng.poisson(mean, len(number)))
        caller = rng.choice(numbers_of(kind), len(callee))
        parts.append((caller, callee, moments(kind, rng, len(callee)), _lengths(kind, rng, len(callee))))
    return Calls(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def _lengths(kind: str, rng: np.random.Generator, count: int) -> np.ndarray:
    """Seconds, at least 1: most calls are short, a few very long."""
    seconds = MEDIAN_SECONDS[kind] * np.exp(SECONDS_SPREAD * rng.normal(0, 1, count))
    return np.maximum(np.round(seconds).astype(np.int64), 1)


def _left_day(block: Block) -> np.ndarray:
    """Day of the quarter on which each subscriber leaves, counted from 0; far beyond its end for those who stay."""
    left = block.of(subscribers)["left_on"].to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(left), DAY_COUNT + 1_000, (left - FIRST_DAY).astype(np.int64))


def _row(block: Block, number: np.ndarray) -> np.ndarray:
    """Row of each number among the subscribers of the block; -1 for a company's."""
    known = block.of(subscribers)["subscriber_id"].to_numpy()
    row = np.minimum(np.searchsorted(known, number), len(known) - 1)
    return np.where(known[row] == number, row, -1)


def _is_there(block: Block, number: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Whether a number is in service at a second: companies always, subscribers until the day of leaving."""
    joined = block.of(subscribers)["joined_on"].to_numpy().astype("datetime64[D]") - FIRST_DAY
    row, day = _row(block, number), at // SECONDS_PER_DAY
    return (row < 0) | ((joined.astype(np.int64)[row] <= day) & (_left_day(block)[row] > day))


def _within_use(block: Block, made: Calls) -> np.ndarray:
    """Lengths, shortened where a subscriber's calls of a month would exceed the minutes in ``usage_monthly``."""
    day = FIRST_DAY + made.at // SECONDS_PER_DAY
    month = day.astype("datetime64[M]").astype(np.int64) - FIRST_DAY.astype("datetime64[M]").astype(np.int64)
    row = _row(block, made.caller)
    minutes = block.of(service).voice[:, np.isin(MONTHS, QUARTER)]
    allowed = (SHARE_OF_ALL_CALLS * 60 * minutes).astype(np.int64).ravel()
    group = np.where(row >= 0, row * minutes.shape[1] + month, len(allowed))
    total = np.bincount(group, weights=made.seconds, minlength=len(allowed) + 1).astype(np.int64)
    allowed = np.append(allowed, total[-1])  # companies may talk as long as they like
    shorter = np.maximum(made.seconds * allowed[group] // np.maximum(total[group], 1), 1)
    return np.where(total[group] > allowed[group], shorter, made.seconds)
