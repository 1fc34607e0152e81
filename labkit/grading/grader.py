"""Grading one person: their cells run in the jail, their answers are judged out here."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from labkit.exercises.verdict import Verdict
from labkit.grading.answer_code import normal_form
from labkit.grading.answer_keys import named_answer_keys
from labkit.grading.intake import HandedIn, Submission
from labkit.grading.jail import Incident, Jail, Job, JobCell, Limits, Session, SessionLost, protections
from labkit.grading.mistakes import LOST, OUR_MISTAKES
from labkit.grading.official import official_names
from labkit.grading.plan import Plan
from labkit.grading.results import Happening, LabOutcome, Outcome, PersonResult
from labkit.grading.trusted import WORLDS, Trusted, Which
from labkit.grading.words import HELD_BY
from labkit.language import Text

MOST_CODE = 20_000
"""Characters of an answer that are kept to compare it with others'."""
MOST_DETAIL = 200
ERROR_SHOWN = 160

OpenJail = Callable[[Sequence[Path], Limits], Jail]


@dataclass(frozen=True)
class Unproven:
    """Exercises whose official solution does not pass, by world: nobody is judged on them there.

    Parameters
    ----------
    names : frozenset of (str, str, str)
        Lab, world and exercise.
    """

    names: frozenset[tuple[str, Which, str]] = frozenset()

    def of(self, lab_id: str, which: Which) -> set[str]:
        """Names of a lab's unproven exercises on a world."""
        return {name for lab, world, name in self.names if (lab, world) == (lab_id, which)}


class Grader:
    """Grades one submission after another; may be used from several threads at once.

    Parameters
    ----------
    trusted : Trusted
        Data with truth, and checks.
    limits : Limits
        How much a submission may take.
    unproven : Unproven, optional
        What cannot be judged.
    open_jail : callable, optional
        Opens the place where a submission runs; tests that need no border open another.
    """

    def __init__(
        self,
        trusted: Trusted,
        limits: Limits,
        unproven: Unproven = Unproven(),
        open_jail: OpenJail = Jail,
    ) -> None:
        self.trusted, self.limits, self.unproven, self.open_jail = trusted, limits, unproven, open_jail

    def grade(self, submission: Submission, fingerprint: str) -> PersonResult:
        """Grade everything that one person handed in."""
        began = time.monotonic()
        labs, incidents = self._graded_labs(submission)
        return PersonResult(
            name=submission.name,
            fingerprint=fingerprint,
            labs=tuple(labs),
            happenings=_counted(incidents),
            notes=submission.notes,
            seconds=round(time.monotonic() - began, 2),
        )

    def _graded_labs(self, submission: Submission) -> tuple[list[LabOutcome], Sequence[Incident]]:
        if not any(handed_in.plan.attempted for handed_in in submission.handed_in):
            return [self._outcomes(handed_in, {}, {}, submission) for handed_in in submission.handed_in], ()
        lab_ids = [handed_in.lab_id for handed_in in submission.handed_in]
        worlds = {self.trusted.world(lab_id, which).folder for lab_id in lab_ids for which in WORLDS}
        with self.open_jail(sorted(worlds), self.limits) as jail:
            labs = [self._graded_lab(jail, handed_in, submission) for handed_in in submission.handed_in]
        return labs, [*jail.incidents, *_unheard(submission, jail.incidents)]

    def _graded_lab(self, jail: Jail, handed_in: HandedIn, submission: Submission) -> LabOutcome:
        """Judge all answers on the class's world, and what is right there on the other one too."""
        plan, lab_id = handed_in.plan, handed_in.lab_id
        no_proof = self.unproven.of(lab_id, "class")
        names = [name for name in plan.attempted if name not in no_proof]
        first = self._judged(jail, plan, "class", names)
        again = [name for name in names if first[name].status == "right"]
        again = [name for name in again if name not in self.unproven.of(lab_id, "other")]
        second = self._judged(jail, plan, "other", again)
        return self._outcomes(handed_in, first, second, submission)

    def _judged(self, jail: Jail, plan: Plan, which: Which, names: Sequence[str]) -> dict[str, Verdict]:
        """Judge answers on one world. What a lost session takes along is run again without its culprit."""
        judged: dict[str, Verdict] = {}
        while left := [name for name in names if name not in judged]:
            found = self._one_session(jail, plan, which, left)
            judged |= found
        return judged

    def _one_session(self, jail: Jail, plan: Plan, which: Which, names: Sequence[str]) -> dict[str, Verdict]:
        """Verdicts of one session, at least one; if it is lost, on its culprits and on what came before."""
        judged: dict[str, Verdict] = {}
        with jail.session(self._job(plan, which, names)) as session:
            for name in names:
                try:
                    judged[name] = self._one_answer(session, plan, which, name)
                except SessionLost as lost:
                    culprits = _culprits(session, plan, names) - judged.keys() or {name}
                    return judged | dict.fromkeys(culprits, _ours(LOST.get(lost.reason, "ended")))
        return judged

    def _job(self, plan: Plan, which: Which, names: Sequence[str]) -> Job:
        lab_id = plan.lab.lab_id
        return Job(
            lab_id=lab_id,
            language=plan.lab.language,
            world=self.trusted.world(lab_id, which).folder,
            scale=self.trusted.scale,
            seed=self.trusted.seed(lab_id, which),
            cells=tuple(JobCell(cell.id, cell.source) for cell in plan.needed_for(names)),
            exercises=tuple(plan.lab.exercises),
        )

    def _one_answer(self, session: Session, plan: Plan, which: Which, name: str) -> Verdict:
        verdict = self.trusted.judge(plan.lab.lab_id, which, name, session.answer(name))
        return _why_missing(session, plan, name) if verdict.status == "not_attempted" else verdict

    # ---- what is said ------------------------------------------------------------------------------

    def _outcomes(
        self,
        handed_in: HandedIn,
        first: dict[str, Verdict],
        second: dict[str, Verdict],
        submission: Submission,
    ) -> LabOutcome:
        plan, lab_id = handed_in.plan, handed_in.lab_id
        official = official_names(plan)
        no_proof = self.unproven.of(lab_id, "class")
        outcomes = [
            _outcome(
                name,
                None if name in no_proof and name in plan.attempted else first.get(name, NOTHING),
                second.get(name),
                is_official=name in official,
                is_claimed=(lab_id, name) in submission.claims,
                code=plan.code_of(name),
            )
            for name in plan.lab.exercises
        ]
        damage = handed_in.notebook.damage
        return LabOutcome(lab_id, plan.lab.language, handed_in.file, tuple(outcomes), damage)


