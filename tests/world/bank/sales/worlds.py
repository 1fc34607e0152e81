"""Whole worlds as frames, made once for all tests of a file."""

from __future__ import annotations

import functools

import pandas as pd

from labkit.world import bank
from labkit.world.bank.customers import customer_people
from labkit.world.block import Block

PARTS = (bank.customers, bank.accounts, bank.cards, bank.holdings, bank.product_views, customer_people)


@functools.lru_cache(maxsize=1)
def world(seed: int, blocks: int) -> dict[str, pd.DataFrame]:
    """The bank's tables about products of the first blocks, by name, and the people who are customers."""
    made = [Block(seed, index) for index in range(blocks)]
    tables = {
        part.__name__: pd.concat([block.of(part) for block in made], ignore_index=True) for part in PARTS
    }
    return tables | {"products": bank.products(seed)}


def held(seed: int, blocks: int) -> pd.DataFrame:
    """Holdings beside what the tables say of the product, the customer and the person."""
    tables = world(seed, blocks)
    people = tables["customer_people"][["person_id", "segment", "age"]].rename(
        columns={"person_id": "customer_id"}
    )
    customers = tables["customers"][["customer_id", "joined_on", "risk_level"]]
    products = tables["products"].rename(columns={"risk_level": "product_risk"})
    return (
        tables["holdings"].merge(products, on="product_id").merge(customers.merge(people), on="customer_id")
    )
