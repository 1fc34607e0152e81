"""The columns of a practitioner's file are found, or the one sentence says how to name them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkit.catalogue.schema import Column, Table
from labkit.language import Text
from labkit.store.own_columns import match_columns, plain

TABLE = Table(
    "baskets",
    Text("Baskets", "购物篮"),
    Text("A line", "一行"),
    ("basket_id", "item"),
    (
        Column("basket_id", "integer", Text("Number of the receipt", "小票编号"), needed=True),
        Column("item", "category", Text("Item: its code", "商品：代码"), needed=True),
        Column("bought_at", "time", Text("Time at the till", "结账时间")),
    ),
)
NAMES = [column.name for column in TABLE.columns]
NEEDED = [column.name for column in TABLE.columns if column.needed]


@pytest.mark.parametrize(
    "written",
    [
        "basket_id",
        "Basket ID",
        "BASKET-ID",
        " basketId ",
        "ｂａｓｋｅｔ＿ｉｄ",
        "小票编号",
        "Number of the receipt",
    ],
)
def test_a_column_is_found_however_its_name_is_written(written: str) -> None:
    found, faults = match_columns(TABLE, [written, "item", "more"], {})
    assert found == {"basket_id": written, "item": "item"}
    assert faults == []


@pytest.mark.parametrize("written", ["商品", "Item", "商品：代码"])
def test_a_column_is_found_by_the_head_of_its_description(written: str) -> None:
    assert match_columns(TABLE, ["basket_id", written], {})[0]["item"] == written


def test_a_name_counts_for_more_than_a_description() -> None:
    by_description = Column("name", "text", Text("Item", "商品"))
    table = Table("t", TABLE.title, TABLE.row, ("item",), (by_description, *TABLE.columns))
    assert match_columns(table, ["basket_id", "item"], {})[0] == {"basket_id": "basket_id", "item": "item"}


@pytest.mark.parametrize("key", ["basket_id", "baskets.basket_id"])
def test_what_the_practitioner_says_comes_first(key: str) -> None:
    found, faults = match_columns(TABLE, ["basket_id", "单号", "item"], {key: "单号"})
    assert found["basket_id"] == "单号"
    assert faults == []


def test_the_name_with_the_table_wins_over_the_name_alone() -> None:
    found, _ = match_columns(TABLE, ["a", "b", "item"], {"basket_id": "a", "baskets.basket_id": "b"})
    assert found["basket_id"] == "b"


def test_a_missing_needed_column_is_one_sentence_with_both_ways_to_map_it() -> None:
    _, faults = match_columns(TABLE, ["basket_no", "item"], {})
    assert len(faults) == 1
    for sentence in faults[0]:
        assert 'columns={"basket_id": "basket_no"}' in sentence
        assert "--map basket_id=basket_no" in sentence


def test_where_nothing_is_near_all_columns_are_listed() -> None:
    _, faults = match_columns(TABLE, ["甲", "乙", "item"], {})
    assert "甲, 乙, item" in faults[0].en
    assert "甲、乙、item" in faults[0].zh


def test_a_name_with_blanks_is_quoted_for_the_command_line() -> None:
    _, faults = match_columns(TABLE, ["basket number", "item"], {})
    assert '--map "basket_id=basket number"' in faults[0].en


def test_a_mapping_to_a_column_that_is_not_there_is_told_even_for_an_optional_one() -> None:
    _, faults = match_columns(TABLE, ["basket_id", "item"], {"bought_at": "时间"})
    assert len(faults) == 1
    assert "时间" in faults[0].en
    assert "时间" in faults[0].zh


def test_a_name_that_fits_two_columns_is_asked_about() -> None:
    found, faults = match_columns(TABLE, ["Basket ID", "basket-id", "item"], {})
    assert "basket_id" not in found
    assert "Basket ID, basket-id" in faults[0].en


def test_an_optional_column_may_be_absent() -> None:
    assert match_columns(TABLE, ["basket_id", "item"], {}) == ({"basket_id": "basket_id", "item": "item"}, [])


file_columns = st.lists(
    st.text(max_size=8) | st.sampled_from([*NAMES, "Basket ID", "ITEM"]), max_size=6, unique=True
)
mappings = st.dictionaries(st.sampled_from([*NAMES, "baskets.item"]), st.text(max_size=8), max_size=3)


@given(file_columns, mappings)
def test_each_column_is_found_in_the_file_or_told_or_optional(
    columns: list[str], mapping: dict[str, str]
) -> None:
    found, faults = match_columns(TABLE, columns, mapping)
    assert set(found) <= set(NAMES)
    assert set(found.values()) <= set(columns)
    for name in NAMES:
        told = any(f'"{name}"' in fault.en and f"“{name}”" in fault.zh for fault in faults)
        if name in found:
            assert not told
        else:
            assert told or name not in NEEDED


@given(st.permutations(["basket_id", "item", "bought_at", "x", "y"]))
def test_the_order_of_the_file_means_nothing(columns: list[str]) -> None:
    assert match_columns(TABLE, columns, {}) == ({name: name for name in NAMES}, [])


@given(st.sampled_from(NAMES), st.data())
def test_case_blanks_and_marks_mean_nothing(name: str, data: st.DataObject) -> None:
    letters = [data.draw(st.sampled_from([c.upper(), c, f"{c} ", f"-{c}"])) for c in name.replace("_", "")]
    assert plain("".join(letters)) == plain(name)


CALLED_OTHERWISE = Table(
    "churn",
    TABLE.title,
    TABLE.row,
    ("subscriber_id",),
    (Column("subscriber_id", "integer", Text("Subscriber", "用户"), needed=True, aliases=("customer_id",)),),
)


def test_a_column_is_found_by_an_alias_and_its_own_name_counts_for_more() -> None:
    assert match_columns(CALLED_OTHERWISE, ["customerID"], {})[0] == {"subscriber_id": "customerID"}
    both = ["customer_id", "subscriber_id"]
    assert match_columns(CALLED_OTHERWISE, both, {})[0] == {"subscriber_id": "subscriber_id"}


def test_an_alias_may_be_mapped_and_the_name_counts_for_more() -> None:
    assert match_columns(CALLED_OTHERWISE, ["ID"], {"customer_id": "ID"}) == ({"subscriber_id": "ID"}, [])
    mapping = {"customer_id": "a", "subscriber_id": "b"}
    assert match_columns(CALLED_OTHERWISE, ["a", "b"], mapping)[0] == {"subscriber_id": "b"}


# ---- columns that only a file has ----------------------------------------------------------------

WITH_OUTCOME = Table(
    "loans",
    Text("Loans", "贷款"),
    Text("A loan", "一笔贷款"),
    ("loan_id",),
    (Column("loan_id", "integer", Text("Number of the loan", "贷款编号")),),
    own_columns=(
        Column("defaulted", "flag", Text("Default: 1 or 0", "违约：1 或 0"), needed=True, aliases=("bad",)),
    ),
)


@pytest.mark.parametrize("written", ["defaulted", "Bad", "违约"])
def test_a_column_that_only_a_file_has_is_found_like_any_other(written: str) -> None:
    assert match_columns(WITH_OUTCOME, ["n", written], {}) == ({"defaulted": written}, [])
    assert match_columns(WITH_OUTCOME, ["n", "y"], {"defaulted": "y"}) == ({"defaulted": "y"}, [])
    assert WITH_OUTCOME.column("defaulted").kind == "flag"


def test_a_column_that_only_a_file_has_may_be_needed() -> None:
    found, faults = match_columns(WITH_OUTCOME, ["n"], {})
    assert found == {}
    assert "defaulted" in faults[0].en
    assert [column.name for column in WITH_OUTCOME.columns] == ["loan_id"]
