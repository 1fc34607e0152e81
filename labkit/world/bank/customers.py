"""The customers of Lighthouse Bank, as the bank's master file knows them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world.block import Block
from labkit.world.people.papers import id_numbers, names, phones
from labkit.world.people.persons import people
from labkit.world.people.places import nearest_branch

RISK_LEVEL_LIMITS = (0.30, 0.44, 0.58, 0.74)
"""Measured risk appetite from which a customer may buy products of level 2, 3, 4 and 5."""
LONGEST_RELATION_DAYS = 20 * 365
INCOME_UNKNOWN_SHARE = {"old": 0.35, "new": 0.08}
"""The form asks for the income since 2020; before, it was optional."""


def customer_people(block: Block) -> pd.DataFrame:
    """The people of the block who bank with Lighthouse Bank, one row each, in the order of their numbers."""
    everybody = block.of(people)
    return everybody[everybody["is_customer"]].reset_index(drop=True)


def joined_on(block: Block) -> np.ndarray:
    """First day as a customer, datetime64[D], in the order of :func:`customer_people`: mostly recent, never a minor."""
    age = block.of(customer_people)["age"].to_numpy()
    adult_days = (age - 17) * 365
    days = block.rng("customers", "joined_on").exponential(2_400, len(age)).astype(np.int64)
    return np.datetime64("2025-06-30") - days % np.minimum(adult_days, LONGEST_RELATION_DAYS)


def risk_level(block: Block) -> np.ndarray:
    """Result of the suitability questionnaire, 1 to 5: the appetite for risk, answered with some noise."""
    appetite = block.of(customer_people)["risk_appetite"].to_numpy()
    noise = block.rng("customers", "risk_level").integers(-120, 121, len(appetite)) / 2_000
    return np.searchsorted(RISK_LEVEL_LIMITS, appetite + noise, side="right") + 1


def customers(block: Block) -> pd.DataFrame:
    """The table ``customers``: one row per customer."""
    who, since = block.of(customer_people), block.of(joined_on)
    position = (who["person_id"] - block.person_id[0]).to_numpy()
    name_zh, name_en = block.of(names)
    return pd.DataFrame(
        {
            "customer_id": who["person_id"],
            "name_en": name_en[position],
            "name_zh": name_zh[position],
            "id_number": block.of(id_numbers)[position],
            "phone": block.of(phones)[position].astype(str),
            "sex": who["sex"],
            "birth_year": 2025 - who["age"],
            "city": who["city"],
            "city_tier": who["city_tier"],
            "grid_cell_id": who["grid_cell_id"],
            "branch_id": nearest_branch()[who["grid_cell_id"] - 1] + 1,
            "joined_on": since.astype("datetime64[ms]"),
            "risk_level": block.of(risk_level),
            "declared_income_fen": _declared_income(block, who["income_fen"], since),
        }
    )


def _declared_income(block: Block, income_fen: pd.Series, since: np.ndarray) -> pd.Series:
    """What the customer wrote on the form, to the nearest 500 yuan; often nothing on old forms."""
    rng = block.rng("customers", "declared_income_fen")
    factor = rng.integers(85, 121, len(income_fen)) / 100
    declared = np.maximum(np.rint(income_fen.to_numpy() * factor / 50_000), 1).astype(np.int64) * 50_000
    share = np.where(since < np.datetime64("2020-01-01"), *INCOME_UNKNOWN_SHARE.values())
    return pd.Series(declared, dtype="Int64").mask(rng.random(len(income_fen)) < share)
