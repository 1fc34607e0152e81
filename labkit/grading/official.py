"""Is an answer the official solution? Said of code, not of people: how it got there nobody can tell from it."""

from __future__ import annotations

from labkit.grading.answer_code import code_tokens, normal_form
from labkit.grading.canonical import official_answers
from labkit.grading.plan import Plan

LONG_ENOUGH = 35
"""Words and signs from which on two people do not write the same by chance."""


def official_names(plan: Plan) -> set[str]:
    """Return the exercises whose answer is the official solution, apart from layout and comments.

    A short solution is often the only way to write it. It counts only if a long answer of the same notebook is
    the official one as well.
    """
    official = official_answers(plan.lab.lab_id)
    same = {
        name
        for name in plan.attempted
        if normal_form(plan.code_of(name)) in {normal_form(code) for code in official.get(name, ())}
    }
    long = {name for name in same if len(code_tokens(plan.code_of(name))) >= LONG_ENOUGH}
    return same if long else set()
