"""What the credit bureau knows of an applicant; of some it knows nothing. First used in lab 2.12."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from labkit.world.bank.credit.evidence import Count, Score, logistic, quality
from labkit.world.bank.credit.requests import applied_on, is_thin_file, requests
from labkit.world.bank.customers import customer_people
from labkit.world.block import Block

NO_CARD_SHARE = 0.12

CARD_UTILISATION = Score(-1.0)
ENQUIRIES = Count(1.6, -0.60)
LATE_PAYMENTS = Count(0.5, -1.10)
"""The three that speak of quality. All others say nothing, or nothing more."""
LATE_PAYMENTS_SPAN = 36
"""Months before 2024 in which the last of them lies."""
SERIOUSLY_LATE_SHARE = 0.22
OPEN_LOANS_MEAN, NEW_ACCOUNTS_MEAN, GUARANTEES_MEAN = 0.9, 0.6, 0.15
CARD_LIMIT_MONTHS_OF_INCOME, CARD_LIMIT_SIGMA = 3.0, 0.5
LOAN_MONTHS_OF_INCOME, LOAN_SIGMA = 5.0, 0.5
LOAN_PAYMENT_SHARE = 0.045
"""Of a loan's remaining debt, per month."""


class Record(NamedTuple):
    """The bureau's answers, one element per application; what it says of a thin file means nothing."""

    columns: dict[str, np.ndarray]
    """Values by name of column, before the bank's own loans are added."""
    known: dict[str, np.ndarray]
    """Where a column has a value at all, bool, for columns that may be missing though there is a record."""
    log_likelihood: np.ndarray
    """Of the whole record at each point of the grid, shape (applications, points); 0 for thin files."""


def record(block: Block) -> Record:
    """What the bureau would answer to each application."""
    late, late_evidence = _late_payments(block)
    cards, has_card, cards_evidence = _cards(block)
    enquiries = ENQUIRIES.draw(_rng(block, "enquiries_6m"), _quality(block))
    evidence = late_evidence + cards_evidence + ENQUIRIES.log_likelihood(enquiries)
    thin = block.of(is_thin_file)[block.of(requests)["who"]]
    evidence[thin] = 0.0
    known = {"card_limit_fen": has_card, "card_utilisation": has_card}
    known["months_since_late"] = late["late_payments_60m"] > 0
    columns = {**_accounts(block), **cards, "enquiries_6m": enquiries, **late}
    return Record(columns, known, evidence)


def _quality(block: Block) -> np.ndarray:
    return block.of(quality)[block.of(requests)["who"]]


def months_since_start(block: Block) -> np.ndarray:
    """Month of each application, 0 for January 2024."""
    month = block.of(applied_on).astype("datetime64[M]")
    return (month - np.datetime64("2024-01")).astype(np.int64)


def _accounts(block: Block) -> dict[str, np.ndarray]:
    """Age of the file, loans of other banks, and loans the applicant guarantees for others."""
    who, person = block.of(requests)["who"].to_numpy(), block.of(customer_people)
    income = person["income_fen"].to_numpy()[who]
    loans = _rng(block, "open_loans").poisson(OPEN_LOANS_MEAN, len(who))
    size = LOAN_MONTHS_OF_INCOME * _rng(block, "loan_debt_fen").lognormal(0.0, LOAN_SIGMA, len(who))
    debt = np.rint(loans * income * size / 10_000).astype(np.int64) * 10_000
    return {
        "oldest_account_months": block.of(_file_age)[who] + block.of(months_since_start),
        "open_loans": loans,
        "loan_debt_fen": debt,
        "monthly_payment_fen": np.rint(debt * LOAN_PAYMENT_SHARE / 100).astype(np.int64) * 100,
        "guarantees": _rng(block, "guarantees").poisson(GUARANTEES_MEAN, len(who)),
        "new_accounts_12m": _rng(block, "new_accounts_12m").poisson(NEW_ACCOUNTS_MEAN, len(who)),
    }


def _file_age(block: Block) -> np.ndarray:
    """Months from each customer's first account to the beginning of 2024, int64; nobody had one before 18."""
    age = block.of(customer_people)["age"].to_numpy() - 2
    share = _rng(block, "oldest_account_months").integers(25, 101, len(age)) / 100
    return np.rint((age - 18).clip(1) * 12 * share).astype(np.int64)


def _cards(block: Block) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]:
    """Credit cards: a limit per person, its use at each application; not everybody has one."""
    who, income = block.of(requests)["who"].to_numpy(), block.of(customer_people)["income_fen"].to_numpy()
    has_card = (_rng(block, "card").random(len(income)) >= NO_CARD_SHARE)[who]
    factor = _rng(block, "card_limit_fen").lognormal(0.0, CARD_LIMIT_SIGMA, len(income))
    limit = np.rint(income * CARD_LIMIT_MONTHS_OF_INCOME * factor / 100_000).clip(1).astype(np.int64)
    used = CARD_UTILISATION.draw(_rng(block, "card_utilisation"), _quality(block))
    columns = {
        "card_limit_fen": limit[who] * 100_000,
        "card_utilisation": np.rint(100 * logistic(used - 0.4)) / 100,
    }
    return columns, has_card, CARD_UTILISATION.log_likelihood(used) * has_card[:, None]


def _late_payments(block: Block) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Late payments of the last five years: facts of a person, which a second application finds again."""
    who = block.of(requests)["who"].to_numpy()
    late = LATE_PAYMENTS.draw(_rng(block, "late_payments_60m"), block.of(quality))
    uniform = _rng(block, "seriously_late_60m").random((len(late), int(late.max(initial=0))))
    serious = (uniform < SERIOUSLY_LATE_SHARE) & (np.arange(uniform.shape[1]) < late[:, None])
    span = np.minimum(block.of(_file_age), LATE_PAYMENTS_SPAN)
    last = (_rng(block, "months_since_late").random(len(late)) * span).astype(np.int64)
    columns = {
        "late_payments_60m": late[who],
        "seriously_late_60m": serious.sum(axis=1)[who],
        "months_since_late": last[who] + block.of(months_since_start),
    }
    return columns, LATE_PAYMENTS.log_likelihood(late)[who]


def _rng(block: Block, column: str) -> np.random.Generator:
    return block.rng("credit_applications", column)
