"""Where things are: the course beside the package, the user's own folder for worlds and progress."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
START_NOTEBOOK = "00_start_here.ipynb"
"""In every edition of the notebooks: the course map, which JupyterLab opens first."""


def course_dir() -> Path:
    """The single source: ``course/``."""
    return PROJECT / "course"


def edition_dir(edition: str, language: str) -> Path:
    """A generated edition, e.g. ``notebooks/zh`` or ``solutions/en``."""
    return PROJECT / edition / language


def home_dir() -> Path:
    """Where worlds and progress live: ``LABKIT_HOME``, or the user's cache folder."""
    if chosen := os.environ.get("LABKIT_HOME"):
        return Path(chosen).expanduser()
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "labkit"
    if os.uname().sysname == "Darwin":
        return Path.home() / "Library" / "Caches" / "labkit"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "labkit"


def progress_file() -> Path:
    """The append-only log of what a trainee tried: ``LABKIT_PROGRESS``, or a file in the home."""
    chosen = os.environ.get("LABKIT_PROGRESS")
    return Path(chosen) if chosen else home_dir() / "progress.jsonl"
