"""Any file a practitioner has becomes the same table of text, however it was saved."""

from __future__ import annotations

import builtins
import csv
import io
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkit.errors import LabkitError
from labkit.store.own_file import DELIMITERS, find_delimiter, read_as_text

HEADER = ["单号", "item", "paid"]
ROWS = [["1", "啤酒", "12.50"], ["1", 'say "hi"', "3"], ["2", "a,b;c\td|e", ""]]
LANGUAGES = ("en", "zh")


def written(rows: list[list[str]], delimiter: str = ",", line_end: str = "\n") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return text.getvalue()


def rows_of(table: pa.Table) -> list[list[str]]:
    return [table.column_names, *([str(v) for v in row.values()] for row in table.to_pylist())]


def read(path: Path) -> list[list[str]]:
    table, faults = read_as_text(path)
    assert faults == []
    return rows_of(table)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize("delimiter", DELIMITERS, ids=["comma", "semicolon", "tab", "bar"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_every_way_to_save_a_table_reads_the_same(
    encoding: str, delimiter: str, line_end: str, tmp_path: Path
) -> None:
    path = tmp_path / "sales.csv"
    path.write_bytes(written([HEADER, *ROWS], delimiter, line_end).encode(encoding))
    assert read(path) == [HEADER, *ROWS]


cells = st.text(st.characters(codec="gb18030", exclude_characters="\0\r\n\ufeff"), max_size=8).map(str.strip)
tables = st.integers(2, 5).flatmap(
    lambda width: st.lists(
        st.lists(cells, min_size=width, max_size=width).filter(any), min_size=SAMPLE_ROWS, max_size=30
    )
)
SAMPLE_ROWS = 5


@given(rows=tables, delimiter=st.sampled_from(DELIMITERS))
def test_no_value_is_lost_whatever_it_is(
    rows: list[list[str]], delimiter: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    header = [f"column{i}" for i in range(len(rows[0]))]
    path = tmp_path_factory.mktemp("any") / "any.csv"
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    path.write_bytes(text.getvalue().encode())
    visible = [row for row in rows if any(value.strip() for value in row)]
    assert read(path) == [header, *visible]


@given(content=st.binary(max_size=300))
def test_no_file_whatever_leads_to_anything_but_a_table_or_an_explanation(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "any.csv"
    path.write_bytes(content)
    try:
        table, _ = read_as_text(path)
    except LabkitError:
        return
    assert all(pa.types.is_string(column.type) for column in table.columns)


def test_a_value_may_hold_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,words\n1,"two\nlines"\n2,one\n', encoding="utf-8", newline="")
    assert read(path) == [["id", "words"], ["1", "two\nlines"], ["2", "one"]]


def test_line_ends_inside_values_do_not_break_a_large_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,words\n" + f'1,"two\n{"lines, " * 40}"\n' * 20_000, encoding="utf-8", newline="")
    table, faults = read_as_text(path)
    assert faults == []
    assert table.num_rows == 20_000


def test_blank_rows_and_nameless_empty_columns_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n\n id ,item,,\n\n1,beer,,\n,,,\n  , ,,\n2,wine,,\n\n", encoding="utf-8")
    assert read(path) == [["id", "item"], ["1", "beer"], ["2", "wine"]]


def test_names_that_stand_twice_and_columns_without_a_name_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,item,item,\n1,beer,wine,x\n", encoding="utf-8")
    assert read(path) == [["id", "item", "item (2)", "column 4"], ["1", "beer", "wine", "x"]]


def test_a_single_column_is_a_table_too(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("id\n1\n2\n", encoding="utf-8")
    assert read(path) == [["id"], ["1"], ["2"]]


def test_rows_of_another_length_are_one_fault_with_an_example(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,item,paid\n1,beer,3\n2,wine\n3,tea,4,5\n", encoding="utf-8")
    table, faults = read_as_text(path)
    assert rows_of(table)[1:] == [["1", "beer", "3"]]
    assert len(faults) == 1
    for sentence in faults[0]:
        assert "2,wine" in sentence
        assert "3" in sentence


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("name;price\nx;1,5\ny;2,5\n", ";"),
        ("a\tb, with commas\n1\tx, y, z\n2\tz\n", "\t"),
        ('"a,b,c,d"|e\n"1,2,3,4"|5\n', "|"),
        ('日期,金额\n2025-01-01,"1,234"\n', ","),
    ],
)
def test_the_delimiter_is_what_makes_the_rows_even(text: str, delimiter: str) -> None:
    assert find_delimiter(text)[0] == delimiter


# ---- typed files ---------------------------------------------------------------------------------


def test_parquet_reads_as_the_same_text(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "id": [1, 2],
            "paid": [12.5, None],
            "kind": pd.Categorical(["b", "a"]),
            "yes": [True, False],
            "at": pd.to_datetime(["2025-03-01 10:00", "2025-03-02"], format="ISO8601"),
            "local": pd.to_datetime(
                ["2025-03-01 02:00", "2025-03-02"], format="ISO8601", utc=True
            ).tz_convert("Asia/Shanghai"),
        }
    )
    frame.to_parquet(tmp_path / "a.parquet")
    header, first, second = read(tmp_path / "a.parquet")
    assert header == list(frame.columns)
    assert first[:4] == ["1", "12.5", "b", "true"]
    assert second[:4] == ["2", "None", "a", "false"]
    assert first[4].startswith("2025-03-01 10:00:00")
    assert first[5].startswith("2025-03-01 10:00:00")


def test_a_file_is_known_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    pd.DataFrame({"id": [1]}).to_parquet(tmp_path / "a.csv")
    assert read(tmp_path / "a.csv") == [["id"], ["1"]]


def test_excel_reads_as_the_same_text(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (
        [None, None],
        ["单号", "at", "paid", "yes"],
        [7.0, pd.Timestamp("2025-03-01 10:00"), 12.5, True],
        [None] * 4,
    ):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx") == [
        ["单号", "at", "paid", "yes"],
        ["7", "2025-03-01 10:00:00", "12.5", "True"],
    ]


# ---- files that are no table ---------------------------------------------------------------------


def no_file(path: Path) -> None:
    """Leave it missing."""


def folder(path: Path) -> None:
    path.mkdir()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def blank(path: Path) -> None:
    path.write_text("\n \n\n")


def only_a_mark(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf\r\n")


def picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))


def unmarked_utf16(path: Path) -> None:
    path.write_bytes("id,item\n1,beer\n".encode("utf-16-le"))


def old_excel(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))


def broken_parquet(path: Path) -> None:
    path.write_bytes(b"PAR1" + bytes(100))


def nested_parquet(path: Path) -> None:
    pd.DataFrame({"id": [{"a": 1}]}).to_parquet(path)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "make",
    [
        no_file,
        folder,
        empty,
        blank,
        only_a_mark,
        picture,
        unmarked_utf16,
        old_excel,
        broken_parquet,
        nested_parquet,
    ],
    ids=lambda make: make.__name__,
)
def test_a_file_that_is_no_table_is_explained(
    make: Any, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labkit.language._current", language)
    make(tmp_path / "sales.csv")
    with pytest.raises(LabkitError, match=r"sales\.csv") as error:
        read_as_text(tmp_path / "sales.csv")
    assert str(error.value).count("\n") >= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_excel_without_its_package_says_what_to_install(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labkit.language._current", language)
    real_import = builtins.__import__

    def without_openpyxl(name: str, *rest: Any, **more: Any) -> Any:
        if name == "openpyxl":
            raise ImportError(name)
        return real_import(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without_openpyxl)
    monkeypatch.delitem(sys.modules, "openpyxl", raising=False)
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(LabkitError, match="pip install openpyxl"):
        read_as_text(tmp_path / "a.xlsx")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_archive_that_is_no_workbook_is_explained(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("openpyxl")
    monkeypatch.setattr("labkit.language._current", language)
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(LabkitError, match="Excel"):
        read_as_text(tmp_path / "a.xlsx")
