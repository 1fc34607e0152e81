"""What is lasting about a customer's use of the mobile wallet; several tables look at it. First used in lab 1.1."""

from __future__ import annotations

import numpy as np

from labkit.world.bank.credit.evidence import Score, logistic, quality
from labkit.world.bank.customers import customer_people
from labkit.world.block import Block

NIGHT = Score(-0.40)
"""People who pay their debts less surely shop more at night."""
TENURE = Score(0.30)
BALANCE = Score(0.30)
BALANCE_YUAN, BALANCE_INCOME_YUAN, BALANCE_ELASTICITY = 1_500, 6_000, 1.5
"""Somebody with that income keeps the balance; richer people keep a larger share of what they earn."""
LONGEST_TENURE_MONTHS = 96
"""At the beginning of 2024; the shortest is six months."""


def usual_balance_fen(block: Block) -> np.ndarray:
    """What each customer usually keeps in the wallet, float64."""
    income = block.of(customer_people)["income_fen"].to_numpy() / (100 * BALANCE_INCOME_YUAN)
    return 100 * BALANCE_YUAN * income**BALANCE_ELASTICITY * np.exp(block.of(balance_score))


def night_share(block: Block) -> np.ndarray:
    """Share of each customer's spending between 22:00 and 6:00, in thousandths, int64."""
    return np.rint(1_000 * logistic(0.8 * block.of(night_score) - 2.2)).astype(np.int64)


def night_score(block: Block) -> np.ndarray:
    """How much each customer shops at night, on a normal scale, float64."""
    return NIGHT.draw(block.rng("wallet_behaviour", "night_share"), block.of(quality))


def tenure_score(block: Block) -> np.ndarray:
    """How long ago each customer opened the wallet, on a normal scale, float64."""
    return TENURE.draw(block.rng("wallet_behaviour", "tenure_months"), block.of(quality))


def balance_score(block: Block) -> np.ndarray:
    """How much each customer keeps in the wallet for the income, on a normal scale, float64."""
    return BALANCE.draw(block.rng("wallet_behaviour", "balance_fen"), block.of(quality))


def tenure_at_start(block: Block) -> np.ndarray:
    """Age of each customer's wallet on 2024-01-01 in months, int64; those who live online opened it earlier."""
    habit = block.of(customer_people)["digital_habit"].to_numpy()
    share = logistic(block.of(tenure_score) + 2 * habit - 1)
    return 6 + np.rint(share * (LONGEST_TENURE_MONTHS - 6)).astype(np.int64)
