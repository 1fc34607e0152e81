"""Which values of a column are missing, whatever stands in the field."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare

from .flags import judge_flags

WORDS = frozenset(("", "N/A", "NA", "null", "无", "-"))


class IsMissing(Exercise):
    name = "is_missing"
    hints = (
        Text(
            "Three questions to each value: is it there at all, is it one of the words, is it nothing but the digit 9?",
            "对每个值问三句：到底有没有值？是不是那几个词之一？是不是全是 9？",
        ),
        Text(
            '`written = values.astype("str").str.strip()` makes text without blanks around it of any column; a number then ends in ".0".',
            '`written = values.astype("str").str.strip()` 把任何列变成前后没有空格的文本；数值会以“.0”结尾。',
        ),
        Text(
            '`values.isna() | written.isin([...]) | written.str.removesuffix(".0").str.fullmatch("9{3,}").fillna(False).astype(bool)`.',
            '`values.isna() | written.isin([...]) | written.str.removesuffix(".0").str.fullmatch("9{3,}").fillna(False).astype(bool)`。',
        ),
    )
    matters = Text(
        "Whoever counts empty fields rewards the branches that type rubbish and punishes those that leave an honest blank.",
        "只数空字段，等于奖励乱填的网点，惩罚老实留空的网点。",
    )
    mistakes = {
        "nulls_only": Text(
            "You count only what the computer calls missing. What did people type to get past the field?",
            "你只数了计算机认为缺失的值。为了通过校验，人们都填了些什么？",
        ),
        "blanks_survive": Text(
            "A value of nothing but blanks passes as a value. Strip before you compare.",
            "只有空格的值被你当成了有值。比较之前先去掉前后空格。",
        ),
        "nines_survive": Text(
            "Digits 9 and nothing else pass as a value: 999 is no occupation, and nobody's income is all 9.",
            "全填 9 的被你当成了有值：999 不是职业，也没有人的收入恰好全是 9。",
        ),
        "nines_inside": Text(
            "You flag values that merely *contain* 999, right phone numbers among them: a false rule. The whole value must be made of 9.",
            "你把只是*含有* 999 的值也标了出来，其中有正确的手机号：这是一条错误的规则。必须整个值都是 9。",
        ),
        "zero_is_missing": Text(
            "Zero is a value: a savings account may be empty.", "零是一个值：储蓄账户可以没有余额。"
        ),
        "other_way_round": Text(
            "True and False have changed places: True means missing.", "True 和 False 反了：True 表示缺失。"
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        return compare.function(answer, [self._case(values) for values in _columns(given)])

    def _case(self, values: pd.Series) -> tuple[tuple, Callable[[Any], Verdict]]:
        mistakes = {name: functools.partial(_missing, values, name) for name in self.mistakes}
        return (values.copy(),), lambda result: judge_flags(result, values.index, _missing(values), mistakes)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda values: pd.Series(_missing(values, mistake), values.index)

        return {
            "nulls_only": made("nulls_only"),
            "blanks_survive": made("blanks_survive"),
            "nines_survive": made("nines_survive"),
            "nines_inside": made("nines_inside"),
            "zero_is_missing": made("zero_is_missing"),
            "other_way_round": made("other_way_round"),
            "one_number": lambda values: 0.05,
            "the_values": lambda values: values,
        }


def _columns(given: Given) -> list[pd.Series]:
    """The phones in use, and a text and a number column with everything that can go wrong in them."""
    rng = given.rng("is_missing")
    phones = given.table("dirty_customers", ["phone"])["phone"].head(5_000)
    typed = [
        "",
        " ",
        "   ",
        "N/A",
        "NA",
        "null",
        "无",
        "-",
        "999",
        "9999",
        None,
        "0",
        "99",
        "无锡路1号",
        "- 12",
        "12999912345",
        "12345999",
        "NANA",
    ]
    numbers = [99_999_999.0, np.nan, 0.0, 850_000.0, 99.0, 999_900.0, 120_000.0]
    mixed = pd.Series(rng.permutation(np.array(typed * 3, dtype=object)), dtype="str")
    return [
        mixed,
        phones,
        pd.Series(rng.permutation(np.array(numbers * 4)), name="declared_income_fen"),
        mixed.astype("category"),
    ]


def _missing(values: pd.Series, mistake: str = "") -> np.ndarray:
    """Value by value with plain Python, where the solution worked on whole columns."""
    return np.array([_is_missing(value, mistake) for value in values.astype(object)], dtype=bool)


def _is_missing(value: Any, mistake: str) -> bool:
    if mistake == "other_way_round":
        return not _is_missing(value, "")
    if pd.isna(value):
        return True
    if mistake == "nulls_only":
        return False
    text = f"{value:.0f}" if isinstance(value, (int, float)) else str(value)
    word = text if mistake == "blanks_survive" else text.strip()
    if word in WORDS or (mistake == "zero_is_missing" and word == "0"):
        return True
    if mistake == "nines_survive":
        return False
    pattern = "999" if mistake == "nines_inside" else "^9{3,}$"
    return re.search(pattern, word) is not None
