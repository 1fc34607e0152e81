"""Grading a class: several persons at a time, each kept as soon as they are done, so that a run can be continued."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from labkit.errors import LabkitError
from labkit.grading.canonical import edition_path
from labkit.grading.grader import Grader, OpenJail, Unproven
from labkit.grading.intake import HandedIn, Submission
from labkit.grading.jail import Jail, Limits
from labkit.grading.notebook_file import read_notebook
from labkit.grading.results import FileNote, PersonResult, ResultsStore
from labkit.grading.trusted import Trusted, Which, fingerprint_of_grader, fingerprint_of_lab
from labkit.language import Text

OFFICIAL = "\0official solutions"
"""Name under which the official solutions are graded; no person can bear it."""
NOT_GRADED = Text(
    "Grading this person broke off ({error}). Run the command again; everybody else is kept.",
    "批改此人时中断（{error}）。请再运行一次命令，其他人的结果都已保留。",
)

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class ClassResult:
    """What came of a class.

    Parameters
    ----------
    persons : tuple of PersonResult
        Everybody who has been graded, in the order of the submissions.
    official : PersonResult
        The official solutions, graded the same way.
    waiting : tuple of str
        Names of those who are not graded yet, because the run was interrupted.
    """

    persons: tuple[PersonResult, ...]
    official: PersonResult
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClassGrading:
    """How a class is graded.

    Parameters
    ----------
    trusted : Trusted
        Worlds and checks.
    store : ResultsStore
        Where results are kept; whoever stands there unchanged is not graded again.
    limits : Limits
        How much a submission may take.
    jobs : int
        Persons at a time.
    open_jail : callable, optional
        See :class:`labkit.grading.grader.Grader`.
    """

    trusted: Trusted
    store: ResultsStore
    limits: Limits
    jobs: int = 1
    open_jail: OpenJail = Jail

    def grade(
        self,
        submissions: Sequence[Submission],
        labs: Sequence[str],
        progress: Progress = lambda done, total: None,
    ) -> ClassResult:
        """Grade everybody; Ctrl-C ends it after the persons who are being graded, and keeps what there is.

        Parameters
        ----------
        submissions : sequence of Submission
            The class.
        labs : sequence of str
            Ids of the labs that were handed in: their official solutions are graded first.
        progress : callable, optional
            ``progress(done, total)`` persons.
        """
        official = self._official(labs)
        unproven = Unproven(frozenset(_not_proven(official)))
        grader = Grader(self.trusted, self.limits, unproven, self.open_jail)
        done = self._everybody(grader, submissions, progress)
        self.store.keep_only({OFFICIAL, *(submission.name for submission in submissions)})
        return ClassResult(
            persons=tuple(done[each.name] for each in submissions if each.name in done),
            official=official,
            waiting=tuple(each.name for each in submissions if each.name not in done),
        )

    def _official(self, labs: Sequence[str]) -> PersonResult:
        """The official solutions by the same road: what they do not pass, nobody is judged on."""
        handed_in = tuple(
            HandedIn("", 0.0, lab_id, "en", read_notebook(edition_path("solutions", lab_id, "en")))
            for lab_id in labs
        )
        grader = Grader(self.trusted, self.limits, open_jail=self.open_jail)
        result = self._graded(grader, Submission(OFFICIAL, handed_in))
        if _not_proven(result):  # perhaps the machine was too busy: tried again by the next run
            self.store.remove(OFFICIAL)
        return result

    def _everybody(
        self, grader: Grader, submissions: Sequence[Submission], progress: Progress
    ) -> dict[str, PersonResult]:
        done: dict[str, PersonResult] = {}
        stopped = threading.Event()

        def one(submission: Submission) -> PersonResult | None:
            return None if stopped.is_set() else self._graded_or_noted(grader, submission)

        with ThreadPoolExecutor(self.jobs, "grading") as pool:
            left = {pool.submit(one, submission): submission for submission in submissions}
            progress(0, len(submissions))
            try:
                while left:
                    for finished in wait(left, return_when=FIRST_COMPLETED).done:
                        _take(finished, left.pop(finished), done)
                        progress(len(done), len(submissions))
            except KeyboardInterrupt:
                stopped.set()
                pool.shutdown(cancel_futures=True)
                for future, submission in left.items():
                    if not future.cancelled():
                        _take(future, submission, done)
            except BaseException:
                stopped.set()
                raise
        return done

    def _graded_or_noted(self, grader: Grader, submission: Submission) -> PersonResult:
        """A person's result; should the grader itself fail on somebody, a note, and the others go on.

        What fails for everybody has failed before, on the official solutions, and ended the run.
        """
        try:
            return self._graded(grader, submission)
        except Exception as error:
            told = error.what if isinstance(error, LabkitError) else f"{type(error).__name__}: {error}"[:300]
            reason = NOT_GRADED.fill(error=told)
            return PersonResult(submission.name, "", notes=(*submission.notes, FileNote("", reason)))

    def _graded(self, grader: Grader, submission: Submission) -> PersonResult:
        fingerprint = self._fingerprint(submission, grader.unproven)
        known = self.store.load(submission.name, fingerprint)
        if known is not None:
            return known
        result = grader.grade(submission, fingerprint)
        self.store.save(result)
        return result

    def _fingerprint(self, submission: Submission, unproven: Unproven) -> str:
        """Of everything that a person's result depends on."""
        depends_on = (
            [
                (handed_in.file, handed_in.content, handed_in.notebook.damage)
                for handed_in in submission.handed_in
            ],
            [fingerprint_of_lab(handed_in.lab_id) for handed_in in submission.handed_in],
            submission.notes,
            sorted(submission.claims),
            sorted(unproven.names),
            (self.trusted.scale, self.trusted.class_seeds, self.limits),
            fingerprint_of_grader(),
        )
        return hashlib.sha256(repr(depends_on).encode("utf-8", "surrogatepass")).hexdigest()


def _take(
    finished: Future[PersonResult | None], submission: Submission, done: dict[str, PersonResult]
) -> None:
    result = finished.result()
    if result is not None:
        done[submission.name] = result


def _not_proven(official: PersonResult) -> list[tuple[str, Which, str]]:
    """Lab, world and exercise where the official solution does not pass."""
    found: list[tuple[str, Which, str]] = []
    for lab in official.labs:
        for outcome in lab.outcomes:
            if outcome.status == "own_world":
                found.append((lab.lab_id, "other", outcome.exercise))
            elif outcome.status != "right":
                found += [(lab.lab_id, "class", outcome.exercise), (lab.lab_id, "other", outcome.exercise)]
    return found
