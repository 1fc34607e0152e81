"""Every official answer, and every listed wrong one, is judged the same on both sides of the border."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from labkit import course
from labkit.authoring.source import read_source
from labkit.exercises import Exercise
from labkit.exercises.judge import judge
from labkit.exercises.verdict import Verdict
from labkit.grading.jail import Jail, Job, JobCell, NotAskable, SessionLost
from labkit.grading.values import (
    NotEncodable,
    RemoteError,
    decode,
    encode,
    encode_whole,
    remote_error,
)
from labkit.store import open_world
from tests.course.solving import remembered_dataset, solved

QUICK = ("3.3", "3.5")
NOT_ASKABLE = {"8.2": {"repair"}}
"""Their checks hand over figures that the answer is to change in place."""
WITHOUT_A_COURSE = {"8.2": {"run_papermill"}}
"""Cells that raise in a jail: a notebook within the notebook finds no course there. No answer hangs on them."""
LABS = [lab if lab in QUICK else pytest.param(lab, marks=pytest.mark.slow) for lab in course.lab_ids()]


def judged(exercise: Exercise, answer: Any, given: Any) -> Any:
    """The verdict, or NotAskable."""
    try:
        return judge(exercise, answer, given)
    except NotAskable:
        return NotAskable


def crossed(value: Any) -> Any:
    """The value as the grader gets it, functions and all, without a jail between."""
    functions: list[Callable[..., Any]] = []

    def keep(function: Callable[..., Any]) -> int:
        functions.append(function)
        return len(functions) - 1

    def ask(number: int, arguments: tuple, named: dict) -> Any:
        try:
            positional, by_name = decode(encode_whole((arguments, named)))
        except NotEncodable:
            raise NotAskable from None
        try:
            result = functions[number](*positional, **by_name)
        except Exception as error:
            raise remote_error(type(error).__name__, str(error)) from None
        return decode(encode(result, keep=keep), ask=ask)

    return decode(encode(value, keep=keep), ask=ask)


@pytest.mark.parametrize("lab_id", LABS)
def test_every_official_and_every_wrong_answer_is_judged_the_same_after_crossing(lab_id):
    given, answers = remembered_dataset(lab_id), solved(lab_id)
    for name, exercise in course.exercises(lab_id).items():
        for answer in (answers[name], *exercise.wrong_answers(given).values()):
            before: Verdict = judge(exercise, answer, given)
            assert judged(exercise, crossed(answer), given) in {before, NotAskable}, name


@pytest.mark.parametrize("lab_id", LABS)
def test_every_official_solution_is_right_when_it_is_run_in_a_jail(lab_id):
    world = open_world("tiny", 2026).folder
    cells = []
    for cell in read_source(course.lab_dir(lab_id) / "lab.py").code_cells:
        source = cell.text
        if "parameters" in cell.tags:
            source += '\nscale = "tiny"'
        cells.append(JobCell(cell.id, source))
    exercises = course.exercises(lab_id)
    with (
        Jail([world]) as jail,
        jail.session(Job(lab_id, "en", world, "tiny", 2026, tuple(cells), tuple(exercises))) as session,
    ):
        given = remembered_dataset(lab_id)
        verdicts = {
            name: judged(exercise, session.answer(name), given) for name, exercise in exercises.items()
        }
    not_askable = {name for name, verdict in verdicts.items() if verdict is NotAskable}
    assert not_askable == NOT_ASKABLE.get(lab_id, set())
    statuses = {name: verdicts[name].status for name in exercises if name not in not_askable}
    assert statuses == dict.fromkeys(statuses, "right")
    raised = {cell.id for cell in session.cells if cell.status not in {"ran", "skipped"}}
    assert raised == WITHOUT_A_COURSE.get(lab_id, set())
    assert jail.incidents == ()


def test_a_lost_session_is_no_verdict(monkeypatch):
    exercise = next(iter(course.exercises("3.3").values()))

    class Lost(type(exercise)):  # type: ignore[misc]
        def check(self, answer: Any, given: Any) -> Verdict:
            raise SessionLost("time")

    with pytest.raises(SessionLost):
        judge(Lost(), 1, remembered_dataset("3.3"))
    assert issubclass(RemoteError, Exception)
