"""The parts of a lab, as its instructor's cells give them: minutes, practice, and what to skip when time is short.

An instructor's cell begins with its minutes and may end with what saves some of them::

    **9 min, with the first figure, of which 6 for the two exercises.** … Short of time (saves 2 min): give the deciles.
    **9 分钟，含第一张图，其中两道练习 6 分钟。** …… 时间不够时（省 2 分钟）：直接给出十分位。

Both tails of the first sentence may be missing, and so may the last one. A part is named after the section in which its
cell stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from labkit.authoring.cells import Cell
from labkit.authoring.chinese_lines import join_chinese_lines
from labkit.authoring.faults import SourceError
from labkit.authoring.source import LabSource
from labkit.language import Language, Text

LEAD = {
    "en": re.compile(
        r"\*\*(?P<minutes>\d+) min(?:, with (?P<includes>[^*]+?))?"
        r"(?:, of which (?P<practice>\d+) for [^*]+?)?\.\*\*(?: |$)"
    ),
    "zh": re.compile(
        r"\*\*(?P<minutes>\d+) 分钟(?:，含 ?(?P<includes>[^*]+?))?"
        r"(?:，其中[^*]+? (?P<practice>\d+) 分钟)?。\*\*(?: |$)"
    ),
}
SKIP = {
    "en": re.compile(r"Short of time \(saves (?P<saves>\d+) min\): (?P<skip>\S.*)"),
    "zh": re.compile(r"时间不够时（省 (?P<saves>\d+) 分钟）：(?P<skip>\S.*)"),
}
SKIP_WORDS = {"en": "short of time", "zh": "时间不够"}
HEADING = re.compile(r"^(?P<level>##+) +(?P<words>.+?) *$", re.MULTILINE)
YOUR_TURN = re.compile(r"^(Your turn: *|轮到你了：)")

NO_LEAD = Text(
    "An instructor's cell begins with its minutes: **5 min.** or **5 min, with the first figure, of which 3 for the exercise.**",
    "讲师单元格以用时开头：**5 分钟。** 或 **5 分钟，含第一张图，其中练习 3 分钟。**",
)
NO_SAVING = Text(
    "What to skip stands at the end and says what it saves: Short of time (saves 2 min): skip the code.",
    "可省略的内容写在最后，并注明能省几分钟：时间不够时（省 2 分钟）：跳过代码。",
)
TOO_MUCH = Text(
    "Of {minutes} minutes, {part} cannot be practice, or saved.",
    "共 {minutes} 分钟，练习或可省的时间不会是 {part} 分钟。",
)


@dataclass(frozen=True)
class Part:
    """A part of a lab in one language: it ends where its instructor's cell stands.

    Parameters
    ----------
    cell : str
        Id of the instructor's cell.
    line : int
        Where the cell's text begins in ``lab.py``.
    heading : str
        Of the section in which the cell stands; where an earlier part has that name, of the exercise above the cell.
    minutes : int
        Of the whole part.
    includes : str
        What else belongs to it, e.g. ``"the first figure"``; empty if nothing is said.
    practice : int
        Minutes of ``minutes`` in which trainees work by themselves; 0 if nothing is said.
    saves : int
        Minutes that skipping saves, less than ``minutes``; 0 if there is nothing to skip.
    skip : str
        What to skip when time is short, and what never.
    """

    cell: str
    line: int
    heading: str
    minutes: int
    includes: str
    practice: int
    saves: int
    skip: str


def parts(lab: LabSource, language: Language) -> list[Part]:
    """Return the parts of a lab in one language, in the order of the lab.

    Raises
    ------
    SourceError
        An instructor's cell does not say its minutes as all others do.
    """
    return [
        read_part(cell, heading, lab.path) for cell, heading in instructor_cells_with_headings(lab, language)
    ]


def instructor_cells_with_headings(lab: LabSource, language: Language) -> list[tuple[Cell, str]]:
    """Return the instructor's prose cells of one language, each with the name of its part."""
    section = last = lab.header.title.in_language(language)
    found: list[tuple[Cell, str]] = []
    for cell in lab.prose(language):
        if cell.for_instructor:
            taken = any(name == section for _, name in found)
            found.append((cell, last if taken else section))
        for heading in () if cell.for_instructor else HEADING.finditer(cell.text):
            last = YOUR_TURN.sub("", heading["words"])
            last = last[:1].upper() + last[1:]
            section = last if heading["level"] == "##" else section
    return found


def read_part(cell: Cell, heading: str, path: Path) -> Part:
    """Read one instructor's cell; see :func:`parts`."""
    language: Language = cell.lang or "en"
    text = join_chinese_lines(cell.text) if language == "zh" else cell.text
    text = re.sub(r"\s*\n\s*", " ", text.strip())
    lead = LEAD[language].match(text)
    if not lead:
        raise SourceError(path, cell.first_line, NO_LEAD)
    skip = SKIP[language].search(text)
    if text.lower().count(SKIP_WORDS[language]) != (1 if skip else 0):
        raise SourceError(path, cell.first_line, NO_SAVING)
    minutes, practice = int(lead["minutes"]), int(lead["practice"] or 0)
    saves = int(skip["saves"]) if skip else 0
    for part, most in ((practice, minutes), (saves, minutes - 1)):
        if part > most:
            raise SourceError(path, cell.first_line, TOO_MUCH.fill(minutes=minutes, part=part))
    return Part(
        cell.id, cell.first_line, heading,
        minutes, lead["includes"] or "", practice, saves, skip["skip"] if skip else "",
    )  # fmt: skip
