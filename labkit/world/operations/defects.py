"""The twenty defects of the customer master: what is wrong, how often, and what it costs.

First used in lab 9.3.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from labkit.language import Text

DIMENSIONS = ("completeness", "uniqueness", "validity", "consistency", "timeliness", "accuracy")
FRESH_FROM = "2023-01-01"
"""Every record is to be looked through once in three years; today is 2026-01-01."""
DELIVERED_WITHIN_DAYS = 7
"""A change is to reach the warehouse within a week."""
LEAST_INCOME_FEN = 100_000
"""Incomes below 1 000 yuan a month were written down in yuan, not fen."""


class Defect(NamedTuple):
    """One planted defect.

    Parameters
    ----------
    slug : str
        The code in the answer keys.
    dimension : str
        One of :data:`DIMENSIONS`.
    columns : str
        Columns a rule must read, with spaces between. No record has two defects in one column.
    rate : float
        Share of the records that have it.
    cost_yuan : int
        What one such record costs the bank a year.
    description : Text
        What is wrong.
    source_system : str, optional
        System whose records have it far more often than others.
    worsens : bool
        Does it grow more frequent there from month to month of 2025?
    """

    slug: str
    dimension: str
    columns: str
    rate: float
    cost_yuan: int
    description: Text
    source_system: str | None = None
    worsens: bool = False


# fmt: off
DEFECTS = (
    Defect("phone_missing", "completeness", "phone", 0.045, 64,
           Text("No phone number: empty, blank, N/A, 无 or -", "手机号缺失：空值、空白、N/A、无或 -"), "agent", True),
    Defect("occupation_unknown", "completeness", "occupation", 0.060, 9,
           Text("Occupation 999, which stands for unknown", "职业代码为 999，即未知")),
    Defect("income_nines", "completeness", "declared_income_fen", 0.030, 26,
           Text("Income of 999 999.99 yuan, typed to fill the field", "收入填为 999999.99 元，只为通过必填校验")),
    Defect("exact_duplicate", "uniqueness", "record_id", 0.030, 21,
           Text("The record was delivered twice", "同一记录重复送达")),
    Defect("near_duplicate", "uniqueness", "name_zh phone id_number birth_date address_zh", 0.040, 98,
           Text("A second file of the same person: one character of the name, the phone and the end of the ID number differ",
                "同一客户另立一份档案：姓名一字之差，手机号与身份证号末段不同")),
    Defect("shared_phone", "uniqueness", "phone id_number", 0.018, 115,
           Text("The clerk's own phone number in the files of at least three customers", "柜员自己的手机号登记在三位以上客户名下"), "counter"),
    Defect("id_check_character", "validity", "id_number", 0.013, 140,
           Text("The check character of the ID number is wrong", "身份证号校验码错误")),
    Defect("phone_ten_digits", "validity", "phone", 0.022, 61,
           Text("The phone number has ten digits", "手机号只有 10 位")),
    Defect("name_mojibake", "validity", "name_zh", 0.015, 43,
           Text("The name was read in the wrong encoding", "姓名因编码错误成为乱码"), "county"),
    Defect("negative_balance", "validity", "balance_fen", 0.008, 190,
           Text("A savings account below zero", "储蓄账户余额为负")),
    Defect("income_in_yuan", "validity", "declared_income_fen", 0.025, 72,
           Text("Income written in yuan where fen are meant", "收入以元填写，应为分")),
    Defect("birth_contradicts_id", "consistency", "birth_date id_number", 0.016, 68,
           Text("The date of birth is not the one in the ID number", "出生日期与身份证号不符")),
    Defect("sex_contradicts_id", "consistency", "sex id_number", 0.011, 34,
           Text("The sex is not the one in the ID number", "性别与身份证号不符")),
    Defect("city_contradicts_branch", "consistency", "branch_id city", 0.020, 19,
           Text("The branch stands in another city", "所属网点不在客户所在城市")),
    Defect("joined_before_birth", "consistency", "joined_on birth_date", 0.007, 16,
           Text("A customer before birth", "开户日期早于出生日期")),
    Defect("swapped_fields", "consistency", "phone id_number", 0.009, 105,
           Text("Phone and ID number stand in each other's column", "手机号与身份证号互换")),
    Defect("stale_review", "timeliness", "joined_on updated_on", 0.080, 12,
           Text("Not looked through for three years", "超过三年未更新")),
    Defect("late_delivery", "timeliness", "updated_on loaded_on", 0.050, 17,
           Text("A change took more than a week to arrive", "变更超过一周才入仓"), "county"),
    Defect("phone_wrong", "accuracy", "phone", 0.045, 76,
           Text("A valid phone number, but not the customer's: one digit differs", "手机号格式有效但不是本人的：有一位数字不同")),
    Defect("address_outdated", "accuracy", "address_zh", 0.070, 23,
           Text("The customer has moved within the city", "客户已在本市搬家，地址未更新")),
)
# fmt: on
BY_SLUG = {defect.slug: defect for defect in DEFECTS}
SECOND_FILE, TWICE = BY_SLUG["near_duplicate"], BY_SLUG["exact_duplicate"]
"""The two defects that are records of their own; both records of a pair have it."""
RECORDS_PER_CUSTOMER = 1 / (1 - (SECOND_FILE.rate + TWICE.rate) / 2)


def quality_defects(seed: int) -> pd.DataFrame:
    """The answer key ``quality_defects``: one row per planted defect, the same in every world."""
    return pd.DataFrame(
        {
            "defect": [each.slug for each in DEFECTS],
            "dimension": [each.dimension for each in DEFECTS],
            "columns": [each.columns for each in DEFECTS],
            "description_en": [each.description.en for each in DEFECTS],
            "description_zh": [each.description.zh for each in DEFECTS],
            "rate": [each.rate for each in DEFECTS],
            "cost_fen": [each.cost_yuan * 100 for each in DEFECTS],
            "source_system": [each.source_system for each in DEFECTS],
            "worsens": [each.worsens for each in DEFECTS],
        }
    )
