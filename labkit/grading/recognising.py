"""Which lab is it, and in which language? Renamed, reordered and damaged notebooks are recognised by what they hold."""

from __future__ import annotations

import functools
import re
from collections import Counter
from pathlib import PurePath

from labkit import course
from labkit.grading.canonical import canonical_lab
from labkit.grading.notebook_file import Notebook
from labkit.language import LANGUAGES, Language

START = re.compile(r"labkit\s*\.\s*start\(\s*[\"'](\d{1,2}\.\d{1,2})[\"']")
STARTED_IN = re.compile(r"labkit\s*\.\s*start\([^)]*language\s*=\s*[\"'](en|zh)[\"']")
LAB_ID = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}(?![\d.])")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
FEWEST_IDS = 3
"""Cells that a notebook shares with a lab before it is taken for that lab."""


def lab_of(notebook: Notebook, file_name: str) -> str | None:
    """Return the id of the lab, None if it is none of this course.

    In this order: what the notebook says of itself, the number in ``labkit.start("3.3"``, the lab with which it
    shares most ids of code cells, the name of the file.
    """
    known = set(course.lab_ids())
    said = notebook.about.get("lab")
    if isinstance(said, str) and said in known:
        return said
    for cell in notebook.cells:
        if cell.kind == "code" and (match := START.search(cell.source)) and match[1] in known:
            return match[1]
    return _lab_by_ids(notebook) or _lab_by_name(file_name, known)


def _lab_by_ids(notebook: Notebook) -> str | None:
    ids = {cell.id for cell in notebook.cells if cell.kind == "code" and cell.id}
    shared = Counter({lab_id: len(ids & _code_ids(lab_id)) for lab_id in course.lab_ids()})
    (best, most), *others = shared.most_common(2)
    is_clear = most >= FEWEST_IDS and all(count < most for _, count in others)
    return best if is_clear else None


@functools.cache
def _code_ids(lab_id: str) -> frozenset[str]:
    return frozenset(cell.id for cell in canonical_lab(lab_id, "en").cells)


def _lab_by_name(file_name: str, known: set[str]) -> str | None:
    stem = PurePath(file_name).stem.casefold()
    for lab_id in known:
        folder = course.lab_dir(lab_id).name
        if folder.split("_", 1)[1] in stem:
            return lab_id
    named = [lab_id for lab_id in LAB_ID.findall(stem) if lab_id in known]
    return named[0] if len(named) == 1 else None


def language_of(notebook: Notebook) -> Language:
    """Return the language of the edition: as the notebook says, as it is started, else that of its prose."""
    said = notebook.about.get("language")
    for cell in notebook.cells:
        if said not in LANGUAGES and cell.kind == "code" and (match := STARTED_IN.search(cell.source)):
            said = match[1]
    if said not in LANGUAGES:
        prose = "".join(cell.source for cell in notebook.cells if cell.kind != "code")
        said = "zh" if len(CHINESE.findall(prose)) > len(prose) / 10 else "en"
    return "zh" if said == "zh" else "en"


def lab_names() -> list[str]:
    """Names of the labs' files, with and without their number: ``l03_beer_and_diapers``, ``beer_and_diapers``."""
    folders = [course.lab_dir(lab_id).name for lab_id in course.lab_ids()]
    return [*folders, *(folder.split("_", 1)[1] for folder in folders)]
