"""The labs of an edition, as their notebooks describe themselves, and the choice of some of them."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labkit.errors import LabkitError
from labkit.language import Text

HEADING = re.compile(r"^#\s+(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class LabNotebook:
    """One lab of one edition.

    Parameters
    ----------
    path : Path
        The notebook.
    lab : str
        E.g. ``"3.3"``.
    language : str
        ``"en"`` or ``"zh"``.
    title : str
        The notebook's first heading.
    minutes : int or None
        Of one person's attention; None where the notebook does not say.
    core : bool
        Part of the two-day course?
    """

    path: Path
    lab: str
    language: str
    title: str
    minutes: int | None = None
    core: bool = False

    @property
    def order(self) -> tuple[int, int]:
        """Module and number of the lab."""
        module, _, number = self.lab.partition(".")
        return int(module), int(number)

    @property
    def module(self) -> int:
        """Number of the lab's module."""
        return self.order[0]

    @property
    def name(self) -> str:
        """The lab's name, ``beer_and_diapers``."""
        return re.sub(r"^l\d+_", "", self.path.stem)


def read_labs(folder: Path) -> list[LabNotebook]:
    """Return the labs below a folder in the order of the course; other notebooks are passed over."""
    found = (read_lab(path) for path in folder.glob("m*/l*.ipynb") if path.stem.count(".") == 0)
    return sorted((lab for lab in found if lab is not None), key=lambda lab: lab.order)


def read_lab(path: Path) -> LabNotebook | None:
    """Return what a notebook says of itself; None if it is no lab of this course or cannot be read."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        about = notebook["metadata"]["labkit"]
        if not re.fullmatch(r"\d+\.\d+", about["lab"]):
            return None
        return LabNotebook(
            path=path,
            lab=about["lab"],
            language=about.get("language", "en"),
            title=about.get("title") or first_heading(notebook["cells"]) or path.stem,
            minutes=about.get("minutes"),
            core=bool(about.get("core", False)),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def first_heading(cells: Iterable[dict[str, Any]]) -> str:
    """Return the first heading of a notebook's prose, or nothing."""
    for cell in cells:
        if cell["cell_type"] == "markdown" and (match := HEADING.search("".join(cell["source"]))):
            return match.group(1).strip()
    return ""


def choose(labs: Sequence[LabNotebook], wanted: Sequence[str]) -> list[LabNotebook]:
    """Return the labs that are meant, in the order of the course; all of them if nothing is wanted.

    Parameters
    ----------
    labs : sequence of LabNotebook
        To choose from.
    wanted : sequence of str
        Ids (``3.3``), names (``beer_and_diapers``) or module numbers (``3``).

    Raises
    ------
    LabkitError
        Nothing answers to one of them; the nearest are named.
    """
    for name in wanted:
        if not any(answers_to(lab, name) for lab in labs):
            raise unknown(name, labs)
    return [lab for lab in labs if not wanted or any(answers_to(lab, name) for name in wanted)]


def answers_to(lab: LabNotebook, wanted: str) -> bool:
    """Does a person who types this mean that lab?"""
    return wanted in {lab.lab, lab.name, lab.path.stem, str(lab.module)}


def unknown(name: str, labs: Sequence[LabNotebook]) -> LabkitError:
    """Return the error for a name that nothing answers to."""
    shown = ", ".join(f"{lab.lab} {lab.name}" for lab in nearest(name, labs)) or "–"
    return LabkitError(
        Text(f"There is no lab {name}.", f"没有编号或名称为 {name} 的实验。"),
        Text(f"Nearest: {shown}.", f"相近的实验：{shown}。"),
        Text(
            "Give an id such as 3.3, a name, or the number of a module.",
            "请输入编号（如 3.3）、名称，或模块号。",
        ),
    )


def nearest(name: str, labs: Sequence[LabNotebook], most: int = 3) -> list[LabNotebook]:
    """Return the labs whose id or name looks most like what was typed; the first ones if none does."""
    known = {word: lab for lab in labs for word in (lab.lab, lab.name, lab.title)}
    words = [word for word in known if name.casefold() in word.casefold()]
    words += difflib.get_close_matches(name, known, n=most, cutoff=0.5)
    by_id = {known[word].lab: known[word] for word in words} or {lab.lab: lab for lab in labs}
    return list(by_id.values())[:most]
