"""How customers earn their living."""

from __future__ import annotations

import numpy as np

from labkit.world.bank.customers import customer_people
from labkit.world.block import Block
from labkit.world.people.employers import employer_ids, employers, work

EMPLOYMENTS = ("public", "company", "self_employed", "retired", "none")
RETIREMENT_AGE = 60


def employment(block: Block) -> np.ndarray:
    """Position in :data:`EMPLOYMENTS` of each customer's employment."""
    who = block.of(customer_people)
    kinds = block.of(employers).set_index("employer_id")["kind"]
    kind = kinds.loc[block.of(employer_ids)].to_numpy()
    employer = block.of(work).employer[who["person_id"].to_numpy() - block.person_id[0]]
    named = [(employer >= 0) & (kind[employer] == name) for name in ("public", "company", "small_enterprise")]
    return np.select([*named, who["age"] >= RETIREMENT_AGE], [0, 1, 2, 3], 4)
