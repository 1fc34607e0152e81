"""A small course and logs of work on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from labkit.exercises.progress import Entry
from labkit.language import Text
from labkit.standing.reading import course_standing
from labkit.standing.syllabus import SyllabusLab, SyllabusModule

START = datetime(2026, 3, 15, 9, tzinfo=UTC)
FIRST = SyllabusLab("1.1", Text("First", "第一"), True, ("a", "b"), ("q",))
SECOND = SyllabusLab("2.1", Text("Second", "第二"), True, ("c",), ())
EXTRA = SyllabusLab("2.2", Text("Extra", "附加"), False, ("d",), ())
COURSE = (
    SyllabusModule(1, Text("One", "一"), (FIRST,)),
    SyllabusModule(2, Text("Two", "二"), (SECOND, EXTRA)),
)
EVENTS = {
    "start": ("start", ""),
    "right": ("check", "right"),
    "wrong": ("check", "wrong"),
    "not_attempted": ("check", "not_attempted"),
    "no_truth": ("check", "no_truth"),
    "hint": ("hint", ""),
    "solution": ("solution", ""),
    "quiz right": ("quiz", "right"),
    "quiz wrong": ("quiz", "wrong"),
}
"""A word for each thing that a trainee can do: event and status of its entry."""


def entry(lab, name, word, minutes=0.0, world=""):
    """An entry of the log, that many minutes after the start."""
    event, status = EVENTS[word]
    at = (START + timedelta(minutes=minutes)).isoformat(timespec="seconds")
    return Entry(lab, name, event, status, "", at, world)


def standing(*entries):
    """Where the small course stands after these entries."""
    return course_standing(COURSE, entries)


def lab_of(course, lab_id):
    """One lab of a standing."""
    return next(lab for lab in course.labs if lab.lab.id == lab_id)


def finished():
    """A log in which both core labs are done: one answer unaided, one after a hint, one looked up."""
    return (
        entry("1.1", "", "start", 0, "20260315-20000"),
        entry("1.1", "a", "right", 5),
        entry("1.1", "b", "hint", 6),
        entry("1.1", "b", "right", 9),
        entry("1.1", "q", "quiz wrong", 10),
        entry("1.1", "q", "quiz right", 11),
        entry("2.1", "", "start", 60, "2026-20000"),
        entry("2.1", "c", "solution", 64),
        entry("2.1", "c", "right", 66),
    )
