"""An exercise: one question, one named answer, one check, hints, and the mistakes people make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol

import numpy as np
import pandas as pd

from labkit.exercises.verdict import Verdict
from labkit.language import Text


class Given(Protocol):
    """What a check may look at: the same data that the trainee had."""

    def table(self, name: str, columns: list[str] | None = None) -> pd.DataFrame:
        """A fresh copy of a table."""

    def sql(self, query: str) -> pd.DataFrame:
        """The answer of DuckDB, with every table under its own name."""

    def truth(self, name: str) -> pd.DataFrame:
        """An answer key; only where ``has_truth``."""

    def rng(self, name: str) -> np.random.Generator:
        """The lab's own random stream of that name, as ``lab.rng`` gives it."""

    @property
    def has_truth(self) -> bool:
        """False when a practitioner's own file stands in place of a table."""


class Exercise:
    """Base class of every exercise in a lab's ``checks``.

    A subclass sets the class attributes and writes two methods. ``name`` is also the name of the
    variable or function that the trainee writes, and it never changes once published.

    Attributes
    ----------
    name : str
        Stable name, e.g. ``"pair_support"``.
    hints : tuple of Text
        Two to four steps: where to look, which tool, almost the code.
    matters : Text
        Shown with a right answer: why it matters at work.
    mistakes : mapping of str to Text
        Typical mistakes by name, each with what to say (never the expected value).
    truths : tuple of str
        Answer keys that would give this answer away; ``lab.truth`` opens them once it is answered.
    needs_truth : bool
        True when the check itself scores against an answer key.
    """

    name: ClassVar[str]
    hints: ClassVar[tuple[Text, ...]]
    matters: ClassVar[Text]
    mistakes: ClassVar[Mapping[str, Text]] = {}
    truths: ClassVar[tuple[str, ...]] = ()
    needs_truth: ClassVar[bool] = False

    def check(self, answer: Any, given: Given) -> Verdict:
        """Judge an answer on the data in use, by another route than the solution took."""
        raise NotImplementedError

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        """Wrong answers that tests feed to ``check``: name of the mistake → answer that makes it.

        At least two. Every named mistake stands here once, and is rejected with its own message.
        """
        raise NotImplementedError
