"""Which panels there are: found in the solutions edition, by reading alone."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from labkit.language import Language
from labkit.locations import edition_dir
from labkit.running.notebooks import read_labs

QUESTION = re.compile(r"^\*\*(.+?)\*\*\s*$", re.MULTILINE)
CONTROLS = frozenset({"Slider", "Choice", "Day", "Steps", "Points"})


@dataclass(frozen=True)
class LabCode:
    """The code of one lab with panels.

    Parameters
    ----------
    lab : str
        E.g. ``"3.3"``.
    title, question : str
        In the edition's language; the question is the bold line below the title.
    names, sources : tuple of str
        Id and code of each code cell, in order.
    panels : tuple of int
        Places of the cells that show a panel.
    """

    lab: str
    title: str
    question: str
    names: tuple[str, ...]
    sources: tuple[str, ...]
    panels: tuple[int, ...]

    @property
    def module(self) -> int:
        """Number of its module."""
        return int(self.lab.split(".")[0])


@dataclass(frozen=True)
class Panel:
    """One panel of a lab, not prepared yet.

    Parameters
    ----------
    code : LabCode
        The lab's.
    place : int
        Of its cell among the lab's code cells.
    """

    code: LabCode
    place: int

    @property
    def knobs(self) -> tuple[str, ...]:
        """Labels of its controls, as far as they are written out in the cell."""
        nodes = ast.walk(ast.parse(self.code.sources[self.place]))
        calls = (node for node in nodes if isinstance(node, ast.Call) and _makes_control(node))
        labels = (
            call.args[0].value for call in calls if call.args and isinstance(call.args[0], ast.Constant)
        )
        return tuple(label for label in labels if isinstance(label, str))

    @property
    def name(self) -> str:
        """A name that no other panel has, ``"3.3/rule_panel"``."""
        return f"{self.code.lab}/{self.code.names[self.place]}"


def find_panels(language: Language, edition: Path | None = None) -> list[Panel]:
    """Return every panel of every lab of the solutions edition, in the order of the course.

    Parameters
    ----------
    language : Language
        Of the edition.
    edition : Path, optional
        Another folder of notebooks.
    """
    labs = read_labs(edition or edition_dir("solutions", language))
    codes = (read_code(each.path, each.lab, each.title) for each in labs)
    return [Panel(code, place) for code in codes for place in code.panels]


def read_code(path: Path, lab: str, title: str) -> LabCode:
    """Read a lab's code cells, and where its panels are."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [(cell["id"], "".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"]
    prose = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    question = QUESTION.search(prose[0]) if prose else None
    return LabCode(
        lab=lab,
        title=title,
        question=question[1].replace("*", "") if question else "",
        names=tuple(name for name, _ in code),
        sources=tuple(source for _, source in code),
        panels=tuple(places_of_panels(source for _, source in code)),
    )


def places_of_panels(sources: Iterable[str]) -> list[int]:
    """Places of the cells that call ``lab.panel(…)``; a cell that is no Python shows none."""
    return [place for place, source in enumerate(sources) if _shows_panel(source)]


def _shows_panel(source: str) -> bool:
    try:
        nodes = ast.walk(ast.parse(source))
    except (SyntaxError, ValueError):
        return False
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "panel"
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "lab"
        for node in nodes
    )


def _makes_control(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id in CONTROLS
