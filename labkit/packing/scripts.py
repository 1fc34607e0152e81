"""Installers and their README: one for each system, with the line endings that it reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from labkit.packing import installer

TEMPLATES = Path(__file__).parent / "templates"
ROOM_FOR_COURSE = 0.2
"""GB: project, worlds and the notebooks of a trainee."""


def scripts(
    pythons: Sequence[str], machines: Sequence[str], wheel_bytes: int, left_out: Mapping[str, Sequence[str]]
) -> dict[str, bytes]:
    """Return the files that make a pack install itself, by their path in the pack.

    Parameters
    ----------
    pythons : sequence of str
        Those that the pack has wheels for, e.g. ``["3.12"]``.
    machines : sequence of str
        E.g. ``["linux-x86_64"]``.
    wheel_bytes : int
        What one computer installs, at most.
    left_out : mapping of str to sequence of str
        Targets without wheels, with the packages that have none.
    """
    values = {
        "pythons": " ".join(pythons),
        "names": " ".join([*(f"python{python}" for python in pythons), "python3", "python"]),
        "first": pythons[0],
        "either": " or ".join(pythons),
        "either_zh": " 或 ".join(pythons),
        "machines": ", ".join(machines),
        "room": f"{ROOM_FOR_COURSE + installer.ROOM_PER_BYTE_OF_WHEELS * wheel_bytes / 1e9:.1f}",
        "left_out": left_out,
    }
    return {
        "install.sh": filled("install.sh.txt", values).encode(),
        "install.command": filled("install.command.txt", values).encode(),
        "install.bat": for_windows(filled("install.bat.txt", values)).encode("ascii"),
        "README.txt": for_windows(filled("README.txt", values)).encode("utf-8-sig"),
        "setup/install.py": Path(installer.__file__).read_bytes(),
        "setup/python-needed.txt": for_windows(filled("python-needed.txt", values)).encode(),
    }


def filled(name: str, values: Mapping[str, Any]) -> str:
    """Fill a template; a value that is missing is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        keep_trailing_newline=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    return environment.get_template(name).render(values)


def for_windows(text: str) -> str:
    """Return a text with the line endings of Windows: ``cmd`` and an old Notepad know no others."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n")
