"""Answers questions about the variables that the cells left behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from labkit.exercises.judge import MISSING, is_unanswered
from labkit.grading.inside.cells import described
from labkit.grading.inside.clock import interrupted_after
from labkit.grading.values import decode, encode

MOST_FUNCTIONS = 10_000


class Questions:
    """Answers until it is told to end.

    Parameters
    ----------
    names : mapping
        The cells' variables.
    seconds : float
        For one answer.
    max_bytes : int
        Of one answer.
    """

    def __init__(self, names: Mapping[str, Any], seconds: float, max_bytes: int) -> None:
        self._names, self._seconds, self._max_bytes = names, seconds, max_bytes
        self._functions: list[Callable[..., Any]] = []

    def answer(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """Return the reply to a question: a value, an error, or that there is no such variable."""
        try:
            with interrupted_after(self._seconds):
                if question["do"] == "answer":
                    return self._variable(question["name"])
                return self._called(question["function"], question["arguments"])
        except BaseException as error:
            return {"kind": "raised", "error": type(error).__name__, "line": described(error)}

    def _variable(self, name: str) -> dict[str, Any]:
        value = self._names.get(name, MISSING)
        if value is MISSING:
            return {"kind": "missing"}
        return self._value(... if is_unanswered(value) else value)

    def _called(self, number: int, arguments: bytes) -> dict[str, Any]:
        positional, named = decode(arguments)
        return self._value(self._functions[number](*positional, **named))

    def _value(self, value: Any) -> dict[str, Any]:
        message = encode(value, keep=self._keep, max_bytes=self._max_bytes)
        return {"kind": "value", "value": message, "of": type(value).__name__}

    def _keep(self, function: Callable[..., Any]) -> int:
        if len(self._functions) >= MOST_FUNCTIONS:
            raise ValueError("too many functions")
        self._functions.append(function)
        return len(self._functions) - 1
