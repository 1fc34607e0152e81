"""A world of 200 customers as CSV files that a spreadsheet opens cleanly: ``datasets/sample/``.

It holds the tables and no answer keys: some of those are alike in every world.
"""

from __future__ import annotations

import functools
from pathlib import Path

import pandas as pd

from labkit import catalogue
from labkit.catalogue.schema import Column, Table
from labkit.world.block import Block
from labkit.world.generate import DEFAULT_SEED, block_tables, reference_tables

CUSTOMERS = 200
SINCE = pd.Timestamp("2025-10-01")
"""What happened before is left out, so that the files stay small."""
LONG_NUMBER = r"\d{16,}"
"""A spreadsheet takes digits for a number, and keeps no more than fifteen of them."""


def sample_tables() -> dict[str, pd.DataFrame]:
    """Return the tables of the sample world by name, events since :data:`SINCE` only."""
    made = reference_tables(DEFAULT_SEED) | block_tables(Block(DEFAULT_SEED, 0, customers=CUSTOMERS))
    return {table.name: _recent(table, made[table.name]) for table in catalogue.tables()}


def sample_files(folder: Path) -> dict[Path, bytes]:
    """Return what each CSV file of the sample world in a folder has to hold."""
    return {folder / f"{name}.csv": content for name, content in _contents().items()}


@functools.cache
def _contents() -> dict[str, bytes]:
    return {name: csv(catalogue.table(name), frame) for name, frame in sample_tables().items()}


def csv(table: Table, frame: pd.DataFrame) -> bytes:
    """Return a table as a spreadsheet wants it: UTF-8 with byte order mark, times to the second."""
    told = pd.DataFrame({column.name: _told(column, frame[column.name]) for column in table.columns})
    return told.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _recent(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    for column in table.columns:
        if column.kind == "time" or (column.kind == "date" and column.name in table.key):
            return frame[frame[column.name] >= SINCE]
    return frame


def _told(column: Column, values: pd.Series) -> pd.Series:
    """Dates and times in ISO 8601; after long numbers a tab, which makes a spreadsheet keep every digit."""
    if column.kind == "date":
        return values.dt.strftime("%Y-%m-%d")
    if column.kind == "time":
        return values.dt.strftime("%Y-%m-%d %H:%M:%S")
    if column.kind == "text":
        texts = values.astype("str")
        return texts.where(~texts.str.fullmatch(LONG_NUMBER, na=False), texts + "\t")
    return values
