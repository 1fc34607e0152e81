"""The sample world in git is current, small, and opens cleanly in a spreadsheet."""

from __future__ import annotations

import io
import re

import pandas as pd
import pytest

from labkit import catalogue
from labkit.catalogue.schema import Column, Table
from labkit.language import Text
from labkit.locations import PROJECT
from labkit.store.dataset import Dataset
from labkit.store.sample import CUSTOMERS, SINCE, csv, sample_files, sample_tables

FOLDER = PROJECT / "datasets" / "sample"
BYTES_IN_GIT = 3_000_000
TABLES = catalogue.tables()
REFERENCES = [(t, c) for t in TABLES for c in t.columns if c.refers_to]
CELL_OF_A_SPREADSHEET = 32_767
FORMULA = re.compile(r"[=+@]|-\D")


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return sample_tables()


def test_the_files_of_the_repository_are_those_that_the_world_makes():
    wanted = sample_files(FOLDER)
    assert sorted(FOLDER.glob("*")) == sorted(wanted)
    for path, content in wanted.items():
        assert path.read_bytes() == content, f"{path.name} is stale: labkit build"


def test_all_files_together_stay_small():
    assert sum(map(len, sample_files(FOLDER).values())) < BYTES_IN_GIT


def test_every_table_is_there_and_no_answer_key(tables):
    assert set(tables) == {table.name for table in TABLES}
    assert all(len(frame) for frame in tables.values())


def test_it_is_a_world_of_two_hundred_customers(tables):
    assert len(tables["customers"]) == CUSTOMERS


@pytest.mark.parametrize(("table", "column"), REFERENCES, ids=lambda part: part.name)
def test_every_reference_leads_to_a_row(table, column, tables):
    other, _, other_column = column.refers_to.partition(".")
    values = tables[table.name][column.name].dropna().astype(str).unique()
    assert set(values) <= set(tables[other][other_column].astype(str))


@pytest.mark.parametrize("name", [table.name for table in TABLES])
def test_a_spreadsheet_shows_what_the_table_holds(name, tables):
    content = csv(catalogue.table(name), tables[name])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n") == len(tables[name]) + 1
    shown = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    for column in shown:
        assert not shown[column].str.match(FORMULA).any(), column
        assert (shown[column].str.len() < CELL_OF_A_SPREADSHEET).all()
        digits = shown[column][shown[column].str.fullmatch(r"\d{16,}")]
        assert digits.empty, f"{name}.{column}: a spreadsheet would round {digits.iloc[0]}"


def test_long_numbers_keep_their_last_digit_and_times_their_seconds():
    some = Text("some", "某")
    kinds = {"id_number": "text", "day": "date", "at": "time", "amount_fen": "money"}
    table = Table("some", some, some, (), tuple(Column(name, kind, some) for name, kind in kinds.items()))
    frame = pd.DataFrame(
        {
            "id_number": pd.Series(["990527200502048518", "99052720050204851X", None], dtype="str"),
            "day": pd.to_datetime(["2025-01-02", None, "2025-12-31"]),
            "at": pd.to_datetime(["2025-01-02", None, "2025-12-31 03:04:05"], format="ISO8601"),
            "amount_fen": [1, 2, 3],
        }
    )
    lines = csv(table, frame).decode("utf-8-sig").split("\r\n")
    assert lines[1] == "990527200502048518\t,2025-01-02,2025-01-02 00:00:00,1"
    assert lines[2] == "99052720050204851X,,,2"
    assert lines[3] == ",2025-12-31,2025-12-31 03:04:05,3"


def test_events_are_those_of_the_last_quarter(tables):
    assert tables["baskets"]["bought_at"].min() >= SINCE
    assert tables["subscribers"]["joined_on"].min() < SINCE


def test_a_sample_file_stands_in_place_of_a_table_as_any_file_does(home):
    read = Dataset.open("tiny", data={"baskets": FOLDER / "baskets.csv"}).table("baskets")
    expected = sample_tables()["baskets"]
    assert len(read) == len(expected)
    assert read["item"].astype(str).tolist() == expected["item"].astype(str).tolist()
