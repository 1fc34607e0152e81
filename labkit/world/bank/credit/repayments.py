"""The table ``repayments``: the instalment plan of every loan, and what was paid by the end of 2025. First used in lab 2.12."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.world.bank.credit.decisions import outcome
from labkit.world.bank.credit.evidence import logistic, quality
from labkit.world.bank.credit.requests import application_ids, applied_on, requests
from labkit.world.block import Block
from labkit.world.calendar import AFTER_LAST_DAY

LAST_DUE_DAY = 28
LATE_LOG_ODDS, LATE_QUALITY_EFFECT = -2.4, -0.5
"""Of paying an instalment some days late, as people do who do not default."""
MOST_DAYS_LATE = 25


class Plan(NamedTuple):
    """Instalments of all loans, one element each, loan after loan."""

    loan: np.ndarray
    """Row of the application in the order of :func:`requests`."""
    number: np.ndarray
    """1 for the first."""
    due_fen: np.ndarray
    interest_fen: np.ndarray


def plan(block: Block) -> Plan:
    """Equal instalments; the last settles what rounding left over."""
    asked = block.of(requests)
    loans = np.flatnonzero(block.of(outcome).approved)
    loans = loans[np.argsort(block.of(application_ids)[loans])]
    term, instalment = (asked[name].to_numpy()[loans] for name in ("term_months", "instalment_fen"))
    left, rate = asked["amount_fen"].to_numpy()[loans], asked["rate_bps"].to_numpy()[loans]
    interest, principal = np.zeros((2, len(loans), int(term.max(initial=0))), dtype=np.int64)
    for month in range(interest.shape[1]):
        interest[:, month] = (left * rate + 60_000) // 120_000
        repaid = np.minimum(instalment - interest[:, month], left)
        principal[:, month] = np.where(month == term - 1, left, repaid)
        left = left - principal[:, month]
    row, before = np.nonzero(np.arange(interest.shape[1]) < term[:, None])
    return Plan(loans[row], before + 1, (interest + principal)[row, before], interest[row, before])


def due_on(block: Block) -> np.ndarray:
    """A month after the loan, and every month then, datetime64[D]."""
    each, day = block.of(plan), block.of(applied_on)
    month = day.astype("datetime64[M]")
    due_day = np.minimum((day - month).astype(np.int64), LAST_DUE_DAY - 1)
    return (month[each.loan] + each.number).astype("datetime64[D]") + due_day[each.loan]


def paid_on(block: Block) -> np.ndarray:
    """Day of payment, datetime64[D]; NaT where nothing was paid by the end of 2025."""
    each, due = block.of(plan), block.of(due_on)
    rng = block.rng("repayments", "paid_on")
    q = block.of(quality)[block.of(requests)["who"]][each.loan]
    is_late = rng.random(len(due)) < logistic(LATE_LOG_ODDS + LATE_QUALITY_EFFECT * q)
    days = rng.integers(1, MOST_DAYS_LATE + 1, len(due))
    paid = due + np.where(is_late, days, 0)
    unpaid = (each.number >= block.of(outcome).first_unpaid[each.loan]) | (paid >= AFTER_LAST_DAY)
    return np.where(unpaid, np.datetime64("NaT"), paid)


def repayments(block: Block) -> pd.DataFrame:
    """One row per instalment of a granted loan, due in the past or in the future."""
    each, paid = block.of(plan), block.of(paid_on)
    return pd.DataFrame(
        {
            "application_id": block.of(application_ids)[each.loan],
            "instalment": each.number,
            "due_on": block.of(due_on).astype("datetime64[ms]"),
            "due_fen": each.due_fen,
            "interest_fen": each.interest_fen,
            "paid_on": paid.astype("datetime64[ms]"),
            "paid_fen": np.where(np.isnat(paid), 0, each.due_fen),
        }
    )
