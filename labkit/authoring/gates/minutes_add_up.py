"""The instructor's parts say their minutes in one form, alike in both languages, and fill the lab's time exactly."""

from __future__ import annotations

from collections.abc import Iterator

from labkit.authoring.faults import Fault, SourceError
from labkit.authoring.lab_parts import Part, instructor_cells_with_headings, read_part
from labkit.authoring.source import LabSource
from labkit.language import LANGUAGES, Language, Text

SUM = Text(
    "The instructor's parts take {sum} minutes together, the header says {minutes}.",
    "讲师各部分合计 {sum} 分钟，而文件头写的是 {minutes} 分钟。",
)
DIFFERENT = Text(
    "The two languages of {cell} give different minutes: {en} and {zh} (whole, practice, saved).",
    "{cell} 的两种语言分钟数不一致：{en} 和 {zh}（总计、练习、可省）。",
)


def minutes_add_up(lab: LabSource) -> list[Fault]:
    """Report instructor's cells without minutes, languages that differ, and a core lab whose parts miss its minutes.

    A lab that is not part of the two days may leave parts without an instructor's cell.
    """
    faults: list[Fault] = []
    read = {language: list(_parts(lab, language, faults)) for language in LANGUAGES}
    if faults:
        return faults
    for part, minutes, other in _pairs(read["en"], read["zh"]):
        if minutes != other:
            faults.append(_fault(lab, part.line, DIFFERENT.fill(cell=part.cell, en=minutes, zh=other)))
    together = sum(part.minutes for part in read["en"])
    if lab.header.core and together != lab.header.minutes:
        sentence = SUM.fill(sum=together, minutes=lab.header.minutes)
        faults.append(_fault(lab, lab.header.lines["minutes"], sentence))
    return faults


def _parts(lab: LabSource, language: Language, faults: list[Fault]) -> Iterator[Part]:
    for cell, heading in instructor_cells_with_headings(lab, language):
        try:
            yield read_part(cell, heading, lab.path)
        except SourceError as error:
            faults.append(_fault(lab, error.line, error.why))


def _pairs(
    english: list[Part], chinese: list[Part]
) -> Iterator[tuple[Part, tuple[int, ...], tuple[int, ...]]]:
    """Chinese parts beside the English ones of the same cell; a cell that lacks its other language is another gate's."""
    minutes = {part.cell: (part.minutes, part.practice, part.saves) for part in english}
    for part in chinese:
        if part.cell in minutes:
            yield part, minutes[part.cell], (part.minutes, part.practice, part.saves)


def _fault(lab: LabSource, line: int, sentence: Text) -> Fault:
    return Fault("minutes_add_up", lab.path, line, sentence)
