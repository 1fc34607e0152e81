"""From a trainee's variable to a verdict; whatever the answer is, this never raises."""

from __future__ import annotations

import dis
import types
from typing import Any

from labkit.exercises.compare import kind_of
from labkit.exercises.exercise import Exercise, Given
from labkit.exercises.verdict import NO_TRUTH, NOT_ATTEMPTED, Verdict
from labkit.language import Text

MISSING = object()
"""Stands for a variable that does not exist."""

UNREADABLE = Text(
    "This check cannot read your answer: it is of kind {kind} and led to {error}. Compare its shape with what the question asks for.",
    "检查读不懂你的答案：它的类型是 {kind}，处理时出现 {error}。请对照题目要求看看形式是否一致。",
)
_STUB_OPERATIONS = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}


def is_unanswered(value: object) -> bool:
    """Is this the stub: ``...``, a name that does not exist, or a function whose body is ``...``?"""
    if value is MISSING or value is ...:
        return True
    return isinstance(value, types.FunctionType) and _is_stub(value)


def _is_stub(function: types.FunctionType) -> bool:
    """Does a function do nothing but return None?"""
    operations = list(dis.get_instructions(function))
    constants = [op.argval for op in operations if op.opname in {"LOAD_CONST", "RETURN_CONST"}]
    return {op.opname for op in operations} <= _STUB_OPERATIONS and constants == [None]


def judge(exercise: Exercise, answer: Any, given: Given) -> Verdict:
    """Return the verdict on an answer, with the message of the mistake it names."""
    try:
        if is_unanswered(answer):
            return NOT_ATTEMPTED
        if exercise.needs_truth and not given.has_truth:
            return NO_TRUTH
        return _with_message(exercise, exercise.check(answer, given))
    except (Exception, SystemExit, GeneratorExit) as error:
        return Verdict("wrong", UNREADABLE.fill(kind=kind_of(answer), error=kind_of(error)))


def _with_message(exercise: Exercise, verdict: Verdict) -> Verdict:
    if verdict.status == "right" and not verdict.message.en:
        return Verdict("right", exercise.matters)
    if verdict.mistake and not verdict.message.en:
        return Verdict(verdict.status, exercise.mistakes[verdict.mistake], verdict.mistake)
    return verdict
