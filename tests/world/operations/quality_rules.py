"""Twenty rules on the delivered customer master, as lab 9.3 declares them; they know nothing of what was planted."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

MISSING_WORDS = {"", "N/A", "NA", "无", "-", "null"}
CHECK_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Delivery(NamedTuple):
    """What a rule may read."""

    records: pd.DataFrame
    branches: pd.DataFrame
    audit: pd.DataFrame


def well_formed_id(records: pd.DataFrame) -> pd.Series:
    return records["id_number"].str.fullmatch(r"\d{17}[\dX]")


def well_formed_phone(records: pd.DataFrame) -> pd.Series:
    return records["phone"].str.fullmatch(r"1\d{10}").fillna(False).astype(bool)


def phone_missing(given: Delivery) -> pd.Series:
    phone = given.records["phone"]
    return phone.isna() | phone.str.strip().isin(MISSING_WORDS)


def occupation_unknown(given: Delivery) -> pd.Series:
    return given.records["occupation"].astype(str) == "999"


def income_nines(given: Delivery) -> pd.Series:
    return (given.records["declared_income_fen"] == 99_999_999).fillna(False)


def exact_duplicate(given: Delivery) -> pd.Series:
    return given.records.duplicated([c for c in given.records if c != "record_id"], keep=False)


def near_duplicate(given: Delivery) -> pd.Series:
    """Born on the same day, at the same address, and all but one character of the name alike."""
    columns = ["record_id", "birth_date", "address_zh", "name_zh", "id_number"]
    pairs = given.records[columns].merge(given.records[columns], on=["birth_date", "address_zh"])
    pairs = pairs[pairs["id_number_x"] != pairs["id_number_y"]]
    alike = [
        len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
        for one, other in zip(pairs["name_zh_x"], pairs["name_zh_y"], strict=True)
    ]
    return given.records["record_id"].isin(pairs.loc[alike, "record_id_x"])


def shared_phone(given: Delivery) -> pd.Series:
    persons = given.records[well_formed_phone(given.records)].groupby("phone")["id_number"].nunique()
    return given.records["phone"].isin(persons[persons >= 3].index)


def id_check_character(given: Delivery) -> pd.Series:
    numbers = given.records["id_number"].where(well_formed_id(given.records))
    known = numbers.dropna()
    sums = sum(known.str[place].astype(int) * weight for place, weight in enumerate(CHECK_WEIGHTS))
    wrong = known.str[17] != (sums % 11).map(dict(enumerate("10X98765432")))
    return wrong.reindex(numbers.index, fill_value=False)


def phone_ten_digits(given: Delivery) -> pd.Series:
    return given.records["phone"].str.fullmatch(r"\d{10}").fillna(False).astype(bool)


def name_mojibake(given: Delivery) -> pd.Series:
    return ~given.records["name_zh"].str.fullmatch(r"[\u4e00-\u9fff]+")


def negative_balance(given: Delivery) -> pd.Series:
    return given.records["balance_fen"] < 0


def income_in_yuan(given: Delivery) -> pd.Series:
    """Less than 1 000 yuan a month, after reading the number as fen."""
    return (given.records["declared_income_fen"] < 100_000).fillna(False)


def birth_contradicts_id(given: Delivery) -> pd.Series:
    written = given.records["birth_date"].dt.strftime("%Y%m%d")
    return well_formed_id(given.records) & (given.records["id_number"].str[6:14] != written)


def sex_contradicts_id(given: Delivery) -> pd.Series:
    odd = given.records["id_number"].where(well_formed_id(given.records)).str[16].isin(list("13579"))
    return well_formed_id(given.records) & (odd != (given.records["sex"].astype(str) == "male"))


def city_contradicts_branch(given: Delivery) -> pd.Series:
    there = given.records["branch_id"].map(given.branches.set_index("branch_id")["city"].astype(str))
    return there != given.records["city"].astype(str)


def joined_before_birth(given: Delivery) -> pd.Series:
    return given.records["joined_on"] < given.records["birth_date"]


def swapped_fields(given: Delivery) -> pd.Series:
    return given.records["phone"].str.fullmatch(r"\d{17}[\dX]").fillna(False).astype(bool)


def stale_review(given: Delivery) -> pd.Series:
    return given.records["updated_on"] < "2023-01-01"


def late_delivery(given: Delivery) -> pd.Series:
    return given.records["loaded_on"] - given.records["updated_on"] > pd.Timedelta(days=7)


def phone_wrong(given: Delivery) -> pd.Series:
    """Of the audited records: a number that looks right and is not the customer's."""
    valid = well_formed_phone(given.records) & ~shared_phone(given)
    return valid & _differs(given, "phone", "true_phone")


def address_outdated(given: Delivery) -> pd.Series:
    """Of the audited records: the customer lives elsewhere."""
    return _differs(given, "address_zh", "true_address_zh")


def _differs(given: Delivery, column: str, truth: str) -> pd.Series:
    true = given.records["record_id"].map(given.audit.set_index("record_id")[truth])
    return true.notna() & (given.records[column] != true)


RULES: dict[str, Callable[[Delivery], pd.Series]] = {
    rule.__name__: rule
    for rule in (
        phone_missing, occupation_unknown, income_nines, exact_duplicate, near_duplicate, shared_phone,
        id_check_character, phone_ten_digits, name_mojibake, negative_balance, income_in_yuan,
        birth_contradicts_id, sex_contradicts_id, city_contradicts_branch, joined_before_birth, swapped_fields,
        stale_review, late_delivery, phone_wrong, address_outdated,
    )
}  # fmt: skip
NEED_THE_AUDIT = ("phone_wrong", "address_outdated")


def judged(given: Delivery, truth: pd.DataFrame) -> pd.DataFrame:
    """Precision and recall of each rule; those that need the audit are judged on the audited records only."""
    rows = []
    audited = given.records["record_id"].isin(given.audit["record_id"])
    for name, rule in RULES.items():
        seen = audited if name in NEED_THE_AUDIT else np.ones(len(audited), dtype=bool)
        found = rule(given) & seen
        planted = given.records["record_id"].isin(truth.loc[truth["defect"] == name, "record_id"]) & seen
        both = (found & planted).sum()
        rows.append((name, both / max(found.sum(), 1), both / max(planted.sum(), 1), found.sum()))
    return pd.DataFrame(rows, columns=["defect", "precision", "recall", "found"]).set_index("defect")
