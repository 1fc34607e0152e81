"""The tables of marketing fit the catalogue, in a large block and a small one, and follow from seed and block alone."""

from __future__ import annotations

import pandas as pd
import pytest

from labkit.catalogue import marketing, marketing_pilot
from labkit.store.storage import content_hash, to_arrow
from labkit.world.bank.customers import customer_people
from labkit.world.block import Block
from labkit.world.marketing import DOMAIN

TABLES = {table.name: table for table in (*marketing.TABLES, *marketing_pilot.TABLES)}


def make(block: Block) -> dict[str, pd.DataFrame]:
    return {table.__name__: block.of(table) for table in DOMAIN.per_block}


def hashes(block: Block) -> dict[str, str]:
    return {name: content_hash(to_arrow(TABLES[name], frame)) for name, frame in make(block).items()}


@pytest.fixture(scope="module", params=[2_000, 200], ids=["block", "sample"])
def block(request) -> Block:
    return Block(2026, 0, request.param)


def test_every_table_of_the_catalogue_is_made_and_fits_it(block):
    tables = make(block) | {table.__name__: table(2026) for table in DOMAIN.once}
    assert set(tables) == set(TABLES)
    for name, frame in tables.items():
        assert to_arrow(TABLES[name], frame).num_rows > 0
        assert not frame.duplicated(list(TABLES[name].key)).any(), name


def test_customers_are_those_of_the_block(block):
    customers = set(block.of(customer_people)["person_id"])
    for name, frame in make(block).items():
        assert set(frame["customer_id"]) <= customers, name


def test_a_block_is_a_pure_function_of_seed_and_index():
    first = hashes(Block(2026, 0, 200))
    assert hashes(Block(2026, 0, 200)) == first
    for other in (hashes(Block(2026, 1, 200)), hashes(Block(1, 0, 200))):
        assert not set(first.values()) & set(other.values())


def test_a_block_takes_less_than_a_megabyte(tmp_path, block):
    from labkit.store.storage import write_parquet

    size = 0
    for name, frame in make(block).items():
        write_parquet(to_arrow(TABLES[name], frame), tmp_path / name)
        size += (tmp_path / name).stat().st_size
    assert size < 1_000_000
