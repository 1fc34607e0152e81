"""The customer master as the branch systems deliver it: clean records, damaged, some of them twice.

First used in lab 9.3.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.catalogue.quality import DIRTY_CUSTOMERS
from labkit.world.block import Block
from labkit.world.draws import shuffled
from labkit.world.operations.clean_records import Records, first_files, second_files
from labkit.world.operations.damage import DAMAGE, possible
from labkit.world.operations.defects import DEFECTS, SECOND_FILE, TWICE, Defect

RECORDS_PER_BLOCK = 10_000
SYSTEM_WEIGHT = 6
"""Records of a defect's source system have it so many times as often."""
MONTHLY_WEIGHT = 0.8
"""What each month of 2025 adds to the odds in a system that worsens: 9.8 times as often in December."""
AUDITED_SHARE = 0.10


class Master(NamedTuple):
    """The records of a block in the order of the delivery."""

    records: Records
    """As delivered."""
    clean: Records
    """As they should be."""
    defect: np.ndarray
    """Records × ``DEFECTS``, bool."""


def master(block: Block) -> Master:
    """Damage the clean records, deliver some twice, and put them into an order that tells nothing."""
    first, second = block.of(first_files), block.of(second_files)
    clean = {name: np.concatenate([first[name], second[name]]) for name in first}
    defect = np.zeros((len(clean["customer_id"]), len(DEFECTS)), dtype=bool)
    defect[:, DEFECTS.index(SECOND_FILE)] = np.isin(clean["customer_id"], second["customer_id"])
    records = {name: values.copy() for name, values in clean.items()}
    for position, each in enumerate(DEFECTS):
        if each.slug in DAMAGE:
            rows = _befallen(block, clean, defect, each)
            DAMAGE[each.slug](block, block.rng("dirty_customers", each.slug), records, rows)
            defect[rows, position] = True
    twice = _befallen(block, clean, defect, TWICE)
    defect[twice, DEFECTS.index(TWICE)] = True
    delivered = np.concatenate([np.arange(len(defect)), twice])
    delivered = delivered[shuffled(block, "dirty_customers", len(delivered))]
    return Master(_rows(records, delivered), _rows(clean, delivered), defect[delivered])


def _rows(records: Records, rows: np.ndarray) -> Records:
    return {name: values[rows] for name, values in records.items()}


def _befallen(block: Block, clean: Records, defect: np.ndarray, which: Defect) -> np.ndarray:
    """Rows that get a defect: as many as its rate says, of those where no other defect touches its columns."""
    others = [set(each.columns.split()) & set(which.columns.split()) for each in DEFECTS]
    free = ~defect[:, [bool(shared) for shared in others]].any(axis=1) & possible(clean, which.slug)
    if which is TWICE:  # a third file of the same person would be none of the planted cases
        free &= ~defect[:, DEFECTS.index(SECOND_FILE)]
    weight = _weights(clean, which)
    draw = block.rng("dirty_customers", f"{which.slug}_rows").random(len(defect))
    first = np.argsort(np.where(free, draw / weight, np.inf))
    share = which.rate / (2 - which.rate) if which is TWICE else which.rate
    return np.sort(first[: min(max(1, round(share * len(defect))), int(free.sum()))])


def _weights(clean: Records, which: Defect) -> np.ndarray:
    """How much more likely each record is to get a defect than one of another system."""
    of_system = clean["source_system"] == which.source_system
    if not which.worsens:
        return np.where(of_system, SYSTEM_WEIGHT, 1.0)
    month = (clean["loaded_on"].astype("datetime64[M]") - np.datetime64("2025-01")).astype(np.int64)
    return np.where(of_system, 1 + MONTHLY_WEIGHT * np.clip(month, 0, None), 1.0)


def record_ids(block: Block) -> np.ndarray:
    """Numbers of the records in the order of the delivery."""
    return block.index * RECORDS_PER_BLOCK + np.arange(len(block.of(master).defect), dtype=np.int64) + 1


def dirty_customers(block: Block) -> pd.DataFrame:
    """The table ``dirty_customers``: one row per delivered record."""
    records = {"record_id": block.of(record_ids)} | block.of(master).records
    table = pd.DataFrame({column.name: records[column.name] for column in DIRTY_CUSTOMERS.columns})
    for column in DIRTY_CUSTOMERS.columns:
        if column.kind == "date":
            table[column.name] = table[column.name].astype("datetime64[ms]")
    income = table["declared_income_fen"].astype("Int64")
    return table.assign(declared_income_fen=income.mask(income == 0))


def audit_sample(block: Block) -> pd.DataFrame:
    """The table ``audit_sample``: what some customers said when they were called; a random sample of the records."""
    clean, numbers = block.of(master).clean, block.of(record_ids)
    rng = block.rng("audit_sample", "record_id")
    rows = np.sort(rng.permutation(len(numbers))[: max(1, round(AUDITED_SHARE * len(numbers)))])
    return pd.DataFrame(
        {
            "record_id": numbers[rows],
            "audited_on": (np.datetime64("2025-12-08") + rng.integers(0, 19, len(rows))).astype(
                "datetime64[ms]"
            ),
            **{
                f"true_{name}": clean[name][rows]
                for name in ("phone", "address_en", "address_zh", "occupation")
            },
        }
    )


def quality_truth(block: Block) -> pd.DataFrame:
    """The answer key ``quality_truth``: one row per record and defect."""
    row, which = np.nonzero(block.of(master).defect)
    slugs = pd.Index([each.slug for each in DEFECTS])
    return pd.DataFrame(
        {"record_id": block.of(record_ids)[row], "defect": pd.Categorical.from_codes(which, slugs)}
    )


def record_owners(block: Block) -> pd.DataFrame:
    """The answer key ``record_owners``: whose file each record is."""
    return pd.DataFrame(
        {"record_id": block.of(record_ids), "customer_id": block.of(master).records["customer_id"]}
    )
