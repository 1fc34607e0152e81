"""What was handed out: the trainee edition of a lab, cell by cell, and its official answers."""

from __future__ import annotations

import ast
import functools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labkit import course
from labkit.language import LANGUAGES, Language
from labkit.locations import edition_dir
from labkit.world.generate import DEFAULT_SEED

HEADING = re.compile(r"^#{1,4}\s+(.+)$", re.MULTILINE)
YOUR_TURN = re.compile(r"^(?:Your turn|轮到你了)\s*[:：]\s*")
"""A seed is a whole number from 0 to one less than this."""


@dataclass(frozen=True)
class CanonicalCell:
    """A code cell as it was handed out; ``exercise`` is empty unless an answer belongs there."""

    id: str
    source: str
    exercise: str = ""


@dataclass(frozen=True)
class CanonicalLab:
    """A lab as it was handed out.

    Parameters
    ----------
    lab_id : str
        E.g. ``"3.3"``.
    language : str
        Of the edition.
    name : str
        Of the file, without its ending: ``l03_beer_and_diapers``.
    title : str
        The notebook's heading.
    seed : int
        That its first cell names.
    cells : tuple of CanonicalCell
        The code cells in order.
    questions : dict of str to str
        Exercise → the heading above it.
    """

    lab_id: str
    language: Language
    name: str
    title: str
    seed: int
    cells: tuple[CanonicalCell, ...]
    questions: dict[str, str]

    @property
    def exercises(self) -> list[str]:
        """Names in the order of the lab."""
        return [cell.exercise for cell in self.cells if cell.exercise]


@functools.cache
def canonical_lab(lab_id: str, language: Language) -> CanonicalLab:
    """Return the trainee edition of a lab.

    Raises
    ------
    LabkitError
        The course has no such lab.
    """
    path = edition_path("notebooks", lab_id, language)
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    headings = [HEADING.findall("".join(cell["source"])) for cell in found if cell["cell_type"] == "markdown"]
    cells = tuple(_cell(cell) for cell in found if cell["cell_type"] == "code")
    return CanonicalLab(
        lab_id=lab_id,
        language=language,
        name=path.stem,
        title=next((heading[0] for heading in headings if heading), path.stem),
        seed=_seed_of(cells),
        cells=cells,
        questions=_questions(found),
    )


def edition_path(edition: str, lab_id: str, language: Language) -> Path:
    """Where a lab's notebook of an edition is."""
    folder = course.lab_dir(lab_id)
    return edition_dir(edition, language) / folder.parent.name / f"{folder.name}.ipynb"


def _cell(found: dict[str, Any]) -> CanonicalCell:
    exercise = found["metadata"].get("labkit", {}).get("exercise", "")
    return CanonicalCell(found["id"], "".join(found["source"]), exercise)


def _seed_of(cells: Sequence[CanonicalCell]) -> int:
    """The seed that the parameters of a lab name."""
    for cell in cells:
        for statement in ast.parse(cell.source).body:
            match statement:
                case ast.Assign(targets=[ast.Name(id="seed")], value=ast.Constant(value=int() as seed)):
                    return seed
    return DEFAULT_SEED


def _questions(found: Sequence[dict[str, Any]]) -> dict[str, str]:
    """The last heading above each exercise."""
    questions, heading = {}, ""
    for cell in found:
        if cell["cell_type"] == "markdown":
            heading = (HEADING.findall("".join(cell["source"])) or [heading])[-1]
        elif exercise := _cell(cell).exercise:
            title = YOUR_TURN.sub("", heading).strip()
            questions[exercise] = title[:1].upper() + title[1:]
    return questions


@functools.cache
def official_answers(lab_id: str) -> dict[str, tuple[str, ...]]:
    """Exercise → its official code in every language; empty where the solutions edition is missing."""
    codes: dict[str, list[str]] = {}
    for language in LANGUAGES:
        path = edition_path("solutions", lab_id, language)
        found = json.loads(path.read_text(encoding="utf-8"))["cells"] if path.exists() else []
        for cell in (_cell(cell) for cell in found if cell["cell_type"] == "code"):
            if cell.exercise:
                codes.setdefault(cell.exercise, []).append(cell.source)
    return {exercise: tuple(found) for exercise, found in codes.items()}
