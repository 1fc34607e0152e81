"""A Chinese cell is not older than the English it translates."""

from __future__ import annotations

from labkit.authoring.faults import Fault
from labkit.authoring.source import LabSource
from labkit.authoring.translation import translations
from labkit.language import Text

NEVER = Text(
    "Nobody has accepted the Chinese of cell {id} yet. Read it, then: labkit build --accept-translation {lab} {id}",
    "单元格 {id} 的中文尚未确认。通读后运行：labkit build --accept-translation {lab} {id}",
)
STALE = Text(
    "The English of cell {id} changed after the Chinese was written. Compare them, then: "
    "labkit build --accept-translation {lab} {id}",
    "单元格 {id} 的英文改动后，中文还没有更新。核对后运行：labkit build --accept-translation {lab} {id}",
)


def fresh_translation(lab: LabSource) -> list[Fault]:
    """Report Chinese cells without a fingerprint of their English, or with an old one."""
    return [
        Fault(
            "fresh_translation",
            lab.path,
            cell.line,
            (STALE if cell.en_hash else NEVER).fill(id=cell.id, lab=lab.id),
        )
        for cell, right in translations(lab)
        if cell.en_hash != right
    ]
