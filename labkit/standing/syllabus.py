"""What the course asks for: its modules and labs, and the names of their exercises and questions.

Read from ``course.toml`` and the labs' sources as text: importing the checks of the whole course takes seconds.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labkit import locations
from labkit.language import Text

HEADER = re.compile(r"\A\ufeff?# ---\n(.*?)^# ---$", re.DOTALL | re.MULTILINE)
EXERCISE = re.compile(r'^# %%[^\n]*\sexercise="(\w+)"', re.MULTILINE)
QUIZ = re.compile(r'^lab\.quiz\("(\w+)"\)', re.MULTILINE)
UNNAMED = Text("Module {number}", "模块 {number}")


@dataclass(frozen=True)
class SyllabusLab:
    """A lab that exists.

    Parameters
    ----------
    id : str
        E.g. ``"3.3"``.
    title : Text
        In both languages.
    core : bool
        Part of the two-day course?
    exercises, quizzes : tuple of str
        Names, in the order of the lab.
    """

    id: str
    title: Text
    core: bool
    exercises: tuple[str, ...]
    quizzes: tuple[str, ...]


@dataclass(frozen=True)
class SyllabusModule:
    """A module with the labs of it that exist.

    Parameters
    ----------
    number : int
        1 to 10.
    title : Text
        In both languages.
    labs : tuple of SyllabusLab
        In the order of the course; at least one.
    """

    number: int
    title: Text
    labs: tuple[SyllabusLab, ...]


def read_syllabus(course_dir: Path | None = None) -> tuple[SyllabusModule, ...]:
    """Read the modules that have labs, in order; a source that is just being written and cannot be read is left out."""
    folder = course_dir or locations.course_dir()
    titles = _module_titles(folder / "course.toml")
    modules: dict[int, list[SyllabusLab]] = {}
    for lab in _labs(folder):
        modules.setdefault(int(lab.id.split(".")[0]), []).append(lab)
    return tuple(
        SyllabusModule(number, titles.get(number, UNNAMED.fill(number=number)), tuple(labs))
        for number, labs in modules.items()
    )


def _labs(course_dir: Path) -> Iterator[SyllabusLab]:
    for source in sorted(course_dir.glob("m[0-9][0-9]_*/l[0-9][0-9]_*/lab.py")):
        number = f"{int(source.parts[-3][1:3])}.{int(source.parts[-2][1:3])}"
        try:
            text = source.read_text(encoding="utf-8")
            about = _header(text)
            title = Text(str(about["title"]["en"]), str(about["title"]["zh"]))
        except (OSError, ValueError, KeyError, TypeError):
            continue
        exercises, quizzes = (tuple(pattern.findall(text)) for pattern in (EXERCISE, QUIZ))
        yield SyllabusLab(number, title, about.get("core") is True, exercises, quizzes)


def _header(text: str) -> dict[str, Any]:
    """The lab's header; ValueError if there is none."""
    import yaml

    found = HEADER.match(text)
    if not found:
        raise ValueError("no header")
    try:
        about = yaml.safe_load(re.sub(r"^# ?", "", found[1], flags=re.MULTILINE))
    except yaml.YAMLError as error:
        raise ValueError("no YAML") from error
    if not isinstance(about, dict):
        raise ValueError("no mapping")
    return about


def _module_titles(path: Path) -> dict[int, Text]:
    """Title of each module by its number; none where the course does not say."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["module"]
        return {table["number"]: Text(**table["title"]) for table in tables}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
