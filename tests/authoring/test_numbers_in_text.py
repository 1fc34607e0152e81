"""A number is the same number however a language writes it, and another number is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkit.authoring.numbers_in_text import different_numbers, numbers_in

SAME = [
    ("20,000 customers", "20,000 位客户"),
    ("20 000 customers", "2 万位客户"),
    ("20,000 customers", "２０，０００ 位客户"),
    ("1.5 million yuan", "150 万元"),
    ("2 billion", "20 亿"),
    ("3.5 % of 40%", "40％ 中的 3.5%"),
    ("10 percent", "百分之 10"),
    ("31 December 2025", "2025 年 12 月 31 日"),
    ("in May and in December", "五月和十二月"),
    ("2025-01-05", "2025 年 1 月 5 日"),
    ("It may rain, and we march on.", "可能下雨，我们继续前进。"),
    ("at 18:00", "18 点"),
    ("above one", "高于 1"),
    ("of 1,000 baskets", "每千个购物篮"),
    ("a child under 3", "三岁以下的儿童"),
    ("the first twelve rules", "前 12 条规则"),
    ("Eq. (3), see [12](https://x.org/4) <img width=5>", "式（3），见 [12](https://x.org/99)"),
    ("`df[0]` of 10, 200 and 3", "`df[0]`，10，200 和 3"),
    ("0.50", "0.5"),
]
DIFFERENT = [
    ("25 minutes", "30 分钟", ["25"], ["30"]),
    ("20,000", "2000", ["20000"], ["2000"]),
    ("5 %", "5", ["5%"], ["5"]),
    ("1.5 million", "1.5 万", ["1500000"], ["15000"]),
    ("10 and 10", "10", ["10"], []),
    ("in December", "11 月", ["12"], ["11"]),
    ("3 rules", "四条规则", ["3"], []),
    ("`k = 4`", "`k = 5`", ["4"], ["5"]),
]


@pytest.mark.parametrize(("english", "chinese"), SAME)
def test_same_number_written_differently_is_the_same(english, chinese):
    assert different_numbers(english, chinese) == ({}, {})


@pytest.mark.parametrize(("english", "chinese", "only_en", "only_zh"), DIFFERENT)
def test_different_number_is_found(english, chinese, only_en, only_zh):
    assert [list(only.elements()) for only in different_numbers(english, chinese)] == [only_en, only_zh]


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=5))
def test_thousands_separators_mean_nothing(numbers):
    plain, grouped, spaced = (
        " and ".join(form.format(n) for n in numbers) for form in ("{}", "{:,}", "{:_}")
    )
    assert numbers_in(plain) == numbers_in(grouped) == numbers_in(spaced.replace("_", "\u202f"))
    assert sorted(numbers_in(plain).elements()) == sorted(map(str, numbers))
