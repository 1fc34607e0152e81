"""Reading a trainee's notebook file, whatever state it is in: only what they wrote, never what was put out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labkit.grading.slim import TooLargeError, read_slim
from labkit.language import Text

EMPTY = Text("The file is empty.", "文件是空的。")
NO_ACCESS = Text("The file cannot be opened: {reason}.", "文件打不开：{reason}。")
TOO_LARGE = Text(
    "Without its outputs it is still larger than any notebook of the course.",
    "即使不计输出，也比课程里任何一个笔记本都大。",
)
NO_NOTEBOOK = Text("It holds no cells of a notebook.", "里面没有笔记本的单元格。")
DAMAGED = Text(
    "The file is damaged or cut short; {count} whole cells were recovered.",
    "文件损坏或不完整，已从中恢复 {count} 个完整的单元格。",
)

_CELLS = re.compile(r'"cells"\s*:\s*\[')
_CELL_BEGINS = re.compile(
    r'\{\s*"(?:attachments|cell_type|collapsed|execution_count|id|input|metadata|source)"'
)
MOST_FAILURES = 50
"""Places in a damaged file that look like a cell and are none, before the search ends."""


class NotebookFileError(Exception):
    """A file that holds no notebook; ``reason`` says why, in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Cell:
    """One cell as the trainee left it.

    Parameters
    ----------
    kind : str
        ``"code"`` or anything else.
    source : str
        What is written in it.
    id : str
        Its identity; empty where the file has none.
    exercise : str
        The exercise that its metadata name; empty for most.
    """

    kind: str
    source: str
    id: str = ""
    exercise: str = ""


@dataclass(frozen=True)
class Notebook:
    """What a notebook file says.

    Parameters
    ----------
    cells : tuple of Cell
        In order.
    about : dict
        ``metadata.labkit`` of the notebook; empty where there is none.
    damage : Text, optional
        What was wrong with the file, if its cells had to be recovered.
    """

    cells: tuple[Cell, ...]
    about: dict[str, Any]
    damage: Text | None = None


def read_notebook(path: Path) -> Notebook:
    """Read a notebook of format 3 or 4; of a damaged one, the cells that are whole.

    Raises
    ------
    NotebookFileError
        Nothing can be recovered; the reason is one sentence.
    """
    try:
        raw = read_slim(path)
    except OSError as error:
        raise NotebookFileError(NO_ACCESS.fill(reason=error.strerror or type(error).__name__)) from None
    except TooLargeError:
        raise NotebookFileError(TOO_LARGE) from None
    text = decoded(raw)
    if not text.strip():
        raise NotebookFileError(EMPTY)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return _recovered(text)
    cells = list(_cells_of(found))
    if not cells:
        raise NotebookFileError(NO_NOTEBOOK)
    return Notebook(tuple(map(_cell, cells)), _about(found))


def decoded(raw: bytes) -> str:
    """Return a file's text: UTF-8 with or without a byte order mark, else the old Chinese code page."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8-sig", "replace")


def _cells_of(found: Any) -> Iterator[dict[str, Any]]:
    """The cells of format 4, or of every sheet of format 3."""
    if not isinstance(found, dict):
        return
    sheets = found.get("worksheets")
    sheets = [found, *sheets] if isinstance(sheets, list) else [found]
    for sheet in sheets:
        cells = sheet.get("cells") if isinstance(sheet, dict) else None
        if isinstance(cells, list):
            yield from (cell for cell in cells if _is_cell(cell))


def _is_cell(found: Any) -> bool:
    return isinstance(found, dict) and isinstance(found.get("cell_type"), str)


def _about(found: dict[str, Any]) -> dict[str, Any]:
    return _labkit(found.get("metadata"))


def _labkit(metadata: Any) -> dict[str, Any]:
    about = metadata.get("labkit") if isinstance(metadata, dict) else None
    return about if isinstance(about, dict) else {}


def _cell(found: dict[str, Any]) -> Cell:
    source = found.get("source", found.get("input", ""))
    lines = source if isinstance(source, list) else [source]
    written = "".join(line for line in lines if isinstance(line, str))
    exercise = _labkit(found.get("metadata")).get("exercise")
    return Cell(found["cell_type"], whole(written), _text(found.get("id")), _text(exercise))


def _text(found: Any) -> str:
    return whole(found) if isinstance(found, str) else ""


def whole(text: str) -> str:
    """Return a text that can be written again: without halves of characters, with plain ends of lines."""
    return text.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")


def _recovered(text: str) -> Notebook:
    """The whole cells of a damaged file, in order."""
    decoder, cells, failures = json.JSONDecoder(), [], 0
    begin = _CELLS.search(text)
    place = begin.end() if begin else 0
    while failures < MOST_FAILURES and (candidate := _CELL_BEGINS.search(text, place)):
        try:
            found, place = decoder.raw_decode(text, candidate.start())
        except (ValueError, RecursionError):
            failures, place = failures + 1, candidate.end()
            continue
        if _is_cell(found):
            cells.append(_cell(found))
    if not cells:
        raise NotebookFileError(NO_NOTEBOOK)
    return Notebook(tuple(cells), {}, DAMAGED.fill(count=len(cells)))
