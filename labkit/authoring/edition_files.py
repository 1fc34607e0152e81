"""The generated notebooks on disk: where they stand, what they hold, and whether they are what a build makes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from labkit.authoring.editions import EDITIONS, Edition, code_fingerprint, make_edition, notebook_text
from labkit.authoring.execution import with_outputs
from labkit.authoring.source import LabSource
from labkit.language import LANGUAGES, Language


@dataclass(frozen=True)
class EditionFile:
    """One generated notebook.

    Parameters
    ----------
    path : Path
        Where it stands.
    edition : Edition
        For trainees, or with solutions.
    language : Language
        Of its text.
    notebook : NotebookNode
        As a build makes it; solutions carry the stored outputs while these still belong to the code.
    up_to_date : bool
        Solutions: do the stored outputs belong to this code? Always true for trainees.
    """

    path: Path
    edition: Edition
    language: Language
    notebook: NotebookNode
    up_to_date: bool

    @property
    def text(self) -> str:
        """What the file holds."""
        return notebook_text(self.notebook)

    def is_written(self) -> bool:
        """Does the file hold exactly this, with outputs that belong to it?"""
        return self.up_to_date and self.path.exists() and self.path.read_bytes() == self.text.encode()


def edition_files(lab: LabSource) -> list[EditionFile]:
    """Make the four editions of a lab, without running anything."""
    return [edition_file(lab, edition, language) for edition in EDITIONS for language in LANGUAGES]


def edition_file(lab: LabSource, edition: Edition, language: Language) -> EditionFile:
    """Make one edition of a lab; see :func:`edition_files`."""
    path = edition_path(lab, edition, language)
    notebook = make_edition(lab, edition, language)
    up_to_date = edition == "notebooks" or _keep_outputs(notebook, path, read_checks(lab))
    return EditionFile(path, edition, language, notebook, up_to_date)


def edition_path(lab: LabSource, edition: Edition, language: Language) -> Path:
    """``notebooks/zh/m03_data_foundations/l03_beer_and_diapers.ipynb``."""
    folder = lab.path.parent
    return lab.project / edition / language / folder.parent.name / f"{folder.name}.ipynb"


def read_checks(lab: LabSource) -> str:
    """Text of a lab's checks; empty where there are none yet."""
    return "\0".join(f"{path.name}\n{path.read_text(encoding='utf-8')}" for path in lab.check_files)


def orphans(project: Path, wanted: set[Path]) -> Iterator[Path]:
    """Generated notebooks that no lab makes any more."""
    for edition in EDITIONS:
        for path in sorted((project / edition).glob("*/m[0-9][0-9]_*/l[0-9][0-9]_*.ipynb")):
            if path not in wanted:
                yield path


def _keep_outputs(notebook: NotebookNode, path: Path, checks: str) -> bool:
    """Carry the stored outputs over to a new build if they were made by the same code."""
    stored = _read(path)
    fingerprint = code_fingerprint(notebook, checks)
    if stored is None or stored.metadata.get("labkit", {}).get("executed_code") != fingerprint:
        return False
    outputs = {cell.id: cell.outputs for cell in stored.cells if cell.cell_type == "code"}
    with_outputs(notebook, outputs, fingerprint)
    return True


def _read(path: Path) -> NotebookNode | None:
    try:
        return nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    except (OSError, ValueError, nbformat.ValidationError):
        return None
