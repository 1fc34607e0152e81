"""A sentence whose three numbers are bound to four counts."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

from labkit.errors import LabkitError
from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong
from labkit.reports import Number, Paragraph
from labkit.reports.numbers import filled, pieces

CASES = ((1_033, 42_160, 2_417, 80_310), (16, 492, 197, 7_761))
WANTED = Text(
    "Return two things: a text with holes, and a dictionary that says what fills them.",
    "要返回两样东西：一段带空位的文字，以及说明用什么来填的字典。",
)


class BoundSentence(Exercise):
    name = "bound_sentence"
    hints = (
        Text(
            'The text is an ordinary string with names in braces, no `f` in front of it: `"{left} customers left"`.',
            '文字就是普通字符串，花括号里写名字，前面不加 `f`：`"离网 {left} 位"`。',
        ),
        Text(
            '`Number(value, format)`: the value unrounded, the format `"{:,}"` for a count and `"{:.1%}"` for a rate between 0 and 1.',
            '`Number(value, format)`：值不要先舍入；人数用 `"{:,}"`，0 到 1 之间的比率用 `"{:.1%}"`。',
        ),
        Text(
            'One of the three: `"rate": Number(left / customers, "{:.1%}")`, and `{rate}` in the text.',
            '三个中的一个：`"rate": Number(left / customers, "{:.1%}")`，文字里写 `{rate}`。',
        ),
    )
    matters = Text(
        "Correct the data, run again, and every sentence is corrected with them. Nobody has to remember where the number stood.",
        "数据一更正，重新运行，每句话都跟着更正。没有人需要记得那个数字写在哪里。",
    )
    mistakes = {
        "typed_number": Text(
            "There are digits in the text itself. An f-string counts too: its numbers are typed before anybody can check them.",
            "文字本身里就有数字。f 字符串也算：还没等人核对，数字已经写进去了。",
        ),
        "hole_without_value": Text(
            "One hole has no value: the names in braces must be the keys of the dictionary.",
            "有一个空位没有值：花括号里的名字要与字典的键一致。",
        ),
        "not_a_number": Text(
            "A value is a plain number or a string. Wrap it in `Number(value, format)`, so that its exact value stays known.",
            "有一个值是普通的数或字符串。请用 `Number(value, format)` 包起来，精确值才不会丢。",
        ),
        "does_not_follow": Text(
            "The sentence says the same for other counts: it reads variables of the notebook, not its arguments.",
            "换了计数，句子却没变：它读的是笔记本里的变量，而不是参数。",
        ),
        "rounded_away": Text(
            "A rate was rounded before it was formatted; a decimal that readers see is not true any more.",
            "比率在格式化之前就被四舍五入了，读者看到的那一位小数已经不真。",
        ),
        "percent_twice": Text(
            "A rate is a hundred times too large or too small: `%` in a format multiplies by a hundred itself.",
            "比率大了或小了一百倍：格式里的 `%` 自己会乘以一百。",
        ),
        "everybody": Text(
            "The rate of the others contains the region itself. The last two counts already leave it out.",
            "其余地区的离网率里混进了本地区。后两个计数本来就不含它。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        said: list[list[str]] = []
        verdict = compare.function(
            answer, [(case, functools.partial(self._judge, case, said)) for case in CASES]
        )
        if verdict.status != "right" and len(said) == 1 and callable(answer):
            first, second = (_said(answer(*case)) for case in CASES)
            if first == second:
                return wrong("does_not_follow")
        return verdict

    @staticmethod
    def _judge(case: tuple[int, int, int, int], said: list[list[str]], result: Any) -> Verdict:
        if not isinstance(result, (tuple, list)) or len(result) != 2 or not isinstance(result[1], Mapping):
            return wrong(WANTED)
        text, values = result
        text = text.text if isinstance(text, Paragraph) else text
        if not isinstance(text, str):
            return wrong(WANTED)
        try:
            parts = list(pieces(text))
            if any(re.search(r"\d", words) for words, _ in parts):
                return wrong("typed_number")
            names = [name for _, name in parts if name is not None]
            if any(name not in values for name in names):
                return wrong("hole_without_value")
            if not all(isinstance(values[name], Number) for name in names):
                return wrong("not_a_number")
            shown = filled(text, values)
        except LabkitError as error:
            return wrong(error.why)
        said.append(re.findall(r"[\d.,]+%?", shown))
        return _numbers_verdict(case, shown)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        text = "{left} left, {rate}; elsewhere {elsewhere}."
        at_first = _values(*CASES[1])
        return {
            "typed_number": lambda left, customers, others_left, others: (f"{left} left", {}),
            "hole_without_value": lambda left, customers, others_left, others: (text, {"left": Number(left)}),
            "not_a_number": lambda left, customers, others_left, others: (
                text,
                {name: str(value) for name, value in _values(left, customers, others_left, others).items()},
            ),
            "does_not_follow": lambda left, customers, others_left, others: (text, dict(at_first)),
            "rounded_away": lambda left, customers, others_left, others: (
                text,
                _values(left, customers, others_left, others)
                | {"rate": Number(round(left / customers, 2), "{:.1%}")},
            ),
            "percent_twice": lambda left, customers, others_left, others: (
                text,
                _values(left, customers, others_left, others)
                | {"rate": Number(100 * left / customers, "{:.1%}")},
            ),
            "everybody": lambda left, customers, others_left, others: (
                text,
                _values(left, customers, left + others_left, customers + others),
            ),
            "only_the_text": lambda left, customers, others_left, others: text,
        }


def _values(left: int, customers: int, others_left: int, others: int) -> dict[str, Number]:
    return {
        "left": Number(left, "{:,}"),
        "rate": Number(left / customers, "{:.1%}"),
        "elsewhere": Number(others_left / others, "{:.1%}"),
    }


def _said(result: Any) -> list[str]:
    try:
        return re.findall(r"[\d.,]+%?", filled(str(getattr(result[0], "text", result[0])), result[1]))
    except (LabkitError, TypeError, IndexError):
        return []


def _numbers_verdict(case: tuple[int, int, int, int], shown: str) -> Verdict:
    """Are the three numbers of these counts in the sentence?"""
    left, customers, others_left, others = case
    counts = {text.replace(",", "") for text in re.findall(r"\d[\d,]*(?![\d.,]*%)", shown)}
    percents = [float(text.replace(",", "")) for text in re.findall(r"(\d[\d,]*(?:\.\d+)?)%", shown)]
    rates = (100 * left / customers, 100 * others_left / others)
    missing = [rate for rate in rates if not any(abs(percent - rate) <= 0.0501 for percent in percents)]
    if not missing and str(left) in counts:
        return right()
    everybody = 100 * (left + others_left) / (customers + others)
    if missing and any(abs(percent - everybody) <= 0.0501 for percent in percents):
        return wrong("everybody")
    for rate in missing:
        if any(
            abs(percent / 100 - rate) <= 0.06 or abs(100 * percent - rate) <= 6
            for percent in percents
            if percent
        ):
            return wrong("percent_twice")
    if missing and any(abs(percent - round(rate)) < 1e-9 for percent in percents for rate in missing):
        return wrong("rounded_away")
    return wrong(
        Text(
            "Of the three numbers (leavers, rate here, rate elsewhere), not all are those of the counts.",
            "三个数（离网人数、本地离网率、其余地区离网率）中，有的与计数不符。",
        )
    )
