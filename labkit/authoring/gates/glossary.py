"""The terms of ``course/glossary.toml``: one English term, one Chinese term."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from labkit.authoring.faults import Fault
from labkit.authoring.passages import passages
from labkit.authoring.source import LabSource
from labkit.language import Text

SAY = Text("{wrong}: the glossary says {right} for “{en}”.", "“{wrong}”：术语表规定 {en} 译为“{right}”。")


@dataclass(frozen=True)
class Term:
    """One entry of the glossary.

    Parameters
    ----------
    en, zh : str
        The English and the Chinese term.
    not_ : tuple of str
        Other Chinese words for it that mean nothing else in this course, so that they can be refused.
    note : str
        Where it is used, or what to tell it from.
    """

    en: str
    zh: str
    not_: tuple[str, ...] = ()
    note: str = ""


def read_glossary(course_dir: Path) -> list[Term]:
    """Read the glossary; empty where a course has none."""
    path = course_dir / "glossary.toml"
    if not path.exists():
        return []
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["term"]
    return [Term(e["en"], e["zh"], tuple(e.get("not", ())), e.get("note", "")) for e in entries]


def glossary(lab: LabSource) -> list[Fault]:
    """Report words of Chinese text for which the glossary has another."""
    terms = read_glossary(lab.course_dir)
    return [
        Fault(
            "glossary", passage.path, passage.line + offset, SAY.fill(wrong=wrong, right=term.zh, en=term.en)
        )
        for passage in passages(lab, "zh")
        for offset, line in enumerate(passage.text.split("\n"))
        for term in terms
        for wrong in term.not_
        if wrong in line
    ]
