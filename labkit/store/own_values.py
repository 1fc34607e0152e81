"""A practitioner's values, read from text by the kind of the column.

Each reader takes a text array in which missing values are null, and returns the values with a mask of
those it could not read; the caller turns the first of these into a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from labkit.catalogue.schema import Column, Kind
from labkit.store.storage import arrow_type

if TYPE_CHECKING:
    import pyarrow as pa

    Read = tuple[pa.Array, np.ndarray]

MISSING_WORDS = ("", "na", "n/a", "#n/a", "nan", "nat", "null", "none", "\\n", "-", "--", "—")
MISSING_IN_TEXT = ("", "null", "nan", "\\n", "#n/a")
TREATED_WORDS = ("treatment", "treated", "处理", "处理组", "实验", "实验组")
CONTROL_WORDS = ("control", "对照", "对照组", "控制组")
TRUE_WORDS = frozenset(("1", "1.0", "y", "yes", "t", "true", "是", "有", "对", *TREATED_WORDS))
FALSE_WORDS = frozenset(("0", "0.0", "n", "no", "f", "false", "否", "无", "没有", "不是", *CONTROL_WORDS))
LARGEST_EXACT = 2**53
NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
GROUPED_NUMBER = r"^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$"
CURRENCY = r"^([+-]?)\s*(?:¥|CNY|RMB)\s*([+-]?)|\s*(?:元|CNY|RMB)$"
DIGITS = r"^-?\d{1,18}$"
LEADING_ZERO = r"^-?0\d"
DATE = (
    r"^(?P<year>\d{4})(?:-|/|\.|年)?(?P<month>\d{1,2})(?:-|/|\.|月)?(?P<day>\d{1,2})日?"
    r"(?:(?:T|\s+|\s*)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.(?P<fraction>\d{1,9}))?)?)?Z?$"
)
"""Of 2025-03-01, 2025/3/1, 2025.3.1, 2025年3月1日 and 20250301, with or without a time of day."""
SEPARATED_DATE = r"^\d{4}(-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.|年\d{1,2}月)\d{1,2}日?([T\s].*)?$"
COMPACT_DATE = r"^\d{8}([T\s].*)?$"
FEN_NAME = re.compile(r"fen\b|cents?\b|分$|[（(]分[）)]", re.IGNORECASE)


def present(texts: pa.ChunkedArray | pa.Array, kind: Kind) -> pa.Array:
    """Return the texts without blanks around them, missing ones as null."""
    import pyarrow as pa
    import pyarrow.compute as pc

    trimmed = pc.utf8_trim_whitespace(texts)
    words = MISSING_IN_TEXT if kind in {"text", "category"} else MISSING_WORDS
    missing = pc.is_in(pc.utf8_lower(trimmed), value_set=pa.array(words))
    array = pc.if_else(missing, pa.scalar(None, pa.string()), trimmed)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def read_values(column: Column, texts: pa.Array, file_column: str, identifier: bool = False) -> Read:
    """Read a column's texts by its kind.

    Parameters
    ----------
    column : Column
        What the catalogue says about it.
    texts : pyarrow.Array of string
        From :func:`present`.
    file_column : str
        Its name in the file; says whether money is in fen (``amount_fen``, ``金额（分）``) or in yuan.
    identifier : bool
        Values only tell rows apart, so any text will do where they are not plain whole numbers.

    Returns
    -------
    pyarrow.Array
        In the storage type of the kind, or as text for identifiers that are not whole numbers.
    numpy.ndarray of bool
        True where there is a text that could not be read.
    """
    if column.kind == "money":
        return read_money(texts, in_fen=FEN_NAME.search(file_column) is not None)
    if column.kind == "integer" and identifier:
        return read_identifiers(texts)
    return READERS[column.kind](texts)


def read_text(texts: pa.Array) -> Read:
    """Any text is a text."""
    return texts, np.zeros(len(texts), dtype=bool)


def read_categories(texts: pa.Array) -> Read:
    """Any text is a category."""
    return texts.dictionary_encode().cast(arrow_type("category")), np.zeros(len(texts), dtype=bool)


def read_identifiers(texts: pa.Array) -> Read:
    """Whole numbers if all of them are, and none begins with a zero that would be lost; else texts."""
    import pyarrow as pa

    if _all_match(texts, DIGITS) and not _any_match(texts, LEADING_ZERO):
        return texts.cast(pa.int64()), np.zeros(len(texts), dtype=bool)
    return read_text(texts)


def read_numbers(texts: pa.Array) -> Read:
    """Numbers, also with thousands separators, a sign of yuan, or %: 1,234.5 · ¥12 · 12元 · 3.5%."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not _all_match(texts, NUMBER):
        texts = pc.replace_substring(pc.utf8_normalize(texts, form="NFKC"), "−", "-")
        texts = pc.replace_substring_regex(texts, CURRENCY, r"\1\2")
    percent = pc.ends_with(texts, "%")
    texts = pc.utf8_rtrim(texts, "% ")
    grouped = pc.match_substring_regex(texts, GROUPED_NUMBER)
    texts = pc.if_else(grouped, pc.replace_substring(texts, ",", ""), texts)
    readable = pc.match_substring_regex(texts, NUMBER)
    numbers = pc.if_else(readable, texts, None).cast(pa.float64())
    numbers = pc.if_else(percent, pc.divide(numbers, 100.0), numbers)
    finite = pc.is_finite(numbers)
    return pc.if_else(finite, numbers, None), _unread(texts, finite)


