"""Is a Chinese cell younger than the English it translates?

Each Chinese prose cell keeps a fingerprint of the English text it was written for. When the English changes,
the fingerprint no longer fits, until somebody reads the Chinese again and accepts it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection
from pathlib import Path

from labkit.authoring.cells import Cell
from labkit.authoring.courses import find_lab
from labkit.authoring.source import LabSource
from labkit.errors import LabkitError
from labkit.language import Text

NO_CELL = Text(
    "Lab {lab} has no prose cell called {cells} in both languages.", "实验 {lab} 没有双语文字单元格 {cells}。"
)
CELLS_ARE = Text("It has: {cells}.", "它有：{cells}。")
CHECK_CELL = Text("Check the cell's id.", "请检查单元格的 id。")


def english_hash(text: str) -> str:
    """First eight hex digits of the SHA-256 of an English text; spacing and line breaks mean nothing."""
    normal = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(normal.encode()).hexdigest()[:8]


def translations(lab: LabSource) -> list[tuple[Cell, str]]:
    """Chinese prose cells that have an English one, each with the fingerprint it should bear."""
    english = {cell.id: english_hash(cell.text) for cell in lab.prose("en")}
    return [(cell, english[cell.id]) for cell in lab.prose("zh") if cell.id in english]


def accept_translation(
    lab_id: str, cells: Collection[str] | None = None, course_dir: Path | None = None
) -> list[str]:
    """Write down that Chinese cells say what the English ones say now.

    Parameters
    ----------
    lab_id : str
        E.g. ``"3.3"``.
    cells : collection of str, optional
        Ids of the cells that were read again; all of the lab if not given.
    course_dir : Path, optional
        Another course folder.

    Returns
    -------
    list of str
        Ids of the cells whose fingerprint changed.

    Raises
    ------
    LabkitError
        No such lab or cell.
    """
    lab = find_lab(lab_id, course_dir)
    pairs = {cell.id: (cell, right) for cell, right in translations(lab)}
    if unknown := set(cells or ()) - set(pairs):
        raise LabkitError(
            NO_CELL.fill(lab=lab_id, cells=", ".join(sorted(unknown))),
            CELLS_ARE.fill(cells=", ".join(pairs)),
            CHECK_CELL,
        )
    wanted = pairs if cells is None else {name: pairs[name] for name in pairs if name in cells}
    changed = {cell.line: right for cell, right in wanted.values() if cell.en_hash != right}
    _write_hashes(lab.path, changed)
    return [name for name, (cell, _) in wanted.items() if cell.line in changed]


def _write_hashes(path: Path, hashes: dict[int, str]) -> None:
    """Put the fingerprints into the marker lines, and leave every other byte of the file alone."""
    lines = path.read_bytes().decode("utf-8").split("\n")
    for line, right in hashes.items():
        marker = re.sub(r' en_hash="[^"]*"', "", lines[line - 1])
        lines[line - 1] = re.sub(r'lang="zh"', f'lang="zh" en_hash="{right}"', marker, count=1)
    path.write_bytes("\n".join(lines).encode())
