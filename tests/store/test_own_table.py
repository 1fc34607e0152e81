"""A file in place of a table: read whole, or refused with every fault in one error, a sentence each."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from labkit.errors import LabkitError
from labkit.store import Dataset
from labkit.store.own_table import read_all
from labkit.store.storage import to_pandas

LANGUAGES = ("en", "zh")


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("labkit.language._current", request.param)
    return request.param


def file(folder: Path, text: str, name: str = "my.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def frame(name: str, path: Path, columns: dict[str, str] | None = None) -> pd.DataFrame:
    return to_pandas(read_all({name: path}, columns or {})[name].arrow)


def refused(name: str, path: Path, columns: dict[str, str] | None = None) -> str:
    with pytest.raises(LabkitError) as error:
        read_all({name: path}, columns or {})
    return str(error.value)


# ---- a till receipt from a Chinese shop ----------------------------------------------------------


def test_an_export_in_gbk_with_mapped_columns_becomes_the_table(tmp_path: Path) -> None:
    path = tmp_path / "小票.csv"
    path.write_bytes(
        "流水号,品名,时间,应收,件数,备注\r\n"
        'T001,啤酒,2025/3/7 18:05,"¥1,025.50",1,\r\n'
        "\r\n"
        "T001,尿布,20250307,59元,2,x\r\n"
        "T002,啤酒,2025-03-08 09:00:00,12.5,１,\r\n".encode("gb18030")
    )
    mapping = {
        "basket_id": "流水号",
        "item": "品名",
        "bought_at": "时间",
        "amount_fen": "应收",
        "quantity": "件数",
    }
    baskets = frame("baskets", path, mapping)
    expected = pd.DataFrame(
        {
            "basket_id": ["T001", "T001", "T002"],
            "bought_at": pd.to_datetime(
                ["2025-03-07 18:05", "2025-03-07", "2025-03-08 09:00"], format="ISO8601"
            ),
            "item": pd.Categorical(["啤酒", "尿布", "啤酒"]),
            "quantity": [1, 2, 1],
            "amount_fen": [102_550, 5_900, 1_250],
        }
    ).astype({"bought_at": "datetime64[ms]", "basket_id": "str"})
    pd.testing.assert_frame_equal(baskets, expected, check_categorical=False)


def test_columns_beyond_the_catalogue_are_dropped_where_they_mean_nothing(tmp_path: Path) -> None:
    path = file(tmp_path, "basket_id,item,colour\n1,beer,red\n")
    assert list(frame("baskets", path).columns) == ["basket_id", "item"]


# ---- a churn table of another company ------------------------------------------------------------

TELCO = (
    "customerID,gender,SeniorCitizen,Plan,MonthlyCharges,Joined,Unused,Churn\n"
    "7590-A,Female,0,DSL,29.85,2024-01-05,,Yes\n"
    "5575-B,Male,1,Fiber,56.95,2023-11-30,,No\n"
    "3668-C,Male,0,DSL,,2025-02-01,,Yes\n"
)
TELCO_COLUMNS = {"subscriber_id": "customerID", "churned": "Churn"}


def test_a_churn_table_brings_any_columns_of_its_own(tmp_path: Path) -> None:
    churn = frame("churn", file(tmp_path, TELCO), TELCO_COLUMNS)
    assert churn["subscriber_id"].tolist() == ["7590-A", "5575-B", "3668-C"]
    assert churn["churned"].tolist() == [True, False, True]
    assert churn["churned"].dtype == bool
    assert churn["plan"].tolist() == ["DSL", "Fiber", "DSL"]
    assert churn["gender"].dtype == "category"
    assert churn["SeniorCitizen"].dtype == "int64"
    assert churn["MonthlyCharges"].dtype == "float64"
    assert churn["Joined"].dtype == "datetime64[ms]"
    assert "Unused" not in churn


def test_an_own_meaning_of_an_optional_column_is_kept_as_it_is(tmp_path: Path) -> None:
    churn = frame("churn", file(tmp_path, "subscriber_id,age,churned\n1,18-25,Y\n2,26-35,N\n"))
    assert churn["age"].tolist() == ["18-25", "26-35"]


def test_the_label_must_be_yes_or_no(tmp_path: Path, language: str) -> None:
    told = refused("churn", file(tmp_path, "subscriber_id,churned\n1,left\n2,0\n"))
    assert '"left"' in told or "“left”" in told


def test_one_row_per_customer_where_there_is_no_date(tmp_path: Path, language: str) -> None:
    told = refused("churn", file(tmp_path, "subscriber_id,churned\n1,0\n2,0\n1,1\n"))
    assert "subscriber_id" in told
    two_months = "subscriber_id,snapshot_on,churned\n1,2025-01-31,0\n1,2025-02-28,1\n"
    assert len(frame("churn", file(tmp_path, two_months))) == 2


# ---- faults --------------------------------------------------------------------------------------


def test_every_fault_is_told_at_once_and_only_once(tmp_path: Path, language: str) -> None:
    path = file(
        tmp_path,
        "basket,item,bought_at,quantity\n1,beer,2025-02-30,1\n1,beer,soon,1.5\n,,2025-01-01,2\n1,tea\n",
    )
    told = refused("baskets", path)
    numbered = [line for line in told.splitlines() if line.strip()[:2] in {f"{i}." for i in range(1, 10)}]
    assert len(numbered) == 5
    for part in ("1,tea", 'columns={"basket_id": "basket"}', "--map basket_id=basket", "2025-02-30", "1.5"):
        assert told.count(part) == 1, part


def test_a_needed_value_that_is_missing_is_told_with_its_row(tmp_path: Path, language: str) -> None:
    told = refused("baskets", file(tmp_path, "basket_id,item\n1,beer\n,wine\n2,\n"))
    assert "basket_id" in told
    assert told.count("2") >= 2


def test_repeated_keys_are_told_with_an_example(tmp_path: Path, language: str) -> None:
    told = refused("churn", file(tmp_path, "subscriber_id,churned\n1,yes\n2,no\n1,yes\n1,no\n"))
    example = {
        "en": "earlier row: 2, the first being data row 3 (1)",
        "zh": "有 2 行的 subscriber_id 与前面的行重复，第一处在第 3 个数据行（1）",
    }
    assert "subscriber_id" in told
    assert example[language] in told


def test_lines_of_a_receipt_may_repeat_an_item(tmp_path: Path) -> None:
    path = file(tmp_path, "basket_id,item\n1,beer\n2,beer\n1,beer\n")
    assert read_all({"baskets": path}, {})["baskets"].arrow.num_rows == 3


def test_numbers_that_excel_has_shortened_are_told(tmp_path: Path, language: str) -> None:
    told = refused("baskets", file(tmp_path, "basket_id,item\n2.02503E+11,beer\n2.02503E+11,wine\n"))
    assert "2.02503E+11" in told
    assert "Excel" in told


def test_a_header_without_rows_is_told(tmp_path: Path, language: str) -> None:
    assert "my.csv" in refused("baskets", file(tmp_path, "basket_id,item\n\n"))


def test_faults_of_two_files_come_together(tmp_path: Path, language: str) -> None:
    one, two = file(tmp_path, "a\n1\n", "one.csv"), file(tmp_path, "b\n1\n", "two.csv")
    with pytest.raises(LabkitError) as error:
        read_all({"baskets": one, "churn": two}, {})
    assert str(error.value).count("one.csv") >= 2
    assert str(error.value).count("two.csv") >= 2


@pytest.mark.parametrize("name", ["basket", "planted_rules"])
def test_only_a_table_of_the_data_can_be_replaced(name: str, tmp_path: Path, language: str) -> None:
    assert name in refused(name, file(tmp_path, "basket_id,item\n1,beer\n"))


def test_a_mapping_of_a_column_that_no_table_has_is_told(tmp_path: Path, language: str) -> None:
    told = refused("baskets", file(tmp_path, "basket_id,item\n1,beer\n"), {"单号": "basket_id"})
    assert "单号" in told
    assert "basket_id" in told


# ---- from the environment ------------------------------------------------------------------------


def test_the_environment_says_the_same_as_the_arguments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file(tmp_path, "单号,品名\n1,beer\n")
    monkeypatch.setenv("LABKIT_DATA_BASKETS", str(path))
    monkeypatch.setenv("LABKIT_MAP", "basket_id=单号, item=品名")
    dataset = Dataset.open("tiny")
    assert dataset.own_tables == {"baskets"}
    assert dataset.table("baskets")["basket_id"].tolist() == [1]


def test_arguments_win_over_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABKIT_DATA_BASKETS", str(tmp_path / "missing.csv"))
    monkeypatch.setenv("LABKIT_MAP", "basket_id=nothing")
    path = file(tmp_path, "单号,item\n1,beer\n")
    assert frame("baskets", path, {"basket_id": "单号"})["basket_id"].tolist() == [1]


def test_an_empty_variable_means_no_own_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABKIT_DATA_BASKETS", "")
    monkeypatch.setenv("LABKIT_MAP", "")
    assert read_all({}, {}) == {}


def test_a_variable_for_an_unknown_table_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("LABKIT_DATA_BASKET", str(tmp_path / "my.csv"))
    with pytest.raises(LabkitError, match="baskets"):
        read_all({}, {})


@pytest.mark.parametrize("mapping", ["basket_id", "=单号", "basket_id="])
def test_a_mapping_that_cannot_be_read_is_told(
    mapping: str, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("LABKIT_MAP", mapping)
    with pytest.raises(LabkitError, match="LABKIT_MAP"):
        read_all({}, {})
