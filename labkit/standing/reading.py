"""Read the progress log once, line by line, and say where everything stands; see ``standing.py`` for what counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from labkit.exercises.progress import Entry, ProgressLog
from labkit.locations import progress_file
from labkit.standing.standing import (
    PAUSE_SECONDS,
    CourseStanding,
    ExerciseStanding,
    LabStanding,
    ModuleStanding,
    State,
)
from labkit.standing.syllabus import SyllabusLab, SyllabusModule, read_syllabus

WORLD = re.compile(r"\d{1,10}-\d{1,12}", re.ASCII)


def standing_here() -> CourseStanding:
    """Where the trainee of this computer stands in the course that is here."""
    return course_standing(read_syllabus(), ProgressLog(progress_file()).entries())


def course_standing(syllabus: Sequence[SyllabusModule], entries: Iterable[Entry]) -> CourseStanding:
    """Read the log once and say where every lab stands.

    Parameters
    ----------
    syllabus : sequence of SyllabusModule
        What the course asks for; entries of anything else are passed over.
    entries : iterable of Entry
        In the order of the log.
    """
    notes = {lab.id: _LabNotes() for module in syllabus for lab in module.labs}
    credited = 0.0
    for entry in entries:
        if (note := notes.get(entry.lab)) is not None:
            credited += note.take(entry, credited)
    return CourseStanding(
        tuple(
            ModuleStanding(module, tuple(notes[lab.id].standing(lab) for lab in module.labs))
            for module in syllabus
        )
    )


def exercise_standing(name: str, entries: Iterable[Entry]) -> ExerciseStanding:
    """Say where one exercise stands, from the log's entries of its lab."""
    note = _ExerciseNotes()
    for entry in entries:
        if entry.name == name:
            note.take(entry)
    return note.standing(name)


@dataclass
class _ExerciseNotes:
    """What was seen of one exercise so far."""

    state: State = "open"
    right: bool = False
    hinted: bool = False

    def take(self, entry: Entry) -> None:
        if entry.event == "solution" and self.state != "right":
            self.state = "revealed"
        elif entry.event == "hint" and not self.right:
            self.hinted = True
        elif entry.event == "check" and entry.status == "right":
            self.right = True
            self.state = "revealed" if self.state == "revealed" else "right"
        elif entry.event == "check" and entry.status == "wrong" and self.state == "open":
            self.state = "tried"

    def standing(self, name: str) -> ExerciseStanding:
        return ExerciseStanding(name, self.state, self.right, self.hinted)


@dataclass
class _LabNotes:
    """What was seen of one lab so far."""

    exercises: dict[str, _ExerciseNotes] = field(default_factory=dict)
    quiz: dict[str, bool] = field(default_factory=dict)
    worlds: dict[str, None] = field(default_factory=dict)
    work: _WorkingTime = field(default_factory=lambda: _WorkingTime())

    def take(self, entry: Entry, credited: float) -> float:
        """Note an entry; return the seconds at work that it adds, of which all labs have ``credited`` so far."""
        if entry.event == "quiz":
            if entry.status in ("right", "wrong"):
                self.quiz.setdefault(entry.name, entry.status == "right")
        elif entry.event == "start":
            if WORLD.fullmatch(entry.world):
                self.worlds[entry.world] = None
        else:
            self.exercises.setdefault(entry.name, _ExerciseNotes()).take(entry)
        at = time_of(entry)
        return 0.0 if at is None else self.work.reach(at, credited)

    def standing(self, lab: SyllabusLab) -> LabStanding:
        return LabStanding(
            lab,
            tuple(self.exercises.get(name, _ExerciseNotes()).standing(name) for name in lab.exercises),
            {name: self.quiz[name] for name in lab.quizzes if name in self.quiz},
            int(self.work.seconds),
            tuple(self.worlds),
            self.work.earliest,
            self.work.latest,
        )


@dataclass
class _WorkingTime:
    """The time at work in one lab so far."""

    seconds: float = 0.0
    earliest: datetime | None = None
    latest: datetime | None = None
    previous: datetime | None = None
    credited_then: float = 0.0

    def reach(self, at: datetime, credited: float) -> float:
        """Go on to the time of the next event; return the seconds that it adds."""
        added = 0.0
        if self.previous is not None:
            gap = (at - self.previous).total_seconds()
            if 0 < gap <= PAUSE_SECONDS:
                added = max(0.0, gap - (credited - self.credited_then))
        self.earliest = min(self.earliest or at, at)
        self.latest = max(self.latest or at, at)
        self.previous, self.credited_then = at, credited + added
        self.seconds += added
        return added


def time_of(entry: Entry) -> datetime | None:
    """When an entry was written, in UTC; None where its time cannot be read."""
    try:
        at = datetime.fromisoformat(entry.at)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
