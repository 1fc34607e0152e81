"""A cross-field rule: the sex and the 17th digit of the ID number."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare

from .flags import judge_flags

DIGITS = "0123456789"


class SexAgreesWithId(Exercise):
    name = "sex_agrees_with_id"
    hints = (
        Text(
            "Follow `birth_agrees_with_id`: does it agree, or is there nothing to compare?",
            "照着 `birth_agrees_with_id` 来：相符吗？还是无从比较？",
        ),
        Text(
            'The 17th digit is `table["id_number"].str[16]`; `.isin(list("13579"))` tells whether it is odd, also where there is no digit.',
            '第 17 位是 `table["id_number"].str[16]`；`.isin(list("13579"))` 判断是否为奇数，没有数字的地方也不会报错。',
        ),
        Text(
            '`(odd == (table["sex"] == "male")) | ~well_formed_id(table) | table["sex"].isna()`.',
            '`(odd == (table["sex"] == "male")) | ~well_formed_id(table) | table["sex"].isna()`。',
        ),
    )
    matters = Text(
        "Two fields that say the same thing check each other for nothing. Look for such pairs before you pay for an audit.",
        "说同一件事的两个字段会免费互相检查。花钱做抽样核实之前，先找找这样的字段对。",
    )
    mistakes = {
        "malformed_accused": Text(
            "You accuse records whose ID number is no ID number at all. That is another rule's business: one mistake, one rule.",
            "你把身份证号根本不成样子的记录也判为矛盾。那是另一条规则的事：一个错误只由一条规则来报。",
        ),
        "check_character": Text(
            "You read the last character. It checks the others; the digit before it tells the sex.",
            "你读的是最后一位。末位是校验码，它前面那一位才表示性别。",
        ),
        "sixteenth": Text(
            "You read the 16th digit. Count again: the first one is number zero.",
            "你读的是第 16 位。再数一遍：第一位的序号是零。",
        ),
        "even_for_men": Text("Odd is for men, even for women.", "奇数是男性，偶数是女性。"),
        "true_where_wrong": Text(
            "True and False have changed places: True where they agree.",
            "True 和 False 反了：相符时为 True。",
        ),
        "no_sex_accused": Text(
            "You accuse records without a sex. Where nothing stands, nothing contradicts: completeness will report it.",
            "你把性别为空的记录判为矛盾。空着的地方谈不上矛盾，由完整性去报。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        return compare.function(answer, [self._case(_records(given, number)) for number in (0, 1)])

    def _case(self, table: pd.DataFrame) -> tuple[tuple, Callable[[Any], Verdict]]:
        mistakes = {name: functools.partial(_agrees, table, name) for name in self.mistakes}
        return (table.copy(),), lambda result: judge_flags(result, table.index, _agrees(table), mistakes)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda table: pd.Series(_agrees(table, mistake), table.index)

        return {
            "malformed_accused": made("malformed_accused"),
            "check_character": made("check_character"),
            "sixteenth": made("sixteenth"),
            "even_for_men": made("even_for_men"),
            "true_where_wrong": made("true_where_wrong"),
            "no_sex_accused": made("no_sex_accused"),
            "all_agree": lambda table: pd.Series(True, table.index),
            "raises": lambda table: table["id_number"].str[16].astype(int) % 2 == 1,
        }


def _records(given: Given, number: int) -> pd.DataFrame:
    """Four hundred invented records; some ID numbers are phones, too short, or not there."""
    rng = given.rng(f"sex_agrees_with_id/{number}")
    size = 400
    ids = np.array(
        ["99" + "".join(rng.choice(list(DIGITS), 15)) + rng.choice(list(DIGITS + "X")) for _ in range(size)],
        dtype=object,
    )
    kind = rng.integers(0, 20, size)
    ids[kind == 0], ids[kind == 2] = "12800000000", None
    ids[kind == 1] = [number[:17] for number in ids[kind == 1]]
    sex = np.where(rng.random(size) < 0.5, "male", "female").astype(object)
    sex[rng.random(size) < 0.03] = None
    table = pd.DataFrame({"sex": pd.Series(sex, dtype="str"), "id_number": pd.Series(ids, dtype="str")})
    if number == 1:
        table["sex"] = table["sex"].astype("category")
    return table.set_axis(rng.permutation(size))


def _agrees(table: pd.DataFrame, mistake: str = "") -> np.ndarray:
    """Record by record with plain Python, where the solution worked on whole columns."""
    pairs = zip(table["sex"].astype(object), table["id_number"].astype(object), strict=True)
    return np.array([_agree(sex, number, mistake) for sex, number in pairs], dtype=bool)


def _agree(sex: Any, number: Any, mistake: str) -> bool:
    if mistake == "true_where_wrong":
        return not _agree(sex, number, "")
    well_formed = (
        isinstance(number, str) and len(number) == 18 and number[:17].isdigit() and number[17] in DIGITS + "X"
    )
    if not well_formed:
        return mistake != "malformed_accused"
    if pd.isna(sex):
        return mistake != "no_sex_accused"
    digit = number[{"check_character": 17, "sixteenth": 15}.get(mistake, 16)]
    odd = digit in "13579"
    return (odd == (sex == "male")) != (mistake == "even_for_men")