def read_integers(texts: pa.Array) -> Read:
    """Whole numbers; also written as 12.0 or 1,234."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if _all_match(texts, DIGITS):
        return texts.cast(pa.int64()), np.zeros(len(texts), dtype=bool)
    numbers, unread = read_numbers(texts)
    whole = pc.and_(pc.equal(numbers, pc.round(numbers)), pc.less(pc.abs(numbers), float(LARGEST_EXACT)))
    return pc.if_else(whole, numbers, None).cast(pa.int64()), unread | _unread(numbers, whole)


def read_money(texts: pa.Array, in_fen: bool) -> Read:
    """Fen, int64: whole numbers where the file says fen, else yuan with or without decimals."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if in_fen:
        return read_integers(texts)
    yuan, unread = read_numbers(texts)
    fen = pc.round(pc.multiply(yuan, 100.0))
    fits = pc.less(pc.abs(fen), float(LARGEST_EXACT))
    return pc.if_else(fits, fen, None).cast(pa.int64()), unread | _unread(yuan, fits)


def read_flags(texts: pa.Array) -> Read:
    """1/0, yes/no, Y/N, true/false, 是/否, 有/无; of an experiment's arms treatment/control, 实验组/对照组."""
    import pyarrow as pa
    import pyarrow.compute as pc

    words = pc.utf8_lower(pc.utf8_normalize(texts, form="NFKC"))
    true = pc.is_in(words, value_set=pa.array(sorted(TRUE_WORDS)))
    false = pc.is_in(words, value_set=pa.array(sorted(FALSE_WORDS)))
    known = pc.or_(true, false)
    return pc.if_else(known, true, None), _unread(texts, known)


def read_times(texts: pa.Array) -> Read:
    """Dates with or without a time of day, as ``timestamp[ms]``; a day that no calendar has is not read."""
    import pyarrow as pa
    import pyarrow.compute as pc

    unique = pc.dictionary_encode(texts)
    times, readable = _parse_times(unique.dictionary)
    positions = unique.indices
    values = pa.array(times, pa.timestamp("ms"), mask=~readable)
    taken = values.take(positions)
    return taken, _unread(texts, pc.is_valid(taken))


def read_dates(texts: pa.Array) -> Read:
    """The same, at midnight."""
    import pyarrow as pa
    import pyarrow.compute as pc

    times, unread = read_times(texts)
    return pc.floor_temporal(times, unit="day").cast(pa.timestamp("ms")), unread


READERS: dict[Kind, Callable[[pa.Array], Read]] = {
    "text": read_text,
    "category": read_categories,
    "integer": read_integers,
    "number": read_numbers,
    "flag": read_flags,
    "date": read_dates,
    "time": read_times,
}


def guess_values(texts: pa.Array) -> pa.Array:
    """Read a column that the catalogue does not know: flag words, whole numbers, numbers, dates, else categories."""
    words = texts.dictionary_encode().dictionary
    if len(words) <= len(TRUE_WORDS | FALSE_WORDS) and not _any_match(words, r"^[\d.]+$"):
        flags, unread = read_flags(texts)
        if not unread.any():
            return flags
    if _all_match(texts, DIGITS) and _any_match(texts, LEADING_ZERO):
        return read_categories(texts)[0]
    for read in (read_integers, read_numbers, read_times):
        if read is read_times and not _all_match(texts, SEPARATED_DATE):
            break
        values, unread = read(texts)
        if not unread.any():
            return values
    return read_categories(texts)[0]


def _parse_times(texts: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Parse texts without missing values; datetime64[ms], and a mask of those that are dates."""
    import pyarrow.compute as pc

    texts = pc.utf8_normalize(texts, form="NFKC")
    shaped = pc.or_(
        pc.match_substring_regex(texts, SEPARATED_DATE), pc.match_substring_regex(texts, COMPACT_DATE)
    )
    fields = pc.extract_regex(pc.if_else(shaped, texts, None), DATE)
    readable = pc.is_valid(fields).to_numpy(zero_copy_only=False)

    def field(name: str) -> np.ndarray:
        digits = pc.struct_field(fields, name)
        digits = pc.if_else(pc.equal(digits, ""), "0", digits)
        return pc.fill_null(digits, "0").cast("int64").to_numpy(zero_copy_only=False)

    year, month, day = field("year"), field("month"), field("day")
    hour, minute, second = field("hour"), field("minute"), field("second")
    fraction = pc.utf8_slice_codeunits(
        pc.utf8_rpad(pc.fill_null(pc.struct_field(fields, "fraction"), ""), 3, "0"), 0, 3
    )
    millisecond = fraction.cast("int64").to_numpy(zero_copy_only=False)
    first_of_month = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    date = first_of_month.astype("datetime64[D]") + (day - 1).astype("timedelta64[D]")
    readable &= (
        (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1) & (hour < 24) & (minute < 60) & (second < 60)
    )
    readable &= date.astype("datetime64[M]") == first_of_month
    since_midnight = ((hour * 60 + minute) * 60 + second) * 1000 + millisecond
    return date.astype("datetime64[ms]") + since_midnight.astype("timedelta64[ms]"), readable


def _unread(before: pa.Array, readable: pa.Array) -> np.ndarray:
    """True where there was a value and it was not readable (False or null)."""
    import pyarrow.compute as pc

    unread = pc.and_(pc.is_valid(before), pc.invert(pc.fill_null(readable, False)))
    return np.asarray(unread.to_numpy(zero_copy_only=False), dtype=bool)


def _all_match(texts: pa.Array, pattern: str) -> bool:
    import pyarrow.compute as pc

    matched = pc.all(pc.match_substring_regex(texts, pattern)).as_py()
    return matched is not False


def _any_match(texts: pa.Array, pattern: str) -> bool:
    import pyarrow.compute as pc

    return pc.any(pc.match_substring_regex(texts, pattern)).as_py() is True
