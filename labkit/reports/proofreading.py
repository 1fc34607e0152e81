"""Proofreading: numbers that were typed in, and numbers of a finished report that are not those of the data."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from labkit.reports.numbers import NUMERAL, pieces
from labkit.reports.reading import read_words
from labkit.reports.report import Report


@dataclass(frozen=True)
class Altered:
    """A place where a finished report and the data disagree.

    Parameters
    ----------
    expected, found : str
        The number of the data, and what the report says; empty where one of them has no number.
    names : tuple of str
        The values of the report that are written like the expected number; empty for a number of a table.
    """

    expected: str
    found: str
    names: tuple[str, ...]


def typed_numbers(report: Report) -> list[str]:
    """Return the texts of a report in which somebody typed a digit instead of leaving a hole.

    Headings and words of tables are data, and are not looked at.
    """
    return [text for text in report.texts() if any(re.search(r"\d", words) for words, _ in pieces(text))]


def altered_numbers(report: Report, document: str | bytes) -> list[Altered]:
    """Compare the numbers of a finished report with the data, in the order of reading.

    Parameters
    ----------
    report : Report
        With its values as computed.
    document : str or bytes
        The finished report: an HTML page, or the bytes of an HTML, PDF or Word file.
    """
    expected = NUMERAL.findall("\n".join(report.lines()))
    found = NUMERAL.findall(read_words(document))
    shown = report.shown()
    altered = []
    matcher = difflib.SequenceMatcher(None, expected, found, autojunk=False)
    for kind, first, last, first_found, last_found in matcher.get_opcodes():
        if kind == "equal":
            continue
        for place in range(max(last - first, last_found - first_found)):
            wanted = expected[first + place] if first + place < last else ""
            read = found[first_found + place] if first_found + place < last_found else ""
            names = tuple(name for name, text in shown.items() if wanted and wanted in NUMERAL.findall(text))
            altered.append(Altered(wanted, read, names))
    return altered
