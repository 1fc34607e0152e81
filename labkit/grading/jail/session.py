"""One lab of one submission: its cells are run, then its answers are asked for."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Literal, get_args

from labkit.exercises.judge import MISSING
from labkit.grading.jail.channel import Channel, Deadline, Gone, Late
from labkit.grading.jail.job import CellOutcome, CellStatus, Incident, IncidentKind, Job, Limits
from labkit.grading.values import BadMessage, NotEncodable, decode, encode_whole, remote_error
from labkit.grading.values.stand_ins import one_line, unreadable

GRACE_SECONDS = 5.0
"""For what does not let itself be interrupted, beyond the time it had."""
MOST_INCIDENTS = 100
"""Told per session."""
LossReason = Literal["time", "memory", "ended", "nonsense"]


class SessionLost(BaseException):
    """The other side is gone, silent or talking nonsense; nothing more can be learnt from this session.

    Not an ``Exception``: :func:`labkit.exercises.judge.judge` takes those for errors of the answer, and a function
    that is being judged may be what loses the session. Catch it around ``judge``.

    Parameters
    ----------
    reason : {"time", "memory", "ended", "nonsense"}
        Why, for the verdict.
    """

    def __init__(self, reason: LossReason) -> None:
        super().__init__(reason)
        self.reason = reason


class NotAskable(BaseException):
    """The check asks a function with something that cannot cross the border, e.g. a drawn figure (lab 8.2, ``repair``).

    The exercise cannot be judged from outside: neither right nor wrong. The session goes on. Not an ``Exception``, for
    the reason that :class:`SessionLost` is none.
    """


class Session:
    """One lab on one world whose cells have been run, or cut off. Made by :meth:`labkit.grading.jail.Jail.session`.

    Parameters
    ----------
    channel : Channel
        To a worker that waits for a job.
    job : Job
        What it is to run.
    data : str
        Where the worker finds the world's data.
    limits : Limits
        How long to wait.
    tell : callable
        Told of every incident.

    Attributes
    ----------
    cells : tuple of CellOutcome
        One for each cell of the job, in its order.
    lost : str or None
        Why nothing more can be learnt; None as long as it answers.
    """

    def __init__(
        self, channel: Channel, job: Job, data: str, limits: Limits, tell: Callable[[Incident], None]
    ) -> None:
        self._channel, self._job, self._limits, self._tell = channel, job, limits, tell
        self._message = _as_message(job, data, limits)
        self._outcomes: dict[str, CellOutcome] = {}
        self._cell, self._incidents_left = "", MOST_INCIDENTS
        self._asking_left = limits.lab_seconds
        self.cells = tuple(CellOutcome(cell.id, "not_run") for cell in job.cells)
        self.lost: LossReason | None = None

    def run(self) -> None:
        """Run all cells; return when they have been run, or the session is lost."""
        self._channel.send(**self._message)
        try:
            self._follow()
        except SessionLost:
            if self._cell and self._cell not in self._outcomes:
                self._outcomes[self._cell] = CellOutcome(self._cell, "cut_off")
        self._cell = ""
        self.cells = tuple(self._outcomes.get(cell.id, cell) for cell in self.cells)

    def answer(self, name: str) -> Any:
        """Return the value of a variable, as far as it can cross the border safely.

        A function comes as a callable that asks the other side. A name that does not exist is
        :data:`labkit.exercises.judge.MISSING`; a stub is ``...``. What cannot cross is an
        :class:`labkit.grading.values.Unreadable` whose class bears the name of the value's kind.

        Raises
        ------
        SessionLost
            If the other side is gone; also from a callable that was returned.
        NotAskable
            From such a callable, if an argument cannot cross.
        """
        return self._asked(do="answer", name=name)

    def end(self) -> bool:
        """Say good-bye; return whether the worker is ready for another job."""
        if self.lost is not None:
            return False
        self._channel.send(do="end")
        try:
            while self._received(GRACE_SECONDS)["kind"] != "ended":
                pass
        except SessionLost:
            return False
        return True

    def out_of_memory(self, held: int) -> None:
        """Note that the submission is being ended because its processes hold too much, in bytes."""
        self.lost = "memory"
        self._incident("memory", f"{held / 2**30:.1f} GiB")

    # ---- cells --------------------------------------------------------------------------------

    def _follow(self) -> None:
        lab = Deadline(self._limits.lab_seconds + GRACE_SECONDS)
        cell = Deadline(GRACE_SECONDS + self._limits.cell_seconds)
        known = {each.id for each in self._job.cells}
        while True:
            message = self._received(min(lab.left, cell.left))
            kind, cell_id = message["kind"], message.get("cell")
            if kind == "ready":
                return
            if kind == "ended":
                raise self._lost("ended")
            if cell_id not in known or kind not in {"began", "cell"}:
                raise self._lost("nonsense")
            cell = Deadline(GRACE_SECONDS + self._limits.cell_seconds)
            if kind == "began":
                self._cell = cell_id
            else:
                self._outcomes[cell_id] = outcome = _outcome(message)
                self._note_outcome(outcome)

    def _note_outcome(self, outcome: CellOutcome) -> None:
        if outcome.status == "cut_off":
            self._incident("time", f"{outcome.seconds:.0f} s")
        elif outcome.status == "raised" and outcome.error.split(":")[0] in {
            "MemoryError",
            "_ArrayMemoryError",
        }:
            self._incident("memory", outcome.error)

    # ---- questions ----------------------------------------------------------------------------

    def _asked(self, **question: Any) -> Any:
        if self.lost is not None:
            raise SessionLost(self.lost)
        began = time.monotonic()
        self._channel.send(**question)
        reply = self._received(min(self._limits.call_seconds + GRACE_SECONDS, self._asking_left))
        self._asking_left -= time.monotonic() - began
        if reply["kind"] == "missing":
            return MISSING
        if reply["kind"] == "raised":
            error = str(reply.get("error"))
            if error == "TookTooLong":
                self._incident("time", str(question.get("name") or "call"))
            raise remote_error(error, str(reply.get("line")))
        if reply["kind"] != "value" or type(reply.get("value")) is not bytes:
            raise self._lost("ended" if reply["kind"] == "ended" else "nonsense")
        try:
            return decode(reply["value"], ask=self._called)
        except BadMessage:
            return unreadable(str(reply.get("of")))

    def _called(self, number: int, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        try:
            sent = encode_whole((arguments, named), max_bytes=self._limits.message_bytes)
        except NotEncodable:
            raise NotAskable from None
        return self._asked(do="call", function=number, arguments=sent)

    # ---- messages -----------------------------------------------------------------------------

    def _received(self, seconds: float) -> dict[str, Any]:
        """The next message that is not an incident."""
        deadline = Deadline(seconds)
        while True:
            try:
                message = self._channel.receive(deadline.left)
            except Late:
                raise self._lost("time") from None
            except Gone as gone:
                raise self._lost("nonsense" if gone.nonsense else "ended") from None
            if message["kind"] != "incident":
                return message
            if message.get("incident") not in get_args(IncidentKind):
                raise self._lost("nonsense")
            self._incident(message["incident"], one_line(str(message.get("detail"))))

    def _lost(self, reason: LossReason) -> SessionLost:
        if self.lost is None:
            self.lost = reason
            self._incident("time" if reason == "time" else "lost", reason)
        return SessionLost(self.lost)

    def _incident(self, kind: IncidentKind, detail: str) -> None:
        self._incidents_left -= 1
        if self._incidents_left >= 0:
            self._tell(Incident(kind, self._job.lab_id, self._cell, detail))


def _as_message(job: Job, data: str, limits: Limits) -> dict[str, Any]:
    from labkit.store.manifest import read_manifest

    manifest = read_manifest(job.world)
    assert manifest is not None
    return {
        "lab_id": job.lab_id,
        "language": job.language,
        "data": data,
        "scale": job.scale,
        "seed": job.seed,
        "customers": manifest.customers,
        "exercises": list(job.exercises),
        "cells": [{"id": cell.id, "source": cell.source} for cell in job.cells],
        "limits": {
            name: getattr(limits, name)
            for name in ("cell_seconds", "call_seconds", "cpu_seconds", "output_characters", "message_bytes")
        },
    }


def _outcome(message: dict[str, Any]) -> CellOutcome:
    status: Any = message.get("status")
    return CellOutcome(
        str(message["cell"]),
        status if status in get_args(CellStatus) else "raised",
        one_line(str(message.get("error", ""))),
        float(message["seconds"]) if type(message.get("seconds")) is float else 0.0,
    )
