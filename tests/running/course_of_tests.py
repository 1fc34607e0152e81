"""Small labs for the tests of running: notebooks that need no world."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

VERDICT = """
from IPython.display import display
display({{"text/plain": "card"}}, raw=True, metadata={{"labkit": {{"kind": "check", "name": "{name}", "status": "{status}"}}}})
"""


def notebook(
    *sources: str, lab: str = "9.1", language: str = "en", title: str = "A lab"
) -> nbformat.NotebookNode:
    """A notebook of these code cells, with ids c0, c1, …, and a parameters cell first."""
    cells = [
        new_markdown_cell(f"# {title}", id="title"),
        new_code_cell('scale = "lab"', id="start", metadata={"tags": ["parameters"]}),
    ]
    cells += [new_code_cell(source, id=f"c{number}") for number, source in enumerate(sources)]
    metadata = {
        "kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"},
        "labkit": {"lab": lab, "language": language},
    }
    return new_notebook(cells=cells, metadata=metadata)


def verdict(name: str, status: str) -> str:
    """Code that shows what a check shows."""
    return VERDICT.format(name=name, status=status)


def write_lab(folder: Path, *sources: str, lab: str = "9.1", name: str = "a_lab", **options: str) -> Path:
    """Write a lab where an edition has it."""
    module, number = (int(part) for part in lab.split("."))
    path = folder / f"m{module:02}_module" / f"l{number:02}_{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook(*sources, lab=lab, **options), path)
    return path
