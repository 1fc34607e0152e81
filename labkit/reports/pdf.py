"""A report as PDF, set by typst with the bundled font only: the same on every computer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from labkit.charts.style import FONT_DIR
from labkit.reports.report import Figure, Heading, Paragraph, Report, Row, Tiles

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
NO_TIME = datetime(2025, 1, 1, tzinfo=UTC)
"""Written into every file, so that the same report is the same file."""


def to_pdf(report: Report) -> bytes:
    """Return the report as a PDF on A4."""
    return compiled(report, format="pdf", timestamp=NO_TIME)


def to_pictures(report: Report, *, pixels_per_inch: float = 110) -> list[bytes]:
    """Return each page of the PDF as a PNG, to be looked at."""
    pages = compiled(report, format="png", ppi=pixels_per_inch)
    return pages if isinstance(pages, list) else [pages]


def compiled(report: Report, **options: Any) -> Any:
    """Set the report with typst."""
    return set_by_typst(TEMPLATE, as_data(report), **options)


def set_by_typst(template: Path, data: Mapping[str, Any], **options: Any) -> Any:
    """Set a template, which reads its data from ``sys.inputs.report``; fonts of the system are not used.

    Parameters
    ----------
    template : Path
        A ``.typ`` file.
    data : mapping
        Whatever the template shows; must be writable as JSON.
    **options
        Of ``typst.compile``: ``format``, ``timestamp``, ``ppi``.
    """
    import typst

    return typst.compile(
        template,
        root=template.parent,
        font_paths=[FONT_DIR],
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(data, ensure_ascii=False)},
        **options,
    )


def as_data(report: Report) -> dict[str, Any]:
    """Return the report as the template reads it: holes filled, blocks by kind."""
    return {
        "language": report.language,
        "title": report.fill(report.title),
        "headline": report.fill(report.headline),
        "blocks": [block_data(block, report) for block in report.blocks],
        "sources": report.fill(report.sources),
    }


def block_data(block: Any, report: Report) -> dict[str, Any]:
    """Return one block as the template reads it."""
    if isinstance(block, Row):
        return {"kind": "row", "blocks": [block_data(part, report) for part in block.blocks]}
    if isinstance(block, Heading):
        return {"kind": "heading", "text": report.fill(block.text)}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": report.fill(block.text)}
    if isinstance(block, Tiles):
        return {"kind": "tiles", "tiles": [[report.fill(text) for text in tile] for tile in block.tiles]}
    if isinstance(block, Figure):
        return {"kind": "figure", "svg": block.svg, "alt": report.fill(block.alt)}
    return {
        "kind": "table",
        "title": report.fill(block.title),
        "header": block.header,
        "cells": block.cells,
        "numbers": block.are_numbers,
    }
