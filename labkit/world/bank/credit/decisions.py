"""What the bank decided on each application by its old rules, and whether the borrower defaults.

A second application meets what became of the first: a running loan adds to the burden, and arrears close the door. So
everything is worked out twice; the first time shows the outcome of the first applications.
First used in lab 2.12.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from labkit.world.bank.credit.bureau import record
from labkit.world.bank.credit.requests import applied_on, requests
from labkit.world.bank.credit.risk import (
    MILLION,
    burden,
    default_per_million,
    thin_applications,
    visible_log_odds,
)
from labkit.world.block import Block
from labkit.world.draws import pick

REASONS = ("arrears", "late_payments", "enquiries", "burden", "thin_file")
MOST_LATE, MOST_SERIOUSLY_LATE, MOST_ENQUIRIES = 4, 1, 6
LARGEST_BURDEN, LARGEST_BURDEN_THIN_FILE = 0.90, 0.35
TEST_SHARE = 0.06
"""Drawn from all applicants and granted a loan whatever the rules say, so that the bank learns."""
FIRST_UNPAID_SHARES = (0.10, 0.14, 0.20, 0.20, 0.19, 0.17)
"""How often the first, ..., sixth instalment is the first that a defaulter leaves unpaid."""
LATER_DEFAULT_SHARE = 0.3
"""Of the probability of default: loans that go bad only after their sixth instalment."""
NEVER = 999


class Loans(NamedTuple):
    """What a second application owes to the first: the loan that is running, 0 without one, and the enquiry."""

    payment_fen: np.ndarray
    debt_fen: np.ndarray
    new_12m: np.ndarray
    enquiries_6m: np.ndarray
    in_arrears: np.ndarray
    """bool."""


class Outcome(NamedTuple):
    """One element per application in each array."""

    own: Loans
    visible: np.ndarray
    """Log-odds of default at middling quality."""
    per_million: np.ndarray
    """True probability of default, in millionths."""
    defaults: np.ndarray
    """Whether one of the first six instalments would stay unpaid, bool, also where no loan was granted."""
    first_unpaid: np.ndarray
    """Number of the first instalment that is never paid; :data:`NEVER` where all are."""
    reason: np.ndarray
    """Position in :data:`REASONS` of the rule that speaks against; -1 if none does."""
    approved: np.ndarray
    is_test: np.ndarray


def outcome(block: Block) -> Outcome:
    """Decision and fate of every application."""
    count = len(block.of(requests))
    nothing = np.zeros(count, dtype=np.int64)
    first = _outcome(block, Loans(nothing, nothing, nothing, nothing, np.zeros(count, dtype=bool)))
    return _outcome(block, _own_loans(block, first))


def _outcome(block: Block, own: Loans) -> Outcome:
    asked = block.of(requests)
    load = burden(block, own.payment_fen)
    visible = visible_log_odds(block, load)
    per_million = default_per_million(block, visible)
    defaults = block.rng("repayments", "defaults").integers(0, MILLION, len(asked)) < per_million
    reason = _reason(block, own, load)
    is_test = block.rng("credit_applications", "is_test").random(len(asked)) < TEST_SHARE
    approved = (reason < 0) | (is_test & (reason > 0))
    first_unpaid = _first_unpaid(block, defaults, per_million)
    return Outcome(own, visible, per_million, defaults, first_unpaid, reason, approved, is_test & approved)


def _reason(block: Block, own: Loans, load: np.ndarray) -> np.ndarray:
    """The first rule that each application breaks."""
    thin, columns = block.of(thin_applications), block.of(record).columns
    late = columns["late_payments_60m"] > MOST_LATE
    late |= columns["seriously_late_60m"] > MOST_SERIOUSLY_LATE
    broken = [
        own.in_arrears,
        ~thin & late,
        ~thin & (columns["enquiries_6m"] + own.enquiries_6m > MOST_ENQUIRIES),
        load > LARGEST_BURDEN,
        thin & (load > LARGEST_BURDEN_THIN_FILE),
    ]
    return np.select(broken, list(range(len(REASONS))), -1)


def _first_unpaid(block: Block, defaults: np.ndarray, per_million: np.ndarray) -> np.ndarray:
    """Number of the first instalment of each loan that is never paid; :data:`NEVER` where all are."""
    term, six = block.of(requests)["term_months"].to_numpy(), len(FIRST_UNPAID_SHARES)
    uniform = block.rng("repayments", "first_unpaid").random(len(term))
    soon = pick(np.arange(1, six + 1), FIRST_UNPAID_SHARES, uniform)
    later = six + 1 + (uniform * (term - six)).astype(np.int64)
    chance = block.rng("repayments", "later_default").integers(0, MILLION, len(term))
    is_later = (chance < LATER_DEFAULT_SHARE * per_million) & (term > six)
    return np.select([defaults, is_later], [soon, later], NEVER)


def _own_loans(block: Block, first: Outcome) -> Loans:
    """What second applications find of the first, which stand in the row above them."""
    asked, day = block.of(requests), block.of(applied_on)
    above = np.maximum(np.arange(len(asked)) - 1, 0)
    again = asked["again"].to_numpy()
    month = day.astype("datetime64[M]").astype(np.int64)
    paid = month - month[above]
    days = (day - day[above]).astype(np.int64)
    term = asked["term_months"].to_numpy()[above]
    granted = again & first.approved[above]
    in_arrears = granted & (days > 31 * first.first_unpaid[above] + 1)
    running = granted & ((paid < term) | in_arrears)
    amount = asked["amount_fen"].to_numpy()[above]
    left = amount * (term - paid).clip(0) // term
    return Loans(
        payment_fen=np.where(running, asked["instalment_fen"].to_numpy()[above], 0),
        debt_fen=np.where(running, left, 0),
        new_12m=(granted & (days <= 365)).astype(np.int64),
        enquiries_6m=(again & (days <= 183)).astype(np.int64),
        in_arrears=in_arrears,
    )
