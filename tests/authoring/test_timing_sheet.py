"""The timing sheet: its numbers are those of the sources, by the clock, alike in both languages, on four pages."""

from __future__ import annotations

import re
import tomllib

import pytest
from typer.testing import CliRunner

from labkit import locations
from labkit.authoring.courses import find_lab
from labkit.authoring.lab_parts import parts
from labkit.authoring.timetable import clock, minutes_after_midnight, read_timetable
from labkit.authoring.timing_sheet import sheet_data, to_html, to_pdf, write_sheets
from labkit.cli import app
from labkit.errors import LabkitError
from labkit.reports.reading import read_words
from tests.browser.jupyterlab import browser_path

LANGUAGES = ["en", "zh"]
AGENDA = tomllib.loads((locations.course_dir() / "agenda.toml").read_text("utf-8"))


@pytest.fixture(scope="module", params=LANGUAGES)
def data(request):
    return sheet_data(request.param)


@pytest.fixture(scope="module")
def timetable():
    return read_timetable(locations.course_dir(), "en")


@pytest.fixture
def two_days(fixture_course):
    """The fixture's course with an agenda of its one lab."""
    fixture_course.edit("# minutes: 25", "# minutes: 5")

    def write(minutes, labs=("4.2",), shown=()):
        session = 'day = 1\nstarts = "11:00"\ntitle = {en = "One", zh = "一"}\n'
        text = f"shown_minutes = 15\n[[session]]\n{session}minutes = {minutes}\nlabs = {list(labs)}\nshown = {list(shown)}\n"
        (fixture_course.course_dir / "agenda.toml").write_text(text, "utf-8")
        (half,) = read_timetable(fixture_course.course_dir, "en")
        return half.sessions[0]

    fixture_course.write_agenda = write
    return fixture_course


def test_sessions_stand_on_the_half_days_of_the_agenda(timetable):
    shown = [
        (half.day, half.is_morning, clock(session.starts), session.session.minutes)
        for half in timetable
        for session in half.sessions
    ]
    assert shown == [(s["day"], s["starts"] < "12", s["starts"], s["minutes"]) for s in AGENDA["session"]]
    assert [half.back_at and clock(half.back_at) for half in timetable] == ["13:30", None, "13:30", None]


def test_labs_and_parts_follow_each_other_without_a_gap_and_the_slack_ends_the_session(timetable):
    for session in (session for half in timetable for session in half.sessions):
        now = session.starts
        for lab in (*session.done, *session.shown):
            assert lab.starts == now
            now += lab.minutes
            if lab.parts:
                starts, last = lab.timed_parts[-1]
                assert lab.timed_parts[0][0] == lab.starts
                assert starts + last.minutes == now
        assert now + session.slack == session.ends == minutes_after_midnight(session.session.ends)


def test_every_number_is_that_of_the_source(timetable):
    for session in (session for half in timetable for session in half.sessions):
        for lab in session.done:
            if lab.lab.exists:
                assert lab.minutes == find_lab(lab.lab.id).header.minutes
                assert list(lab.parts) == parts(find_lab(lab.lab.id), "en")
        assert {lab.minutes for lab in session.shown} == {AGENDA["shown_minutes"]}


def test_labs_to_come_share_what_the_others_leave(two_days):
    (two_days.course_dir / "to_come.toml").write_text(
        '["4.1"]\nname = "a"\ntitle = {en = "A", zh = "甲"}\noutline = []\n'
        '["4.3"]\nname = "b"\ntitle = {en = "B", zh = "乙"}\noutline = []\n',
        "utf-8",
    )
    session = two_days.write_agenda(56, ["4.1", "4.2", "4.3"], [])
    assert [(lab.lab.exists, lab.minutes) for lab in session.done] == [(False, 25), (True, 5), (False, 25)]
    assert session.slack == 1


def test_a_session_that_is_too_short_says_so(two_days):
    assert two_days.write_agenda(30, ["4.2"], ["4.2"]).slack == 10
    assert two_days.write_agenda(15, ["4.2"], ["4.2"]).slack == -5
    data = sheet_data("en", two_days.course_dir)
    assert data["pages"][0]["sessions"][0]["slack"]["said"] == "5 min too long"


def test_a_course_without_an_agenda_has_no_sheet(fixture_course):
    with pytest.raises(LabkitError, match="no agenda"):
        sheet_data("en", fixture_course.course_dir)


def numbers(value):
    """Every number and clock time of the sheet, in order."""
    if isinstance(value, dict):
        return [
            number
            for key in sorted(value)
            if key not in {"title", "heading", "includes", "skip", "words"}
            for number in numbers(value[key])
        ]
    if isinstance(value, list):
        return [number for item in value for number in numbers(item)]
    return re.findall(r"\d+", str(value))


def test_both_languages_show_the_same_numbers():
    english, chinese = (sheet_data(language)["pages"] for language in LANGUAGES)
    assert numbers(english) == numbers(chinese)
    assert len(numbers(english)) > 500


def lines_of_the_sheet(data):
    """What a reader must find, in the order of the page."""
    for page in data["pages"]:
        yield page["title"]
        for session in page["sessions"]:
            yield session["time"]
            yield session["title"]
            for lab in session["done"]:
                yield lab["starts"]
                yield f"{lab['id']}{lab['title']}{lab['minutes']}"
                yield lab["saves"] if lab["exists"] else data["words"]["to_come"]
                for part in lab["parts"]:
                    yield f"{part['starts']}{part['minutes']}"
                    yield part["heading"]
                    yield part["includes"]
                    yield f"−{part['saves']}" if part["saves"] else ""
                    yield "".join(run["text"] for run in part["skip"])
            for lab in session["shown"]:
                yield lab["starts"]
                yield f"{lab['id']}{lab['title']}{lab['minutes']}"
                yield "" if lab["exists"] else data["words"]["to_come"]
            yield "" if session["to_come"] else session["slack"]["said"]


@pytest.mark.parametrize("render", [to_html, to_pdf])
def test_a_reader_finds_every_line_in_its_order(data, render):
    words = re.sub(r"\s", "", read_words(render(data)))
    place = 0
    for line in lines_of_the_sheet(data):
        found = words.find(re.sub(r"\s", "", line), place)
        assert found >= 0, line
        place = found


def test_the_pdf_has_a_page_for_each_half_day_and_is_the_same_every_time(data):
    first = to_pdf(data)
    assert len(re.findall(rb"/Type\s*/Page\b", first)) == len(data["pages"]) == 4
    assert to_pdf(data) == first


def test_the_page_asks_nothing_of_any_other_host(data):
    assert re.findall(r"(?:https?:|src=|href=|@import|url\((?!\"data:))", to_html(data)) == []


@pytest.mark.browser
@pytest.mark.skipif(browser_path() is None, reason="no browser")
def test_a_browser_prints_the_page_on_one_sheet_for_each_half_day(data):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(to_html(data))
        printed = page.pdf(prefer_css_page_size=True)
        browser.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 4


def test_the_command_writes_both_languages_and_both_forms(tmp_path):
    run = CliRunner().invoke(app, ["agenda", "--lang", "all", "--out", str(tmp_path / "new")])
    assert run.exit_code == 0, run.output
    names = [f"timing-sheet-{language}.{kind}" for language in LANGUAGES for kind in ("html", "pdf")]
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == names


def test_a_folder_that_cannot_be_written_is_an_error_in_three_sentences(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LabkitError, match="cannot be written"):
        write_sheets(tmp_path / "file", ["en"])
