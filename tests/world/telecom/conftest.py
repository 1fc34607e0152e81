"""Blocks of worlds that the tests of Swift Mobile share, each made once."""

from __future__ import annotations

import functools
from collections.abc import Callable

import pandas as pd
import pytest

from labkit.world.block import Block

Maker = Callable[[Block], pd.DataFrame]


@functools.cache
def block(seed: int, index: int) -> Block:
    return Block(seed, index)


@functools.cache
def table(make: Maker, seed: int, blocks: int) -> pd.DataFrame:
    """A table of the first blocks of a world."""
    return pd.concat([block(seed, index).of(make) for index in range(blocks)], ignore_index=True)


@pytest.fixture(scope="session")
def of_lab() -> Callable[[Maker], pd.DataFrame]:
    """A table of the ``lab`` world."""
    return lambda make: table(make, 2026, 10)


CLASSES = [2026, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3, 4, 5))]


@pytest.fixture(scope="session", params=CLASSES, ids="seed {}".format)
def of_block(request: pytest.FixtureRequest) -> Callable[[Maker], pd.DataFrame]:
    """A table of the first block of several worlds."""
    return lambda make: table(make, request.param, 1)
