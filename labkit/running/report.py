"""A run on disk: a page for people, JUnit XML for machines, and the executed notebooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import nbformat
from markupsafe import Markup

from labkit.charts.web_font import font_faces
from labkit.language import Text, current_language
from labkit.page_template import page_template
from labkit.running import screen
from labkit.running.results import STATUSES, LabResult

WORDS = {
    "title": Text("Course run", "课程运行报告"),
    "passed": screen.PASSED,
    "failed": screen.FAILED,
    "interrupted": screen.INTERRUPTED,
    "seconds": screen.SECONDS,
    "labs": Text("labs", "个实验"),
    "lab": screen.LAB,
    "outcome": screen.OUTCOME,
    "cell": Text("cell", "单元格"),
    "slowest": Text("Seconds per cell", "各单元格用时（秒）"),
    "notebook": Text("executed notebook", "运行后的笔记本"),
    "verdicts": Text("verdicts", "评判结果"),
    "not_run": screen.NOT_RUN,
    "no_cells": Text("No cell was executed.", "没有执行任何单元格。"),
}


def write_report(
    folder: Path, results: Sequence[LabResult], *, planned: int, seconds: float, about: Mapping[str, Any]
) -> Path:
    """Write ``index.html``, ``junit.xml`` and ``notebooks/`` into a folder; return the page.

    Parameters
    ----------
    folder : Path
        Made if it is missing; files of an earlier report are overwritten.
    results : sequence of LabResult
        What ran.
    planned : int
        How many labs should have run.
    seconds : float
        Of the whole run.
    about : mapping
        How it was run, shown under the title: edition, scale, kernel.
    """
    folder.mkdir(parents=True, exist_ok=True)
    notebooks = {id(result): save_notebook(folder, result) for result in results if result.node is not None}
    page = folder / "index.html"
    page.write_text(render_page(results, notebooks, planned, seconds, about), encoding="utf-8")
    junit(results, seconds).write(folder / "junit.xml", encoding="utf-8", xml_declaration=True)
    return page


def save_notebook(folder: Path, result: LabResult) -> str:
    """Write an executed notebook; return its path within the report, with forward slashes."""
    lab = result.lab
    path = Path("notebooks") / lab.language / lab.path.parent.name / lab.path.name
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(result.node, folder / path)
    return path.as_posix()


def render_page(
    results: Sequence[LabResult],
    notebooks: Mapping[int, str],
    planned: int,
    seconds: float,
    about: Mapping[str, Any],
) -> str:
    """Return the page: self-contained, light or dark as the reader's system is."""
    template = page_template("labkit.running", "report.html.j2")
    values = {
        "language": current_language(),
        "words": {key: str(text) for key, text in WORDS.items() if key != "not_run"},
        "not_run": str(WORDS["not_run"].fill(count=planned - len(results))) if planned > len(results) else "",
        "statuses": {status: str(text) for status, text in STATUSES.items()},
        "about": {str(key): str(value) for key, value in about.items()},
        "now": datetime.now().strftime("%Y-%m-%d %H:%M"),
        "seconds": seconds,
        "planned": planned,
        "rows": [row(result, notebooks.get(id(result))) for result in results],
    }
    faces = font_faces(template.render(values, font_faces=""))
    return template.render(values, font_faces=Markup(faces))


def row(result: LabResult, notebook: str | None) -> dict[str, Any]:
    """Return what the page shows of one lab."""
    longest = max((cell.seconds for cell in result.cells), default=0.0)
    return {
        "id": result.lab.lab,
        "language": result.lab.language,
        "title": result.lab.title,
        "seconds": result.seconds,
        "outcome": "interrupted" if result.interrupted else "passed" if result.passed else "failed",
        "counts": result.counts,
        "verdicts": result.verdicts,
        "failure": result.failure,
        "notebook": notebook,
        "cells": [
            {
                "id": cell.cell,
                "line": cell.first_line,
                "seconds": cell.seconds,
                "share": share(cell.seconds, longest),
            }
            for cell in result.cells
        ],
    }


def share(seconds: float, longest: float) -> float:
    """Return the length of a bar in percent of the longest."""
    return round(100 * seconds / longest, 1) if longest else 0.0


def junit(results: Sequence[LabResult], seconds: float) -> ElementTree.ElementTree[ElementTree.Element]:
    """Return the run as JUnit XML: a test case per lab and language, a property per verdict."""
    suite = ElementTree.Element(
        "testsuite",
        name="labkit run",
        tests=str(len(results)),
        failures=str(sum(result.failure is not None for result in results)),
        errors="0",
        skipped=str(sum(result.interrupted for result in results)),
        time=f"{seconds:.3f}",
    )
    for result in results:
        case = ElementTree.SubElement(
            suite,
            "testcase",
            classname=f"{result.lab.language}.{result.lab.path.parent.name}",
            name=f"{result.lab.lab} {result.lab.name}",
            time=f"{result.seconds:.3f}",
        )
        add_outcome(case, result)
    root = ElementTree.Element("testsuites")
    root.append(suite)
    return ElementTree.ElementTree(root)


def add_outcome(case: ElementTree.Element, result: LabResult) -> None:
    """Write verdicts and failure of a lab below its test case."""
    if result.verdicts:
        properties = ElementTree.SubElement(case, "properties")
        for name, status in result.verdicts.items():
            ElementTree.SubElement(properties, "property", name=name, value=status)
    if result.interrupted:
        ElementTree.SubElement(case, "skipped", message=screen.INTERRUPTED.en)
    elif result.failure is not None:
        message = result.failure.message
        failure = ElementTree.SubElement(case, "failure", message=message.splitlines()[0])
        failure.text = f"cell {result.failure.cell}\n{message}"
