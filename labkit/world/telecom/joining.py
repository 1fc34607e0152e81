"""The people who subscribe to Swift Mobile, and when they joined."""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world.block import Block
from labkit.world.people.persons import people

FIRST_MONTH = 2024 * 12
"""January 2024 as a month number, ``12 * year + month - 1``: the world begins."""
LAST_MONTH = 2025 * 12 + 11
"""December 2025: the last month of the world."""

_ALREADY_THERE = 0.6
"""Share of all subscribers who had joined before the world begins. The rest join during its 24 months,
about as many each month as leave, so that the number of subscribers stays the same."""


def month_start(month: np.ndarray | int) -> np.ndarray:
    """First day of each month number, datetime64[D]."""
    return (np.asarray(month) - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]")


def subscribing_people(block: Block) -> pd.DataFrame:
    """The people of the block who were subscribers at some time in 2024 or 2025."""
    everybody = block.of(people)
    return everybody[everybody["is_subscriber"]].reset_index(drop=True)


def joined_month(block: Block) -> np.ndarray:
    """Month numbers: six in ten long before the world begins, the others spread over its 24 months."""
    size = len(block.of(subscribing_people))
    rng = block.rng("subscribers", "joined_month")
    tenure = 1 + np.minimum(rng.exponential(34, size), 119).astype(np.int64)
    joins_in = rng.integers(FIRST_MONTH, LAST_MONTH + 1, size)
    return np.where(rng.random(size) < _ALREADY_THERE, FIRST_MONTH - tenure, joins_in)
