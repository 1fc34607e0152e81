"""Comparisons that accept every correct answer and name the mistake behind a wrong one.

Each returns a :class:`Verdict`. Values are compared by kind first, so that an object with an
``__eq__`` of its own can neither pass nor crash a check. First used in lab 3.3.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises.verdict import Verdict, right, wrong
from labkit.language import Text

WANTED_NUMBER = Text("A single number is wanted here, not {kind}.", "这里要的是一个数，而不是 {kind}。")
WANTED_VALUES = Text(
    "A Series, a dict or a one-row-per-label table is wanted here, not {kind}.",
    "这里要的是 Series、字典或每个标签一行的表，而不是 {kind}。",
)
WANTED_LABELS = Text(
    "A list or a set of labels is wanted here, not {kind}.",
    "这里要的是由标签组成的列表或集合，而不是 {kind}。",
)
WANTED_FUNCTION = Text("A function is wanted here, not {kind}.", "这里要的是一个函数，而不是 {kind}。")
WANTED_CHOICE = Text("Choose one of: {allowed}.", "请从下列选项中选一个：{allowed}。")
MISSING_VALUE = Text("The answer is a missing value (NaN).", "答案是缺失值（NaN）。")
IN_PERCENT = Text(
    "The right order of magnitude, but in percent: a share is a number between 0 and 1.",
    "数量级对了，但写成了百分数：占比应是 0 到 1 之间的数。",
)
INVERTED = Text(
    "This is one divided by the answer: which number goes on top?", "这是答案的倒数：哪个数该做分子？"
)
TOO_HIGH = Text("Too high.", "偏大。")
TOO_LOW = Text("Too low.", "偏小。")
MISSING_LABELS = Text("{count} expected label(s) are not in your answer.", "你的答案里少了 {count} 个标签。")
EXTRA_LABELS = Text(
    "{count} label(s) in your answer do not belong there.", "你的答案里多了 {count} 个不该有的标签。"
)
VALUES_DIFFER = Text(
    "{count} of {total} values differ from the expected ones.", "{total} 个数值中有 {count} 个不对。"
)
FUNCTION_RAISED = Text(
    "Your function stopped with {error} for {arguments}.", "你的函数在参数为 {arguments} 时报错：{error}。"
)
FUNCTION_DIFFERS = Text(
    "Your function gives another value than expected for {arguments}.",
    "参数为 {arguments} 时，你的函数给出的结果不对。",
)


def kind_of(value: object) -> str:
    """The name of a value's type, short enough for a card."""
    return type(value).__name__[:40]


def scalar(value: object) -> float | None:
    """Return a plain number as float; None for anything that is not one real number."""
    if isinstance(value, (pd.Series, pd.Index, np.ndarray)) and np.size(value) == 1:
        value = np.asarray(value).reshape(-1)[0]
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (numbers.Real, np.number)):
        return None
    if isinstance(value, (int, float, np.integer, np.floating)):
        return float(value)
    return None


def close(value: float, expected: float, rel: float, abs_: float) -> bool:
    """Are two numbers equal within a relative or an absolute tolerance?"""
    return math.isclose(value, expected, rel_tol=rel, abs_tol=abs_)


def number(
    answer: object,
    expected: float,
    *,
    rel: float = 0.005,
    abs: float = 0.0,
    share: bool = False,
    mistakes: Mapping[str, float] | None = None,
) -> Verdict:
    """Compare one number with the expected one.

    Parameters
    ----------
    answer : object
        Whatever the trainee's variable holds; a one-element Series or array counts as its element.
    expected : float
        The right value, on the data in use.
    rel, abs : float
        Relative and absolute tolerance.
    share : bool
        The value is a share between 0 and 1, so an answer in percent is told apart.
    mistakes : mapping of str to float, optional
        Name of a typical mistake → the value it leads to.
    """
    value = scalar(answer)
    if value is None:
        return wrong(WANTED_NUMBER.fill(kind=kind_of(answer)))
    if math.isnan(value):
        return wrong(MISSING_VALUE)
    if close(value, expected, rel, abs):
        return right()
    for name, mistaken in (mistakes or {}).items():
        if close(value, mistaken, rel, abs):
            return wrong(name)
    if share and close(value, 100 * expected, max(rel, 0.005), 100 * abs):
        return wrong(IN_PERCENT)
    if expected and value and close(value, 1 / expected, rel, 0.0):
        return wrong(INVERTED)
    return wrong(TOO_HIGH if value > expected else TOO_LOW)


def labelled(answer: object) -> dict[Any, float] | None:
    """Read a Series, a dict or a two-column table as label → number; None for anything else."""
    if isinstance(answer, pd.DataFrame):
        answer = _table_as_series(answer)
    if isinstance(answer, pd.Series):
        answer = dict(zip(answer.index.tolist(), answer.tolist(), strict=True))
    if not isinstance(answer, dict) or not all(is_label(label) for label in answer):
        return None
    values = {label: scalar(value) for label, value in answer.items()}
    return None if any(value is None for value in values.values()) else values  # type: ignore[return-value]


def _table_as_series(table: pd.DataFrame) -> pd.Series | None:
    if table.shape[1] == 1:
        return table.iloc[:, 0]
    if table.shape[1] == 2:
        return table.set_index(table.columns[0]).iloc[:, 0]
    return None


