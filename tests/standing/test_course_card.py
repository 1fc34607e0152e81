"""The course card says the same as HTML and as text, in both languages, and is called as labkit.progress()."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

import labkit
from labkit.language import Text, current_language, set_language
from labkit.standing.course_card import course_bundle, course_html, course_text
from labkit.standing.reading import course_standing
from labkit.standing.syllabus import SyllabusLab, SyllabusModule
from tests.standing.logs import entry, finished, standing


@pytest.fixture(autouse=True)
def language():
    before = current_language()
    set_language("en")
    yield
    set_language(before)


class Cells(HTMLParser):
    """The text of a table's cells, row by row; complains of tags that are not closed."""

    def __init__(self, page):
        super().__init__()
        self.rows, self.open = [], []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        if tag == "br":
            return
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "td" in self.open or "th" in self.open:
            self.rows[-1][-1] += data


def test_every_number_of_the_table_stands_in_the_text():
    course = standing(*finished())
    _, *rows = Cells(course_html(course)).rows
    lines = course_text(course).splitlines()[1:]
    for row, line, module in zip(rows, lines, course.modules, strict=False):
        counts = module.counts
        assert [int(number) for cell in row[2:] for number in re.findall(r"\d+", cell)] == [
            *(counts.labs_done, counts.labs, counts.right, counts.revealed, counts.tried, counts.open),
            *(counts.quiz_right_first, counts.quiz_questions, counts.minutes),
        ]
        said = f"right {counts.right}, looked up {counts.revealed}, tried {counts.tried}, open {counts.open}"
        assert said in line
        assert f"labs done {counts.labs_done} of {counts.labs}" in line
        assert f"{counts.minutes} min" in line


def test_the_last_row_is_the_whole_course():
    last = Cells(course_html(standing(*finished()))).rows[-1]
    assert last == ["Whole course", "", "2/3", "2", "1", "0", "1", "0/1", "17"]


def test_bars_are_as_long_as_the_shares_and_are_said():
    page = course_html(standing(entry("1.1", "a", "right"), entry("1.1", "b", "wrong")))
    assert page.count("width:50.0%") == 2
    assert 'aria-label="Of 2 exercises 1 right, 0 looked up, 1 tried"' in page


def test_both_languages_are_whole():
    course = standing(*finished())
    set_language("zh")
    text = course_text(course)
    assert "课程进度：实验完成 2/3，练习答对 2/4" in text
    assert not re.search(r"[{}]", text)
    assert "一：完成实验 1/1" in text


def test_before_the_first_answer_it_says_so_and_opening_a_lab_is_no_answer():
    assert "Nothing answered yet" in course_text(standing(entry("1.1", "", "start")))
    assert "Nothing answered yet" not in course_text(standing(entry("1.1", "a", "wrong")))


def test_titles_are_escaped():
    lab = SyllabusLab("1.1", Text("<x>", "<x>"), True, ("a",), ())
    course = course_standing([SyllabusModule(1, Text("<b>&", "<b>&"), (lab,))], [])
    assert "&lt;b&gt;&amp;" in course_html(course)


def test_a_course_without_labs_has_a_card():
    bundle, _ = course_bundle(course_standing([], []))
    assert "0 of 0 labs" in bundle["text/plain"]
    Cells(bundle["text/html"])


def test_it_asks_no_other_host():
    assert "http" not in course_html(standing(*finished()))


def test_labkit_progress_shows_the_course_in_the_language_of_the_page(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("LABKIT_PROGRESS", str(tmp_path / "progress.jsonl"))
    assert labkit.progress("zh") is None
    assert "课程进度" in capsys.readouterr().out
    set_language("en")
    labkit.progress()
    assert "Your course" in capsys.readouterr().out
