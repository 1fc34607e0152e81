"""Numbers bound to a text: the text has holes, the numbers have names, and nobody types a digit."""

from __future__ import annotations

import numbers
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from labkit.errors import LabkitError
from labkit.language import Text

MINUS = "\N{MINUS SIGN}"
NUMERAL = re.compile(rf"{MINUS}?\d(?:[\d,]*\d)?(?:\.\d+)?%?")
"""A number as a reader sees it: 2.6%, 12,842, 2025. Hyphens belong to the words around them."""


@dataclass(frozen=True)
class Number:
    """A value and how it is written, in one place: wherever it is named, it reads the same.

    Parameters
    ----------
    value : number or date
        As computed, never rounded by hand.
    format : str
        For example ``"{:.1%}"``, ``"{:,.0f}"``, or ``"{0:%B} {0.year}"`` for a month.

    Examples
    --------
    >>> str(Number(0.02621, "{:.1%}")), str(Number(-1250, "{:,} yuan"))
    ('2.6%', '−1,250 yuan')
    """

    value: Any
    format: str = "{:,}"

    def __str__(self) -> str:
        return written(self.value, self.format)


def written(value: Any, form: str) -> str:
    """Write a value as it is read: a negative number with a minus sign, which is longer than a hyphen."""
    text = form.format(value)
    return text.replace("-", MINUS) if isinstance(value, numbers.Real) else text


@dataclass(frozen=True)
class Run:
    """A stretch of text; ``name`` says which number it is, if it is one."""

    text: str
    name: str | None = None


def runs(text: str, values: Mapping[str, Number | str]) -> list[Run]:
    """Fill the ``{name}`` holes of a text; words stay words, each number keeps its name.

    Raises
    ------
    LabkitError
        For a hole that has no value.
    """
    filled = []
    for words, name in pieces(text):
        if words:
            filled.append(Run(words))
        if name is not None:
            if name not in values:
                raise no_value(name, text, values)
            value = values[name]
            filled.append(Run(str(value), name if isinstance(value, Number) else None))
    return filled


def pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """Split a text into words and the name of the hole that follows them, if one does."""
    try:
        for words, name, form, conversion in string.Formatter().parse(text):
            if form or conversion:
                raise ValueError("the format stands with the number, not in the text")
            yield words, name
    except ValueError as error:
        raise LabkitError(
            Text("A text of the report cannot be read: {text}", "报告里有一段文字无法识别：{text}").fill(
                text=text
            ),
            Text("Its braces are not in order: {error}.", "花括号写得不对：{error}。").fill(error=error),
            Text(
                "Write a hole as {{name}}, and the format in Number(…).",
                "空位写成 {{name}}，格式写在 Number(…) 里。",
            ).fill(),
        ) from None


def no_value(name: str, text: str, values: Mapping[str, object]) -> LabkitError:
    """A hole that nothing fills."""
    return LabkitError(
        Text("The report has no value called {name}.", "报告里没有名为 {name} 的值。").fill(
            name=name or "{}"
        ),
        Text("It is asked for in: {text}", "用到它的文字是：{text}").fill(text=text),
        Text("Known values: {names}", "已有的值：{names}").fill(names=", ".join(values)),
    )


def filled(text: str, values: Mapping[str, Number | str]) -> str:
    """Return a text with its holes filled."""
    return "".join(run.text for run in runs(text, values))
