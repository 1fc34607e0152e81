"""From a person's files to the notebooks that are graded: one per lab, each laid out as a plan."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from labkit.grading.canonical import canonical_lab
from labkit.grading.claims import claimed_lookups
from labkit.grading.notebook_file import Notebook, NotebookFileError, read_notebook
from labkit.grading.plan import Plan, make_plan
from labkit.grading.recognising import lab_names, lab_of, language_of
from labkit.grading.results import FileNote
from labkit.grading.submissions import Person, find_persons, shown_path
from labkit.language import Language, Text

NOT_A_LAB = Text("It is none of the labs of this course.", "不是本课程的实验。")
NOT_A_NOTEBOOK = Text("It is no notebook and was not opened.", "不是笔记本文件，没有打开。")
ANOTHER_ONE = Text(
    "Another notebook of lab {lab} holds more answers: {file}.",
    "实验 {lab} 另有一份作答更多的笔记本：{file}。",
)
THE_SAME = Text("It says the same as {file}.", "内容与 {file} 相同。")
MOST_OTHERS = 20
"""Files of one person that are named as no notebooks; a whole data set may lie beside one."""


@dataclass(frozen=True)
class HandedIn:
    """A notebook that is graded.

    Parameters
    ----------
    file : str
        Its place below the submissions.
    modified : float
        When the file was last written, seconds since 1970.
    lab_id, language : str
        Which lab, in which edition.
    notebook : Notebook
        What it holds.
    """

    file: str
    modified: float
    lab_id: str
    language: Language
    notebook: Notebook

    @functools.cached_property
    def plan(self) -> Plan:
        """Which of its cells are run."""
        return make_plan(canonical_lab(self.lab_id, self.language), self.notebook.cells)

    @property
    def content(self) -> str:
        """Fingerprint of what was written, whatever the outputs."""
        written = [(cell.kind, cell.id, cell.exercise, cell.source) for cell in self.notebook.cells]
        return hashlib.sha256(repr((self.lab_id, self.language, written)).encode()).hexdigest()


@dataclass(frozen=True)
class Submission:
    """One person's notebooks, at most one for each lab, in the order of the course.

    Parameters
    ----------
    name : str
        The person.
    handed_in : tuple of HandedIn
        What is graded.
    notes : tuple of FileNote
        What is not, and why.
    claims : frozenset of (str, str)
        Lab and exercise of solutions that, by the person's own account, were looked up.
    """

    name: str
    handed_in: tuple[HandedIn, ...]
    notes: tuple[FileNote, ...] = ()
    claims: frozenset[tuple[str, str]] = frozenset()


def read_class(
    folder: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
    report: Path | None = None,
) -> list[Submission]:
    """Read everybody's notebooks; nothing is run.

    Parameters
    ----------
    folder : Path
        The submissions, see :mod:`labkit.grading.submissions`.
    progress : callable, optional
        ``progress(done, total)`` persons.
    report : Path, optional
        Where the report goes: no submission.

    Raises
    ------
    LabkitError
        The folder is missing, empty, or far too large.
    """
    persons = find_persons(folder, lab_names(), report)
    submissions = []
    for number, person in enumerate(persons):
        progress(number, len(persons))
        submissions.append(read_person(person, folder))
    progress(len(persons), len(persons))
    return submissions


def read_person(person: Person, folder: Path) -> Submission:
    """Read one person's files; whatever is wrong with one becomes a note."""
    notes = [FileNote(shown_path(path, folder), NOT_A_NOTEBOOK) for path in person.others[:MOST_OTHERS]]
    by_lab: dict[str, list[HandedIn]] = {}
    for path in person.notebooks:
        found = _read(path, shown_path(path, folder))
        if isinstance(found, FileNote):
            notes.append(found)
        else:
            by_lab.setdefault(found.lab_id, []).append(found)
    chosen = []
    for several in by_lab.values():
        best = max(several, key=_merit)
        chosen.append(best)
        notes += [_why_not(other, best) for other in several if other is not best]
    chosen.sort(key=lambda handed_in: tuple(map(int, handed_in.lab_id.split("."))))
    return Submission(person.name, tuple(chosen), tuple(notes), frozenset(claimed_lookups(person.exports)))


def _read(path: Path, file: str) -> HandedIn | FileNote:
    try:
        notebook = read_notebook(path)
        modified = path.stat().st_mtime
    except NotebookFileError as unreadable:
        return FileNote(file, unreadable.reason)
    except OSError as error:
        return FileNote(file, Text(str(error.strerror), str(error.strerror)))
    lab_id = lab_of(notebook, file)
    if lab_id is None:
        return FileNote(file, NOT_A_LAB)
    return HandedIn(file, modified, lab_id, language_of(notebook), notebook)


def _merit(handed_in: HandedIn) -> tuple[int, float, str]:
    """Of several notebooks of one lab, the one with the most answers counts; then the one written last."""
    return len(handed_in.plan.attempted), handed_in.modified, handed_in.file


def _why_not(other: HandedIn, best: HandedIn) -> FileNote:
    if other.content == best.content:
        return FileNote(other.file, THE_SAME.fill(file=best.file))
    return FileNote(other.file, ANOTHER_ONE.fill(lab=other.lab_id, file=best.file))


def labs_of(submissions: Sequence[Submission]) -> list[str]:
    """Ids of the labs that were handed in, in the order of the course."""
    found = {handed_in.lab_id for submission in submissions for handed_in in submission.handed_in}
    return sorted(found, key=lambda lab_id: tuple(map(int, lab_id.split("."))))
