"""The start page lists the labs that lie in the workbook."""

from __future__ import annotations

import re
from urllib.parse import unquote

import nbformat
import pytest

from labkit.jupyter.start_page import write_start_page
from tests.running.course_of_tests import write_lab

COURSE = """
[[module]]
number = 9
folder = "m09_module"
title = {en = "The ninth", zh = "第九"}
[module.outline]
"""


@pytest.fixture
def workbook(tmp_path, monkeypatch):
    monkeypatch.setattr("labkit.locations.PROJECT", tmp_path)
    (tmp_path / "course").mkdir()
    folder = tmp_path / "workbook"
    first = write_lab(folder, lab="9.1", title="Beer and diapers")
    node = nbformat.read(first, as_version=4)
    node.metadata.labkit.update(minutes=25, core=True)
    nbformat.write(node, first)
    write_lab(folder, lab="10.1", name="capstone", title="The end")
    return folder


@pytest.mark.parametrize(
    ("language", "line", "heading"),
    [
        ("en", "[9.1 Beer and diapers](m09_module/l01_a_lab.ipynb) · 25 min ★", "## Module 9 · The ninth"),
        ("zh", "[9.1 Beer and diapers](m09_module/l01_a_lab.ipynb) · 25 分钟 ★", "## 模块 9 · 第九"),
    ],
)
def test_labs_stand_below_their_module_with_minutes(workbook, language, line, heading):
    (workbook.parent / "course" / "course.toml").write_text(COURSE, encoding="utf-8")
    page = write_start_page(workbook, language).read_text(encoding="utf-8")
    assert heading in page.splitlines()
    assert f"- {line}" in page.splitlines()
    assert page.index("9.1") < page.index("10.1")


@pytest.mark.parametrize("course", [None, "not toml ="])
def test_without_a_course_file_modules_have_numbers(workbook, course):
    if course:
        (workbook.parent / "course" / "course.toml").write_text(course)
    assert "## Module 9" in write_start_page(workbook, "en").read_text(encoding="utf-8").splitlines()


def test_every_link_leads_to_a_notebook(workbook):
    page = write_start_page(workbook, "en").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", page)
    assert len(links) == 2
    assert all((workbook / unquote(link)).exists() for link in links)


def test_a_workbook_without_labs_has_a_page_all_the_same(tmp_path):
    assert "Start here" in write_start_page(tmp_path, "en").read_text(encoding="utf-8")
