"""The course map: fifty-eight labs, two days that fit, and a lab for every line of the outline."""

import shutil

import pytest

from labkit import locations
from labkit.authoring.course_map import cross_off, labs_to_come, read_course_map
from labkit.authoring.courses import find_lab
from labkit.authoring.scaffold import scaffold
from labkit.errors import LabkitError

UNKNOWN_LENGTH = 30
"""Minutes that a lab is given which is still to be written."""


@pytest.fixture(scope="module")
def course():
    return read_course_map(locations.course_dir())


@pytest.fixture
def planned(fixture_course):
    """The fixture's course with the real list of labs to come."""
    shutil.copy(locations.course_dir() / "to_come.toml", fixture_course.course_dir)
    return fixture_course.course_dir


def test_the_course_has_fifty_eight_labs_in_ten_modules(course):
    assert len(course.labs) == 58
    assert {lab.module for lab in course.labs.values()} == set(range(1, 11))
    for module in range(1, 11):
        numbers = [lab.number for lab in course.of_module(module)]
        assert numbers == list(range(1, len(numbers) + 1))


def test_no_lab_that_exists_is_still_to_come():
    to_come = {lab.id for lab in labs_to_come(locations.course_dir())}
    written = {lab.id for lab in read_course_map(locations.course_dir()).labs.values() if lab.exists}
    assert not to_come & written


def test_every_line_of_the_outline_has_a_lab(course):
    lines = [line for module in course.modules for line in module.outline]
    assert [line for line in lines if not course.serving(line)] == []
    assert {line for lab in course.labs.values() for line in lab.outline} <= set(lines)


def test_every_module_has_something_on_every_line_it_claims(course):
    assert [lab.id for lab in course.serving("三.4【客户挽留案例】")] == ["3.5"]
    assert "3.5" in [lab.id for lab in course.serving("三.4")], "a heading is served by what stands below it"
    assert "1.1" not in [lab.id for lab in course.serving("一.3.1")]


def test_every_core_lab_stands_once_in_the_two_days_and_no_other(course):
    placed = [lab for session in course.sessions for lab in (*session.labs, *session.shown)]
    assert sorted(placed) == sorted(lab.id for lab in course.labs.values() if lab.core)


def test_labs_fit_into_their_session_and_sessions_do_not_overlap(course):
    for session in course.sessions:
        done = sum(course.labs[lab].minutes or UNKNOWN_LENGTH for lab in session.labs)
        assert done + len(session.shown) * course.shown_minutes <= session.minutes, session.title.en
    for earlier, later in zip(course.sessions, course.sessions[1:], strict=False):
        assert (earlier.day, earlier.ends) <= (later.day, later.starts)
    assert [sum(s.minutes for s in course.sessions if s.day == day) for day in (1, 2)] == [360, 360]


def test_a_lab_that_is_begun_takes_its_titles_from_the_list_and_leaves_it(planned):
    before = {lab.id: lab for lab in labs_to_come(planned)}
    scaffold("4.3", "places_and_pages", course_dir=planned)
    lab = find_lab("4.3", planned)
    assert (lab.header.title, lab.header.outline) == (before["4.3"].title, before["4.3"].outline)
    assert before.keys() - {lab.id for lab in labs_to_come(planned)} == {"4.3"}


@pytest.mark.parametrize("lab_id", ["1.2", "9.2", "2.1", "2.11"])
def test_crossing_off_takes_one_entry_and_leaves_the_others_alone(planned, lab_id):
    before = {lab.id: lab for lab in labs_to_come(planned)}
    cross_off(lab_id, planned)
    assert {lab.id: lab for lab in labs_to_come(planned)} == {k: v for k, v in before.items() if k != lab_id}


@pytest.mark.parametrize("text", ["not toml =", '["4.3"]\nname = "x"\n', '["4.3"]\ntitle = 3\n'])
def test_a_list_that_cannot_be_read_is_said_in_a_sentence(fixture_course, text):
    (fixture_course.course_dir / "to_come.toml").write_text(text)
    with pytest.raises(LabkitError, match=r"to_come\.toml"):
        read_course_map(fixture_course.course_dir)


def test_an_agenda_with_an_unknown_lab_is_said_in_a_sentence(fixture_course):
    shutil.copy(locations.course_dir() / "agenda.toml", fixture_course.course_dir)
    with pytest.raises(LabkitError, match=r"agenda\.toml"):
        read_course_map(fixture_course.course_dir)
