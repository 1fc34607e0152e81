"""Ways to draw that several domains share; each gives the same on every processor."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from labkit.world.block import Block


def pick(values: np.ndarray, weights: Sequence[float] | np.ndarray, uniform: np.ndarray) -> np.ndarray:
    """Pick values by weight with numbers drawn evenly from 0 to 1."""
    cumulative = np.cumsum(weights) / np.sum(weights)
    return values[np.searchsorted(cumulative[:-1], uniform, side="right")]


def pick_by_row(shares: np.ndarray, uniform: np.ndarray) -> np.ndarray:
    """Pick a column of each row of ``shares`` (rows × columns, each row sums to 1), int64 per row."""
    return (np.cumsum(shares, axis=1)[:, :-1] <= uniform[:, None]).sum(axis=1)


def disposition(block: Block, name: str, shift: np.ndarray | int = 0) -> np.ndarray:
    """A trait between 0 and 1 in steps of 0.0005, one per person: the mean of two even draws, so the middle is common.

    ``shift`` moves it, in steps, before it is cut off at 0 and 1.
    """
    steps = block.rng("people", name).integers(0, 1_001, (2, block.size)).sum(axis=0)
    return np.clip(steps + shift, 0, 2_000) / 2_000


def shuffled(block: Block, table: str, size: int) -> np.ndarray:
    """An order of ``size`` rows that tells nothing, int64: for identifiers that carry no information."""
    return block.rng(table, "order").permutation(size)
