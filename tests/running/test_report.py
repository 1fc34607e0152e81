"""The report: a page without outside help, JUnit XML, and the notebooks."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import nbformat
import pytest

from labkit.language import current_language, set_language
from labkit.running.notebooks import LabNotebook, read_labs
from labkit.running.report import write_report
from labkit.running.results import CellRun, Failure, LabResult
from tests.running.course_of_tests import write_lab


@pytest.fixture
def results(tmp_path):
    path = write_lab(tmp_path / "edition", "print(1)", lab="9.1", title="Tags <b> & more")
    (lab,) = read_labs(tmp_path / "edition")
    other = LabNotebook(path, "9.2", "zh", "啤酒与尿布")
    cells = (CellRun("c0", "print(1 < 2)", 0.5), CellRun("c1", "", 0.0))
    return [
        LabResult(
            lab, 1.25, {"support": "right", "lift": "wrong"}, cells, node=nbformat.read(path, as_version=4)
        ),
        LabResult(other, 0.5, failure=Failure("c1", "ValueError: <script>\nsecond line")),
        LabResult(other, 0.1, interrupted=True),
    ]


@pytest.fixture(params=["en", "zh"])
def page(results, tmp_path, request):
    before = current_language()
    set_language(request.param)
    yield write_report(tmp_path / "out", results, planned=4, seconds=2.5, about={"scale": "tiny"})
    set_language(before)


class Links(HTMLParser):
    """Whatever a page would load or link to."""

    def __init__(self):
        super().__init__()
        self.links, self.tags = [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.links += [value for name, value in attributes if name in ("href", "src")]


def test_the_page_needs_nothing_from_outside_and_its_links_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    links = Links()
    links.feed(text)
    assert "script" not in links.tags
    assert set(re.findall(r"url\(.{6}", text)) <= {'url("data:'}
    for link in links.links:
        assert f'id="{link[1:]}"' in text if link.startswith("#") else (page.parent / link).exists()


def test_what_notebooks_say_is_shown_and_not_obeyed(page):
    text = page.read_text(encoding="utf-8")
    assert "ValueError: &lt;script&gt;\nsecond line" in text
    assert "Tags &lt;b&gt; &amp; more" in text


def test_the_page_speaks_one_language(page):
    text = page.read_text(encoding="utf-8")
    chinese = 'lang="zh-CN"' in text
    assert ("课程运行报告" in text) == chinese
    assert ("Course run" in text) != chinese
    assert re.search("not run: 1|未运行：1 个", text)


def test_junit_counts_what_happened(page):
    suite = ElementTree.parse(page.parent / "junit.xml").getroot()[0]
    assert {key: suite.get(key) for key in ("tests", "failures", "skipped")} == {
        "tests": "3",
        "failures": "1",
        "skipped": "1",
    }
    failure = suite.find(".//failure")
    assert failure.get("message") == "ValueError: <script>"
    assert failure.text.startswith("cell c1")
    assert {p.get("name"): p.get("value") for p in suite.iter("property")} == {
        "support": "right",
        "lift": "wrong",
    }


def test_executed_notebooks_lie_in_the_report(page):
    (saved,) = (page.parent / "notebooks").rglob("*.ipynb")
    assert saved.relative_to(page.parent).parts[1] == "en"
    nbformat.validate(nbformat.read(saved, as_version=4))
