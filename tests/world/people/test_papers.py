"""Names, ID numbers and phone numbers look real and cannot belong to anybody."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from labkit.world.bank.customers import customers
from labkit.world.block import Block
from labkit.world.people.papers import GIVEN, SURNAMES

BLOCKS = 4
WEIGHTS = [2 ** (17 - position) % 11 for position in range(17)]
"""GB 11643-1999 gives the weights as powers of two modulo 11."""


@pytest.fixture(scope="module")
def known() -> pd.DataFrame:
    return pd.concat([customers(Block(2026, index)) for index in range(BLOCKS)], ignore_index=True)


def test_no_province_begins_with_99_and_no_network_with_12(known: pd.DataFrame) -> None:
    assert known["id_number"].str.fullmatch(r"990[1-8]\d{13}[\dX]").all()
    assert known["phone"].str.fullmatch(r"12\d{9}").all()


def test_id_numbers_carry_birth_date_sex_and_check_character(known: pd.DataFrame) -> None:
    number = known["id_number"]
    born = pd.to_datetime(number.str[6:14], format="%Y%m%d")
    assert (born.dt.year == known["birth_year"]).all()
    assert ((number.str[16].astype(int) % 2 == 1) == (known["sex"] == "male")).all()
    digits = np.array([[int(digit) for digit in each[:17]] for each in number])
    expected = [(12 - total) % 11 for total in (digits * WEIGHTS).sum(axis=1) % 11]
    assert number.str[17].tolist() == ["X" if each == 10 else str(each) for each in expected]


def test_id_numbers_carry_the_city(known: pd.DataFrame) -> None:
    assert (
        known.groupby("city", observed=True)["id_number"].agg(lambda each: each.str[:4].nunique()) == 1
    ).all()


def test_nobody_shares_a_number(known: pd.DataFrame) -> None:
    assert known["phone"].is_unique
    assert known["id_number"].is_unique


def test_names_are_a_solar_term_and_two_characters(known: pd.DataFrame) -> None:
    surnames = {chinese for chinese, _ in SURNAMES}
    given = {chinese for chinese, _ in GIVEN}
    assert len(surnames) == len(SURNAMES) == 20
    assert len(given) == len(GIVEN)
    assert set(known["name_zh"].str[:2]) == surnames
    assert (known["name_zh"].str.len() == 4).all()
    assert known["name_en"].str.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+").all()
