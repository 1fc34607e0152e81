"""A project of small labs whose solutions run without a world."""

from __future__ import annotations

import shutil
from pathlib import Path

from labkit import locations
from tests.running.course_of_tests import write_lab

FACT = """
from IPython.display import display
display({"text/plain": "i 3 baskets"}, raw=True, metadata={"labkit": {"kind": "fact", "name": "n"}})
"""
CHECKS = "EXERCISES = []\nQUIZZES = []\n"


def make_project(folder: Path, monkeypatch, *sources: str, lab: str = "9.1") -> Path:
    """Write lab 9.1 in both languages below a folder, and let labkit take that for the project."""
    checks = folder / "course" / "m09_module" / "l01_first" / "checks"
    checks.mkdir(parents=True, exist_ok=True)
    (checks / "__init__.py").write_text(CHECKS)
    if not (folder / "course" / "course.toml").exists():
        shutil.copy(locations.course_dir() / "course.toml", folder / "course")
    for language in ("en", "zh"):
        write_lab(
            folder / "solutions" / language, *(sources or (FACT,)), lab=lab, name="first", language=language
        )
    monkeypatch.setattr("labkit.locations.PROJECT", folder)
    monkeypatch.setenv("LABKIT_HOME", str(folder / "home"))
    return folder
