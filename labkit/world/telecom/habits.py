"""How much a subscriber calls and surfs, and which plan was bought for it: well, too large, or long ago.

A plan is bought for the use of that day. Whoever bought well may still pay too much today: a plan that
is no longer sold is kept, use has changed, or the shop sold a size too large.
First used in lab 2.8.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from labkit.world.block import Block
from labkit.world.telecom.joining import joined_month, subscribing_people
from labkit.world.telecom.tariffs import NOW, PLAN_FEES_FEN, PLANS, charges, on_sale

DATA_LEVEL_GB, VOICE_LEVEL_MINUTES = 13, 110
"""What a subscriber in the middle uses in a month."""
KEEPS_OLD_PLAN_SHARE = 0.25
"""Of those who joined before the plans of January 2023; the others changed to one of them."""
SOLD_TOO_LARGE_SHARE = 0.12
HABIT_CHANGED_SHARE, GREW_SHARE = 0.20, 0.70
GREW_PERCENT, SHRANK_PERCENT = (170, 301), (35, 66)
"""Today's use of data as a share of that on the day of the choice, first value and one beyond the last."""

CAUSES = ("none", "keeps_old_plan", "sold_too_large", "uses_more", "uses_less")
"""Why a plan may not suit; the first that applies, in the order old plan, too large, changed habit."""


class Habits(NamedTuple):
    """One element per subscriber in each array."""

    data: np.ndarray
    """Usual mobile data of a month, hundredths of a GB."""
    voice: np.ndarray
    """Usual outgoing calls of a month, minutes."""
    plan: np.ndarray
    """Position in :data:`~labkit.world.telecom.tariffs.PLANS`."""
    cause: np.ndarray
    """Position in :data:`CAUSES`."""


def habits(block: Block) -> Habits:
    """Draw what subscribers are used to, then let them choose a plan."""
    people, joined = block.of(subscribing_people), block.of(joined_month)
    size = len(people)
    data, voice = _data_level(block), _voice_level(block)
    percent = _change_in_percent(block, size)
    wanted_data = data * 100 // percent
    keeps = (joined < NOW) & (block.rng("subscribers", "keeps_plan").random(size) < KEEPS_OLD_PLAN_SHARE)
    choice_month = np.where(keeps, joined, np.maximum(joined, NOW))
    offered = on_sale(choice_month)
    cost = charges(np.arange(len(PLANS)), wanted_data[:, None], voice[:, None], np.zeros(1, dtype=np.int64))
    suited = np.where(offered, cost, np.iinfo(np.int64).max).argmin(axis=1)
    oversold = block.rng("subscribers", "sold_too_large").random(size) < SOLD_TOO_LARGE_SHARE
    larger = _next_dearer(offered, suited)
    plan = np.where(oversold, larger, suited)
    conditions = [keeps, plan != suited, percent > 100, percent < 100]
    return Habits(data, voice, plan, np.select(conditions, range(1, len(CAUSES)), 0))


def _data_level(block: Block) -> np.ndarray:
    """More with digital habit and income; most of it is personal. Rounded before anything is decided on it."""
    people = block.of(subscribing_people)
    habit = people["digital_habit"].to_numpy() - 0.5
    income = np.log(people["income_fen"].to_numpy() / 700_000)
    personal = block.rng("usage_monthly", "data_level").normal(0, 0.5, len(people))
    return np.round(100 * DATA_LEVEL_GB * np.exp(1.2 * habit + 0.3 * income + personal)).astype(np.int64)


def _voice_level(block: Block) -> np.ndarray:
    people = block.of(subscribing_people)
    personal = block.rng("usage_monthly", "voice_level").normal(0, 0.6, len(people))
    older = 0.008 * (people["age"].to_numpy() - 40)
    return np.round(VOICE_LEVEL_MINUTES * np.exp(older + personal)).astype(np.int64)


def _change_in_percent(block: Block, size: int) -> np.ndarray:
    """Today's use over that on the day of the choice; 100 for most."""
    rng = block.rng("subscribers", "habit_changed")
    changed = rng.random(size) < HABIT_CHANGED_SHARE
    grew = rng.random(size) < GREW_SHARE
    percent = np.where(grew, rng.integers(*GREW_PERCENT, size), rng.integers(*SHRANK_PERCENT, size))
    return np.where(changed, percent, 100)


def _next_dearer(offered: np.ndarray, plan: np.ndarray) -> np.ndarray:
    """The next plan on sale with a higher fee; the plan itself where none is dearer."""
    fee = PLAN_FEES_FEN[plan][:, None]
    dearer = np.where(offered & (fee < PLAN_FEES_FEN), PLAN_FEES_FEN, 10**9)
    return np.where(dearer.min(axis=1) < 10**9, dearer.argmin(axis=1), plan)
