"""The course as its author sees it: modules, outline lines, and the labs that exist."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from labkit import locations
from labkit.authoring.source import LabSource, read_source
from labkit.errors import LabkitError
from labkit.language import Text

NO_LAB = Text("The course has no lab {lab}.", "课程里没有实验 {lab}。")
LABS_ARE = Text("There are: {labs}.", "现有：{labs}。")
CHECK_ID = Text(
    "Check the number, or begin the lab with `labkit new`.", "请检查编号，或用 `labkit new` 新建。"
)
NO_COURSE = Text("{path} cannot be read.", "读不懂 {path}。")
COURSE_DO = Text("Correct course.toml.", "请改正 course.toml。")


@dataclass(frozen=True)
class Module:
    """One of the ten modules.

    Parameters
    ----------
    number : int
        1 to 10.
    folder : str
        Its folder in ``course/``, e.g. ``"m03_data_foundations"``.
    title : Text
        In both languages.
    outline : mapping of str to Text
        Lines of the course outline, by id: ``"三.4.3"``, or ``"三.4【客户挽留案例】"`` for an example.
    """

    number: int
    folder: str
    title: Text
    outline: Mapping[str, Text]


def modules(course_dir: Path | None = None) -> tuple[Module, ...]:
    """Read the modules from ``course.toml``.

    Raises
    ------
    LabkitError
        The file is missing or not of the expected form.
    """
    path = (course_dir or locations.course_dir()) / "course.toml"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["module"]
        return tuple(
            Module(
                t["number"], t["folder"], Text(**t["title"]), {k: Text(**v) for k, v in t["outline"].items()}
            )
            for t in tables
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise LabkitError(NO_COURSE.fill(path=path.name), Text(reason, reason), COURSE_DO) from None


def lab_paths(course_dir: Path | None = None) -> dict[str, Path]:
    """Source file of every lab by its id, in the order of the course."""
    folders = sorted((course_dir or locations.course_dir()).glob("m[0-9][0-9]_*/l[0-9][0-9]_*"))
    sources = [folder / "lab.py" for folder in folders if (folder / "lab.py").exists()]
    return {f"{int(path.parts[-3][1:3])}.{int(path.parts[-2][1:3])}": path for path in sources}


def find_lab(lab_id: str, course_dir: Path | None = None) -> LabSource:
    """Read the source of one lab.

    Raises
    ------
    LabkitError
        There is no lab of that id.
    SourceError
        Its source has a mistake.
    """
    paths = lab_paths(course_dir)
    if lab_id not in paths:
        labs = ", ".join(paths) or "–"
        raise LabkitError(NO_LAB.fill(lab=lab_id), LABS_ARE.fill(labs=labs), CHECK_ID)
    return read_source(paths[lab_id])


def all_labs(course_dir: Path | None = None) -> list[LabSource]:
    """Read the sources of all labs, in the order of the course; see :func:`find_lab`."""
    return [read_source(path) for path in lab_paths(course_dir).values()]
