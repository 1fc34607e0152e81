"""The numbers of a sentence, written alike in English and Chinese.

``20,000``, ``20 000`` and ``2 万`` are one number, ``３．５％`` and ``3.5 %`` another; a month has its number
in both languages (``31 December`` and ``12 月 31 日``). A number in digits may stand in words on the other side
(``above one`` and ``高于 1``).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip
ALSO_WORDS = {"March", "May"}
MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b")
DATE_BEFORE = re.compile(
    r"(\d|\b(in|of|since|until|till|by|from|to|before|after|each|every|last|next|and|through))\s*$"
)
CHINESE_MONTH = re.compile(r"(十[一二]|[一二三四五六七八九十])月")

FACTORS = {
    "万亿": 10**12, "亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 10**3,
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
NUMBER = re.compile(
    r"(?P<digits>\d{1,3}(?:[, ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:\s*(?P<factor>{'|'.join(FACTORS)})(?![克米瓦]))?"
    r"(?P<percent>\s*(?:%|per ?cent\b))?"
)
URL = re.compile(r"\]\([^)]*\)|https?://[^\s)>\]]+|</?[a-zA-Z][^>\n]*>")
WIDE_THOUSANDS = re.compile(r"(?<=[０-９])，(?=[０-９]{3})")
FULL_HOUR = re.compile(r"(?<=[\d}]):00\b")

DIGIT_WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
ENGLISH_WORDS = {word: value for value, word in enumerate(DIGIT_WORDS.split())} | {
    "once": 1, "ones": 1, "first": 1, "twice": 2, "second": 2, "half": 2, "third": 3, "fourth": 4, "dozen": 12,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "hundred": 100, "thousand": 1000, "million": 10**6,
}  # fmt: skip
CHINESE_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {"两": 2, "半": 2}
CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000}


def different_numbers(english: str, chinese: str) -> tuple[Counter[str], Counter[str]]:
    """Numbers that stand in one text only: those of the English, those of the Chinese."""
    en, zh = numbers_in(english), numbers_in(chinese)
    in_words = set(_chinese_words(chinese))
    only_en = Counter({n: count for n, count in (en - zh).items() if n not in in_words})
    in_words = set(_english_words(english))
    only_zh = Counter({n: count for n, count in (zh - en).items() if n not in in_words})
    return only_en, only_zh


def numbers_in(text: str) -> Counter[str]:
    """Count the numbers written in digits, each in one normal form; links and HTML tags do not count."""
    commas = WIDE_THOUSANDS.sub(",", URL.sub(" ", text)).replace("，", " , ")
    plain = FULL_HOUR.sub("", unicodedata.normalize("NFKC", commas))
    plain = re.sub(r"百分之\s*(\d+(?:\.\d+)?)", r"\1%", plain)
    plain = CHINESE_MONTH.sub(lambda match: f" ;{next(_chinese_words(match[1]))}月", plain)
    plain = MONTH.sub(_month_number, plain)
    return Counter(_normal(match) for match in NUMBER.finditer(plain))


def _month_number(match: re.Match[str]) -> str:
    """A month's number; ``May`` and ``March`` are months only where a date stands around them."""
    name, text = match[0], match.string
    in_date = DATE_BEFORE.search(text[: match.start()]) or re.match(r"\s*\d", text[match.end() :])
    if name in ALSO_WORDS and not in_date:
        return name
    return f" ;{MONTHS.index(name) + 1}; "


def _normal(match: re.Match[str]) -> str:
    digits = re.sub(r"[, ]", "", match["digits"])
    value = Decimal(digits) * FACTORS.get(match["factor"] or "", 1)
    return f"{value.normalize():f}" + ("%" if match["percent"] else "")


def _english_words(text: str) -> Iterator[str]:
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in ENGLISH_WORDS:
            yield str(ENGLISH_WORDS[word])


def _chinese_words(text: str) -> Iterator[str]:
    """Values of numerals such as 三, 十二, 百, 一千二百 and 两万."""
    for numeral in re.findall(r"[零一二两三四五六七八九半十百千万]+", text):
        total = section = digit = 0
        for character in numeral:
            if character in CHINESE_DIGITS:
                digit = CHINESE_DIGITS[character]
            elif character == "万":
                total, section, digit = (total + section + digit or 1) * 10**4, 0, 0
            else:
                section, digit = section + (digit or 1) * CHINESE_UNITS[character], 0
        yield str(total + section + digit)
