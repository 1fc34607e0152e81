"""What an applicant's payments, purchases and contacts say where the credit bureau is silent.

Twelve attributes in the five dimensions of a behavioural score: identity, ability to pay, credit history, behaviour,
connections. First used in lab 2.12.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.world.bank.credit.bureau import months_since_start
from labkit.world.bank.credit.evidence import Count, Hits, Score, logistic, quality
from labkit.world.bank.credit.requests import application_ids, requests
from labkit.world.bank.customers import customer_people
from labkit.world.bank.wallet.habits import (
    BALANCE,
    NIGHT,
    TENURE,
    balance_score,
    night_score,
    night_share,
    tenure_at_start,
    tenure_score,
    usual_balance_fen,
)
from labkit.world.block import Block

PHONE_TENURE = Score(0.45)
LONGEST_PHONE_MONTHS = 96
ADDRESS_CHANGES = Count(0.5, -0.30)
INCOME_MONTHS = Hits(6, 1.1, 0.35)
UTILITY_ON_TIME = Hits(12, 1.9, 0.80)
OWN_CONTRACT_SHARE = 0.75
"""Bills are in the name of these people; the others live with family or with a landlord."""
LATE_RETURNS = Count(0.5, -0.50)
GAME_SPENDING = Score(-0.25)
CONTACTS_LATE = Score(-0.45)
CONTACTS_MEAN = 60
SPENDING_SHARE_OF_INCOME, SPENDING_SIGMA = 0.35, 0.5
"""Spending and the number of contacts say nothing about quality."""


class Behaviour(NamedTuple):
    """One dimension: values by name of column, and what they say about quality, (applications, points)."""

    columns: dict[str, np.ndarray]
    log_likelihood: np.ndarray


def identity(block: Block) -> Behaviour:
    """How long the phone number has been the same, and how often the address changed."""
    who, q = block.of(requests)["who"].to_numpy(), block.of(quality)
    phone = PHONE_TENURE.draw(_rng(block, "phone_tenure_months"), q)
    moves = ADDRESS_CHANGES.draw(_rng(block, "address_changes_24m"), q[who])
    at_start = np.rint(LONGEST_PHONE_MONTHS * logistic(phone - 0.3)).astype(np.int64)[who]
    columns = {
        "phone_tenure_months": at_start + block.of(months_since_start),
        "address_changes_24m": moves,
    }
    return Behaviour(columns, PHONE_TENURE.log_likelihood(phone[who]) + ADDRESS_CHANGES.log_likelihood(moves))


def ability(block: Block) -> Behaviour:
    """Whether an income comes every month, and what stays in the wallet."""
    who, q = block.of(requests)["who"].to_numpy(), block.of(quality)
    seen = np.full(len(who), INCOME_MONTHS.trials)
    months = INCOME_MONTHS.draw(_rng(block, "income_months_6m"), q[who], seen)
    columns = {
        "income_months_6m": months,
        "average_balance_fen": np.rint(block.of(usual_balance_fen)).astype(np.int64)[who],
    }
    evidence = INCOME_MONTHS.log_likelihood(months, seen)
    return Behaviour(columns, evidence + BALANCE.log_likelihood(block.of(balance_score)[who]))


def history(block: Block) -> Behaviour:
    """Bills of water, power and gas paid on time; borrowed things brought back late; age of the wallet."""
    who, q = block.of(requests)["who"].to_numpy(), block.of(quality)
    own = _rng(block, "own_contract").random(len(q)) < OWN_CONTRACT_SHARE
    bills = np.where(own, UTILITY_ON_TIME.trials, 0)[who]
    on_time = UTILITY_ON_TIME.draw(_rng(block, "utility_on_time_share"), q[who], bills)
    late = LATE_RETURNS.draw(_rng(block, "late_returns_12m"), q[who])
    share = np.rint(1_000 * on_time / UTILITY_ON_TIME.trials) / 1_000
    columns = {
        "utility_on_time_share": np.where(bills > 0, share, np.nan),
        "late_returns_12m": late,
        "wallet_tenure_months": block.of(tenure_at_start)[who] + block.of(months_since_start),
    }
    evidence = UTILITY_ON_TIME.log_likelihood(on_time, bills) + LATE_RETURNS.log_likelihood(late)
    return Behaviour(columns, evidence + TENURE.log_likelihood(block.of(tenure_score)[who]))


def spending(block: Block) -> Behaviour:
    """How much is spent in shops, how much of it at night and on games."""
    who, q = block.of(requests)["who"].to_numpy(), block.of(quality)
    income = block.of(customer_people)["income_fen"].to_numpy()[who]
    factor = _rng(block, "monthly_spending_fen").lognormal(0.0, SPENDING_SIGMA, len(who))
    games = GAME_SPENDING.draw(_rng(block, "game_share"), q[who])
    columns = {
        "monthly_spending_fen": np.rint(income * SPENDING_SHARE_OF_INCOME * factor).astype(np.int64),
        "night_share": block.of(night_share)[who] / 1_000,
        "game_share": np.rint(1_000 * logistic(games - 3.0)) / 1_000,
    }
    evidence = NIGHT.log_likelihood(block.of(night_score)[who])
    return Behaviour(columns, evidence + GAME_SPENDING.log_likelihood(games))


def connections(block: Block) -> Behaviour:
    """How many people the applicant sends money to and receives it from, and how many of them pay late."""
    who, q = block.of(requests)["who"].to_numpy(), block.of(quality)
    late = CONTACTS_LATE.draw(_rng(block, "contacts_late_share"), q[who])
    columns = {
        "contacts": _rng(block, "contacts").poisson(CONTACTS_MEAN, len(who)),
        "contacts_late_share": np.rint(1_000 * logistic(0.5 * late - 2.5)) / 1_000,
    }
    return Behaviour(columns, CONTACTS_LATE.log_likelihood(late))


DIMENSIONS = (identity, ability, history, spending, connections)


def log_likelihood(block: Block) -> np.ndarray:
    """What all twelve attributes say about quality, shape (applications, points of the grid)."""
    return np.sum([block.of(dimension).log_likelihood for dimension in DIMENSIONS], axis=0)


def alternative_data(block: Block) -> pd.DataFrame:
    """The table ``alternative_data``: one row per application."""
    columns = {k: v for dimension in DIMENSIONS for k, v in block.of(dimension).columns.items()}
    table = pd.DataFrame({"application_id": block.of(application_ids), **columns})
    return table.sort_values("application_id", ignore_index=True)


def _rng(block: Block, column: str) -> np.random.Generator:
    return block.rng("alternative_data", column)
