"""Today's standing on the trainee's start page, there before JupyterLab opens it, with nothing run.

Only the output of one cell is written, so that the workbook does not count it as a change; the page is signed for
this computer, as JupyterLab itself does with what a person ran, because it strips the style of outputs it does not
trust.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

from labkit.language import Language, current_language, set_language

PROGRESS_CELL = "progress"
"""Id of the start page's cell that shows where one stands."""


def show_on(page: Path, language: Language) -> bool:
    """Put today's standing under the cell; False where the page has no such cell, or cannot be read or written.

    Parameters
    ----------
    page : Path
        The trainee's own copy of the start page; everything else in it stays as it is.
    language : Language
        Of the card.
    """
    try:
        notebook = json.loads(page.read_bytes())
        cell = next(cell for cell in notebook["cells"] if cell.get("id") == PROGRESS_CELL)
        shown = [_output(language)]
        if cell.get("outputs") != shown:
            cell["outputs"], cell["execution_count"] = shown, None
            _replace(page, json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, StopIteration, RecursionError):
        return False
    sign(page)
    return True


def _output(language: Language) -> dict[str, Any]:
    """The card as a notebook keeps it."""
    from labkit.standing.course_card import course_bundle
    from labkit.standing.reading import standing_here

    spoken = current_language()
    try:
        set_language(language)
        data, metadata = course_bundle(standing_here())
    finally:
        set_language(spoken)
    lines = {kind: text.splitlines(keepends=True) for kind, text in data.items()}
    return {"output_type": "display_data", "data": lines, "metadata": metadata}


def _replace(page: Path, text: str) -> None:
    """Write so that a reader never sees half a page."""
    content, unfinished = text.encode(), page.with_name(f".{page.name}.part")
    try:
        unfinished.write_bytes(content)
        shutil.copymode(page, unfinished)
        unfinished.replace(page)
    finally:
        unfinished.unlink(missing_ok=True)


def sign(page: Path) -> None:
    """Tell this computer's Jupyter that the outputs are ours; an unsigned page is shown too, only plainer."""
    import nbformat
    from nbformat.sign import NotebookNotary

    try:
        with NotebookNotary() as notary:
            notary.sign(nbformat.read(page, as_version=4))
    except (OSError, ValueError, KeyError, AttributeError, sqlite3.Error):
        return
