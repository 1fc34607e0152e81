"""Everybody of working age has a job in the own city, or an enterprise, or none."""

from __future__ import annotations

import numpy as np
import pytest

from labkit.world.block import Block
from labkit.world.calendar import PAY_DAYS
from labkit.world.people.employers import WORKING_AGES, employers, pay_day, work
from labkit.world.people.persons import people

BLOCK = Block(2026, 0)


def test_people_work_in_their_own_city_and_at_working_age() -> None:
    everybody, each = people(BLOCK), BLOCK.of(work)
    works = each.employer >= 0
    hired = works & (everybody["segment"] != "small_business").to_numpy()
    assert everybody["age"][hired].between(WORKING_AGES[0], WORKING_AGES[1] - 1).all()
    by_employer = employers(BLOCK).set_index("employer_id")["city"]
    assert by_employer.index.is_unique
    city = everybody["city"].cat.codes.to_numpy()
    np.testing.assert_array_equal(each.city[each.employer[works]], city[works])
    assert 0.6 < works.mean() < 0.85


def test_every_owner_of_a_small_business_owns_one_enterprise() -> None:
    everybody, table = people(BLOCK), employers(BLOCK)
    owners = everybody.loc[everybody["segment"] == "small_business", "person_id"]
    owned = table[table["kind"] == "small_enterprise"]
    assert sorted(owned["owner_id"]) == sorted(owners)
    assert table.loc[table["kind"] != "small_enterprise", "owner_id"].isna().all()


def test_companies_are_few_large_and_many_small() -> None:
    size = employers(BLOCK).query("kind != 'small_enterprise'")["employees"]
    assert size.max() > 3 * size.median()
    assert size.sum() > 1_000


def test_employers_pay_on_one_of_the_usual_days() -> None:
    days = BLOCK.of(pay_day)
    works = BLOCK.of(work).employer >= 0
    assert set(days[works]) == set(PAY_DAYS)
    assert (days[~works] == 0).all()


@pytest.mark.parametrize("customers", [40, 200])
def test_a_small_block_has_employers_too(customers: int) -> None:
    assert len(employers(Block(1, 0, customers=customers))) > 0
