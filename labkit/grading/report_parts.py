"""The parts of the class report, as the template takes them: plain values in the current language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from labkit.grading.canonical import canonical_lab
from labkit.grading.class_grading import ClassResult
from labkit.grading.jail import protections
from labkit.grading.results import Happening, Outcome, PersonResult
from labkit.grading.summary import ExerciseSummary, Mistake, person_counts, sign_of
from labkit.grading.words import (
    CLAIMED,
    HAPPENINGS,
    HELD,
    HELD_BY,
    HOW,
    NOT_HELD,
    NOT_TRIED,
    OF_TRIED,
    PERSON_COUNTS,
    STATUSES,
    UNPROVEN,
)
from labkit.language import Text, current_language

BAR = ("right", "official", "own_world", "wrong", "not_judged", "not_attempted")
"""Signs in the order of an exercise's bar."""


def lab_title(lab_id: str) -> str:
    """A lab's heading in the current language."""
    return canonical_lab(lab_id, current_language()).title


def repeat_part(chosen: Sequence[tuple[ExerciseSummary, Mistake]]) -> list[dict[str, Any]]:
    """What to repeat tomorrow, the most common mistake first."""
    return [
        {
            "lab": exercise.lab_id,
            "lab_title": lab_title(exercise.lab_id),
            "question": str(exercise.question),
            "name": exercise.name,
            "of_tried": str(OF_TRIED.fill(count=mistake.count, tried=exercise.tried)),
            "share": 100 * mistake.count / exercise.tried,
            "sentence": str(mistake.sentence),
            "hint": str(exercise.hint),
        }
        for exercise, mistake in chosen
    ]


def matrix_part(persons: Sequence[PersonResult], exercises: Sequence[ExerciseSummary]) -> dict[str, Any]:
    """Persons by exercises."""
    labs: dict[str, list[ExerciseSummary]] = {}
    for exercise in exercises:
        labs.setdefault(exercise.lab_id, []).append(exercise)
    columns = [
        {
            "name": exercise.name,
            "question": str(exercise.question),
            "lab": exercise.lab_id,
            "first": exercise is labs[exercise.lab_id][0],
        }
        for exercise in exercises
    ]
    return {
        "labs": [
            {"id": lab_id, "title": lab_title(lab_id), "width": len(inside)}
            for lab_id, inside in labs.items()
        ],
        "columns": columns,
        "rows": [_matrix_row(number, person, exercises) for number, person in enumerate(persons)],
        "signs": _signs_in_use(persons, exercises),
    }


def _matrix_row(number: int, person: PersonResult, exercises: Sequence[ExerciseSummary]) -> dict[str, Any]:
    right, _, total = person_counts(person)
    return {
        "anchor": f"person-{number}",
        "name": person.name,
        "right": right,
        "share": 100 * right / total if total else 0,
        "cells": [_matrix_cell(person, exercise) for exercise in exercises],
    }


def _matrix_cell(person: PersonResult, exercise: ExerciseSummary) -> dict[str, str]:
    outcome = _outcome_of(person, exercise)
    sign = sign_of(outcome) if outcome else "absent"
    letter = exercise.letter_of(outcome) if outcome else ""
    label = f"{exercise.lab_id} {exercise.name}: {STATUSES[sign]}"
    if letter and outcome:
        label += f" ({letter}) {outcome.message}"
    return {"sign": sign, "letter": letter, "label": label}


def _outcome_of(person: PersonResult, exercise: ExerciseSummary) -> Outcome | None:
    for lab in person.labs:
        if lab.lab_id == exercise.lab_id:
            return next((o for o in lab.outcomes if o.exercise == exercise.name), None)
    return None


def _signs_in_use(persons: Sequence[PersonResult], exercises: Sequence[ExerciseSummary]) -> list[str]:
    used = {sign for exercise in exercises for sign, count in exercise.counts.items() if count}
    if any(exercise.handed_in < len(persons) for exercise in exercises):
        used.add("absent")
    return [sign for sign in STATUSES if sign in used]


