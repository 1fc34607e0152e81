"""Run a lab's official solutions in this process, and judge answers on the same data."""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from labkit import course
from labkit.authoring.source import read_source
from labkit.checkpoints import SkipUnanswered
from labkit.exercises.judge import judge
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


def one_lab_at_a_time(answer: Callable[..., Any]) -> Callable[..., Any]:
    """Remember every answer about the lab asked about last; those about the lab before make room."""
    known: dict[Any, Any] = {}

    @functools.wraps(answer)
    def remembered(lab_id: str, *args: Any, **named: Any) -> Any:
        if known and next(iter(known))[0] != lab_id:
            known.clear()
        key = (lab_id, args, tuple(sorted(named.items())))
        if key not in known:
            known[key] = answer(lab_id, *args, **named)
        return known[key]

    return remembered


@one_lab_at_a_time
def remembered_dataset(lab_id: str, scale: str | int = "tiny", seed: int = 2026) -> RememberedDataset:
    """The lab's data, opened once."""
    return RememberedDataset(Dataset.open(scale, seed, stream_name=lab_id))


@one_lab_at_a_time
def solved(
    lab_id: str, scale: str | int = "tiny", seed: int | None = 2026, language: str = "en"
) -> dict[str, Any]:
    """Run every code cell of a lab's source, with its solutions, and return the variables it left.

    Without a seed, on the world that the lab itself names.
    """
    named = {} if seed is None else {"seed": seed}
    return run_lab(lab_id, language, scale=scale, **named)


def solved_on(
    lab_id: str, data: Mapping[str, Path | str], columns: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The same with own files in place of tables, on the smallest world otherwise."""
    files = {table: str(path) for table, path in data.items()}
    return run_lab(lab_id, "en", scale="tiny", data=files, columns=dict(columns or {}))


def run_lab(lab_id: str, language: str, **parameters: Any) -> dict[str, Any]:
    """Run a lab's code in this process; a cell that reads what is not there steps aside, as in a notebook."""
    set_language(language)
    namespace: dict[str, Any] = {"__name__": f"lab {lab_id}"}
    steps_aside = SkipUnanswered(namespace, ())
    try:
        for cell in read_source(course.lab_dir(lab_id) / "lab.py").code_cells:
            code = steps_aside.visit(ast.parse(cell.text))
            exec(compile(code, f"{lab_id}: {cell.id}", "exec"), namespace)
            if "parameters" in cell.tags:
                namespace |= parameters
    finally:
        set_language("en")
    return namespace


def assert_answers_are_right(lab_id: str, answers: Mapping[str, Any], given: Any) -> None:
    """Every official answer is right on these data; a check that needs the key says so on a file that has none."""
    for name, exercise in course.exercises(lab_id).items():
        verdict = judge(exercise, answers[name], given)
        expected = "no_truth" if exercise.needs_truth and not given.has_truth else "right"
        assert verdict.status == expected, f"{name}: {verdict.message.en}"
