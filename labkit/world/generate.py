"""The world, one block at a time: the domains' tables and the people behind them."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

import pandas as pd

from labkit import catalogue
from labkit.world import retail, telecom
from labkit.world.block import BLOCK_SIZE, Block, Domain, Tables
from labkit.world.people import people

DEFAULT_SEED = 2026
SCALES = {"tiny": BLOCK_SIZE, "lab": 10 * BLOCK_SIZE}
"""Customers of the named scales."""

DOMAINS: tuple[Domain, ...] = (retail.DOMAIN, telecom.DOMAIN)


def reference_tables(seed: int) -> dict[str, pd.DataFrame]:
    """Return the tables that exist once per world, answer keys known in advance among them."""
    return _joined({}, *(domain.reference(seed) for domain in DOMAINS))


def block_tables(seed: int, index: int) -> dict[str, pd.DataFrame]:
    """Return the tables of block ``index``; nothing in them depends on any other block."""
    block = Block(seed, index)
    everybody = people(block)
    return _joined({"people": everybody}, *(domain.block(block, everybody.copy()) for domain in DOMAINS))


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


def _joined(*parts: Tables) -> dict[str, pd.DataFrame]:
    tables: dict[str, pd.DataFrame] = {}
    for part in parts:
        for name, table in part.items():
            if name in tables:
                raise ValueError(f"two domains generate a table called {name!r}")
            tables[name] = table
    return tables
