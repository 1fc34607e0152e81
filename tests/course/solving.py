"""Run a lab's official solutions in this process, and judge answers on the same data."""

from __future__ import annotations

import functools
from typing import Any

import pandas as pd

from labkit import course
from labkit.authoring.source import read_source
from labkit.language import set_language
from labkit.store import Dataset


class RememberedDataset:
    """A dataset that answers the same question once; for judging thousands of answers on it.

    Parameters
    ----------
    dataset : Dataset
        Where the answers come from.
    """

    def __init__(self, dataset: Dataset) -> None:
        self.has_truth = dataset.has_truth
        self.rng = dataset.rng
        self.sql = functools.cache(dataset.sql)
        self.truth = functools.cache(dataset.truth)
        self._table = functools.cache(lambda name, columns: dataset.table(name, columns and list(columns)))

    def table(self, name: str, columns: list[str] | None = None) -> pd.DataFrame:
        return self._table(name, tuple(columns) if columns else None)


@functools.cache
def remembered_dataset(lab_id: str, scale: str | int = "tiny", seed: int = 2026) -> RememberedDataset:
    """The lab's data, opened once."""
    return RememberedDataset(Dataset.open(scale, seed, stream_name=lab_id))


@functools.cache
def solved(lab_id: str, scale: str | int = "tiny", seed: int = 2026, language: str = "en") -> dict[str, Any]:
    """Run every code cell of a lab's source, with its solutions, and return the variables it left."""
    set_language(language)
    namespace: dict[str, Any] = {"__name__": f"lab {lab_id}"}
    for cell in read_source(course.lab_dir(lab_id) / "lab.py").code_cells:
        exec(compile(cell.text, f"{lab_id}: {cell.id}", "exec"), namespace)
        if "parameters" in cell.tags:
            namespace |= {"scale": scale, "seed": seed}
    set_language("en")
    return namespace