NOTHING = Verdict("not_attempted")


def _outcome(
    name: str,
    first: Verdict | None,
    second: Verdict | None,
    *,
    is_official: bool,
    is_claimed: bool,
    code: str,
) -> Outcome:
    """What is kept of an answer's verdicts; ``first`` is None if nobody can be judged."""
    if first is None:
        return Outcome(name, "not_judged", claimed=is_claimed)
    if first.status == "not_attempted":
        return Outcome(name, "not_attempted", claimed=is_claimed)
    kept = "" if is_official or len(code) > MOST_CODE else normal_form(code)
    if first.status != "right":
        message = _plain(first.message)
        return Outcome(name, "wrong", first.mistake or "other", message, is_official, is_claimed, kept)
    if second is not None and second.status != "right":
        message = OUR_MISTAKES["own_world"]
        return Outcome(name, "own_world", "own_world", message, is_official, is_claimed, kept)
    return Outcome(name, "right", official=is_official, claimed=is_claimed, code=kept)


def _plain(message: Text) -> Text:
    """A message that can be written to a file, whatever the submission made its names of."""
    return Text(*(part.encode("utf-8", "replace").decode()[:2_000] for part in message))


def _ours(mistake: str, **values: object) -> Verdict:
    return Verdict("wrong", OUR_MISTAKES[mistake].fill(**values), mistake)


def _why_missing(session: Session, plan: Plan, name: str) -> Verdict:
    """Something was written and nothing came of it: why, judging by the cells that the answer needs."""
    needed = {cell.id for cell in plan.needed_for([name])}
    for cell in session.cells:
        if cell.id in needed and cell.status == "raised":
            return _ours("stopped", error=shortened(cell.error, ERROR_SHOWN))
        if cell.id in needed and cell.status in ("cut_off", "not_run"):
            return _ours("too_slow")
        if cell.id in needed and cell.status == "skipped":
            return _ours("waits")
    return _ours("no_name", name=name)


def _culprits(session: Session, plan: Plan, names: Sequence[str]) -> set[str]:
    """The answers that need the cell in which a session was lost."""
    cut = {cell.id for cell in session.cells if cell.status == "cut_off"}
    return {name for name in names if cut & {cell.id for cell in plan.needed_for([name])}}


def _unheard(submission: Submission, heard: Sequence[Incident]) -> list[Incident]:
    """Answer keys that cells which were run name, in labs where no attempt to open one was heard."""
    told = {incident.lab_id for incident in heard if incident.kind == "answer_key"}
    return [
        Incident("answer_key", handed_in.lab_id, "", named)
        for handed_in in submission.handed_in
        if handed_in.lab_id not in told
        for named in named_answer_keys(handed_in.plan.needed_for(handed_in.plan.attempted))
    ]


def _counted(incidents: Sequence[Incident]) -> tuple[Happening, ...]:
    """Incidents of one kind, lab and detail together, with whether this machine keeps them from doing harm."""
    counts = Counter((each.kind, each.lab_id, shortened(each.detail, MOST_DETAIL)) for each in incidents)
    in_force = {"always"} | {each.name for each in protections() if each.in_force} if counts else set()
    return tuple(
        Happening(*what, held=HELD_BY.get(what[0], "always") in in_force, count=count)
        for what, count in counts.items()
    )


def shortened(text: str, most: int) -> str:
    """Return a text in one line that can be written to a file, of at most so many characters."""
    line = " ".join(text.encode("utf-8", "replace").decode().split())
    printable = "".join(character if character.isprintable() else "\ufffd" for character in line)
    return printable if len(printable) <= most else f"{printable[: most - 1]}…"
