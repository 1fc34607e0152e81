"""A course of one sound lab in a folder of its own, to be broken one promise at a time."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import labkit
from labkit import locations
from labkit.authoring.build import build
from labkit.authoring.courses import find_lab
from labkit.authoring.scaffold import scaffold
from labkit.authoring.source import parse_source
from labkit.authoring.translation import accept_translation

LAB_ID = "4.2"
HEADER = """# ---
# id: "4.2"
# name: crawl
# title: {en: Crawl, zh: 爬取}
# minutes: 25
# core: true
# outline: []
# tables: []
# prerequisites: []
# ---
"""


class FixtureCourse:
    """A project folder with the real course's modules and glossary, and one lab that passes every gate."""

    def __init__(self, project: Path) -> None:
        self.project, self.course_dir = project, project / "course"
        self.lab_path = self.course_dir / "m04_knowing_customers/l02_crawl_and_tag/lab.py"
        self.checks_dir = self.lab_path.with_name("checks")

    def begin(self):
        """Write the lab, with everything said that the template leaves open."""
        self.course_dir.mkdir()
        for file in ("course.toml", "glossary.toml"):
            shutil.copy(locations.course_dir() / file, self.course_dir)
        assert scaffold(LAB_ID, "crawl_and_tag", table="members", course_dir=self.course_dir) == self.lab_path
        for path in (self.lab_path, *self.lab.check_files):
            path.write_text(path.read_text("utf-8").replace("TODO", "Example"), "utf-8")
        accept_translation(LAB_ID, course_dir=self.course_dir)
        return self

    @property
    def lab(self):
        """The lab as it stands on disk now."""
        return find_lab(LAB_ID, self.course_dir)

    def edit(self, old, new, path=None):
        """Replace one passage of the source (or of another file) and return the lab."""
        path = path or self.lab_path
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
        path.write_text(text.replace(old, new), "utf-8")
        return self.lab

    def edit_checks(self, old, new):
        """Replace one passage of the checks and return the lab."""
        (path,) = (path for path in self.lab.check_files if old in path.read_text("utf-8"))
        return self.edit(old, new, path)

    def append(self, cells):
        """Add cells at the end of the source and return the lab."""
        self.lab_path.write_text(self.lab_path.read_text("utf-8") + cells, "utf-8")
        return self.lab


@pytest.fixture
def fixture_course(tmp_path):
    return FixtureCourse(tmp_path).begin()


@pytest.fixture(scope="session")
def built_once(tmp_path_factory):
    """A project with its own copy of labkit, so that kernels find this course, and with all editions built."""
    course = FixtureCourse(tmp_path_factory.mktemp("built")).begin()
    shutil.copytree(
        Path(labkit.__file__).parent, course.project / "labkit", ignore=shutil.ignore_patterns("__pycache__")
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(course.project))
        report = build(course_dir=course.course_dir)
    assert report.ok, [str(fault) for fault in report.faults]
    return course


@pytest.fixture
def built(built_once, tmp_path, monkeypatch):
    """A copy of the built project, to be changed."""
    shutil.copytree(built_once.project, tmp_path / "project")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "project"))
    return FixtureCourse(tmp_path / "project")


@pytest.fixture
def parse():
    """Parse cells that stand below a sound header; their first line is line 11."""
    return lambda cells: parse_source(HEADER + cells, Path("course/m04_x/l02_crawl/lab.py"))
