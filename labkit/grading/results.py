"""What was found out about one person, and where it is kept: one file each, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from labkit.language import Text

FORMAT = 1
FOLDER = "results"
OUR_NAME = re.compile(r".*-[0-9a-f]{10}\.(?:json|part)")

Status = Literal["right", "own_world", "wrong", "not_attempted", "not_judged"]


@dataclass(frozen=True)
class Outcome:
    """How one answer was judged.

    Parameters
    ----------
    exercise : str
        Its name.
    status : {"right", "own_world", "wrong", "not_attempted", "not_judged"}
        ``right`` on both worlds; ``own_world``: on the class's world alone; ``not_judged``: the official solution
        does not pass on this world, so nobody's answer is judged.
    mistake : str
        Name of the mistake: the exercise's own, or one of :data:`labkit.grading.words.OUR_MISTAKES`.
    message : Text
        What to say about it; empty for a right answer.
    official : bool
        Is the code the official solution, apart from layout and comments?
    claimed : bool
        Does the person's own export say that the solution was looked up?
    code : str
        What was written, without layout and comments; empty unless it can be compared with others'.
    """

    exercise: str
    status: Status
    mistake: str = ""
    message: Text = Text("", "")
    official: bool = False
    claimed: bool = False
    code: str = ""


@dataclass(frozen=True)
class LabOutcome:
    """What one notebook was worth.

    Parameters
    ----------
    lab_id, language, file : str
        Which lab, in which edition, from which file.
    outcomes : tuple of Outcome
        One for each exercise of the lab, in its order.
    damage : Text, optional
        What was wrong with the file.
    """

    lab_id: str
    language: str
    file: str
    outcomes: tuple[Outcome, ...]
    damage: Text | None = None


@dataclass(frozen=True)
class Happening:
    """Something that a submission did or attempted, as often as it did it in one lab.

    Parameters
    ----------
    kind : str
        As :class:`labkit.grading.jail.Incident` has it.
    lab_id, detail : str
        Where, and what exactly; the detail was written by the submission.
    held : bool
        Was the protection in force that makes it harmless?
    count : int
        How often.
    """

    kind: str
    lab_id: str
    detail: str
    held: bool
    count: int = 1


@dataclass(frozen=True)
class FileNote:
    """A file that was not graded, and why."""

    file: str
    reason: Text


@dataclass(frozen=True)
class PersonResult:
    """Everything about one person.

    Parameters
    ----------
    name : str
        As the report shows it.
    fingerprint : str
        Of all that the result depends on; another one means that the person is graded anew.
    labs : tuple of LabOutcome
        In the order of the course.
    happenings : tuple of Happening
        What the submission did or attempted.
    notes : tuple of FileNote
        Files that could not be read, or were not graded.
    seconds : float
        That grading took.
    """

    name: str
    fingerprint: str
    labs: tuple[LabOutcome, ...] = ()
    happenings: tuple[Happening, ...] = ()
    notes: tuple[FileNote, ...] = ()
    seconds: float = field(default=0.0, compare=False)


class ResultsStore:
    """The folder with one file per person.

    Parameters
    ----------
    report : Path
        Folder of the report; the results are in ``results/`` below it.
    """

    def __init__(self, report: Path) -> None:
        self.folder = report / FOLDER

    def save(self, result: PersonResult) -> Path:
        """Write a result beside, then rename: a reader, or a machine that fails, never finds half a file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.path_of(result.name)
        unfinished = path.with_suffix(".part")
        text = json.dumps({"format": FORMAT, **asdict(result)}, ensure_ascii=False, indent=1)
        unfinished.write_text(text + "\n", encoding="utf-8")
        unfinished.replace(path)
        return path

    def load(self, name: str, fingerprint: str) -> PersonResult | None:
        """Return what is known of a person; None if that was found out about something else, or is damaged."""
        try:
            result = _read(json.loads(self.path_of(name).read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        return result if (result.name, result.fingerprint) == (name, fingerprint) else None

    def remove(self, name: str) -> None:
        """Forget what is known of a person."""
        self.path_of(name).unlink(missing_ok=True)

    def keep_only(self, names: set[str]) -> None:
        """Remove the results of persons who are no longer among the submissions, and unfinished ones; nothing else."""
        kept = {self.path_of(name) for name in names}
        for path in [*self.folder.glob("*.json"), *self.folder.glob("*.part")]:
            if path not in kept and OUR_NAME.fullmatch(path.name):
                path.unlink(missing_ok=True)

    def path_of(self, name: str) -> Path:
        """A file name that every system takes: what is readable of the person's name, and a mark of all of it."""
        readable = re.sub(r"[^\w-]+", "_", name)[:40].strip("_")
        mark = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:10]
        return self.folder / f"{readable}-{mark}.json"


def _read(found: dict[str, Any]) -> PersonResult:
    if found["format"] != FORMAT:
        raise ValueError("another format")
    return PersonResult(
        name=str(found["name"]),
        fingerprint=str(found["fingerprint"]),
        labs=tuple(_lab(lab) for lab in found["labs"]),
        happenings=tuple(Happening(**each) for each in found["happenings"]),
        notes=tuple(FileNote(note["file"], Text(*note["reason"])) for note in found["notes"]),
        seconds=float(found["seconds"]),
    )


def _lab(found: dict[str, Any]) -> LabOutcome:
    outcomes = tuple(
        Outcome(**(outcome | {"message": Text(*outcome["message"])})) for outcome in found["outcomes"]
    )
    damage = Text(*found["damage"]) if found["damage"] else None
    return LabOutcome(found["lab_id"], found["language"], found["file"], outcomes, damage)
