"""The commands for authors, on a course of their own."""

from __future__ import annotations

import shutil

import pytest
from typer.testing import CliRunner

from labkit import cli, locations
from labkit.errors import LabkitError
from labkit.language import current_language, set_language


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with the real modules and no lab."""
    (tmp_path / "course").mkdir()
    shutil.copy(locations.course_dir() / "course.toml", tmp_path / "course")
    monkeypatch.setattr("labkit.locations.PROJECT", tmp_path)
    before = current_language()
    set_language("en")
    yield tmp_path
    set_language(before)


def labkit(*words):
    """Run a command in this process."""
    return CliRunner().invoke(cli.app, list(words))


def test_a_lab_is_begun_built_and_then_up_to_date(project):
    begun = labkit("new", "4.2", "crawl_and_tag")
    assert begun.exit_code == 0, begun.output
    stale = labkit("build", "--check")
    assert stale.exit_code == 1
    assert "stale: " in stale.output
    labkit("build", "4.2", "--no-execute")
    assert len(list((project / "notebooks").rglob("l02_crawl_and_tag.ipynb"))) == 2
    again = labkit("build", "4.2", "--no-execute")
    assert "0 written, 2 unchanged" in again.output


def test_a_translation_is_accepted_once(project):
    labkit("new", "4.2", "crawl_and_tag")
    source = next(project.rglob("lab.py"))
    text = source.read_text(encoding="utf-8")
    cell = text.split('lang="en"')[0].rsplit('id="', 1)[1].split('"')[0]
    head, body = text.split('lang="en"', 1)
    line_end = body.index("\n") + 1
    source.write_text(
        head + 'lang="en"' + body[:line_end] + "# Another sentence.\n" + body[line_end:], encoding="utf-8"
    )
    accepted = labkit("build", "--accept-translation", "4.2", cell)
    assert accepted.exit_code == 0, accepted.output
    assert cell in accepted.output
    assert "was accepted before" in labkit("build", "--accept-translation", "4.2").output


def test_an_unknown_lab_is_an_error(project):
    for words in (("build", "4.2"), ("build", "--accept-translation", "4.2")):
        with pytest.raises(LabkitError, match=r"4\.2"):
            raise labkit(*words).exception
