"""What a check says about an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from labkit.language import Text

Status = Literal["not_attempted", "right", "wrong", "no_truth"]


@dataclass(frozen=True)
class Verdict:
    """The outcome of one check.

    Parameters
    ----------
    status : Status
        ``no_truth``: the answer cannot be judged, because a practitioner's own file has no answer key.
    message : Text
        One or two sentences for the trainee; never the expected value.
    mistake : str, optional
        Name of the typical mistake that the answer looks like.
    """

    status: Status
    message: Text = Text("", "")
    mistake: str | None = None


def right(message: Text = Text("", "")) -> Verdict:  # noqa: B008 - a NamedTuple cannot change
    """The answer is accepted."""
    return Verdict("right", message)


def wrong(mistake: str | Text) -> Verdict:
    """The answer is rejected: with the name of a typical mistake, or with a sentence of its own."""
    if isinstance(mistake, Text):
        return Verdict("wrong", mistake)
    return Verdict("wrong", mistake=mistake)


NOT_ATTEMPTED = Verdict(
    "not_attempted",
    Text(
        "Not attempted yet. Replace the `...` in the cell above and run it.",
        "还没有作答。把上一格里的 `...` 换成你的答案，再运行一次。",
    ),
)

NO_TRUTH = Verdict(
    "no_truth",
    Text(
        "This check compares with what was planted in the synthetic world. Your own file has no answer key, so nobody can judge this one.",
        "这道检查要对照虚拟世界里预埋的真相。你自己的数据没有答案键，所以这一题无法评判。",
    ),
)
