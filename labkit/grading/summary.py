"""The class in numbers: who got what right, which mistakes were made how often, what to repeat."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from labkit.grading.canonical import canonical_lab
from labkit.grading.mistakes import OUR_MISTAKES
from labkit.grading.results import Outcome, PersonResult
from labkit.grading.trusted import exercises_of
from labkit.language import LANGUAGES, Text

MOST_TO_REPEAT = 3
WITHOUT_LESSON = frozenset(OUR_MISTAKES) - {"own_world"}
"""Mistakes that say that code did not run, not what was misunderstood."""
GENERIC = {
    "stopped": Text("The code stopped with an error.", "代码运行出错。"),
    "no_name": Text("Nothing stands under the name that was asked for.", "没有给要求的名称赋值。"),
}


@dataclass(frozen=True)
class Mistake:
    """A mistake that was made in an exercise.

    Parameters
    ----------
    letter : str
        ``A`` for the most common one; two letters after ``Z``; none for what has a sign of its own, ``own_world``.
    name : str
        The exercise's own name for it, or one of :data:`labkit.grading.mistakes.OUR_MISTAKES`.
    sentence : Text
        What is said to whoever makes it.
    persons : tuple of str
        Who made it.
    """

    letter: str
    name: str
    sentence: Text
    persons: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many people made it."""
        return len(self.persons)


@dataclass(frozen=True)
class ExerciseSummary:
    """How the class did on one exercise.

    Parameters
    ----------
    lab_id, name : str
        Which.
    question, hint : Text
        The heading above it, and its first hint.
    counts : Counter
        People by sign: ``right``, ``official``, ``own_world``, ``wrong``, ``not_attempted``, ``not_judged``.
    mistakes : tuple of Mistake
        The most common one first.
    """

    lab_id: str
    name: str
    question: Text
    hint: Text
    counts: Counter[str]
    mistakes: tuple[Mistake, ...]

    @property
    def handed_in(self) -> int:
        """How many people handed in the lab."""
        return self.counts.total()

    @property
    def tried(self) -> int:
        """How many people wrote an answer."""
        return self.handed_in - self.counts["not_attempted"]

    def letter_of(self, outcome: Outcome) -> str:
        """The letter of an outcome's mistake; empty if there is none."""
        key = _key(outcome)
        return next((m.letter for m in self.mistakes if (m.name, m.sentence) == key), "")


def sign_of(outcome: Outcome) -> str:
    """The sign that stands for an outcome: its status, or ``official``."""
    return "official" if outcome.status == "right" and outcome.official else outcome.status


def summarise(persons: Sequence[PersonResult], labs: Sequence[str]) -> list[ExerciseSummary]:
    """Return a summary of every exercise of these labs, in the order of the course."""
    return [
        _summary(persons, lab_id, name) for lab_id in labs for name in canonical_lab(lab_id, "en").exercises
    ]


def _summary(persons: Sequence[PersonResult], lab_id: str, name: str) -> ExerciseSummary:
    found = [
        (person.name, outcome)
        for person in persons
        for lab in person.labs
        if lab.lab_id == lab_id
        for outcome in lab.outcomes
        if outcome.exercise == name
    ]
    questions = [canonical_lab(lab_id, language).questions.get(name, name) for language in LANGUAGES]
    return ExerciseSummary(
        lab_id=lab_id,
        name=name,
        question=Text(*questions),
        hint=exercises_of(lab_id)[name].hints[0],
        counts=Counter(sign_of(outcome) for _, outcome in found),
        mistakes=_mistakes(found),
    )


def _mistakes(found: Sequence[tuple[str, Outcome]]) -> tuple[Mistake, ...]:
    made: dict[tuple[str, Text], list[str]] = {}
    for person, outcome in found:
        if outcome.status in ("wrong", "own_world"):
            made.setdefault(_key(outcome), []).append(person)
    ranked = sorted(made.items(), key=lambda one: (-len(one[1]), one[0]))
    letters = map(_letter, itertools.count())
    return tuple(
        Mistake("" if key[0] == "own_world" else next(letters), *key, tuple(names)) for key, names in ranked
    )


def _key(outcome: Outcome) -> tuple[str, Text]:
    """What counts as the same mistake: its name, and for one without a name what was said."""
    return outcome.mistake, GENERIC.get(outcome.mistake, outcome.message)


def _letter(place: int) -> str:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return alphabet[place] if place < 26 else f"{alphabet[(place // 26 - 1) % 26]}{alphabet[place % 26]}"


def to_repeat(exercises: Sequence[ExerciseSummary]) -> list[tuple[ExerciseSummary, Mistake]]:
    """Return the exercises with the most common single mistakes that at least two people made, and which."""
    candidates = [
        (exercise, lessons[0])
        for exercise in exercises
        if (lessons := [m for m in exercise.mistakes if m.name not in WITHOUT_LESSON and m.count > 1])
    ]
    candidates.sort(key=lambda one: -one[1].count)
    return candidates[:MOST_TO_REPEAT]


def person_counts(person: PersonResult) -> tuple[int, int, int]:
    """Return how many exercises a person got right, tried, and had in the labs that were handed in."""
    outcomes = [outcome for lab in person.labs for outcome in lab.outcomes]
    right = sum(outcome.status == "right" for outcome in outcomes)
    tried = sum(outcome.status not in ("not_attempted", "not_judged") for outcome in outcomes)
    return right, tried, len(outcomes)
