"""Decks on disk: all of them or none, and no file half-written."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from labkit.errors import LabkitError
from labkit.language import Text
from labkit.running.notebooks import LabNotebook

CANNOT = Text("The slides cannot be written to {folder}.", "幻灯片写不进 {folder}。")
SYSTEM_SAYS = Text("The system says: {why}.", "系统提示：{why}。")
CANNOT_DO = Text(
    "Close files that are open there, or name another folder: --out",
    "请关闭其中已打开的文件，或换一个文件夹：--out",
)


def file_name(lab: LabNotebook) -> str:
    """``3.3_beer_and_diapers.zh.html``."""
    return f"{lab.lab}_{lab.name}.{lab.language}.html"


def write_decks(folder: Path, decks: Mapping[str, str]) -> list[Path]:
    """Write decks; return their files.

    Parameters
    ----------
    folder : Path
        Made if it is missing; files of the same names are replaced, others stay.
    decks : mapping of str to str
        Name of each file and its HTML.

    Raises
    ------
    LabkitError
        The folder cannot be written; then no file is new.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=folder))
    except OSError as error:
        raise cannot_write(folder, error) from None
    try:
        for name, html in decks.items():
            (draft / name).write_text(html, encoding="utf-8")
        for name in decks:
            os.replace(draft / name, folder / name)
    except OSError as error:
        raise cannot_write(folder, error) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return [folder / name for name in decks]


def cannot_write(folder: Path, error: OSError) -> LabkitError:
    """The folder is not there for us."""
    why = error.strerror or type(error).__name__
    return LabkitError(CANNOT.fill(folder=folder), SYSTEM_SAYS.fill(why=why), CANNOT_DO)
