"""A jail: the processes of one submission, started, watched, and gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from labkit.grading.jail.confinement import confinement
from labkit.grading.jail.job import Incident, Job, Limits
from labkit.grading.jail.session import Session
from labkit.grading.jail.watch import Watch
from labkit.grading.jail.worker import Worker


class Jail:
    """The place where one submission is run, lab by lab. A context manager, to be left by the thread that entered it.

    Parameters
    ----------
    worlds : sequence of Path
        Folders of the worlds that its labs read; their ``data/`` is seen inside, their ``truth/`` is not.
    limits : Limits, optional
        How much the submission may take.

    Raises
    ------
    LabkitError
        From :meth:`session`, if the worker does not start.
    """

    def __init__(self, worlds: Sequence[Path], limits: Limits | None = None) -> None:
        self.worlds, self.limits = tuple(worlds), limits or Limits()
        self._incidents: list[Incident] = []
        self._worker: Worker | None = None

    def __enter__(self) -> Jail:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end_worker()

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """What the submission did or attempted so far."""
        return tuple(self._incidents)

    @contextmanager
    def session(self, job: Job) -> Iterator[Session]:
        """Run the cells of a lab, then be ready to answer; a jail has one session at a time.

        Nothing that the submission does raises here: of a session that was lost, ``cells`` says how far it came, and
        ``answer`` raises. A worker that lost its session is replaced for the next one.
        """
        if self._worker is None:
            self._worker = Worker(confinement(), self.worlds, self.limits)
        worker, ready = self._worker, False
        try:
            data = worker.data_folder(job.world)
            session = Session(worker.channel, job, data, self.limits, self._incidents.append)
            with Watch(worker, self.limits.resident, session.out_of_memory):
                session.run()
                yield session
                ready = session.end()
        finally:
            if not ready:
                self._end_worker()

    def _end_worker(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()
