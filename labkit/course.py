"""The course as a notebook sees it: a lab's folder, its checks, its official solutions."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

from labkit.errors import LabkitError
from labkit.exercises.exercise import Exercise
from labkit.exercises.quiz import Quiz
from labkit.language import Language, Text
from labkit.locations import course_dir, edition_dir


def lab_dir(lab_id: str) -> Path:
    """Return the source folder of a lab, ``"3.3"`` → ``course/m03_…/l03_…``.

    Raises
    ------
    LabkitError
        When the course has no lab of that id.
    """
    match = re.fullmatch(r"(\d{1,2})\.(\d{1,2})", str(lab_id))
    found = []
    if match:
        module, lab = (int(part) for part in match.groups())
        found = sorted(course_dir().glob(f"m{module:02}_*/l{lab:02}_*"))
    if not found:
        known = ", ".join(lab_ids()) or "–"
        raise LabkitError(
            Text(f"There is no lab {lab_id}.", f"没有编号为 {lab_id} 的实验。"),
            Text(f"The course has these labs: {known}.", f"课程现有的实验：{known}。"),
            Text("Check the number in labkit.start(...).", "请检查 labkit.start(...) 里的编号。"),
        )
    return found[0]


def lab_ids() -> list[str]:
    """Ids of all labs in the order of the course, e.g. ``["3.3", "3.5"]``."""
    folders = sorted(course_dir().glob("m[0-9][0-9]_*/l[0-9][0-9]_*"))
    return [f"{int(folder.parent.name[1:3])}.{int(folder.name[1:3])}" for folder in folders]


def import_checks(folder: Path) -> ModuleType:
    """Import the package ``checks`` of a lab as it stands now; it holds ``EXERCISES`` and ``QUIZZES``."""
    name = f"labkit_course_{folder.parent.parent.name}_{folder.parent.name}_checks"
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    assert spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules[name] = package
    try:
        spec.loader.exec_module(package)
    finally:
        for module in [module for module in sys.modules if module.split(".")[0] == name]:
            del sys.modules[module]
    return package


def load_checks(lab_id: str) -> ModuleType:
    """Import the checks of a lab."""
    return import_checks(lab_dir(lab_id) / "checks")


def exercises(lab_id: str) -> dict[str, Exercise]:
    """A lab's exercises by name, in the order of the lab."""
    return {exercise.name: exercise for exercise in load_checks(lab_id).EXERCISES}


def quizzes(lab_id: str) -> dict[str, Quiz]:
    """A lab's quiz questions by name."""
    return {quiz.name: quiz for quiz in load_checks(lab_id).QUIZZES}


def official_solution(lab_id: str, exercise: str, language: Language) -> str:
    """Return the official code of an exercise, as the solutions edition shows it.

    Raises
    ------
    LabkitError
        When the solutions edition is missing or has no such exercise.
    """
    folder = lab_dir(lab_id)
    path = edition_dir("solutions", language) / folder.parent.name / f"{folder.name}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"] if path.exists() else []
    for cell in cells:
        if cell["metadata"].get("labkit", {}).get("exercise") == exercise:
            return "".join(cell["source"])
    raise LabkitError(
        Text(f"The official solution of {exercise} was not found.", f"找不到 {exercise} 的参考答案。"),
        Text(
            f"The solutions edition of lab {lab_id} is missing or older than the course.",
            f"实验 {lab_id} 的答案版缺失，或版本旧于课程源文件。",
        ),
        Text("Run `labkit build` once.", "请先运行一次 `labkit build`。"),
    )
