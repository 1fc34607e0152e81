"""Records of a known kind, field by field: a promise to a solver, and the parts of a report."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Mapping
from typing import Any

from labkit.grading.values.message import BadMessage, Node, Reader, Writer

FIELDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("scipy.optimize", "LinearConstraint"): ("A", "lb", "ub", "keep_feasible"),
    ("scipy.optimize", "Bounds"): ("lb", "ub", "keep_feasible"),
    ("labkit.reports", "Number"): ("value", "format"),
    ("labkit.reports", "Heading"): ("text",),
    ("labkit.reports", "Paragraph"): ("text",),
    ("labkit.reports", "Tiles"): ("tiles",),
    ("labkit.reports", "Figure"): ("svg", "png", "alt"),
    ("labkit.reports", "Table"): ("frame", "formats", "title"),
    ("labkit.reports", "Row"): ("blocks",),
    ("labkit.reports", "Report"): ("title", "headline", "blocks", "values", "sources", "language"),
}
"""Where a kind is found, and what it is made of. First used in labs 6.5 and 8.2."""
_KINDS = {name: (place, fields) for (place, name), fields in FIELDS.items()}
_WIDE = re.compile(r"\d{4}|__")
"""A format that fills a line of thousands of signs, or looks behind a value."""


def write(writer: Writer, value: Any, depth: int) -> Node | None:
    """Return the node of a record of a known kind; None for anything else."""
    name = type(value).__name__
    if name not in _KINDS or not type(value).__module__.startswith(_KINDS[name][0]):
        return None
    return ["record", name, [writer.node(getattr(value, field), depth + 1) for field in _KINDS[name][1]]]


def _read_record(reader: Reader, name: str, parts: list[Node]) -> Any:
    place, fields = _KINDS[name]
    values = dict(zip(fields, map(reader.value, parts), strict=True))
    formats = [values.get("format", ""), *values.get("formats", {}).values()]
    if any(not isinstance(form, str) or _WIDE.search(form) for form in formats):
        raise BadMessage("a format that is none")
    return getattr(importlib.import_module(place), name)(**values)


READERS: Mapping[str, Callable[..., Any]] = {"record": _read_record}
