"""Chances in whole millionths, so that nobody's decision hangs on the last bit of a float."""

from __future__ import annotations

import numpy as np

MILLION = 1_000_000


def millionths(log_odds: np.ndarray) -> np.ndarray:
    """Probability of the given log-odds in millionths, int64."""
    return np.rint(MILLION / (1 + np.exp(-log_odds))).astype(np.int64)


def comes_true(rng: np.random.Generator, chance: np.ndarray) -> np.ndarray:
    """Draw what happens, bool, given each chance in millionths."""
    return rng.integers(0, MILLION, chance.shape) < chance
