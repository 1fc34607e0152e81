"""How customers use the mobile wallet: half a year up to the pilot of the money-market fund. First used in lab 1.1."""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world.bank.credit.employment import EMPLOYMENTS, employment
from labkit.world.bank.credit.evidence import logistic
from labkit.world.bank.customers import customer_people
from labkit.world.bank.wallet.habits import night_share, tenure_at_start, usual_balance_fen
from labkit.world.block import Block

FIRST_DAY, AFTER_LAST_DAY = np.datetime64("2025-03-01"), np.datetime64("2025-09-01")
DAYS = int((AFTER_LAST_DAY - FIRST_DAY).astype(np.int64))
MONTHS_SINCE_START = 19
"""From January 2024, in which the age of a wallet is known, to August 2025."""
WITHOUT_PAY = -2.0
"""Log-odds of topping up after pay day: without an employer there is none."""
SAVING_AGE, SAVING_AGE_SPAN = 33, 15
TICKET_YUAN, TICKET_INCOME_YUAN = 32, 6_000
"""A middling payment of somebody with that income."""


def wallet_behaviour(block: Block) -> pd.DataFrame:
    """The table ``wallet_behaviour``: one row per customer."""
    balance = block.of(usual_balance_fen) * _rng(block, "balance_of_months").lognormal(
        0.0, 0.25, block.customers
    )
    return pd.DataFrame(
        {
            "customer_id": block.of(customer_people)["person_id"].to_numpy(),
            "tenure_months": block.of(tenure_at_start) + MONTHS_SINCE_START,
            **_payments(block),
            "balance_fen": np.rint(balance).astype(np.int64),
            **_topups(block),
            "utility_share": _share(0.7 * _noise(block, "utility_share") - 1.9),
            "night_share": block.of(night_share) / 1_000,
            **_others(block),
        }
    )


def _payments(block: Block) -> dict[str, np.ndarray]:
    """Who lives online pays more often; a few people pay very often."""
    who = block.of(customer_people)
    habit, sensitivity = who["digital_habit"].to_numpy(), who["price_sensitivity"].to_numpy()
    expected = (15 + 260 * habit**2) * _rng(block, "payments_6m").lognormal(0.0, 0.5, len(who))
    payments = 1 + _rng(block, "payments_count").poisson(np.rint(10 * expected) / 10)
    by_day = payments * _rng(block, "active_days_6m").integers(50, 101, len(who)) / 100
    variety = _rng(block, "merchants_6m").integers(60, 101, len(who)) / 100
    income = (who["income_fen"].to_numpy() / (100 * TICKET_INCOME_YUAN)) ** 0.6
    ticket = (
        100
        * TICKET_YUAN
        * income
        * (1.3 - 0.6 * sensitivity)
        * np.exp(0.4 * _noise(block, "mean_ticket_fen"))
    )
    return {
        "payments_6m": payments,
        "active_days_6m": np.rint(DAYS * (1 - np.exp(-by_day / DAYS))).clip(1).astype(np.int64),
        "merchants_6m": np.rint(variety * payments**0.75).clip(1).astype(np.int64),
        "mean_ticket_fen": np.rint(ticket).astype(np.int64),
    }


def _topups(block: Block) -> dict[str, np.ndarray | pd.Series]:
    """How often money is put in, and whether that follows pay day; missing where nothing was put in."""
    habit = block.of(customer_people)["digital_habit"].to_numpy()
    topups = _rng(block, "topups_6m").poisson(np.rint(10 * (2 + 16 * habit)) / 10)
    paid = np.where(block.of(employment) < EMPLOYMENTS.index("retired"), 0.0, WITHOUT_PAY)
    share = pd.Series(_share(1.1 * _noise(block, "payday_topup_share") - 0.3 + paid))
    return {"topups_6m": topups, "payday_topup_share": share.mask(topups == 0)}


def _others(block: Block) -> dict[str, np.ndarray]:
    """Red packets, transfers, coupons, and visits to the pages on savings and funds."""
    who = block.of(customer_people)
    habit, sensitivity = who["digital_habit"].to_numpy(), who["price_sensitivity"].to_numpy()
    expected = {
        "red_packets_6m": 6 * np.exp(0.7 * _noise(block, "red_packets_habit")),
        "transfers_6m": 20 * habit * np.exp(0.6 * _noise(block, "transfers_habit")),
        "coupons_6m": 24 * habit * sensitivity * np.exp(0.6 * _noise(block, "coupons_habit")),
        "fund_views_6m": np.exp(
            2.5 * habit + 2.7 * block.of(_life_stage) - 3.1 + 0.8 * _noise(block, "fund_interest")
        ),
    }
    return {name: _rng(block, name).poisson(np.rint(1_000 * mean) / 1_000) for name, mean in expected.items()}


def _life_stage(block: Block) -> np.ndarray:
    """How much a customer is in the years of saving for a home and a family: 1 at 33, falling on both sides."""
    age = block.of(customer_people)["age"].to_numpy()
    return np.exp(-(((age - SAVING_AGE) / SAVING_AGE_SPAN) ** 2))


def _share(log_odds: np.ndarray) -> np.ndarray:
    """A share between 0 and 1, to thousandths."""
    return np.rint(1_000 * logistic(log_odds)) / 1_000


def _noise(block: Block, column: str) -> np.ndarray:
    return _rng(block, column).normal(size=block.customers)


def _rng(block: Block, column: str) -> np.random.Generator:
    return block.rng("wallet_behaviour", column)
