"""The whole course at a glance: labs that exist, labs to come, the two days, and which lab serves which outline line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labkit.authoring.courses import Module, all_labs, modules
from labkit.errors import LabkitError
from labkit.language import Text

TO_COME = "to_come.toml"
AGENDA = "agenda.toml"
CANNOT_READ = Text("{path} cannot be read.", "读不懂 {path}。")
CORRECT = Text("Correct {path} in the folder course/.", "请改正 course/ 文件夹里的 {path}。")


@dataclass(frozen=True)
class MapLab:
    """A lab on the map.

    Parameters
    ----------
    id, name : str
        E.g. ``"4.2"`` and ``"crawl_and_tag"``.
    title : Text
        In both languages.
    core : bool
        Part of the two-day course?
    outline : tuple of str
        Lines of the course outline that it serves.
    minutes : int or None
        None for a lab that is still to be written.
    """

    id: str
    name: str
    title: Text
    core: bool
    outline: tuple[str, ...]
    minutes: int | None = None

    @property
    def exists(self) -> bool:
        """True when the lab is written."""
        return self.minutes is not None

    @property
    def module(self) -> int:
        """Number of its module."""
        return int(self.id.split(".")[0])

    @property
    def number(self) -> int:
        """Its number within the module."""
        return int(self.id.split(".")[1])


@dataclass(frozen=True)
class Session:
    """A stretch of the two days between two breaks.

    Parameters
    ----------
    day : int
        1 or 2.
    starts : str
        Time of the day, ``"09:00"``.
    minutes : int
        How long it lasts.
    title : Text
        In both languages.
    labs, shown : tuple of str
        Ids of the labs that trainees do, and of those that are only demonstrated.
    """

    day: int
    starts: str
    minutes: int
    title: Text
    labs: tuple[str, ...]
    shown: tuple[str, ...]

    @property
    def ends(self) -> str:
        """Time of the day, ``"10:30"``."""
        hours, minutes = map(int, self.starts.split(":"))
        return "{:02}:{:02}".format(*divmod(60 * hours + minutes + self.minutes, 60))


@dataclass(frozen=True)
class CourseMap:
    """Everything that the map shows.

    Parameters
    ----------
    modules : tuple of Module
        The ten.
    labs : mapping of str to MapLab
        By id, in the order of the course; written or not.
    sessions : tuple of Session
        The two days, in order.
    shown_minutes : int
        How long a lab takes that is only shown.
    """

    modules: tuple[Module, ...]
    labs: Mapping[str, MapLab]
    sessions: tuple[Session, ...]
    shown_minutes: int

    def of_module(self, number: int) -> list[MapLab]:
        """Labs of one module."""
        return [lab for lab in self.labs.values() if lab.module == number]

    def serving(self, line: str) -> list[MapLab]:
        """Labs that serve an outline line, or a line above or below it."""
        return [lab for lab in self.labs.values() if any(_covers(cited, line) for cited in lab.outline)]


def read_course_map(course_dir: Path) -> CourseMap:
    """Read the map from the labs' headers, ``to_come.toml`` and ``agenda.toml``.

    Raises
    ------
    LabkitError
        A file is not of the expected form.
    """
    written = [
        MapLab(lab.id, about.name, about.title, about.core, tuple(about.outline), about.minutes)
        for lab in all_labs(course_dir)
        for about in [lab.header]
    ]
    labs = sorted([*written, *labs_to_come(course_dir)], key=lambda lab: (lab.module, lab.number))
    course = CourseMap(modules(course_dir), {lab.id: lab for lab in labs}, *_agenda(course_dir))
    for lab in (lab for session in course.sessions for lab in (*session.labs, *session.shown)):
        if lab not in course.labs:
            raise _unreadable(course_dir / AGENDA, KeyError(lab))
    return course


def labs_to_come(course_dir: Path) -> list[MapLab]:
    """Labs that are still to be written; none where the course keeps no list of them."""
    path = course_dir / TO_COME
    if not path.exists():
        return []
    try:
        return [
            MapLab(
                lab, about["name"], Text(**about["title"]), bool(about.get("core")), tuple(about["outline"])
            )
            for lab, about in _toml(path).items()
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise _unreadable(path, error) from None


def cross_off(lab_id: str, course_dir: Path) -> None:
    """Take a lab that was begun off the list of those to come."""
    path = course_dir / TO_COME
    if path.exists():
        text = path.read_text(encoding="utf-8")
        rest = re.sub(rf'^\["{re.escape(lab_id)}"\]\n.*?(?=^\[|\Z)', "", text, flags=re.MULTILINE | re.DOTALL)
        path.write_bytes((rest.rstrip("\n") + "\n").encode())


def _agenda(course_dir: Path) -> tuple[tuple[Session, ...], int]:
    """The sessions, and the minutes of a lab that is only shown; no sessions where there is no agenda."""
    path = course_dir / AGENDA
    if not path.exists():
        return (), 0
    agenda = _toml(path)
    try:
        sessions = tuple(
            Session(
                s["day"], s["starts"], s["minutes"], Text(**s["title"]), tuple(s["labs"]), tuple(s["shown"])
            )
            for s in agenda["session"]
        )
        return sessions, int(agenda["shown_minutes"])
    except (KeyError, TypeError, AttributeError) as error:
        raise _unreadable(path, error) from None


def _covers(cited: str, line: str) -> bool:
    """``三.4`` covers ``三.4.5`` and ``三.4【…】``, and a heading is covered by what stands below it."""
    longer, shorter = (cited, line) if len(cited) > len(line) else (line, cited)
    return longer == shorter or (longer.startswith(shorter) and longer[len(shorter)] in ".【")


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: Exception) -> LabkitError:
    reason = f"{type(error).__name__}: {error}"
    return LabkitError(CANNOT_READ.fill(path=path.name), Text(reason, reason), CORRECT.fill(path=path.name))
