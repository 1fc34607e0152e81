"""Months of service: what every subscriber uses, pays, suffers and complains about.

All of it is a matrix of subscribers × months, as if nobody ever left: who leaves, and when, follows
from it (:mod:`labkit.world.telecom.churn`) and then cuts the rows off. Six months before the world
begins are made too, so that windows that look back are full from the first month on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from labkit.world.block import Block
from labkit.world.telecom.habits import habits
from labkit.world.telecom.joining import FIRST_MONTH, LAST_MONTH, joined_month, subscribing_people
from labkit.world.telecom.tariffs import PLAN_FEES_FEN, charges

MONTHS = np.arange(FIRST_MONTH - 6, LAST_MONTH + 1)
"""Month numbers of the columns of every matrix."""

SURPRISE_SHARE = 0.09
"""Share of months with a charge that nobody expected."""
_SEASON = np.array([1.00, 1.06, 0.99, 0.98, 1.00, 1.00, 1.03, 1.04, 0.99, 1.03, 0.98, 1.00])
"""Mobile data by calendar month: holidays in February, summer and October."""


@dataclass(frozen=True)
class Service:
    """Integer matrices, subscribers × :data:`MONTHS`.

    Parameters
    ----------
    data : ndarray
        Mobile data, hundredths of a GB.
    voice : ndarray
        Minutes of calls.
    dropped : ndarray
        Dropped calls per ten thousand.
    roaming : ndarray
        Days abroad.
    logins : ndarray
        Days with a login to the app.
    extra : ndarray
        Charges beside the plan: services taken on the phone, and now and then a surprise, fen.
    bill : ndarray
        Bill of the month: what the plan charges for the use, and the extra charges, fen.
    complaints, questions : ndarray
        Tickets of each kind opened in the month.
    served : ndarray of bool
        Full months of service since joining; the month of joining is free and not counted.
    """

    data: np.ndarray
    voice: np.ndarray
    dropped: np.ndarray
    roaming: np.ndarray
    logins: np.ndarray
    extra: np.ndarray
    bill: np.ndarray
    complaints: np.ndarray
    questions: np.ndarray
    served: np.ndarray


def service(block: Block) -> Service:
    """Draw all months of all subscribers of a block."""
    people, usual, joined = block.of(subscribing_people), block.of(habits), block.of(joined_month)
    size = (len(people), len(MONTHS))
    bad_network = _episodes(block, "bad_network", _bad_network_start(people), size, 2, 5)
    data, voice, roaming = (
        _data(block, people, usual.data),
        _voice(block, usual.voice),
        _roaming(block, people),
    )
    surprised = block.rng("usage_monthly", "surprised").random(size) < SURPRISE_SHARE
    extra = _extra(block, PLAN_FEES_FEN[usual.plan][:, None], surprised)
    return Service(
        data=data,
        voice=voice,
        dropped=_dropped(block, bad_network),
        roaming=roaming,
        logins=_logins(block, people, size),
        extra=extra,
        bill=charges(usual.plan[:, None], data, voice, roaming) + extra,
        complaints=_complaints(block, bad_network, surprised, size),
        questions=block.rng("tickets", "questions").poisson(0.14, size),
        served=MONTHS[None, :] > joined[:, None],
    )


def _episodes(
    block: Block, name: str, start: np.ndarray | float, size: tuple[int, int], shortest: int, longest: int
) -> np.ndarray:
    """True in the months of an episode that starts with a given probability and lasts some months."""
    rng = block.rng("usage_monthly", name)
    starts = rng.random(size) < start
    length = rng.integers(shortest, longest + 1, size)
    running = starts.copy()
    for month in range(1, longest):
        running[:, month:] |= starts[:, :-month] & (length[:, :-month] > month)
    return running


def _bad_network_start(people: pd.DataFrame) -> np.ndarray:
    """Monthly probability that a subscriber's neighbourhood loses good coverage, by city tier."""
    by_tier = {"tier1": 0.026, "tier2": 0.030, "tier3": 0.038, "county": 0.044}
    return people["city_tier"].astype(str).map(by_tier).to_numpy(dtype=float)[:, None]


def _data(block: Block, people: pd.DataFrame, usual: np.ndarray) -> np.ndarray:
    """The usual level, a season, noise, and episodes in which use moves to a rival's second SIM card."""
    size = (len(people), len(MONTHS))
    rng = block.rng("usage_monthly", "data_gb")
    start = np.where(people["age"].to_numpy() < 40, 0.065, 0.052)[:, None]
    elsewhere = _episodes(block, "use_elsewhere", start, size, 4, 8)
    kept = np.where(elsewhere, rng.uniform(0.20, 0.45, (size[0], 1)), 1.0)
    noise = np.exp(rng.normal(0, 0.16, size))
    return np.round(usual[:, None] * _SEASON[MONTHS % 12] * kept * noise).astype(np.int64) + 1


def _voice(block: Block, usual: np.ndarray) -> np.ndarray:
    noise = block.rng("usage_monthly", "voice_minutes").normal(0, 0.25, (len(usual), len(MONTHS)))
    return np.round(usual[:, None] * np.exp(noise)).astype(np.int64)


def _dropped(block: Block, bad_network: np.ndarray) -> np.ndarray:
    rng = block.rng("usage_monthly", "dropped_call_rate")
    usual = rng.gamma(6.0, 16.0, bad_network.shape)
    bad = 310 + rng.gamma(2.0, 110.0, bad_network.shape)
    return np.round(np.where(bad_network, bad, usual)).astype(np.int64)


def _roaming(block: Block, people: pd.DataFrame) -> np.ndarray:
    """Days abroad: rare trips, more of them with income, in the holiday months twice as often."""
    size = (len(people), len(MONTHS))
    rng = block.rng("usage_monthly", "roaming_days")
    income = np.minimum(people["income_fen"].to_numpy() / 1_000_000, 3.0)[:, None]
    holiday = np.where(np.isin(MONTHS % 12, [1, 6, 7, 9]), 2.0, 1.0)
    travels = rng.random(size) < 0.012 * (0.5 + income) * holiday
    return np.where(travels, 1 + rng.poisson(4.0, size), 0)


def _logins(block: Block, people: pd.DataFrame, size: tuple[int, int]) -> np.ndarray:
    rng = block.rng("usage_monthly", "app_logins")
    share_of_days = np.clip(people["digital_habit"].to_numpy() * 0.55, 0.02, 0.9)
    return rng.binomial(30, share_of_days[:, None], size)


def _extra(block: Block, fee: np.ndarray, surprised: np.ndarray) -> np.ndarray:
    """Ring tones, music, cloud space; and now and then a charge that nobody expected."""
    rng = block.rng("usage_monthly", "extra_fen")
    small = np.round(fee * rng.gamma(1.2, 0.03, surprised.shape)).astype(np.int64)
    surprise = np.round(fee * rng.uniform(0.6, 2.0, surprised.shape)).astype(np.int64)
    return small + np.where(surprised, surprise, 0)


def _complaints(
    block: Block, bad_network: np.ndarray, surprised: np.ndarray, size: tuple[int, int]
) -> np.ndarray:
    """Few as a rule; more with a bad network or an odd bill; many while something stays unsolved."""
    unsolved = _episodes(block, "unsolved", 0.040, size, 2, 3)
    mean = 0.05 + 0.10 * bad_network + 0.15 * surprised + 1.10 * unsolved
    return block.rng("tickets", "complaints").poisson(mean)