def values(
    answer: object,
    expected: pd.Series | Mapping[Any, float],
    *,
    rel: float = 0.005,
    abs: float = 0.0,
    mistakes: Mapping[str, pd.Series | Mapping[Any, float]] | None = None,
) -> Verdict:
    """Compare numbers by label, in any order; see :func:`number` for the parameters."""
    given, wanted = labelled(answer), labelled(dict(expected))
    assert wanted is not None
    if given is None:
        return wrong(WANTED_VALUES.fill(kind=kind_of(answer)))
    if _same_values(given, wanted, rel, abs):
        return right()
    for name, mistaken in (mistakes or {}).items():
        if _same_values(given, labelled(dict(mistaken)) or {}, rel, abs):
            return wrong(name)
    if set(given) != set(wanted):
        return _labels_differ(set(given), set(wanted))
    differing = sum(not close(given[label], wanted[label], rel, abs) for label in wanted)
    return wrong(VALUES_DIFFER.fill(count=differing, total=len(wanted)))


def _same_values(given: Mapping, wanted: Mapping, rel: float, abs_: float) -> bool:
    return set(given) == set(wanted) and all(close(given[k], wanted[k], rel, abs_) for k in wanted)


def labels(answer: object, expected: Iterable, *, mistakes: Mapping[str, Iterable] | None = None) -> Verdict:
    """Compare a collection of labels as a set; order and repeats mean nothing.

    A pair may be written as a tuple, a list, a set or a frozenset: an inner collection counts as a frozenset
    when the expected label is one.
    """
    if isinstance(answer, (pd.Series, pd.Index, np.ndarray)):
        answer = answer.tolist()
    if not isinstance(answer, (list, tuple, set, frozenset)):
        return wrong(WANTED_LABELS.fill(kind=kind_of(answer)))
    wanted = set(expected)
    as_sets = any(isinstance(label, frozenset) for label in wanted)
    try:
        given = {_label(label, as_sets) for label in answer}
    except TypeError:
        return wrong(WANTED_LABELS.fill(kind=kind_of(answer)))
    if given == wanted:
        return right()
    for name, mistaken in (mistakes or {}).items():
        if given == set(mistaken):
            return wrong(name)
    return _labels_differ(given, wanted)


def _label(label: Any, as_set: bool) -> Any:
    if as_set and isinstance(label, (list, tuple, set, frozenset)):
        label = frozenset(label)
    if not is_label(label):
        raise TypeError("not a label")
    return label


def is_label(value: object) -> bool:
    """Is this a plain word, number, date, or a tuple or frozenset of such?"""
    if type(value) in (tuple, frozenset):
        return all(is_label(part) for part in value)  # type: ignore[attr-defined]
    return type(value) in (str, int, float, bool, pd.Timestamp) or isinstance(value, np.generic)


def _labels_differ(given: set, wanted: set) -> Verdict:
    if wanted - given:
        return wrong(MISSING_LABELS.fill(count=len(wanted - given)))
    return wrong(EXTRA_LABELS.fill(count=len(given - wanted)))


def choice(
    answer: object, expected: str, *, allowed: Sequence[str], mistakes: Mapping[str, str] | None = None
) -> Verdict:
    """Compare one word with the right one among those allowed; case and blanks around it mean nothing."""
    word = answer.strip().lower() if isinstance(answer, str) and len(answer) < 200 else None
    if word not in {option.lower() for option in allowed}:
        return wrong(WANTED_CHOICE.fill(allowed=", ".join(allowed)))
    if word == expected.lower():
        return right()
    for name, mistaken in (mistakes or {}).items():
        if word == mistaken.lower():
            return wrong(name)
    return wrong(Text("The data say otherwise.", "数据并不支持这个选择。"))


def function(
    answer: object,
    cases: Iterable[tuple[tuple, Callable[[Any], Verdict]]],
) -> Verdict:
    """Call a function on several sets of arguments; the first verdict that is not right counts.

    Parameters
    ----------
    answer : object
        What the trainee wrote.
    cases : iterable of (arguments, judge)
        ``judge(result)`` returns the verdict on what the function gave for these arguments.
    """
    if not callable(answer) or isinstance(answer, type):
        return wrong(WANTED_FUNCTION.fill(kind=kind_of(answer)))
    for arguments, judge_result in cases:
        shown = ", ".join(_short(argument) for argument in arguments)
        try:
            result = answer(*arguments)
        except (Exception, SystemExit) as error:
            return wrong(FUNCTION_RAISED.fill(error=f"{kind_of(error)}", arguments=shown))
        verdict = judge_result(result)
        if verdict.status != "right":
            return verdict if verdict.mistake else wrong(_for_arguments(verdict.message, shown))
    return right()


def _for_arguments(message: Text, arguments: str) -> Text:
    lead = FUNCTION_DIFFERS.fill(arguments=arguments)
    return Text(f"{lead.en} {message.en}", f"{lead.zh}{message.zh}")


def _short(argument: object) -> str:
    if isinstance(argument, (pd.DataFrame, pd.Series, np.ndarray)):
        return f"<{kind_of(argument)}>"
    return repr(argument)[:60]
