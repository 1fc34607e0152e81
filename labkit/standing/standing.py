"""Where a trainee stands in the course, as far as the progress log tells.

Exercises
    ``right``: a right answer came before its solution was looked up. ``revealed``: the solution was looked up first,
    whether a right answer followed (then it is *right after looking up*) or not. ``tried``: wrong so far. ``open``:
    none of these; a hint alone changes nothing. What came first counts, so a solution read after a right answer
    takes nothing away.
Quiz
    The first answer to each question counts.
Labs
    Done when every exercise is right or revealed.
Minutes at work
    The gaps between consecutive events of one lab, added up. A gap of more than 15 minutes is a pause and counts
    nothing, and so does a clock that was set back. Where two labs were open in turns, the same minute is not
    counted twice: what another lab was given meanwhile is taken off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from labkit.standing.syllabus import SyllabusLab, SyllabusModule

State = Literal["right", "revealed", "tried", "open"]
STATES: tuple[State, ...] = ("right", "revealed", "tried", "open")
PAUSE_SECONDS = 15 * 60


@dataclass(frozen=True)
class ExerciseStanding:
    """Where one exercise stands.

    Parameters
    ----------
    name : str
        The exercise's.
    state : State
        See the top of this file.
    right : bool
        Was there a right answer, before or after looking up?
    hinted : bool
        Was a hint read before the first right answer?
    """

    name: str
    state: State
    right: bool
    hinted: bool

    @property
    def settled(self) -> bool:
        """Right or revealed."""
        return self.state in ("right", "revealed")


@dataclass(frozen=True)
class Counts:
    """What several exercises and questions add up to.

    Parameters
    ----------
    right, revealed, tried, open : int
        Exercises by state.
    hinted : int
        Of the right ones, how many after a hint.
    right_after_looking_up : int
        Of the revealed ones, how many were answered right afterwards.
    quiz_right_first, quiz_answered, quiz_questions : int
        Questions: right at the first try, answered at all, asked.
    labs_done, labs : int
        Labs of which every exercise is right or revealed, and all labs.
    seconds : int
        At work.
    """

    right: int = 0
    revealed: int = 0
    tried: int = 0
    open: int = 0
    hinted: int = 0
    right_after_looking_up: int = 0
    quiz_right_first: int = 0
    quiz_answered: int = 0
    quiz_questions: int = 0
    labs_done: int = 0
    labs: int = 0
    seconds: int = 0

    @property
    def exercises(self) -> int:
        """All exercises."""
        return self.right + self.revealed + self.tried + self.open

    @property
    def minutes(self) -> int:
        """At work, in full minutes."""
        return self.seconds // 60


@dataclass(frozen=True)
class LabStanding:
    """Where one lab stands.

    Parameters
    ----------
    lab : SyllabusLab
        Which.
    exercises : tuple of ExerciseStanding
        In the order of the lab.
    quiz : mapping of str to bool
        Questions that were answered: right at the first try?
    seconds : int
        At work.
    worlds : tuple of str
        Worlds it was opened on, ``"2026-20000"``, in order of their first use.
    first, last : datetime or None
        Of its first and latest event, in UTC; None where the log names no time.
    """

    lab: SyllabusLab
    exercises: tuple[ExerciseStanding, ...]
    quiz: Mapping[str, bool]
    seconds: int
    worlds: tuple[str, ...]
    first: datetime | None
    last: datetime | None

    @property
    def done(self) -> bool:
        """Every exercise is right or revealed."""
        return bool(self.exercises) and all(exercise.settled for exercise in self.exercises)

    @property
    def begun(self) -> bool:
        """Anything tried, looked up or answered."""
        return bool(self.quiz) or any(exercise.state != "open" for exercise in self.exercises)

    @property
    def counts(self) -> Counts:
        """The lab in numbers."""
        states = [exercise.state for exercise in self.exercises]
        return Counts(
            **{state: states.count(state) for state in STATES},
            hinted=sum(e.state == "right" and e.hinted for e in self.exercises),
            right_after_looking_up=sum(e.state == "revealed" and e.right for e in self.exercises),
            quiz_right_first=sum(self.quiz.values()),
            quiz_answered=len(self.quiz),
            quiz_questions=len(self.lab.quizzes),
            labs_done=int(self.done),
            labs=1,
            seconds=self.seconds,
        )


@dataclass(frozen=True)
class ModuleStanding:
    """Where one module stands.

    Parameters
    ----------
    module : SyllabusModule
        Which.
    labs : tuple of LabStanding
        Its labs, in order.
    """

    module: SyllabusModule
    labs: tuple[LabStanding, ...]

    @property
    def counts(self) -> Counts:
        """The module in numbers."""
        return total(lab.counts for lab in self.labs)


@dataclass(frozen=True)
class CourseStanding:
    """Where the whole course stands.

    Parameters
    ----------
    modules : tuple of ModuleStanding
        In order.
    """

    modules: tuple[ModuleStanding, ...]

    @property
    def labs(self) -> tuple[LabStanding, ...]:
        """All labs, in order."""
        return tuple(lab for module in self.modules for lab in module.labs)

    @property
    def counts(self) -> Counts:
        """The course in numbers."""
        return total(lab.counts for lab in self.labs)


def total(counts: Iterable[Counts]) -> Counts:
    """Add up counts."""
    summed = dict.fromkeys(Counts.__dataclass_fields__, 0)
    for count in counts:
        for name in summed:
            summed[name] += getattr(count, name)
    return Counts(**summed)
