"""The doctor names what is wrong, and how to repair it."""

from __future__ import annotations

import os
import shutil
from importlib import metadata

import pytest

from labkit import class_seed, doctor


@pytest.mark.parametrize(
    ("version", "level"), [((3, 10), "fault"), ((3, 11), "good"), ((3, 13), "good"), ((3, 14), "fault")]
)
def test_python_is_supported_or_not(version, level):
    assert doctor.python_version(version).level == level


def test_packages_are_compared_with_the_lock(tmp_path):
    lock = tmp_path / "requirements.lock"
    right = f"numpy=={metadata.version('numpy')}"
    for text, level in (
        (f"{right} \\\n    --hash=sha256:00\n", "good"),
        ("numpy==0.0.1\n", "advice"),
        (f"{right}\nno-such-package-at-all==1.0\n", "fault"),
        ("no-such-package-at-all==1.0 ; python_version < '3'\n", "good"),
    ):
        lock.write_text(text)
        finding = doctor.packages(lock)
        assert finding.level == level
        assert (finding.repair is None) == (level == "good")
    assert "no-such-package" not in finding.sentence.en


def test_the_lock_of_this_project_can_be_read():
    versions = doctor.locked_versions(doctor.LOCK.read_text(encoding="utf-8"))
    assert {"pandas", "jupyterlab", "hatchling", "editables"} <= set(versions)
    assert versions["pandas"][0].isdigit()


def test_a_home_that_is_a_file_is_a_fault_with_a_way_out(tmp_path, monkeypatch):
    (tmp_path / "home").write_text("")
    monkeypatch.setenv("LABKIT_HOME", str(tmp_path / "home"))
    finding = doctor.home_is_writable()
    assert finding.level == "fault"
    assert "LABKIT_HOME" in finding.repair.en
    monkeypatch.setenv("LABKIT_HOME", str(tmp_path / "new" / "home"))
    assert doctor.home_is_writable().level == "good"
    assert os.listdir(tmp_path / "new" / "home") == []


@pytest.mark.parametrize(("free", "level"), [(0.1e9, "fault"), (1e9, "advice"), (100e9, "good")])
def test_a_full_disk_is_noticed(free, level, tmp_path, monkeypatch):
    monkeypatch.setenv("LABKIT_HOME", str(tmp_path / "not" / "yet"))
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: type("Usage", (), {"free": free}))
    assert doctor.room_on_disk().level == level


def test_the_bundled_font_knows_chinese():
    assert doctor.bundled_font().level == "good"


def test_a_font_without_chinese_is_a_fault(monkeypatch):
    monkeypatch.setattr(doctor, "A_CHINESE_CHARACTER", "\U0001f9f7")
    assert doctor.bundled_font().level == "fault"


def test_a_computer_without_a_browser_gets_advice(monkeypatch):
    def none(*_):
        raise doctor.webbrowser.Error

    monkeypatch.setattr(doctor.webbrowser, "get", none)
    finding = doctor.browser()
    assert finding.level == "advice"
    assert "--no-browser" in finding.repair.en


@pytest.mark.parametrize(
    ("version", "has_java", "level"),
    [(None, False, None), ("4.3.0", False, "advice"), ("4.3.0", True, "good")],
)
def test_spark_is_only_spoken_of_where_it_is_installed(version, has_java, level, monkeypatch):
    monkeypatch.setattr(doctor, "installed_version", lambda name: version)
    monkeypatch.setattr("labkit.store.java.is_there", lambda: has_java)
    finding = doctor.spark()
    assert (finding and finding.level) == level
    if level == "advice":
        assert "labkit[spark]" in finding.repair.en


def test_missing_notebooks_are_a_fault(tmp_path, monkeypatch):
    monkeypatch.setattr("labkit.locations.PROJECT", tmp_path)
    assert doctor.notebooks().level == "fault"


def test_a_kernel_that_cannot_import_labkit_is_a_fault(monkeypatch, tmp_path):
    assert doctor.kernel_starts().level == "good"
    (tmp_path / "labkit.py").write_text("raise ImportError('not this one')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    finding = doctor.kernel_starts()
    assert finding.level == "fault"
    assert "not this one" in finding.sentence.en


def test_every_question_is_asked_and_every_bad_answer_comes_with_a_repair(monkeypatch):
    findings = list(doctor.examine())
    assert len(findings) == 8 + (doctor.installed_version("pyspark") is not None)
    assert all(finding.repair for finding in findings if finding.level == "fault")
    assert all(finding.sentence.en and finding.sentence.zh for finding in findings)


def test_a_class_world_is_named_and_a_damaged_note_of_it_is_a_fault(tmp_path, monkeypatch):
    monkeypatch.setenv("LABKIT_WORKBOOK", str(tmp_path))
    assert doctor.class_world() is None
    class_seed.remember(tmp_path, 20260315)
    found = doctor.class_world()
    assert found.level == "good"
    assert "20260315" in found.sentence.en
    assert "20260315" in found.sentence.zh
    (tmp_path / class_seed.FILE).write_text("{")
    broken = doctor.class_world()
    assert broken.level == "fault"
    assert "--class-seed" in broken.repair.en
