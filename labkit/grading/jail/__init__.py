"""Somebody else's code, run where it can reach nothing: one :class:`Jail` per submission, one session per lab.

>>> with Jail([world.folder]) as jail:                          # the submission of one person
...     with jail.session(job) as session:                      # one lab on one world: its cells have been run
...         verdict = judge(exercise, session.answer(exercise.name), given)
...     incidents = jail.incidents

What crosses the border is encoded by :mod:`labkit.grading.values`, never pickled. What runs on the other side is
:mod:`labkit.grading.inside`. What holds the code back on this machine, and what does not, is told by
:func:`protections`.
"""

from labkit.grading.jail.jail import Jail
from labkit.grading.jail.job import CellOutcome, Incident, Job, JobCell, Limits
from labkit.grading.jail.protections import Protection, protections
from labkit.grading.jail.session import NotAskable, Session, SessionLost

__all__ = [
    "CellOutcome",
    "Incident",
    "Jail",
    "Job",
    "JobCell",
    "Limits",
    "NotAskable",
    "Protection",
    "Session",
    "SessionLost",
    "protections",
]
