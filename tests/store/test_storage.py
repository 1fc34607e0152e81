"""A table keeps its content on disk, and its content hash sees every change and nothing else."""

from __future__ import annotations

import errno
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkit.catalogue.schema import Column, Kind, Table
from labkit.language import Text
from labkit.store.storage import content_hash, read_parquet, to_arrow, to_pandas, write_parquet

ANY = Text("any", "任意")
KINDS: tuple[Kind, ...] = ("integer", "number", "flag", "category", "text", "money", "date", "time")
EVERY_KIND = Table(
    "every_kind", ANY, ANY, ("integer",), tuple(Column(kind, kind, ANY, nullable=True) for kind in KINDS)
)
FRAME = pd.DataFrame(
    {
        "integer": [1, 2, -(2**62)],
        "number": [0.5, np.nan, -0.0],
        "flag": [True, False, True],
        "category": pd.Categorical(["b", "a", "b"], categories=["b", "a"]),
        "text": ["啤酒", "", None],
        "money": [100, 0, -5],
        "date": pd.to_datetime(["2024-01-01", None, "2025-12-31"]),
        "time": pd.to_datetime(["2024-01-01 10:00:00.001", "2024-02-29", None], format="ISO8601"),
    }
)
CATEGORY = st.sampled_from(["", "a", "a\0", "b", "中", None])
WHOLE = st.one_of(st.none(), st.integers(-3, 3), st.integers(-(2**63), 2**63 - 1))
WRONG = (
    ("integer", [1.5, 2.0, 3.0], "cannot be stored as integer"),
    ("number", ["x", "1", "2"], "cannot be stored as number"),
    ("date", pd.to_datetime(["2024-01-01 00:00:01"] * 3), "not at midnight"),
    ("time", pd.to_datetime(["2024-01-01 00:00:00.000001"] * 3), "cannot be stored as time"),
)


def only(kind: Kind, nullable: bool = False) -> Table:
    return Table(kind, ANY, ANY, (kind,), (Column(kind, kind, ANY, nullable=nullable),))


def stored(frame: pd.DataFrame) -> pa.Table:
    return to_arrow(EVERY_KIND, frame)


def test_a_table_comes_back_from_disk_as_it_was(tmp_path: Path) -> None:
    write_parquet(stored(FRAME), tmp_path / "a.parquet")
    back = to_pandas(read_parquet([tmp_path / "a.parquet"]))
    pd.testing.assert_frame_equal(back, to_pandas(stored(FRAME)))
    assert back["date"].dtype == back["time"].dtype == "datetime64[ms]"
    assert back["text"].dtype == "str"
    assert back["flag"].dtype == bool
    assert list(back["category"].cat.categories) == ["a", "b"]


def test_some_columns_of_several_files_come_in_the_order_asked_for(tmp_path: Path) -> None:
    for i, part in enumerate((FRAME.iloc[:1], FRAME.iloc[1:])):
        write_parquet(stored(part), tmp_path / f"{i}.parquet")
    back = to_pandas(read_parquet([tmp_path / "0.parquet", tmp_path / "1.parquet"], ["category", "integer"]))
    assert list(back.columns) == ["category", "integer"]
    assert back["category"].tolist() == ["b", "a", "b"]
    assert back["category"].dtype == "category"


def test_missing_flags_come_back_as_missing() -> None:
    frame = to_pandas(to_arrow(only("flag", nullable=True), pd.DataFrame({"flag": [True, None, False]})))
    assert frame["flag"].dtype == "boolean"
    assert frame["flag"].isna().tolist() == [False, True, False]


@pytest.mark.parametrize("frame", [FRAME[["integer"]], FRAME.assign(more=1), FRAME[FRAME.columns[::-1]]])
def test_a_frame_with_other_columns_than_the_catalogue_is_refused(frame: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="the catalogue says"):
        stored(frame)


