"""Every table is found by name, and a slip of the pen is answered with the names that are near."""

from __future__ import annotations

import pytest

from labkit import catalogue
from labkit.errors import LabkitError

ALL = catalogue.all_tables()


@pytest.mark.parametrize("name", ALL)
def test_a_table_is_found_by_its_name(name: str) -> None:
    assert catalogue.table(name).name == name


def test_data_and_answer_keys_are_told_apart() -> None:
    data, truth = catalogue.tables(), catalogue.truth_tables()
    assert all(not table.truth for table in data)
    assert all(table.truth for table in truth)
    assert [*data, *truth] == sorted(ALL.values(), key=lambda table: table.truth)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_unknown_name_is_answered_with_near_ones(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("labkit.language._current", language)
    with pytest.raises(LabkitError, match="'basket'") as error:
        catalogue.table("basket")
    assert "baskets" in str(error.value)


def test_a_name_like_no_other_is_answered_with_all_names() -> None:
    with pytest.raises(LabkitError) as error:
        catalogue.table("qqqq")
    assert all(name in str(error.value) for name in ALL)


@pytest.mark.parametrize("table", ALL.values(), ids=ALL)
def test_a_table_says_everything_in_both_languages(table: catalogue.Table) -> None:
    texts = [table.title, table.row]
    for column in table.columns:
        texts += [column.description, *([column.unit] if column.unit else [])]
    for text in texts:
        assert text.en.strip()
        assert text.zh.strip()
        assert text.en.isascii() or "–" in text.en or "’" in text.en, text.en


@pytest.mark.parametrize("table", ALL.values(), ids=ALL)
def test_keys_references_and_money_are_well_formed(table: catalogue.Table) -> None:
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert set(table.key) <= set(names)
    for column in table.columns:
        assert (column.kind == "money") == column.name.endswith("_fen")
        assert not (column.needed and table.truth)
        if column.refers_to:
            other, _, other_column = column.refers_to.partition(".")
            assert catalogue.table(other).column(other_column).kind == column.kind
            assert not catalogue.table(other).truth
