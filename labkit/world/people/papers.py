"""Names, ID numbers and phone numbers that no real person can have.

Surnames are solar terms that begin with no Chinese surname, region codes begin with 99 (no province), and phone
numbers with 12 (no mobile network: those begin with 13 to 19).
"""

from __future__ import annotations

import numpy as np

from labkit.world.block import Block
from labkit.world.people.persons import identity
from labkit.world.people.places import CITY_CODE

SURNAMES = (
    ("雨水", "Yushui"), ("惊蛰", "Jingzhe"), ("春分", "Chunfen"), ("清明", "Qingming"), ("立夏", "Lixia"),
    ("小满", "Xiaoman"), ("芒种", "Mangzhong"), ("小暑", "Xiaoshu"), ("大暑", "Dashu"), ("立秋", "Liqiu"),
    ("处暑", "Chushu"), ("秋分", "Qiufen"), ("寒露", "Hanlu"), ("霜降", "Shuangjiang"), ("立冬", "Lidong"),
    ("小雪", "Xiaoxue"), ("大雪", "Daxue"), ("冬至", "Dongzhi"), ("小寒", "Xiaohan"), ("大寒", "Dahan"),
)  # fmt: skip
GIVEN = (
    ("明", "ming"), ("远", "yuan"), ("若", "ruo"), ("舟", "zhou"), ("清", "qing"), ("和", "he"), ("景", "jing"),
    ("行", "xing"), ("知", "zhi"), ("秋", "qiu"), ("文", "wen"), ("博", "bo"), ("安", "an"), ("宁", "ning"),
    ("书", "shu"), ("遥", "yao"), ("晨", "chen"), ("曦", "xi"), ("子", "zi"), ("涵", "han"), ("思", "si"),
    ("齐", "qi"), ("雅", "ya"), ("然", "ran"), ("嘉", "jia"), ("言", "yan"), ("亦", "yi"), ("凡", "fan"),
    ("素", "su"), ("心", "xin"), ("望", "wang"), ("川", "chuan"), ("长", "chang"), ("青", "qing"), ("月", "yue"),
    ("谷", "gu"), ("一", "yi"), ("诺", "nuo"), ("海", "hai"), ("棠", "tang"),
)  # fmt: skip
CHECK_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
CHECK_CHARACTERS = np.array(list("10X98765432"))
"""GB 11643-1999: the weighted sum of 17 digits modulo 11 decides the last character."""
PHONES = 1_000_000_000
_MULTIPLIER = 618_033_989  # has no factor in common with PHONES, so no two people share a number


def names(block: Block) -> tuple[np.ndarray, np.ndarray]:
    """Chinese names and their spelling in English, one per person; several people may share one."""
    rng = block.rng("people", "name")
    surname = rng.integers(0, len(SURNAMES), block.size)
    first, second = rng.integers(0, len(GIVEN), (2, block.size))
    chinese = [
        SURNAMES[s][0] + GIVEN[a][0] + GIVEN[b][0] for s, a, b in zip(surname, first, second, strict=True)
    ]
    english = [
        f"{SURNAMES[s][1]} {(GIVEN[a][1] + GIVEN[b][1]).capitalize()}"
        for s, a, b in zip(surname, first, second, strict=True)
    ]
    return np.array(chinese), np.array(english)


def birth_dates(block: Block) -> np.ndarray:
    """Birth dates, datetime64[D], of people who are ``age`` years old at the end of 2025."""
    year = (2025 - block.of(identity).age - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    return year + block.rng("people", "birth_day").integers(0, 365, block.size)


def id_numbers(block: Block) -> np.ndarray:
    """ID numbers of 18 characters: region, birth date, sequence (odd for men), check character."""
    each, born = block.of(identity), block.of(birth_dates)
    rng = block.rng("people", "id_number")
    region = CITY_CODE[each.city] + rng.integers(1, 100, block.size)
    sequence = 2 * rng.integers(0, 500, block.size) + each.sex
    year = born.astype("datetime64[Y]").astype(np.int64) + 1970
    month = born.astype("datetime64[M]").astype(np.int64) % 12 + 1
    day = (born - born.astype("datetime64[M]")).astype(np.int64) + 1
    number = ((region * 10_000 + year) * 10_000 + month * 100 + day) * 1_000 + sequence
    digits = number[:, None] // 10 ** np.arange(16, -1, -1, dtype=np.int64) % 10
    check = CHECK_CHARACTERS[(digits * CHECK_WEIGHTS).sum(axis=1) % 11]
    return np.char.add(number.astype(str), check)


def phones(block: Block) -> np.ndarray:
    """Phone numbers of 11 digits that begin with 12, int64, each person another."""
    return 12 * PHONES + block.person_id * _MULTIPLIER % PHONES
