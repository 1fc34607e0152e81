"""From the cells of a source to four notebooks: for trainees and with solutions, in English and Chinese."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, Literal, get_args

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from labkit.authoring.admonitions import instructor_box, render_boxes
from labkit.authoring.cells import Cell
from labkit.authoring.chinese_lines import join_chinese_lines
from labkit.authoring.edits import apply_edits
from labkit.authoring.formatting import format_notebook
from labkit.authoring.language_split import language_edits
from labkit.authoring.slide_types import slide_type
from labkit.authoring.solution_marks import solution_edits
from labkit.authoring.source import LabSource
from labkit.language import Language

Edition = Literal["notebooks", "solutions"]
"""``notebooks`` is what trainees get; ``solutions`` is complete, with the instructor's layer."""

EDITIONS: tuple[Edition, ...] = get_args(Edition)
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
RISE = {
    "center": False,
    "overlay": "<style>.reveal { --jp-content-font-size1: 22px; --jp-code-font-size: 18px; }</style>",
    "scroll": True,
    "slideNumber": "c/t",
    "start_slideshow_at": "beginning",
    "theme": "white",
}
"""How jupyterlab-rise shows a notebook as live slides: type for a projector; what is higher than the screen scrolls.

The theme is one of the two that ask no other host for a font.
"""
LANGUAGE_INFO = {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"}


def make_edition(lab: LabSource, edition: Edition, language: Language) -> NotebookNode:
    """Return one edition of a lab, without outputs.

    Raises
    ------
    SourceError
        Something in the source that cannot be turned into this edition.
    LabkitError
        Ruff is missing.
    """
    metadata: dict[str, Any] = {
        "kernelspec": KERNEL,
        "language_info": LANGUAGE_INFO,
        "labkit": {
            "core": lab.header.core,
            "edition": edition,
            "lab": lab.id,
            "language": language,
            "minutes": lab.header.minutes,
        },
    }
    if edition == "solutions":
        metadata["rise"] = RISE
    notebook = new_notebook(cells=list(_cells(lab, edition, language)), metadata=metadata)
    name = f"{edition}/{language} {lab.id}"
    return nbformat.reads(format_notebook(notebook_text(notebook), name), as_version=4)


def notebook_text(notebook: NotebookNode) -> str:
    """The one way a notebook is written: sorted keys, indent 1, readable Chinese, a final line break."""
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def code_fingerprint(notebook: NotebookNode, checks: str) -> str:
    """What stored outputs were made by: a hash of the code cells and of the lab's checks.

    The checks count because their verdicts stand among the outputs.
    """
    code = [f"{cell.id}\n{cell.source}" for cell in notebook.cells if cell.cell_type == "code"]
    return hashlib.sha256("\0".join([*code, checks]).encode()).hexdigest()[:16]


def edition_code(cell: Cell, lab: LabSource, edition: Edition, language: Language) -> str:
    """The code of a cell in one edition, before it is laid out."""
    edits = language_edits(cell.text, language, lab.path, cell.first_line)
    edits += solution_edits(cell, lab.path, keep=edition == "solutions")
    return apply_edits(cell.text, edits).strip("\n")


def edition_prose(cell: Cell, lab: LabSource, language: Language) -> str:
    """The markdown of a cell as JupyterLab gets it."""
    prose = render_boxes(cell.text, language, lab.path, cell.first_line)
    if language == "zh":
        prose = join_chinese_lines(prose)
    return instructor_box(prose, language) if cell.for_instructor else prose


def _cells(lab: LabSource, edition: Edition, language: Language) -> Iterator[NotebookNode]:
    for cell in lab.cells:
        if cell.lang not in {None, language} or (cell.for_instructor and edition == "notebooks"):
            continue
        metadata: dict[str, Any] = {"tags": list(cell.tags)} if cell.tags else {}
        code = edition_code(cell, lab, edition, language) if cell.kind == "code" else ""
        if edition == "solutions":
            metadata["slideshow"] = {"slide_type": slide_type(cell, code)}
        if cell.kind == "markdown":
            yield new_markdown_cell(edition_prose(cell, lab, language), id=cell.id, metadata=metadata)
            continue
        if cell.exercise:
            metadata["labkit"] = {"exercise": cell.exercise}
        if code:
            yield new_code_cell(code, id=cell.id, metadata=metadata)
