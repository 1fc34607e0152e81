"""The two days by the clock: when each lab and each of its parts begins, and how much time is to spare.

Everything comes from the sources: ``agenda.toml`` gives the sessions, a lab's header its minutes, its instructor's cells
the parts. Labs that everybody does come first, then those that are shown live, then the slack.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

from labkit.authoring.course_map import CourseMap, MapLab, Session, read_course_map
from labkit.authoring.courses import find_lab
from labkit.authoring.lab_parts import Part, parts
from labkit.language import Language

NOON = 12 * 60


@dataclass(frozen=True)
class TimedLab:
    """A lab in its place.

    Parameters
    ----------
    lab : MapLab
        Written or not.
    starts : int
        Minutes after midnight.
    minutes : int
        Its own; the agenda's if it is only shown; what is left for it if it is still to be written.
    parts : tuple of Part
        Of a lab that trainees do; empty if it is shown or still to be written.
    """

    lab: MapLab
    starts: int
    minutes: int
    parts: tuple[Part, ...] = ()

    @property
    def timed_parts(self) -> list[tuple[int, Part]]:
        """Each part with the minute after midnight at which it begins."""
        before = itertools.accumulate((part.minutes for part in self.parts), initial=self.starts)
        return list(zip(before, self.parts, strict=False))

    @property
    def saves(self) -> int:
        """Minutes that can be saved in all its parts together."""
        return sum(part.saves for part in self.parts)


@dataclass(frozen=True)
class TimedSession:
    """A session with its labs in their places.

    Parameters
    ----------
    session : Session
        As in the agenda.
    starts : int
        Minutes after midnight.
    done, shown : tuple of TimedLab
        Labs that trainees do, and labs that are shown live.
    slack : int
        Minutes that nothing fills; below zero if the labs do not fit.
    """

    session: Session
    starts: int
    done: tuple[TimedLab, ...]
    shown: tuple[TimedLab, ...]
    slack: int

    @property
    def ends(self) -> int:
        """Minutes after midnight."""
        return self.starts + self.session.minutes

    @property
    def saves(self) -> int:
        """Minutes that can be saved in all its labs together."""
        return sum(lab.saves for lab in self.done)


@dataclass(frozen=True)
class HalfDay:
    """The sessions of a morning or an afternoon.

    Parameters
    ----------
    day : int
        1 or 2.
    is_morning : bool
        Does it begin before noon?
    sessions : tuple of TimedSession
        In order.
    back_at : int or None
        When the next half of the same day begins, in minutes after midnight; None at the end of a day.
    """

    day: int
    is_morning: bool
    sessions: tuple[TimedSession, ...]
    back_at: int | None


def read_timetable(course_dir: Path, language: Language) -> list[HalfDay]:
    """Return the half days of the agenda, with headings and advice in one language; none where there is no agenda.

    Raises
    ------
    LabkitError
        A file cannot be read.
    SourceError
        A lab's instructor's cells do not say their minutes.
    """
    course = read_course_map(course_dir)
    timed = [timed_session(session, course, course_dir, language) for session in course.sessions]
    groups = [
        (half, tuple(sessions))
        for half, sessions in itertools.groupby(timed, key=lambda s: (s.session.day, s.starts < NOON))
    ]
    return [
        HalfDay(
            day,
            is_morning,
            sessions,
            following[1][0].starts if following and following[0][0] == day else None,
        )
        for ((day, is_morning), sessions), following in itertools.zip_longest(groups, groups[1:])
    ]


def timed_session(session: Session, course: CourseMap, course_dir: Path, language: Language) -> TimedSession:
    """Put the labs of a session one after the other; labs to come share what the others leave."""
    done, shown = ([course.labs[lab] for lab in ids] for ids in (session.labs, session.shown))
    known = [lab.minutes for lab in done] + [course.shown_minutes] * len(shown)
    left = session.minutes - sum(minutes or 0 for minutes in known)
    share = max(0, left) // max(1, known.count(None))
    lengths = [share if minutes is None else minutes for minutes in known]
    starts = list(itertools.accumulate(lengths, initial=minutes_after_midnight(session.starts)))
    timed = [
        TimedLab(lab, start, length, lab_parts(lab, course_dir, language) if place < len(done) else ())
        for place, (lab, start, length) in enumerate(zip([*done, *shown], starts, lengths, strict=False))
    ]
    return TimedSession(
        session,
        starts[0],
        tuple(timed[: len(done)]),
        tuple(timed[len(done) :]),
        session.minutes - sum(lengths),
    )


def lab_parts(lab: MapLab, course_dir: Path, language: Language) -> tuple[Part, ...]:
    """Return the parts of a lab; none while it is still to be written."""
    return tuple(parts(find_lab(lab.id, course_dir), language)) if lab.exists else ()


def minutes_after_midnight(clock: str) -> int:
    """Return 540 for ``"09:00"``."""
    hours, minutes = map(int, clock.split(":"))
    return 60 * hours + minutes


def clock(minutes: int) -> str:
    """Return ``"09:00"`` for 540."""
    return "{:02}:{:02}".format(*divmod(minutes, 60))