def exercise_part(exercises: Sequence[ExerciseSummary], labs: Sequence[str]) -> list[dict[str, Any]]:
    """Each lab with its exercises: who got how far, and which mistakes were made."""
    return [
        {
            "id": lab_id,
            "title": lab_title(lab_id),
            "exercises": [_exercise(exercise) for exercise in exercises if exercise.lab_id == lab_id],
        }
        for lab_id in labs
    ]


def _exercise(exercise: ExerciseSummary) -> dict[str, Any]:
    return {
        "name": exercise.name,
        "question": str(exercise.question),
        "bar": [
            {
                "sign": sign,
                "text": str(STATUSES[sign]),
                "count": exercise.counts[sign],
                "share": 100 * exercise.counts[sign] / exercise.handed_in,
            }
            for sign in BAR
            if exercise.counts[sign]
        ],
        "not_tried": str(NOT_TRIED.fill(count=exercise.counts["not_attempted"]))
        if exercise.counts["not_attempted"]
        else "",
        "mistakes": [
            {
                "letter": mistake.letter,
                "name": mistake.name,
                "sentence": str(mistake.sentence),
                "count": mistake.count,
                "share": 100 * mistake.count / exercise.tried,
                "persons": str(Text(", ", "、")).join(mistake.persons),
            }
            for mistake in exercise.mistakes
        ],
    }


def people_part(
    persons: Sequence[PersonResult], exercises: Sequence[ExerciseSummary]
) -> list[dict[str, Any]]:
    """Each person: what is not right and why, what they say themselves, what their code attempted, what was left out."""
    by_name = {(exercise.lab_id, exercise.name): exercise for exercise in exercises}
    return [_person(number, person, by_name) for number, person in enumerate(persons)]


def _person(
    number: int, person: PersonResult, by_name: dict[tuple[str, str], ExerciseSummary]
) -> dict[str, Any]:
    right, tried, total = person_counts(person)
    return {
        "anchor": f"person-{number}",
        "name": person.name,
        "counts": str(PERSON_COUNTS.fill(right=right, total=total, tried=tried)) if total else "",
        "right": right,
        "tried": tried,
        "total": total,
        "answers": [
            {
                "lab": lab.lab_id,
                "name": outcome.exercise,
                "question": str(by_name[lab.lab_id, outcome.exercise].question),
                "sign": sign_of(outcome),
                "status": str(STATUSES[sign_of(outcome)]),
                "letter": by_name[lab.lab_id, outcome.exercise].letter_of(outcome),
                "message": str(outcome.message),
                "claimed": str(CLAIMED) if outcome.claimed else "",
            }
            for lab in person.labs
            for outcome in lab.outcomes
            if outcome.status in ("wrong", "own_world") or outcome.official or outcome.claimed
        ],
        "happenings": [_happening(happening) for happening in person.happenings],
        "notes": [{"file": note.file, "reason": str(note.reason)} for note in person.notes]
        + [{"file": lab.file, "reason": str(lab.damage)} for lab in person.labs if lab.damage],
    }


def _happening(happening: Happening) -> dict[str, Any]:
    held = HELD[HELD_BY.get(happening.kind, "always")] if happening.held else NOT_HELD
    return {
        "lab": happening.lab_id,
        "what": str(HAPPENINGS.get(happening.kind, Text(happening.kind, happening.kind))),
        "detail": happening.detail,
        "times": f"× {happening.count:,}" if happening.count > 1 else "",
        "held": str(held),
        "is_held": happening.held,
    }


def how_part(result: ClassResult, seed: int, other_seed: int, customers: int) -> dict[str, Any]:
    """How it was graded, what the official solutions did not pass, and what held submissions back."""
    outcomes = [(lab.lab_id, outcome) for lab in result.official.labs for outcome in lab.outcomes]
    failed = [f"{lab_id} {outcome.exercise}" for lab_id, outcome in outcomes if outcome.status != "right"]
    values = {
        "seed": seed,
        "other": other_seed,
        "customers": customers,
        "proven": len(outcomes) - len(failed),
        "all": len(outcomes),
    }
    return {
        "sentences": [str(sentence.fill(**values)) for sentence in HOW],
        "unproven": str(UNPROVEN.fill(exercises=str(Text(", ", "、")).join(failed))) if failed else "",
        "protections": [
            {"sentence": str(protection.sentence), "in_force": protection.in_force}
            for protection in protections()
        ],
    }
