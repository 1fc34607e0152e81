"""The customer master says of a person what the bank can know, and leaves out what it cannot."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from labkit.world.bank.customers import customers
from labkit.world.block import Block
from labkit.world.people.persons import people


@pytest.fixture(scope="module")
def known() -> pd.DataFrame:
    """Customers beside the people they are."""
    blocks = [Block(2026, index) for index in range(5)]
    files = pd.concat([customers(block) for block in blocks])
    return files.merge(
        pd.concat([people(block) for block in blocks]),
        left_on="customer_id",
        right_on="person_id",
        suffixes=("", "_true"),
    )


def test_a_customer_is_the_same_person_as_everywhere(known: pd.DataFrame) -> None:
    assert len(known) == 10_000
    for column in ("sex", "city", "city_tier", "grid_cell_id"):
        assert (known[column].astype(str) == known[f"{column}_true"].astype(str)).all()
    assert (2025 - known["birth_year"] == known["age"]).all()


def test_nobody_joined_as_a_child_or_in_the_last_months(known: pd.DataFrame) -> None:
    age_then = known["joined_on"].dt.year - known["birth_year"]
    assert age_then.min() >= 16
    assert known["joined_on"].between("2005-01-01", "2025-06-30").all()


def test_the_risk_level_is_the_appetite_measured_with_noise(known: pd.DataFrame) -> None:
    assert known["risk_level"].value_counts(normalize=True).sort_index().between(0.1, 0.35).all()
    assert 0.9 < spearmanr(known["risk_level"], known["risk_appetite"]).statistic < 1


def test_income_is_missing_where_the_form_did_not_ask(known: pd.DataFrame) -> None:
    old = known["joined_on"] < "2020-01-01"
    missing = known["declared_income_fen"].isna()
    assert missing[old].mean() == pytest.approx(0.35, abs=0.04)
    assert missing[~old].mean() == pytest.approx(0.08, abs=0.02)
    ratio = (known["declared_income_fen"] / known["income_fen"]).dropna().astype(float)
    assert ratio.median() == pytest.approx(1.02, abs=0.03)
    assert np.log(ratio).std() < 0.2
