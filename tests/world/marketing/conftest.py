"""The world at ``lab`` size for some seeds: two in every run, the others where slow tests run."""

from __future__ import annotations

import pandas as pd
import pytest

from labkit.world.block import Block
from labkit.world.marketing import DOMAIN
from labkit.world.people import people

SEEDS = [2026, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3, 4, 5))]


@pytest.fixture(scope="session", params=SEEDS)
def lab(request) -> dict[str, pd.DataFrame]:
    """Every per-block table of marketing and the people, of ten blocks."""
    blocks = [Block(request.param, index) for index in range(10)]
    return {
        table.__name__: pd.concat([block.of(table) for block in blocks], ignore_index=True)
        for table in (*DOMAIN.per_block, people)
    }
