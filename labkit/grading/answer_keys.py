"""Answer keys that code names. A library that opens files by itself (pyarrow, DuckDB) tells no audit hook of it."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Sequence

from labkit import catalogue
from labkit.grading.answer_code import is_python
from labkit.grading.plan import PlannedCell


def named_answer_keys(cells: Sequence[PlannedCell]) -> list[str]:
    """Return the texts in a trainee's own cells that are paths of answer keys: ``…/truth/planted_rules.parquet``."""
    found = [
        node.value
        for cell in cells
        if cell.origin != "canonical" and is_python(cell.source)
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _pattern().search(node.value)
    ]
    return list(dict.fromkeys(found))


@functools.cache
def _pattern() -> re.Pattern[str]:
    """The folder ``truth`` within a path, or a file or folder named after an answer key."""
    tables = "|".join(re.escape(table.name) for table in catalogue.truth_tables())
    return re.compile(rf"[/\\]truth(?:[/\\*'\"]|$)|(?:^|\W)truth[/\\]|[/\\](?:{tables})(?:[/\\.*]|$)")
