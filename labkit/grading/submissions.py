"""Who handed in which files: one folder per person, loose notebooks named after persons, or a mixture.

* A folder directly below the submissions is a person; every notebook in it, at any depth, is theirs.
* A loose notebook belongs to the person it is named after: its name without what names the lab (``3.3``,
  ``l03_beer_and_diapers``) and without marks of copies. If nothing else is left, the whole name is the person.
* Persons of the same name are one person, whether folder or file. Capitals, accents composed or not, make no difference.
* Hidden files, ``.ipynb_checkpoints``, links and empty folders are passed over.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from labkit.errors import LabkitError
from labkit.language import Text

MOST_FILES = 20_000
"""Files looked at in one folder of submissions; a disk chosen by mistake holds more."""
EXPORTS = {".json", ".jsonl"}
COPIES = re.compile(
    r"[\s_-]*(?:\(\d+\)|（\d+）|[-_ ]?(?:copy|副本|复制)\s*\(?\d*\)?|\.(?:mine|new)(?:-\d+)?)$", re.IGNORECASE
)
LAB_ID = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}(?![\d.])")
AT_THE_ENDS = " _-.,+·—"


@dataclass
class Person:
    """One trainee and what they handed in.

    Parameters
    ----------
    name : str
        As shown in the report.
    notebooks : list of Path
        In the order of their names.
    exports : list of Path
        Files that may hold their own log of progress.
    others : list of Path
        Files that are neither: named in the report, never opened.
    """

    name: str
    notebooks: list[Path] = field(default_factory=list)
    exports: list[Path] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)


def find_persons(folder: Path, lab_names: Sequence[str], report: Path | None = None) -> list[Person]:
    """Return everybody who handed in something, in the order of their names.

    Parameters
    ----------
    folder : Path
        The submissions.
    lab_names : sequence of str
        Names of the labs' files, ``l03_beer_and_diapers`` and ``beer_and_diapers``: no part of a person's name.
    report : Path, optional
        Where the report goes: no submission, should it lie among them.

    Raises
    ------
    LabkitError
        No such folder, nothing in it, or far too much.
    """
    if not folder.is_dir():
        raise _no_folder(folder)
    persons: dict[str, Person] = {}
    for entry, files in _entries(folder, report):
        for path in files:
            name = shown_name(entry if path.parent != folder else person_of_file(path, lab_names))
            _hand_in(persons.setdefault(name.casefold(), Person(name)), path)
    found = [person for person in persons.values() if person.notebooks or person.exports or person.others]
    if not any(person.notebooks for person in found):
        raise _nothing_in(folder)
    return sorted(found, key=lambda person: _in_order(person.name))


def _entries(folder: Path, report: Path | None) -> Iterator[tuple[str, list[Path]]]:
    """What stands directly in the folder, each with its files."""
    left = MOST_FILES
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if _passed_over(entry) or (report is not None and Path(entry.path).resolve() == report.resolve()):
            continue
        files = list(_files_below(entry, left))
        left -= len(files)
        if left <= 0:
            raise _too_many(folder)
        yield entry.name, files


def _files_below(entry: os.DirEntry[str], most: int) -> Iterator[Path]:
    waiting, seen = [entry], 0
    while waiting and seen < most:
        current = waiting.pop()
        if stat.S_ISREG(current.stat(follow_symlinks=False).st_mode):
            seen += 1
            yield Path(current.path)
        elif current.is_dir(follow_symlinks=False):
            try:
                inside = sorted(os.scandir(current), key=lambda entry: entry.name, reverse=True)
            except OSError:
                continue
            waiting += [inner for inner in inside if not _passed_over(inner)]


def _passed_over(entry: os.DirEntry[str]) -> bool:
    is_hidden = entry.name.startswith((".", "__"))
    return is_hidden or entry.is_symlink()


def _hand_in(person: Person, path: Path) -> None:
    ending = path.suffix.lower()
    kind = person.notebooks if ending == ".ipynb" else person.exports if ending in EXPORTS else person.others
    kind.append(path)


def person_of_file(path: Path, lab_names: Sequence[str]) -> str:
    """Return the person that a loose file is named after.

    ``Trainee 07 3.3.ipynb`` → ``Trainee 07``; ``l03_beer_and_diapers (2).ipynb`` → ``l03_beer_and_diapers (2)``.
    """
    name = path.stem
    for lab_name in sorted(lab_names, key=len, reverse=True):
        name = re.sub(re.escape(lab_name), " ", name, flags=re.IGNORECASE)
    name = LAB_ID.sub(" ", name).strip(AT_THE_ENDS)
    while (shorter := COPIES.sub("", name).strip(AT_THE_ENDS)) != name:
        name = shorter
    return re.sub(r"\s+", " ", name) or path.stem


def shown_name(name: str) -> str:
    """Return a file's name as text, also one written on a system with the old Chinese code page."""
    try:
        name.encode()
    except UnicodeEncodeError:
        name = os.fsencode(name).decode("gb18030", "replace")
    composed = unicodedata.normalize("NFC", name)
    return "".join(character if character.isprintable() else "\ufffd" for character in composed)


def shown_path(path: Path, folder: Path) -> str:
    """Return a file's place below the submissions, with forward slashes."""
    return "/".join(shown_name(part) for part in path.relative_to(folder).parts)


def _in_order(name: str) -> list[tuple[int, int, str]]:
    """``Trainee 2`` before ``Trainee 10``."""
    parts = re.split(r"(\d{1,15})", name.casefold())
    return [
        (0, int(part), "") if re.fullmatch(r"[0-9]{1,15}", part) else (1, 0, part) for part in parts if part
    ]


def _no_folder(folder: Path) -> LabkitError:
    return LabkitError(
        Text(f"There is no folder {folder}.", f"没有文件夹 {folder}。"),
        Text("The notebooks of the class are looked for there.", "全班的笔记本要从那里读取。"),
        Text(
            "Name the folder that holds them: labkit grade FOLDER",
            "请给出存放作业的文件夹：labkit grade 文件夹",
        ),
    )


def _nothing_in(folder: Path) -> LabkitError:
    return LabkitError(
        Text(f"The folder {folder} holds no notebooks.", f"文件夹 {folder} 里没有笔记本。"),
        Text(
            "Files that end in .ipynb are wanted: one folder per person, or loose files named after persons.",
            "需要扩展名为 .ipynb 的文件：每人一个子文件夹，或用人名命名的单个文件。",
        ),
        Text("If they are still in an archive, unpack it first.", "如果作业还在压缩包里，请先解压。"),
    )


def _too_many(folder: Path) -> LabkitError:
    return LabkitError(
        Text(
            f"The folder {folder} holds more than {MOST_FILES:,} files.",
            f"文件夹 {folder} 里的文件超过 {MOST_FILES:,} 个。",
        ),
        Text("That cannot be the homework of one class.", "这不像是一个班的作业。"),
        Text("Name the folder that holds the submissions alone.", "请指定只放作业的文件夹。"),
    )
