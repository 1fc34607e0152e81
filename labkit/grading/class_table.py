"""The class as a table for a spreadsheet: one row per person and exercise."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from labkit.grading.canonical import canonical_lab
from labkit.grading.results import PersonResult
from labkit.grading.summary import sign_of
from labkit.grading.words import STATUSES
from labkit.language import current_language

COLUMNS = (
    "person",
    "lab",
    "exercise",
    "question",
    "status",
    "status_text",
    "mistake",
    "message",
    "says_looked_up",
    "file",
)
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def class_table(persons: Sequence[PersonResult], labs: Sequence[str]) -> bytes:
    """Return the table as CSV that Excel opens in UTF-8; a lab that was not handed in has rows, too.

    Whatever a submission put into a name or a message stays text: a cell that begins like a formula gets an
    apostrophe before it.
    """
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for person in persons:
        for row in _rows(person, labs):
            table.writerow([as_text(cell) for cell in row])
    return b"\xef\xbb\xbf" + written.getvalue().encode("utf-8", "replace")


def _rows(person: PersonResult, labs: Sequence[str]) -> Iterator[list[str]]:
    handed_in = {lab.lab_id: lab for lab in person.labs}
    for lab_id in labs:
        canonical = canonical_lab(lab_id, current_language())
        if lab_id not in handed_in:
            for name in canonical.exercises:
                question = canonical.questions[name]
                absent = str(STATUSES["absent"])
                yield [person.name, lab_id, name, question, "absent", absent, "", "", "", ""]
            continue
        lab = handed_in[lab_id]
        for outcome in lab.outcomes:
            sign = sign_of(outcome)
            yield [
                person.name,
                lab_id,
                outcome.exercise,
                canonical.questions.get(outcome.exercise, ""),
                sign,
                str(STATUSES[sign]),
                outcome.mistake,
                str(outcome.message),
                "1" if outcome.claimed else "",
                lab.file,
            ]


def as_text(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(BEGINS_A_FORMULA) else cell
