"""Every prose cell stands twice under one id: English, then Chinese directly below."""

from __future__ import annotations

from labkit.authoring.cells import Cell
from labkit.authoring.faults import Fault
from labkit.authoring.source import LabSource
from labkit.language import Text

LACKS = Text("The cell {id} lacks its {language} text.", "单元格 {id} 缺少{language}内容。")
NAMES = {"en": Text("English", "英文"), "zh": Text("Chinese", "中文")}
APART = Text(
    "The Chinese text of cell {id} stands directly below the English one.",
    "单元格 {id} 的中文要紧跟在英文下面。",
)
TAGS_DIFFER = Text(
    "The two languages of cell {id} have different tags.", "单元格 {id} 的两种语言标签不一致。"
)


def both_languages(lab: LabSource) -> list[Fault]:
    """Report prose that lacks its other language, or does not stand directly below it."""
    faults, prose = [], {(cell.id, cell.lang): cell for cell in lab.cells if cell.lang}
    below = {
        cell.id: following
        for cell, following in zip(lab.cells, lab.cells[1:], strict=False)
        if cell.lang == "en"
    }
    for (name, language), cell in prose.items():
        other = prose.get((name, "zh" if language == "en" else "en"))
        if other is None:
            missing = NAMES["zh" if language == "en" else "en"]
            faults.append(_fault(lab, cell, LACKS.fill(id=name, language=missing)))
        elif language == "zh" and below.get(name) is not cell:
            faults.append(_fault(lab, cell, APART.fill(id=name)))
        elif language == "zh" and cell.tags != other.tags:
            faults.append(_fault(lab, cell, TAGS_DIFFER.fill(id=name)))
    return faults


def _fault(lab: LabSource, cell: Cell, sentence: Text) -> Fault:
    return Fault("both_languages", lab.path, cell.line, sentence)
