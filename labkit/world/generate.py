"""The world, one block at a time: the domains' tables and the people behind them."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from labkit import catalogue
from labkit.world import bank, marketing, operations, people, retail, telecom
from labkit.world.block import BLOCK_SIZE, Block, Domain

DEFAULT_SEED = 2026
SCALES = {"tiny": BLOCK_SIZE, "lab": 10 * BLOCK_SIZE}
"""Customers of the named scales."""

DOMAINS: tuple[Domain, ...] = (
    people.DOMAIN,
    bank.DOMAIN,
    telecom.DOMAIN,
    retail.DOMAIN,
    marketing.DOMAIN,
    operations.DOMAIN,
)


def reference_tables(seed: int, only: Iterable[str] | None = None) -> dict[str, pd.DataFrame]:
    """Return the tables that exist once per world, or only some of them, by name."""
    makers = _by_table(function for domain in DOMAINS for function in domain.once)
    return {name: make(seed) for name, make in makers.items() if only is None or name in only}


def block_tables(block: Block, only: Iterable[str] | None = None) -> dict[str, pd.DataFrame]:
    """Return the tables of a block, or only some of them, by name; nothing depends on any other block."""
    makers = _by_table(function for domain in DOMAINS for function in domain.per_block)
    return {name: block.of(make) for name, make in makers.items() if only is None or name in only}


@functools.cache
def fingerprint() -> str:
    """Return a hash of what decides a world's content: the simulator's code and the columns' kinds.

    A world with another fingerprint is made anew, so that what is on disk is what this code says.
    """
    folder = Path(__file__).resolve().parent
    digest = hashlib.sha256()
    for source in sorted(folder.rglob("*.py")):
        digest.update(source.relative_to(folder).as_posix().encode())
        digest.update(source.read_bytes().replace(b"\r\n", b"\n"))
    for table in catalogue.all_tables().values():
        kinds = [(column.name, column.kind) for column in table.columns]
        digest.update(repr((table.name, table.truth, kinds)).encode())
    return digest.hexdigest()


def _by_table(makers: Iterable[Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    by_table: dict[str, Callable[..., Any]] = {}
    for make in makers:
        name = make.__name__
        if name in by_table:
            raise ValueError(f"two domains generate a table called {name!r}")
        by_table[name] = make
    return by_table
