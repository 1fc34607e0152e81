"""Quiz questions: one right option, and every option explains itself."""

from __future__ import annotations

import string
from dataclasses import dataclass

import numpy as np

from labkit.language import Text


@dataclass(frozen=True)
class Option:
    """One option of a question, and what to say to somebody who chose it."""

    text: Text
    because: Text
    right: bool = False


@dataclass(frozen=True)
class Quiz:
    """A question with two to six options, exactly one of them right.

    Raises
    ------
    ValueError
        When the options are not two to six with exactly one right.
    """

    name: str
    question: Text
    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        if not 2 <= len(self.options) <= 6 or sum(option.right for option in self.options) != 1:
            raise ValueError(f"quiz {self.name!r} needs two to six options with exactly one right")

    def lettered(self, rng: np.random.Generator) -> dict[str, Option]:
        """Options by letter, in an order that depends on the class seed."""
        order = rng.permutation(len(self.options))
        return {string.ascii_uppercase[place]: self.options[index] for place, index in enumerate(order)}
