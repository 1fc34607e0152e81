"""``labkit progress`` and ``labkit certificate``, as they are typed."""

from __future__ import annotations

import json
import re

import pytest
from typer.testing import CliRunner

from labkit import cli
from labkit.errors import LabkitError
from labkit.exercises.progress import Entry, ProgressLog
from labkit.language import current_language, set_language
from labkit.standing.syllabus import read_syllabus


@pytest.fixture(autouse=True)
def speaks_english():
    before = current_language()
    set_language("en")
    yield
    set_language(before)


@pytest.fixture
def log(tmp_path, monkeypatch):
    """An empty log."""
    monkeypatch.setenv("LABKIT_PROGRESS", str(tmp_path / "progress.jsonl"))
    monkeypatch.setenv("COLUMNS", "80")
    return ProgressLog(tmp_path / "progress.jsonl")


@pytest.fixture
def finished(log):
    """A log in which every exercise of the real course is right."""
    for lab in (lab for module in read_syllabus() for lab in module.labs):
        for exercise in lab.exercises:
            log.append(Entry(lab.id, exercise, "check", "right"))
    return log


def labkit(*words):
    """Run a command in this process."""
    return CliRunner().invoke(cli.app, [str(word) for word in words])


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", r"Your course: 0 of \d+ labs done, 1 of \d+ exercises right"),
        ("zh", r"实验完成 0/\d+，练习答对 1/\d+"),
    ],
)
def test_progress_is_a_table_that_fits_a_terminal(log, language, title):
    from rich.cells import cell_len

    log.append(Entry("3.3", "pair_support", "check", "right"))
    result = labkit("progress", "--lang", language)
    assert result.exit_code == 0, result.output
    assert re.search(title, result.output)
    assert max(map(cell_len, result.output.splitlines())) <= 80
    assert "…" not in result.output
    assert len(re.findall(r"\d/\d", result.output)) >= 2 * len(read_syllabus())


def test_progress_is_exported_to_a_file(log, tmp_path):
    result = labkit("progress", "--export", tmp_path / "mine.json")
    assert result.exit_code == 0, result.output
    assert "mine.json" in result.output
    data = json.loads((tmp_path / "mine.json").read_text(encoding="utf-8"))
    assert set(data["labs"]) == {lab.id for module in read_syllabus() for lab in module.labs}


def test_a_certificate_needs_the_core_labs(log, tmp_path):
    with pytest.raises(LabkitError, match=r"To come: 1\.1"):
        raise labkit("certificate", "--name", "Trainee 07", "--out", tmp_path / "out").exception
    assert not (tmp_path / "out").exists()


def test_a_certificate_is_written_in_both_languages(finished, tmp_path):
    result = labkit("certificate", "--name", "学员07", "--out", tmp_path / "out", "--lang", "all")
    assert result.exit_code == 0, result.output
    assert len(list((tmp_path / "out").iterdir())) == 4
    assert "font" not in result.output
    assert "学员07" in (tmp_path / "out" / "certificate-zh.html").read_text(encoding="utf-8")


def test_a_name_that_the_bundled_font_cannot_write_is_told(finished, tmp_path):
    result = labkit("certificate", "--name", "学员喆", "--out", tmp_path / "out", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "has no 喆" in result.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "certificate-en.html",
        "certificate-en.pdf",
    }
