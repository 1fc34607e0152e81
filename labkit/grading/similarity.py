"""Answers of two persons that are nearly the same code: listed, never judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from labkit.grading.answer_code import code_tokens
from labkit.grading.canonical import canonical_lab, official_answers
from labkit.grading.official import LONG_ENOUGH
from labkit.grading.results import PersonResult

ALIKE = 0.95
"""Share of words and signs in common, in the same order (1 less the normalised Indel distance)."""


@dataclass(frozen=True)
class Pair:
    """Two persons who wrote nearly the same.

    Parameters
    ----------
    first, second : str
        Their names.
    exercises : tuple of (str, str, float)
        Lab, exercise and how alike the answers are, 1 being the same.
    """

    first: str
    second: str
    exercises: tuple[tuple[str, str, float], ...]


def similar_answers(persons: Sequence[PersonResult]) -> list[Pair]:
    """Return the pairs of persons with nearly the same code, those with most of it first.

    Left out: answers shorter than :data:`labkit.grading.official.LONG_ENOUGH`, answers near the official solution,
    and whatever the stub already held. Names are kept: who calls things the same is meant.
    """
    found: dict[tuple[str, str], list[tuple[str, str, float]]] = defaultdict(list)
    for (lab_id, exercise), written in _written(persons).items():
        for (first, tokens), (second, others) in combinations(written, 2):
            alike = _likeness(tokens, others)
            if alike >= ALIKE:
                found[first, second].append((lab_id, exercise, alike))
    pairs = [Pair(*both, tuple(exercises)) for both, exercises in found.items()]
    return sorted(pairs, key=lambda pair: (-len(pair.exercises), pair.first, pair.second))


def _written(persons: Sequence[PersonResult]) -> dict[tuple[str, str], list[tuple[str, list[str]]]]:
    """Lab and exercise → who wrote what, as words and signs, where it is long enough and their own."""
    written = defaultdict(list)
    for person in persons:
        for lab in person.labs:
            for outcome in lab.outcomes:
                tokens = code_tokens(outcome.code)
                if len(tokens) >= LONG_ENOUGH and not _near_official(lab.lab_id, outcome.exercise, tokens):
                    written[lab.lab_id, outcome.exercise].append((person.name, tokens))
    return written


def _near_official(lab_id: str, exercise: str, tokens: Sequence[str]) -> bool:
    known = [*official_answers(lab_id).get(exercise, ()), *_stubs(lab_id, exercise)]
    return any(_likeness(tokens, code_tokens(code)) >= ALIKE for code in known)


def _stubs(lab_id: str, exercise: str) -> list[str]:
    return [cell.source for cell in canonical_lab(lab_id, "en").cells if cell.exercise == exercise]


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(one, other, score_cutoff=ALIKE)
