"""The tables about payments of whole worlds, made once for all tests that look at them."""

from __future__ import annotations

import functools

import pandas as pd

from labkit.world.bank.payments.accounts import accounts
from labkit.world.bank.payments.laundering_key import laundering_cases, laundering_decoys, laundering_truth
from labkit.world.bank.payments.transfers import transfers
from labkit.world.block import Block
from labkit.world.people.persons import people
from labkit.world.people.relations import relations

MAKERS = (accounts, transfers, laundering_truth, laundering_cases, laundering_decoys, people, relations)


@functools.cache
def payment_tables(seed: int, blocks: int = 10) -> dict[str, pd.DataFrame]:
    """The tables of a world of so many blocks, by name; never change them in place."""
    made = [Block(seed, index) for index in range(blocks)]
    return {make.__name__: pd.concat([b.of(make) for b in made], ignore_index=True) for make in MAKERS}
