"""A block: 2 000 consecutive customers of the bank and the people around them, the unit in which a world is made.

A *part* is anything that follows from a block: a table, or a step on the way to several tables. It is a
function of the block, and ``block.of(function)`` gives its value, worked out once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from labkit.world.streams import stream

BLOCK_SIZE = 2_000
"""Customers of the bank in a block; a quarter as many people bank elsewhere."""

Part = TypeVar("Part")


@dataclass(frozen=True)
class Block:
    """One block of the world with this seed.

    Parameters
    ----------
    seed, index : int
        Which world, and which block of it, from 0.
    customers : int
        Customers of the bank in it; other than :data:`BLOCK_SIZE` only for a world of a single block.
    """

    seed: int
    index: int
    customers: int = BLOCK_SIZE
    _parts: dict[Callable[[Block], Any], Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def size(self) -> int:
        """People of the block: customers of the bank, and those who are not."""
        return self.customers * 5 // 4

    @property
    def person_id(self) -> np.ndarray:
        """Identifiers of the block's people, int64, shape (size,)."""
        return np.arange(self.size, dtype=np.int64) + self.index * self.size + 1

    def rng(self, table: str, column: str) -> np.random.Generator:
        """The random stream of one column of one table in this block, at its beginning."""
        return stream(self.seed, table, self.index, column)

    def of(self, part: Callable[[Block], Part]) -> Part:
        """Return the value of a part, made at the first call and shared afterwards: never change it in place."""
        if part not in self._parts:
            self._parts[part] = part(self)
        return self._parts[part]


@dataclass(frozen=True)
class Domain:
    """One part of the world and the tables it makes. Each function bears the name of its table.

    Parameters
    ----------
    name : str
        E.g. ``"retail"``; the folder it is written in.
    once : tuple of callable
        ``table(seed)``: tables made once per world, and answer keys known in advance.
    per_block : tuple of callable
        ``table(block)``: tables of one block.
    """

    name: str
    once: tuple[Callable[[int], pd.DataFrame], ...] = ()
    per_block: tuple[Callable[[Block], pd.DataFrame], ...] = ()
