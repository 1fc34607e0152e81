"""Movements of money as arrays, and the hours and amounts in which people and banks pay."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from labkit.world.calendar import DAYS as WORLD_DAYS
from labkit.world.calendar import WEEKDAY as WORLD_WEEKDAY
from labkit.world.calendar import is_holiday
from labkit.world.draws import pick

FIRST_DAY, AFTER_LAST_DAY = np.datetime64("2025-10-01"), np.datetime64("2026-01-01")
"""The quarter whose transfers are kept."""
_QUARTER = (WORLD_DAYS >= FIRST_DAY) & (WORLD_DAYS < AFTER_LAST_DAY)
DAYS, WEEKDAY = WORLD_DAYS[_QUARTER], WORLD_WEEKDAY[_QUARTER]
MONTHS = np.arange(3)
MONTH_START = np.flatnonzero(DAYS.astype("datetime64[M]").astype("datetime64[D]") == DAYS)
"""Position in :data:`DAYS` of the first of October, November and December."""
OPEN = ~is_holiday()[_QUARTER] & (WEEKDAY < 5)
"""Days on which the counters are open and employers pay."""
OPEN_DAYS = np.flatnonzero(OPEN)
DAY_MS = 86_400_000

CHANNELS = ("app", "web", "counter", "atm", "batch")
APP, WEB, COUNTER, ATM, BATCH = range(5)
PURPOSES = (
    "salary", "pension", "rent", "family", "gift", "purchase", "savings", "cash_deposit", "cash_withdrawal",
    "card_settlement", "loan", "wallet_top_up", "business", "other",
)  # fmt: skip
HOUR_WEIGHTS = {
    "app": (1, 0, 0, 0, 0, 0, 2, 6, 10, 11, 11, 10, 12, 10, 9, 9, 9, 10, 11, 12, 14, 13, 9, 4),
    "web": (0, 0, 0, 0, 0, 0, 0, 1, 5, 12, 14, 11, 6, 8, 12, 13, 12, 9, 5, 5, 6, 5, 3, 1),
    "counter": (0, 0, 0, 0, 0, 0, 0, 0, 0, 14, 17, 15, 8, 9, 14, 14, 9, 0, 0, 0, 0, 0, 0, 0),
    "atm": (0, 0, 0, 0, 0, 0, 2, 5, 9, 10, 10, 9, 10, 8, 7, 7, 8, 10, 11, 9, 7, 5, 3, 1),
    "batch": (0, 0, 8, 10, 6, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
}
"""How a channel's movements spread over the hours of a day."""


class Movements(NamedTuple):
    """One element per movement in each array, all int64."""

    at: np.ndarray
    """Milliseconds since the beginning of the quarter."""
    payer: np.ndarray
    """Party."""
    payee: np.ndarray
    """Party."""
    fen: np.ndarray
    """Amount."""
    channel: np.ndarray
    """Position in :data:`CHANNELS`."""
    purpose: np.ndarray
    """Position in :data:`PURPOSES`."""


Values = np.ndarray | int


def moved(
    day: np.ndarray,
    uniform: np.ndarray,
    payer: Values,
    payee: Values,
    fen: np.ndarray,
    channel: Values,
    purpose: str | np.ndarray,
) -> Movements:
    """One movement for each day (position in :data:`DAYS`), at an hour of the channel chosen by ``uniform``."""
    code = PURPOSES.index(purpose) if isinstance(purpose, str) else purpose
    columns = np.broadcast_arrays(moment(day, uniform, channel), payer, payee, fen, channel, code)
    return Movements(*columns)


def together(parts: Sequence[Movements]) -> Movements:
    """All movements of several parts, one part after the other."""
    return Movements(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def moment(day: np.ndarray, uniform: np.ndarray, channel: Values) -> np.ndarray:
    """Milliseconds since the beginning of the quarter; later for a larger ``uniform`` of the same day and channel."""
    codes = np.broadcast_to(channel, np.shape(uniform))
    milliseconds = np.empty(len(uniform), dtype=np.int64)
    for code in np.unique(codes):
        those = codes == code
        milliseconds[those] = np.interp(uniform[those], *_hours(CHANNELS[code]))
    return day * DAY_MS + np.minimum(milliseconds, DAY_MS - 1)


@functools.cache
def _hours(channel: str) -> tuple[np.ndarray, np.ndarray]:
    """Share of a day's movements that lie before each full hour, and the hour in milliseconds."""
    weight = np.array(HOUR_WEIGHTS[channel])
    inside = np.flatnonzero(weight)
    first, after_last = inside[0], inside[-1] + 1
    before = np.concatenate([[0], np.cumsum(weight[first:after_last])]) / weight.sum()
    before[1:-1] += np.arange(1, len(before) - 1) * 1e-9  # an hour without movements has a length too
    return before, np.arange(first, after_last + 1) * (DAY_MS / 24)


def any_day(uniform: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """A day of the quarter, all alike or by weight."""
    if weights is None:
        return (uniform * len(DAYS)).astype(np.int64)
    return pick(np.arange(len(DAYS)), weights, uniform)


def open_day_before(day: np.ndarray) -> np.ndarray:
    """The day itself, or the last open one before a weekend or holiday."""
    return OPEN_DAYS[np.maximum(np.searchsorted(OPEN_DAYS, day, side="right") - 1, 0)]


def tidy(yuan: np.ndarray, uniform: np.ndarray) -> np.ndarray:
    """Amounts as people choose them, in fen: often two digits and zeros, often whole yuan, else to the fen."""
    yuan = np.maximum(yuan, 1.0)
    size = 10 ** np.maximum(np.searchsorted([100, 1_000, 10_000, 100_000, 1_000_000], yuan) - 1, 0)
    step = np.where(
        uniform < 0.55, 100 * np.where(yuan < 100, 1, 10 * size), np.where(uniform < 0.85, 100, 1)
    )
    return np.maximum(np.rint(yuan * 100 / step).astype(np.int64), 1) * step


def transfer_channel(digital: np.ndarray, uniform: np.ndarray, day: np.ndarray) -> np.ndarray:
    """How a person sends money: mostly by app; who lives less online goes to the counter when it is open."""
    at_counter = uniform < np.maximum(0.35 - 0.6 * digital, 0.01)
    return np.where(at_counter & OPEN[day], COUNTER, np.where(uniform > 0.9, WEB, APP))


def ranges(first: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Row of each range, and the numbers ``first, first + 1, …`` of all ranges one after the other."""
    row = np.repeat(np.arange(len(count)), count)
    return row, np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count) + first[row]
