"""How each defect damages a record: one function per defect, on some rows of the columns, in place.

Whatever becomes of a number, it stays one that no real person has: phones begin with 12, ID numbers with 99.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from labkit.world.block import Block
from labkit.world.operations.clean_records import DAYS_TO_DELIVER, LAST_DAY, Records, addresses
from labkit.world.operations.defects import FRESH_FROM, LEAST_INCOME_FEN
from labkit.world.people.papers import CHECK_CHARACTERS, PHONES
from labkit.world.people.places import CITY_SLUGS, branches_of_bank

NO_PHONE = (None, "", " ", "N/A", "无", "-")
NINES_FEN = 99_999_999
CUSTOMERS_PER_CLERK = 6
LATE_DAYS = (15, 76)
LAST_TO_BE_LATE = LAST_DAY - LATE_DAYS[1]
CUSTOMER_SINCE = np.datetime64("2021-01-01")
"""Only files opened before can be stale: a new one has been looked through."""

Damage = Callable[[Block, np.random.Generator, Records, np.ndarray], None]


def phone_missing(block: Block, rng: np.random.Generator, records: Records, rows: np.ndarray) -> None:
    """Nothing, or what people type to get past the field."""
    records["phone"][rows] = np.array(NO_PHONE, dtype=object)[rng.integers(0, len(NO_PHONE), len(rows))]


def occupation_unknown(block: Block, rng: np.random.Generator, records: Records, rows: np.ndarray) -> None:
    """The code for unknown."""
    records["occupation"][rows] = "999"


def income_nines(block: Block, rng: np.random.Generator, records: Records, rows: np.ndarray) -> None:
    """As many nines as the field holds."""
    records["declared_income_fen"][rows] = NINES_FEN


def shared_phone(block: Block, rng: np.random.Generator, records: Records, rows: np.ndarray) -> None:
    """The phones of a few clerks, each in the files of at least three customers."""
    clerks = max(1, len(rows) // CUSTOMERS_PER_CLERK)
    phones = (12 * PHONES + rng.integers(0, PHONES, clerks)).astype(str).astype(object)
    records["phone"][rng.permutation(rows)] = phones[np.arange(len(rows)) % clerks]


def id_check_character(block: Block, rng: np.random.Generator, records: Records, rows: np.ndarray) -> None:
    """Another check character."""
    characters = CHECK_CHARACTERS.tolist()
    for row, step in zip(rows, rng.integers(1, 11, len(rows)), strict=True):
        number = records["id_number"][row]
        records["id_number"][row] = number[:17] + characters[(characters.index(number[17]) + step) % 11]


def phone_ten_digits(block: Block, rng: np.random.Generator, records: Records, rows: np.ndarray) -> None:
    """One digit is lost, never one of the first two."""
    for row, place in zip(rows, rng.integers(2, 11, len(rows)), strict=True):
        number = records["phone"][row]
        records["phone"][row] = number[:place] + number[place + 1 :]


def name_mojibake(block: Block, rng: np.random.Generator, records: Records, rows: np.ndarray) -> None:
    """UTF-8 read as Windows-1252."""
    names = records["name_zh"][rows]
    records["name_zh"][rows] = [name.encode().decode("cp1252", errors="replace") for name in names]


def negative_balance(block: Block, rng: np.random.Generator, records: Records, rows: np.ndarray) -> None:
    """The sign is lost on the way."""
    records["balance_fen"][rows] *= -1


def income_in_yuan(block: Block, rng: np.random.Generator, records: Records, rows: np.ndarray) -> None:
    """A hundredth of what it should be."""
    records["declared_income_fen"][rows] //= 100


def birth_contradicts_id(block: Block, rng: np.random.Generator, records: Records, rows: np.ndarray) -> None:
    """Born one to nine years earlier, on the same day of the year or one beside it."""
    years = rng.integers(1, 10, len(rows))
    records["birth_date"][rows] -= years * 365 + years // 4


def sex_contradicts_id(block: Block, rng: np.random.Generator, records: Records, rows: np.ndarray) -> None:
    """The other sex."""
    records["sex"][rows] = np.where(records["sex"][rows] == "male", "female", "male")


def city_contradicts_branch(
    block: Block, rng: np.random.Generator, records: Records, rows: np.ndarray
) -> None:
    """A branch of another city."""
    city = branches_of_bank().city
    home = np.array([CITY_SLUGS.index(name) for name in records["city"][rows]], dtype=np.int64)
    elsewhere = (home + rng.integers(1, len(CITY_SLUGS), len(rows))) % len(CITY_SLUGS)
    records["branch_id"][rows] = np.searchsorted(city, elsewhere) + 1  # the first of that city


def joined_before_birth(block: Block, rng: np.random.Generator, records: Records, rows: np.ndarray) -> None:
    """One to nine years before the date of birth."""
    records["joined_on"][rows] = records["birth_date"][rows] - rng.integers(365, 3_650, len(rows))


def swapped_fields(block: Block, rng: np.random.Generator, records: Records, rows: np.ndarray) -> None:
    """The phone where the ID number belongs, and the other way round."""
    phone = records["phone"][rows]
    records["phone"][rows], records["id_number"][rows] = records["id_number"][rows], phone


def stale_review(block: Block, rng: np.random.Generator, records: Records, rows: np.ndarray) -> None:
    """Last changed at some time between the first day and three years ago."""
    joined = records["joined_on"][rows]
    longest = (np.datetime64(FRESH_FROM) - joined).astype(np.int64)
    records["updated_on"][rows] = joined + (longest * rng.random(len(rows))).astype(np.int64)
    records["loaded_on"][rows] = records["updated_on"][rows] + rng.integers(0, DAYS_TO_DELIVER, len(rows))


def late_delivery(block: Block, rng: np.random.Generator, records: Records, rows: np.ndarray) -> None:
    """Two weeks to two and a half months on the way."""
    records["loaded_on"][rows] = records["updated_on"][rows] + rng.integers(*LATE_DAYS, len(rows))


def phone_wrong(block: Block, rng: np.random.Generator, records: Records, rows: np.ndarray) -> None:
    """One digit is another, never one of the first two."""
    for row, place, step in zip(
        rows, rng.integers(2, 11, len(rows)), rng.integers(1, 10, len(rows)), strict=True
    ):
        number = records["phone"][row]
        records["phone"][row] = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]


def address_outdated(block: Block, rng: np.random.Generator, records: Records, rows: np.ndarray) -> None:
    """Where the customer lived before."""
    person = records["customer_id"][rows] - block.person_id[0]
    english, chinese = addresses(block, "before")
    records["address_en"][rows], records["address_zh"][rows] = english[person], chinese[person]


DAMAGE: dict[str, Damage] = {
    each.__name__: each
    for each in (
        phone_missing, occupation_unknown, income_nines, shared_phone, id_check_character, phone_ten_digits,
        name_mojibake, negative_balance, income_in_yuan, birth_contradicts_id, sex_contradicts_id,
        city_contradicts_branch, joined_before_birth, swapped_fields, stale_review, late_delivery, phone_wrong,
        address_outdated,
    )
}  # fmt: skip
"""What each defect does; the two kinds of duplicates are records of their own."""


def possible(records: Records, slug: str) -> np.ndarray:
    """Records that a defect can befall, bool: one must have an income to write it down wrongly."""
    income, changed = records["declared_income_fen"], records["updated_on"]
    conditions = {
        "negative_balance": records["balance_fen"] > 0,
        "income_in_yuan": (income > 0) & (income < 100 * LEAST_INCOME_FEN),
        "stale_review": records["joined_on"] < CUSTOMER_SINCE,
        "late_delivery": changed < LAST_TO_BE_LATE,
    }
    return conditions.get(slug, np.ones(len(income), dtype=bool))
