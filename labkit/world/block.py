"""A block: 2 000 consecutive customers, the unit in which a world is generated and stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from labkit.world.streams import stream

BLOCK_SIZE = 2_000


@dataclass(frozen=True)
class Block:
    """Customers ``first`` to ``first + BLOCK_SIZE - 1`` of the world with this seed."""

    seed: int
    index: int

    @property
    def person_id(self) -> np.ndarray:
        """Identifiers of the block's people, int64, shape (BLOCK_SIZE,)."""
        return np.arange(BLOCK_SIZE, dtype=np.int64) + self.index * BLOCK_SIZE + 1

    def rng(self, table: str, column: str) -> np.random.Generator:
        """The random stream of one column of one table in this block."""
        return stream(self.seed, table, self.index, column)


Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Domain:
    """One part of the world: who generates which tables.

    Parameters
    ----------
    name : str
        E.g. ``"retail"``; the file it is written in.
    reference : callable
        ``reference(seed)``: tables made once for the whole world, and answer keys known in advance.
    block : callable
        ``block(block, people)``: tables of one block; ``people`` has one row per person of it.
    """

    name: str
    reference: Callable[[int], Tables]
    block: Callable[[Block, pd.DataFrame], Tables]
