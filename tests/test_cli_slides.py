"""``labkit slides``, as it is typed."""

import pytest
from typer.testing import CliRunner

from labkit import cli
from labkit.errors import LabkitError
from labkit.language import current_language, set_language
from tests.slides.project import FACT, make_project


@pytest.fixture(autouse=True)
def speaks_english():
    before = current_language()
    set_language("en")
    yield
    set_language(before)


def labkit(*words):
    return CliRunner().invoke(cli.app, [str(word) for word in words])


def test_slides_in_both_languages_are_two_files(tmp_path, monkeypatch):
    make_project(tmp_path, monkeypatch)
    result = labkit("slides", "9.1", "--lang", "all", "--scale", "tiny", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "9.1_first.en.html",
        "9.1_first.zh.html",
    ]
    assert "3 baskets" in (tmp_path / "out" / "9.1_first.zh.html").read_text(encoding="utf-8")
    assert current_language() == "en"


def test_slides_of_an_unknown_lab_name_the_nearest(tmp_path, monkeypatch):
    make_project(tmp_path, monkeypatch)
    with pytest.raises(LabkitError, match=r"9\.1 first"):
        raise labkit("slides", "9.7", "--out", tmp_path / "out").exception


def test_slides_of_a_failing_lab_name_the_cell_and_write_nothing(tmp_path, monkeypatch):
    make_project(tmp_path, monkeypatch, FACT, "raise ValueError('no such basket')")
    with pytest.raises(LabkitError, match=r"(?s)9\.1.*c1.*no such basket"):
        raise labkit("slides", "9.1", "--lang", "all", "--out", tmp_path / "out").exception
    assert not (tmp_path / "out").exists()


def test_an_old_file_stays_when_the_lab_fails(tmp_path, monkeypatch):
    make_project(tmp_path, monkeypatch)
    assert labkit("slides", "9.1", "--out", tmp_path / "out").exit_code == 0
    (file,) = (tmp_path / "out").iterdir()
    before = file.read_bytes()
    make_project(tmp_path, monkeypatch, "raise ValueError")
    assert labkit("slides", "9.1", "--out", tmp_path / "out").exit_code != 0
    assert file.read_bytes() == before
