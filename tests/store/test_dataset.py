"""What a lab reads: tables, SQL, answer keys and descriptions, and its own random streams."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from labkit import catalogue
from labkit.errors import LabkitError
from labkit.store import Dataset

LANGUAGES = ("en", "zh")
DATA = [table.name for table in catalogue.tables()]
TRUTH = [table.name for table in catalogue.truth_tables()]


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return Dataset.open("tiny", stream_name="3.3")


@pytest.fixture
def own(tmp_path: Path) -> Dataset:
    path = tmp_path / "sales.csv"
    path.write_text("basket_id,item,amount\nA1,beer,12.50\nA1,diapers,3\nA2,beer,12.5\n", encoding="utf-8")
    return Dataset.open("tiny", data={"baskets": path}, columns={"amount_fen": "amount"})


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("labkit.language._current", request.param)
    return request.param


# ---- tables --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DATA)
def test_a_table_has_the_columns_of_the_catalogue(name: str, dataset: Dataset) -> None:
    frame = dataset.table(name)
    assert list(frame.columns) == [column.name for column in catalogue.table(name).columns]
    assert len(frame)


def test_some_columns_come_in_the_order_asked_for(dataset: Dataset) -> None:
    assert list(dataset.table("baskets", ["item", "basket_id"]).columns) == ["item", "basket_id"]
    assert list(dataset.table("baskets", "item").columns) == ["item"]
    pd.testing.assert_series_equal(
        dataset.table("baskets", ["item"])["item"], dataset.table("baskets")["item"]
    )


def test_a_copy_can_be_changed_without_changing_the_next(dataset: Dataset) -> None:
    for columns in (["item", "price_fen"], ["price_fen"], None):
        first = dataset.table("items", columns)
        untouched = first.copy()
        first["price_fen"].array[1] = -2
        first.loc[0, "price_fen"] = -1
        first["item"] = "x"
        pd.testing.assert_frame_equal(dataset.table("items", columns), untouched)


def test_a_table_is_read_from_disk_once(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset.table("members", ["member_id", "sex"])

    def refuse(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("labkit.store.worlds.World.read", refuse)
    assert list(dataset.table("members", ["sex"]).columns) == ["sex"]


def test_an_unknown_table_is_answered_with_near_ones(dataset: Dataset, language: str) -> None:
    with pytest.raises(LabkitError, match="baskets"):
        dataset.table("basket")


def test_an_unknown_column_is_answered_with_near_ones(dataset: Dataset, language: str) -> None:
    with pytest.raises(LabkitError, match="basket_id") as error:
        dataset.table("baskets", ["basketid"])
    assert "'basketid'" in str(error.value)


@pytest.mark.parametrize("name", TRUTH)
def test_an_answer_key_is_no_table(name: str, dataset: Dataset, language: str) -> None:
    with pytest.raises(LabkitError, match=rf'lab\.truth\("{name}"\)'):
        dataset.table(name)


# ---- SQL -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DATA)
def test_every_table_is_a_view_with_the_same_rows(name: str, dataset: Dataset) -> None:
    frame = dataset.table(name)
    counted = dataset.sql(f"SELECT count(*) AS n FROM {name}")
    assert counted.loc[0, "n"] == len(frame)
    assert list(dataset.sql(f"SELECT * FROM {name} LIMIT 0").columns) == list(frame.columns)


@pytest.mark.parametrize("name", TRUTH)
def test_an_answer_key_is_no_view(name: str, dataset: Dataset, language: str) -> None:
    with pytest.raises(LabkitError, match=rf'lab\.truth\("{name}"\)'):
        dataset.sql(f"SELECT * FROM {name}")


def test_sql_and_pandas_agree_on_a_sum_and_it_is_a_whole_number(dataset: Dataset) -> None:
    answer = dataset.sql("SELECT sum(amount_fen) AS paid, count(*) AS n, avg(quantity) AS mean FROM baskets")
    baskets = dataset.table("baskets")
    assert answer.dtypes.to_dict() == {"paid": "int64", "n": "int64", "mean": "float64"}
    assert answer.loc[0, "paid"] == baskets["amount_fen"].sum()
    assert answer.loc[0, "mean"] == pytest.approx(baskets["quantity"].mean())


def test_sql_gives_plain_kinds(dataset: Dataset) -> None:
    answer = dataset.sql(
        """SELECT item, bought_at, bought_at::DATE AS day, date_trunc('month', bought_at) AS month,
           0.1 * quantity AS tenth, NULL::HUGEINT AS nothing, 2::HUGEINT ** 100 AS huge FROM baskets LIMIT 3"""
    )
    kinds = {name: str(kind) for name, kind in answer.dtypes.items()}
    assert kinds["item"] == "str"
    assert {kinds[name] for name in ("bought_at", "day", "month")} == {"datetime64[ms]"}
    assert {kinds[name] for name in ("tenth", "nothing", "huge")} == {"float64"}


def test_a_sum_wider_than_64_bits_becomes_a_float(dataset: Dataset) -> None:
    answer = dataset.sql(
        "SELECT sum(x) AS total FROM (VALUES (9223372036854775807), (9223372036854775807)) AS t(x)"
    )
    assert answer.loc[0, "total"] == pytest.approx(2.0**64)


@pytest.mark.parametrize(
    "query",
    ["SELEC 1", "SELECT nothing FROM baskets", "SELECT * FROM basket", "SELECT 1/'a'", "SELECT * FROM query"],
)
def test_a_query_that_cannot_be_run_is_explained(query: str, dataset: Dataset, language: str) -> None:
    with pytest.raises(LabkitError, match="DuckDB") as error:
        dataset.sql(query)
    assert "baskets" in str(error.value)
    assert "Python" not in str(error.value)


def test_a_refused_query_does_no_harm_to_the_next(dataset: Dataset) -> None:
    with pytest.raises(LabkitError):
        dataset.sql("SELECT nothing")
    assert dataset.sql("SELECT 1 AS one").loc[0, "one"] == 1


@pytest.mark.parametrize("folder", ["it's", "a [b] c", "数据 库", *([] if os.name == "nt" else ["*?"])])
def test_a_home_may_have_any_name(folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABKIT_HOME", str(tmp_path / folder))
    dataset = Dataset.open("tiny", 5)
    assert dataset.sql("SELECT count(*) AS n FROM items").loc[0, "n"] == len(dataset.table("items"))


# ---- answer keys, descriptions, streams ----------------------------------------------------------


@pytest.mark.parametrize("name", TRUTH)
def test_an_answer_key_is_there_for_a_synthetic_world(name: str, dataset: Dataset) -> None:
    assert dataset.has_truth
    assert list(dataset.truth(name).columns) == [column.name for column in catalogue.table(name).columns]


def test_a_table_is_no_answer_key(dataset: Dataset, language: str) -> None:
    with pytest.raises(LabkitError, match=TRUTH[0]):
        dataset.truth("baskets")


@pytest.mark.parametrize("name", DATA)
def test_every_column_is_described_in_the_current_language(
    name: str, dataset: Dataset, language: str
) -> None:
    described = dataset.describe(name)
    assert list(described.columns) == ["column", "description", "unit", "kind"]
    wanted = [getattr(column.description, language) for column in catalogue.table(name).columns]
    assert described["description"].tolist() == wanted
    assert (described["kind"] != "").all()


def test_a_stream_begins_anew_each_time_and_belongs_to_its_lab(dataset: Dataset) -> None:
    other_lab, other_seed = Dataset("tiny", 2026, "3.5"), Dataset("tiny", 2027, "3.3")
    split = dataset.rng("split").random(4)
    np.testing.assert_array_equal(split, dataset.rng("split").random(4))
    for other in (dataset.rng("other"), other_lab.rng("split"), other_seed.rng("split")):
        assert (other.random(4) != split).all()


def test_a_data_set_can_be_a_cache_key(dataset: Dataset) -> None:
    assert {dataset: 1}[dataset] == 1
    assert Dataset("tiny", 2026, "3.3") != Dataset("tiny", 2026, "3.3")


def test_a_data_set_knows_its_world(dataset: Dataset) -> None:
    assert (dataset.scale, dataset.seed, dataset.customers) == ("tiny", 2026, 2_000)
    assert dataset.own_tables == frozenset()
    assert dataset.own_notes == ()


# ---- a practitioner's own file -------------------------------------------------------------------


def test_an_own_file_stands_in_place_of_its_table_and_of_no_other(own: Dataset, dataset: Dataset) -> None:
    assert own.own_tables == {"baskets"}
    assert own.table("baskets")["basket_id"].tolist() == ["A1", "A1", "A2"]
    assert own.table("baskets")["amount_fen"].tolist() == [1_250, 300, 1_250]
    pd.testing.assert_frame_equal(own.table("items"), dataset.table("items"))


def test_sql_sees_the_own_file_under_the_name_of_the_table(own: Dataset) -> None:
    answer = own.sql(
        "SELECT item, count(*) AS n, sum(amount_fen) AS paid FROM baskets GROUP BY item ORDER BY item"
    )
    assert answer["item"].tolist() == ["beer", "diapers"]
    assert answer["paid"].tolist() == [2_500, 300]
    joined = own.sql("SELECT count(*) AS n FROM baskets JOIN items USING (item)")
    assert joined.loc[0, "n"] == 3


def test_there_is_no_answer_key_on_own_data(own: Dataset, language: str) -> None:
    assert not own.has_truth
    with pytest.raises(LabkitError, match="baskets"):
        own.truth("planted_rules")


def test_only_the_columns_of_the_file_are_described(own: Dataset) -> None:
    assert own.describe("baskets")["column"].tolist() == ["basket_id", "item", "amount_fen"]


def test_a_column_that_the_file_lacks_is_asked_for(own: Dataset, language: str) -> None:
    with pytest.raises(LabkitError, match=r'columns=\{"quantity": "'):
        own.table("baskets", ["item", "quantity"])


def test_it_is_told_how_the_file_was_read(own: Dataset, language: str) -> None:
    told = str(own.own_notes[0])
    assert "amount_fen ← amount" in told
    assert "quantity" in told


def test_a_world_is_only_made_when_a_table_of_it_is_read(
    own: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LABKIT_HOME", str(tmp_path / "home"))
    assert len(own.table("baskets")) == 3
    assert not (tmp_path / "home").exists()
    assert len(own.table("items"))
    assert (tmp_path / "home" / "worlds" / "2026-2000").is_dir()


def test_a_bad_scale_is_told_even_on_own_data(tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_text("basket_id,item\n1,beer\n", encoding="utf-8")
    with pytest.raises(LabkitError, match="'huge'"):
        Dataset.open("huge", data={"baskets": path})


def test_reading_a_world_does_without_the_simulator():
    code = "import sys; from labkit.store import Dataset; print(*(m for m in sys.modules if m.startswith('labkit.world')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {"labkit.world", "labkit.world.streams"}