@pytest.mark.parametrize(("kind", "values", "message"), WRONG, ids=[kind for kind, _, _ in WRONG])
def test_values_of_another_kind_are_refused(kind: Kind, values: list, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        to_arrow(only(kind), pd.DataFrame({kind: values}))


def test_missing_values_are_refused_where_the_catalogue_allows_none() -> None:
    with pytest.raises(ValueError, match="1 missing values"):
        to_arrow(only("text"), pd.DataFrame({"text": ["a", None]}))


def test_the_content_hash_is_that_of_the_values_however_they_are_kept(tmp_path: Path) -> None:
    whole = stored(FRAME)
    pq.write_table(
        whole, tmp_path / "other.parquet", compression="none", use_dictionary=False, row_group_size=1
    )
    chunked = pa.concat_tables([whole.slice(0, 1), whole.slice(1)])
    recoded = stored(FRAME.assign(category=FRAME["category"].cat.set_categories(["b", "unused", "a"])))
    positive_zero = stored(FRAME.assign(number=[0.5, np.nan, 0.0]))
    for same in (pq.read_table(tmp_path / "other.parquet"), chunked, recoded, positive_zero):
        assert content_hash(same) == content_hash(whole)


@pytest.mark.parametrize("column", KINDS)
def test_the_content_hash_sees_one_changed_value_in_any_column(column: str) -> None:
    changed = FRAME.copy()
    changed[column] = changed[column].to_numpy()[::-1].copy()
    if column == "flag":
        changed[column] = [False, False, True]
    if column == "category":
        changed[column] = pd.Categorical(["a", "a", "b"])
    assert content_hash(stored(changed)) != content_hash(stored(FRAME))


@given(st.lists(st.text(max_size=3), max_size=6), st.lists(st.text(max_size=3), max_size=6))
def test_two_columns_of_text_have_the_same_hash_only_if_they_are_the_same(one: list, other: list) -> None:
    hashes = [content_hash(pa.table({"a": pa.array(values, pa.string())})) for values in (one, other)]
    assert (hashes[0] == hashes[1]) == (one == other)


@given(st.lists(CATEGORY, max_size=6), st.lists(CATEGORY, max_size=6))
def test_two_columns_of_categories_have_the_same_hash_only_if_they_are_the_same(
    one: list, other: list
) -> None:
    arrays = [pa.array(values, pa.string()).dictionary_encode() for values in (one, other)]
    hashes = [content_hash(pa.table({"a": array})) for array in arrays]
    assert (hashes[0] == hashes[1]) == (one == other)


@given(st.lists(WHOLE, max_size=5), st.lists(WHOLE, max_size=5))
def test_two_columns_of_integers_have_the_same_hash_only_if_they_are_the_same(one: list, other: list) -> None:
    hashes = [content_hash(pa.table({"a": pa.array(values, pa.int64())})) for values in (one, other)]
    assert (hashes[0] == hashes[1]) == (one == other)


@pytest.mark.parametrize("categories", [1, 255, 256, 257, 70_000])
def test_many_categories_are_told_apart_in_any_order_of_their_codes(categories: int) -> None:
    names = np.array([f"category {i}" for i in range(categories)], dtype=object)
    codes = np.arange(categories)
    forward = pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(names))
    backward = pa.DictionaryArray.from_arrays(pa.array(codes[::-1], pa.int32()), pa.array(names[::-1]))
    swapped = pa.DictionaryArray.from_arrays(pa.array(np.roll(codes, 1), pa.int32()), pa.array(names))
    hashes = [content_hash(pa.table({"a": array})) for array in (forward, backward, swapped)]
    assert hashes[0] == hashes[1]
    assert (hashes[0] == hashes[2]) == (categories == 1)


def test_what_may_be_missing_is_written_into_the_file(tmp_path: Path) -> None:
    for nullable in (True, False):
        write_parquet(
            to_arrow(only("integer", nullable), pd.DataFrame({"integer": [1]})), tmp_path / "a.parquet"
        )
        assert pq.read_schema(tmp_path / "a.parquet").field("integer").nullable == nullable


def test_texts_that_run_together_alike_are_told_apart() -> None:
    pair = (["ab", "c"], ["a", "bc"])
    assert len({content_hash(pa.table({"a": values})) for values in pair}) == 2


@pytest.mark.parametrize("pair", [(["", None], ["", ""]), ([None], [""]), ([None, ""], ["", None])])
def test_a_missing_text_is_not_an_empty_one(pair: tuple[list, list]) -> None:
    hashes = {content_hash(pa.table({"a": pa.array(values, pa.string())})) for values in pair}
    assert len(hashes) == 2


def test_a_missing_number_is_not_a_zero() -> None:
    pair = ([0, None], [None, 0], [0, 0])
    assert len({content_hash(pa.table({"a": pa.array(values, pa.int64())})) for values in pair}) == 3


def test_a_flipped_bit_in_a_file_does_not_pass_for_data(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    numbers = pa.table({"a": pa.array(np.random.default_rng(1).integers(0, 2**60, 1_000))})
    write_parquet(numbers, path)
    damaged = bytearray(path.read_bytes())
    damaged[2_000] ^= 1
    path.write_bytes(damaged)
    with pytest.raises((OSError, pa.ArrowException)):
        read_parquet([path])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_as_such() -> None:
    with pytest.raises(OSError, match="space") as error:
        write_parquet(
            pa.table({"a": np.random.default_rng(1).integers(0, 2**60, 100_000)}), Path("/dev/full")
        )
    assert error.value.errno == errno.ENOSPC
