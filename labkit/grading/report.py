"""The class report: one page that needs nothing else, and the same as a table."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

from labkit.cards import inline
from labkit.charts.web_font import font_faces
from labkit.errors import LabkitError
from labkit.grading.class_grading import ClassResult
from labkit.grading.class_table import class_table
from labkit.grading.report_parts import exercise_part, how_part, matrix_part, people_part, repeat_part
from labkit.grading.results import PersonResult
from labkit.grading.similarity import similar_answers
from labkit.grading.summary import person_counts, summarise, to_repeat
from labkit.grading.words import (
    ALIKE,
    LEAD,
    MORE_PAIRS,
    NOBODY_WROTE,
    NOTHING_COMMON,
    STATUSES,
    WAITING,
    WORDS,
)
from labkit.language import Text, current_language
from labkit.page_template import page_template

PAGE, TABLE = "index.html", "class.csv"
MOST_PAIRS = 40
"""Pairs of persons with nearly the same code that are listed."""


@dataclass(frozen=True)
class About:
    """How a class was graded.

    Parameters
    ----------
    labs : tuple of str
        Ids of the labs, in the order of the course.
    seed, other_seed : int
        Class seeds of the two worlds.
    customers : int
        Size of both.
    """

    labs: tuple[str, ...]
    seed: int
    other_seed: int
    customers: int


def write_report(folder: Path, result: ClassResult, about: About) -> Path:
    """Write ``index.html`` and ``class.csv``; return the page.

    Raises
    ------
    LabkitError
        The folder cannot be written to.
    """
    page = render_page(result, about)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in {TABLE: class_table(result.persons, about.labs), PAGE: page.encode()}.items():
            unfinished = folder / f".{name}.part"
            unfinished.write_bytes(content)
            unfinished.replace(folder / name)
    except OSError as error:
        raise not_writable(folder, error) from None
    return folder / PAGE


def check_writable(folder: Path) -> None:
    """Find out before grading whether the report can be written; LabkitError if not."""
    probe = folder / f".labkit-{os.getpid()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise not_writable(folder, error) from None


def not_writable(folder: Path, error: OSError) -> LabkitError:
    """The error for a folder that takes no report."""
    reason = error.strerror or type(error).__name__
    return LabkitError(
        Text(f"The report cannot be written to {folder}.", f"报告无法写入 {folder}。"),
        Text(f"The system says: {reason}.", f"系统提示：{reason}。"),
        Text("Name another folder with --out.", "请用 --out 指定别的文件夹。"),
    )


def render_page(result: ClassResult, about: About) -> str:
    """Return the page in the current language; whatever comes from submissions is escaped."""
    template = page_template("labkit.grading", "report.html.j2", prose=lambda text: Markup(inline(str(text))))
    values = _values(result, about)
    faces = font_faces(template.render(values, font_faces=""))
    return template.render(values, font_faces=Markup(faces)).encode("utf-8", "replace").decode()


def _values(result: ClassResult, about: About) -> dict[str, Any]:
    persons, exercises = result.persons, summarise(result.persons, about.labs)
    return {
        "language": "zh-CN" if current_language() == "zh" else "en",
        "words": {key: str(text) for key, text in WORDS.items()},
        "statuses": {sign: str(text) for sign, text in STATUSES.items()},
        "now": f"{datetime.now():%Y-%m-%d %H:%M}",
        "about": about,
        "headline": _headline(result, about),
        "waiting": _waiting(result.waiting),
        "repeat": repeat_part(to_repeat(exercises)),
        "nothing_common": str(NOTHING_COMMON),
        "matrix": matrix_part(persons, exercises),
        "exercises": exercise_part(exercises, about.labs),
        "people": people_part(persons, exercises),
        **_similar(persons),
        "how": how_part(result, about.seed, about.other_seed, about.customers),
    }


def _headline(result: ClassResult, about: About) -> dict[str, Any]:
    counts = [person_counts(person) for person in result.persons]
    right, tried = sum(count[0] for count in counts), sum(count[1] for count in counts)
    notebooks = sum(len(person.labs) for person in result.persons)
    share = f"{right / tried:.0%}" if tried else "–"
    lead = LEAD if tried else NOBODY_WROTE
    return {
        "lead": str(lead.fill(persons=len(result.persons), notebooks=notebooks, share=share)),
        "persons": len(result.persons),
        "tried": tried,
        "share": share,
    }


def _waiting(names: Sequence[str]) -> str:
    separator = str(Text(", ", "、"))
    return str(WAITING.fill(count=len(names), names=separator.join(names))) if names else ""


def _similar(persons: Sequence[PersonResult]) -> dict[str, Any]:
    """The pairs with most in common, and how many more there are."""
    pairs = similar_answers(persons)
    more = len(pairs) - MOST_PAIRS
    return {
        "similar": [
            {
                "first": pair.first,
                "second": pair.second,
                "exercises": [
                    {"lab": lab, "name": name, "alike": str(ALIKE.fill(share=f"{alike:.0%}"))}
                    for lab, name, alike in pair.exercises
                ],
            }
            for pair in pairs[:MOST_PAIRS]
        ],
        "more_similar": str(MORE_PAIRS.fill(count=more)) if more > 0 else "",
    }
