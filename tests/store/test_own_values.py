"""A practitioner's values are read as they are meant, or reported; never silently as something else."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkit.catalogue.schema import Column, Kind
from labkit.language import Text
from labkit.store.own_values import guess_values, present, read_values

ANY = Text("any", "任意")
UNREAD = "(not read)"


def value(kind: Kind, text: str, file_column: str = "x", identifier: bool = False) -> Any:
    """What one text is read as; UNREAD if it is reported."""
    texts = present(pa.array([text]), kind)
    values, unread = read_values(Column("x", kind, ANY), texts, file_column, identifier)
    return UNREAD if unread[0] else values[0].as_py()


READ: tuple[tuple[Kind, str, Any], ...] = (
    ("number", "1234.5", 1234.5),
    ("number", " 1,234.5 ", 1234.5),
    ("number", "１，２３４．５", 1234.5),
    ("number", "-1,234,567", -1234567.0),
    ("number", "¥12.50", 12.5),
    ("number", "￥ 1,200", 1200.0),
    ("number", "-¥3", -3.0),
    ("number", "12元", 12.0),
    ("number", "CNY 7", 7.0),
    ("number", "3.5%", 0.035),
    ("number", "50 ％", 0.5),
    ("number", "1e3", 1000.0),
    ("number", "−2", -2.0),
    ("number", ".5", 0.5),
    ("number", "", None),
    ("number", "N/A", None),
    ("number", "-", None),
    ("number", "1,5", UNREAD),
    ("number", "1,23,456", UNREAD),
    ("number", "1.2万", UNREAD),
    ("number", "12,345.6.7", UNREAD),
    ("number", "0x1F", UNREAD),
    ("number", "inf", UNREAD),
    ("number", "1e999", UNREAD),
    ("number", "%", UNREAD),
    ("number", "twelve", UNREAD),
    ("integer", "12", 12),
    ("integer", "12.0", 12),
    ("integer", "1,200", 1200),
    ("integer", "-3", -3),
    ("integer", "123456789012345678", 123456789012345678),
    ("integer", "12.5", UNREAD),
    ("integer", "1e300", UNREAD),
    ("integer", "1e17", UNREAD),
    ("integer", "1e20", UNREAD),
    ("integer", "0x1F", UNREAD),
    ("date", "2025-03-01", datetime(2025, 3, 1)),
    ("date", "2025/3/1", datetime(2025, 3, 1)),
    ("date", "20250301", datetime(2025, 3, 1)),
    ("date", "２０２５／３／１", datetime(2025, 3, 1)),
    ("date", "2025.3.1", datetime(2025, 3, 1)),
    ("date", "2025年3月1日", datetime(2025, 3, 1)),
    ("date", "2025-03-01 18:30:00", datetime(2025, 3, 1)),
    ("date", "2024-02-29", datetime(2024, 2, 29)),
    ("date", "2025-02-29", UNREAD),
    ("date", "2025-13-01", UNREAD),
    ("date", "2025-00-10", UNREAD),
    ("date", "2025-03", UNREAD),
    ("date", "03/01/2025", UNREAD),
    ("date", "25-03-01", UNREAD),
    ("date", "202503", UNREAD),
    ("date", "2025031", UNREAD),
    ("date", "2025-3/1", UNREAD),
    ("time", "2025-03-01 18:30", datetime(2025, 3, 1, 18, 30)),
    ("time", "2025-03-01T18:30:05", datetime(2025, 3, 1, 18, 30, 5)),
    ("time", "2025/3/1 8:05:09", datetime(2025, 3, 1, 8, 5, 9)),
    ("time", "20250301 183005", UNREAD),
    ("time", "20250301 18:30:05", datetime(2025, 3, 1, 18, 30, 5)),
    ("time", "2025-03-01 18:30:05.123456", datetime(2025, 3, 1, 18, 30, 5, 123000)),
    ("time", "2025-03-01", datetime(2025, 3, 1)),
    ("time", "2025-03-01 24:00", UNREAD),
    ("time", "2025-03-01 18:60", UNREAD),
    ("text", " 啤酒 ", "啤酒"),
    ("text", "", None),
    ("text", "None", "None"),
    ("category", "N/A", "N/A"),
    ("category", "NULL", None),
)
FLAGS = {
    True: ("1", "yes", "Y", "是", "true", "TRUE", "1.0", "有", "Ｙ", " Yes ", "Treatment", "处理", "实验组"),
    False: ("0", "no", "N", "否", "false", "False", "0.0", "无", "control", "对照", "对照组"),
    None: ("", "NA", "null"),
    UNREAD: ("2", "maybe", "yes!", "10", "是的吧"),
}


@pytest.mark.parametrize(("kind", "text", "wanted"), READ, ids=[f"{kind} {text!r}" for kind, text, _ in READ])
def test_a_value_is_read_as_it_is_meant(kind: Kind, text: str, wanted: Any) -> None:
    assert value(kind, text) == wanted


@pytest.mark.parametrize(("wanted", "text"), [(w, t) for w, texts in FLAGS.items() for t in texts], ids=repr)
def test_a_flag_may_be_written_in_many_ways(wanted: Any, text: str) -> None:
    assert value("flag", text) is wanted


@pytest.mark.parametrize(
    ("file_column", "text", "fen"),
    [
        ("amount_fen", "1250", 1250),
        ("amount_fen", "1250.0", 1250),
        ("amount_fen", "12.5", UNREAD),
        ("金额（分）", "1250", 1250),
        ("price_cents", "1250", 1250),
        ("金额", "12.5", 1250),
        ("金额", "12", 1200),
        ("金额(元)", "¥1,234.56", 123456),
        ("amount", "0.29", 29),
        ("积分金额", "3", 300),
    ],
)
def test_money_is_yuan_unless_the_file_says_fen(file_column: str, text: str, fen: Any) -> None:
    assert value("money", text, file_column) == fen


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (["1", "22"], [1, 22]),
        (["1", "A2"], ["1", "A2"]),
        (["7", "007"], ["7", "007"]),
        (["12345678901234567890", "1"], ["12345678901234567890", "1"]),
        (["1", None], [1, None]),
    ],
)
def test_identifiers_are_whole_numbers_only_if_nothing_is_lost(texts: list, wanted: list) -> None:
    column = Column("x_id", "integer", ANY)
    values, unread = read_values(column, present(pa.array(texts), "integer"), "x", identifier=True)
    assert values.to_pylist() == wanted
    assert not unread.any()


def test_a_mixed_column_reports_only_the_values_that_cannot_be_read() -> None:
    texts = present(pa.array(["1", "", "x", "¥2", "1,000"]), "number")
    values, unread = read_values(Column("x", "number", ANY), texts, "x")
    assert unread.tolist() == [False, False, True, False, False]
    assert values.to_pylist() == [1.0, None, None, 2.0, 1000.0]


@pytest.mark.parametrize("kind", ["integer", "number", "flag", "category", "text", "money", "date", "time"])
@pytest.mark.parametrize("texts", [[], [None, None], ["", " "]], ids=repr)
def test_nothing_reads_as_nothing(kind: Kind, texts: list) -> None:
    for identifier in (False, True):
        values, unread = read_values(
            Column("x", kind, ANY), present(pa.array(texts, pa.string()), kind), "x", identifier
        )
        assert values.null_count == len(values) == len(texts)
        assert not unread.any()


# ---- whatever is written in an accepted form is read back --------------------------------------


@given(st.integers(-(10**14), 10**14), st.sampled_from(["{}", "{:,}", "¥{:,}", "{}元", " {} ", "{}.0"]))
def test_every_whole_number_is_read_back(number: int, form: str) -> None:
    assert value("integer", form.format(number)) == number
    assert value("number", form.format(number)) == number


@given(st.integers(-(10**12), 10**12), st.sampled_from(["{:.2f}", "{:,.2f}", "¥{:,.2f}", "{:.2f}元"]))
def test_every_amount_in_yuan_is_read_back_to_the_fen(fen: int, form: str) -> None:
    assert value("money", form.format(fen / 100), "金额") == fen


@given(
    st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    st.sampled_from(
        [
            "{0:%Y-%m-%d}",
            "{0:%Y/%m/%d}",
            "{0:%Y%m%d}",
            "{0.year}/{0.month}/{0.day}",
            "{0.year}-{0.month}-{0.day}",
        ]
    ),
    st.sampled_from(["", " 00:00", " 23:59:59", "T08:00:00"]),
)
def test_every_day_is_read_back_in_every_form(day: date, form: str, time: str) -> None:
    assert value("date", form.format(day) + time) == datetime(day.year, day.month, day.day)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)))
def test_every_moment_is_read_back_to_the_millisecond(moment: datetime) -> None:
    to_millisecond = moment - timedelta(microseconds=moment.microsecond % 1000)
    assert value("time", moment.isoformat(sep=" ")) == to_millisecond


@given(
    st.sampled_from(["integer", "number", "flag", "category", "text", "money", "date", "time"]),
    st.text(max_size=20),
)
def test_no_text_whatever_stops_a_reader(kind: Kind, text: str) -> None:
    for identifier in (False, True):
        value(kind, text, identifier=identifier)


# ---- columns that the catalogue does not know ----------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "kind", "wanted"),
    [
        (["Yes", "No", ""], pa.bool_(), [True, False, None]),
        (["是", "否"], pa.bool_(), [True, False]),
        (["0", "1"], pa.int64(), [0, 1]),
        (["1", "2.5"], pa.float64(), [1.0, 2.5]),
        (["¥1,200", "3"], pa.int64(), [1200, 3]),
        (["2025-01-01", "2025/2/1"], pa.timestamp("ms"), [datetime(2025, 1, 1), datetime(2025, 2, 1)]),
        (["20250101", "20250201"], pa.int64(), [20250101, 20250201]),
        (["010", "011"], None, ["010", "011"]),
        (["DSL", "No", "Fiber"], None, ["DSL", "No", "Fiber"]),
        (["2025-01-01", "soon"], None, ["2025-01-01", "soon"]),
    ],
)
def test_a_column_of_the_practitioners_own_gets_the_plainest_kind_that_fits(
    texts: list, kind: pa.DataType | None, wanted: list
) -> None:
    guessed = guess_values(present(pa.array(texts), "category"))
    assert guessed.to_pylist() == wanted
    assert guessed.type == kind if kind else pa.types.is_dictionary(guessed.type)
