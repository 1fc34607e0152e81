"""A ``lab`` that serves data and says nothing: what cells get from ``labkit.start`` while they are being graded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from labkit.store import Dataset


class QuietLab:
    """The part of :class:`labkit.Lab` that answers depend on; all that only shows something does nothing.

    Parameters
    ----------
    lab_id : str
        The lab's id.
    dataset : Dataset
        A world without answer keys.
    """

    has_truth = True
    own_tables: frozenset[str] = frozenset()

    def __init__(self, lab_id: str, dataset: Dataset) -> None:
        self.lab_id = lab_id
        self.facts: dict[str, Any] = {}
        self._dataset = dataset

    def __repr__(self) -> str:
        return f"<lab {self.lab_id}>"

    def data(self, table: str, columns: list[str] | None = None) -> pd.DataFrame:
        """Return a fresh copy of a table, or of some of its columns."""
        return self._dataset.table(table, columns)

    def sql(self, query: str) -> pd.DataFrame:
        """Return the answer of DuckDB."""
        return self._dataset.sql(query)

    def describe(self, table: str) -> pd.DataFrame:
        """Return what each column of a table means."""
        return self._dataset.describe(table)

    def rng(self, name: str) -> np.random.Generator:
        """Return the lab's own random stream of that name."""
        return self._dataset.rng(name)

    def truth(self, table: str) -> Any:
        """Return ``...``: cells that read an answer key wait."""
        return ...

    def fact(self, name: str, value: Any, sentence: str) -> None:
        """Keep a number under its name."""
        self.facts[name] = value

    def show(self, figure: Any, alt: str) -> None:
        """Do nothing; figures are closed after every cell."""

    def panel(self, draw: Any, **controls: Any) -> None:
        """Do nothing."""

    def check(self, name: str) -> None:
        """Do nothing: answers are judged outside."""

    def hint(self, name: str) -> None:
        """Do nothing."""

    def solution(self, name: str) -> None:
        """Do nothing."""

    def quiz(self, name: str) -> None:
        """Do nothing."""

    def answer(self, name: str, letter: str) -> None:
        """Do nothing."""

    def progress(self) -> None:
        """Do nothing."""
