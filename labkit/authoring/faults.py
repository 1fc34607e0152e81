"""What is wrong with a source: a fault that is reported, or an error that stops the build."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from labkit.errors import LabkitError
from labkit.language import Text

UNREADABLE = Text("{place}: the build cannot read this.", "{place}：构建程序读不懂这里。")
PLACE = Text("{file}, line {line}", "{file} 第 {line} 行")
CORRECT_IT = Text("Correct that line and build again.", "请改正这一行，然后重新构建。")


def shown_path(path: Path) -> str:
    """A path short enough for a message: from ``course`` (or an edition's folder) onwards."""
    for start in ("course", "notebooks", "solutions", "datasets"):
        if start in path.parts:
            at = len(path.parts) - 1 - path.parts[::-1].index(start)
            return Path(*path.parts[at:]).as_posix()
    return path.name


class SourceError(LabkitError):
    """A mistake in a lab's source that stops the build, with its place.

    Parameters
    ----------
    path : Path
        The file.
    line : int
        Line number, from 1.
    sentence : Text
        What is wrong there.
    do : Text, optional
        What to write instead.
    """

    def __init__(self, path: Path, line: int, sentence: Text, do: Text = CORRECT_IT) -> None:
        place = PLACE.fill(file=shown_path(path), line=line)
        super().__init__(UNREADABLE.fill(place=place), sentence, do)
        self.path, self.line = path, line


@dataclass(frozen=True)
class Fault:
    """One broken promise of a lab, found by a gate.

    Parameters
    ----------
    gate : str
        Name of the gate, e.g. ``"same_numbers"``.
    path : Path
        The file it was found in.
    line : int
        Line number, from 1.
    sentence : Text
        What is wrong, and what would be right.
    level : {"fault", "note"}
        A note tells the author something worth knowing and fails nothing.
    """

    gate: str
    path: Path
    line: int
    sentence: Text
    level: Literal["fault", "note"] = "fault"

    @property
    def message(self) -> Text:
        """Place and sentence on one line, in both languages."""
        place = f"{shown_path(self.path)}:{self.line}"
        return Text(
            f"{place}: {self.sentence.en} [{self.gate}]", f"{place}：{self.sentence.zh} [{self.gate}]"
        )

    def __str__(self) -> str:
        return str(self.message)
