import functools
import sys

import pytest
from typer.testing import CliRunner

from labkit.cli import app
from labkit.errors import LabkitError
from labkit.grading import class_grading
from labkit.grading.grader import Grader
from labkit.language import set_language
from tests.grading.made_up import OWN_WORDS, answered, edition, write
from tests.grading.open_room import OpenRoom


@pytest.fixture(autouse=True)
def open_room(monkeypatch):
    """No walls, so that it is quick; in the language that tests speak."""
    opened = functools.partial(class_grading.ClassGrading, open_jail=OpenRoom)
    monkeypatch.setattr(class_grading, "ClassGrading", opened)
    yield
    set_language("en")


def grade(folder, report, *options):
    command = [
        "grade",
        str(folder),
        "--out",
        str(report),
        "--scale",
        "tiny",
        "--other-seed",
        "3",
        "--jobs",
        "1",
    ]
    return CliRunner().invoke(app, [*command, *options])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_bad_submissions_are_no_failure_of_the_command(tmp_path, monkeypatch, language):
    write(tmp_path / "in" / "Trainee 01" / "a.ipynb", edition("7.4"))
    (tmp_path / "in" / "Trainee 02.ipynb").write_bytes(b"\x00")
    done = grade(tmp_path / "in", tmp_path / "out", "--lang", language)
    assert done.exit_code == 0, done.output
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert ("Class report" if language == "en" else "班级作业报告") in page
    assert "Trainee 02" in page


def test_a_folder_without_notebooks_is_an_error(tmp_path):
    done = grade(tmp_path, tmp_path / "out")
    assert isinstance(done.exception, LabkitError)
    assert not (tmp_path / "out").exists()


def test_an_out_that_cannot_be_written_is_an_error_before_anything_runs(tmp_path):
    write(tmp_path / "in" / "Trainee 01" / "a.ipynb", edition("7.4"))
    (tmp_path / "out").write_text("in the way")
    done = grade(tmp_path / "in", tmp_path / "out")
    assert isinstance(done.exception, LabkitError)


def test_a_grader_that_fails_on_somebody_says_so_and_goes_on(tmp_path, monkeypatch):
    for name in ("Trainee 01", "Trainee 02"):
        write(tmp_path / "in" / name / "a.ipynb", answered("7.4", {"root_of": OWN_WORDS["7.4"]["root_of"]}))
    whole = Grader.grade

    def fails(self, submission, fingerprint):
        if submission.name == "Trainee 01":
            raise OSError("no space left")
        return whole(self, submission, fingerprint)

    with monkeypatch.context() as patched:
        patched.setattr(Grader, "grade", fails)
        done = grade(tmp_path / "in", tmp_path / "out", "--lang", "en")
    assert done.exit_code == 0, done.output
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "broke off (OSError: no space left)" in page
    assert "1 of 5 right" in page
    grade(tmp_path / "in", tmp_path / "out", "--lang", "en")
    assert "broke off" not in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="names of folders")
def test_no_name_leaves_the_folder_of_the_report(tmp_path):
    names = ["a..", "…/..", "~", "CON", "a" * 200, '|<>"*?', "学员07"]
    for number, name in enumerate(names):
        write(tmp_path / "in" / f"{name.replace('/', '-')} {number}" / "a.ipynb", edition("7.4"))
    assert grade(tmp_path / "in", tmp_path / "out").exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {"in", "out"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"index.html", "class.csv", "results"}
    assert len(list((tmp_path / "out" / "results").iterdir())) == len(names) + 1
