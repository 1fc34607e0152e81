"""Paths are taken by the letter, and an answer has one name per column."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from labkit.errors import LabkitError
from labkit.store.engine import answer, connect


@pytest.mark.parametrize("folder", ["[b]", "b'b", "b b"])
def test_no_character_of_a_path_is_a_wildcard(folder: str, tmp_path: Path) -> None:
    for name, number in ((folder, 1), ("b", 2)):
        (tmp_path / name).mkdir()
        pd.DataFrame({"number": [number]}).to_parquet(tmp_path / name / "0.parquet")
    connection = connect({"it": [tmp_path / folder / "0.parquet"]}, {})
    assert answer(connection, "SELECT number FROM it")["number"].tolist() == [1]


def test_a_table_may_have_any_name(tmp_path: Path) -> None:
    pd.DataFrame({"number": [1]}).to_parquet(tmp_path / "0.parquet")
    connection = connect({'order "by"': [tmp_path / "0.parquet"]}, {})
    assert answer(connection, 'SELECT number FROM "order ""by"""')["number"].tolist() == [1]


def test_two_columns_of_one_name_are_refused_in_a_sentence() -> None:
    with pytest.raises(LabkitError, match="called item"):
        answer(connect({}, {}), "SELECT 1 AS item, 2 AS item")
