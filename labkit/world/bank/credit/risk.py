"""Who fails to repay: the planted probability of default, and how much of it the data can show.

Log-odds of default fall with credit quality and rise with the burden of debt and with some kinds of employment. Burden
and employment stand on the application; quality shows only through what the bureau and other sources measured of it.
First used in lab 2.12.
"""

from __future__ import annotations

import numpy as np

from labkit.world.bank.credit.bureau import record
from labkit.world.bank.credit.employment import EMPLOYMENTS, employment
from labkit.world.bank.credit.evidence import GRID, QUALITY_GRID, logistic, quality
from labkit.world.bank.credit.requests import is_thin_file, new_channel_share, requests
from labkit.world.block import Block

BASE_LOG_ODDS = -3.95
QUALITY_EFFECT = -2.2
"""Per standard deviation of credit quality."""
BURDEN_EFFECT = 0.9
"""Per unit of the logarithm of the burden."""
TYPICAL_BURDEN = 0.40
BURDEN_LIMITS = (0.05, 2.0)
EMPLOYMENT_EFFECT = {"public": -0.5, "company": 0.0, "self_employed": 0.35, "retired": -0.2, "none": 0.6}
MILLION = 1_000_000


def burden(block: Block, own_payment_fen: np.ndarray) -> np.ndarray:
    """Monthly payments, with the new loan and those of the bank, over the declared income."""
    asked, known = block.of(requests), ~block.of(thin_applications)
    others = np.where(known, block.of(record).columns["monthly_payment_fen"], 0)
    payments = asked["instalment_fen"].to_numpy() + own_payment_fen + others
    return payments / asked["declared_income_fen"].to_numpy()


def thin_applications(block: Block) -> np.ndarray:
    """Applications of people whom the bureau does not know, bool."""
    return block.of(is_thin_file)[block.of(requests)["who"]]


def visible_log_odds(block: Block, burden: np.ndarray) -> np.ndarray:
    """Log-odds of default at middling quality: what the application form alone says."""
    effect = np.array([EMPLOYMENT_EFFECT[each] for each in EMPLOYMENTS])
    employed = block.of(employment)[block.of(requests)["who"]]
    heavier = np.log(burden.clip(*BURDEN_LIMITS) / TYPICAL_BURDEN)
    return BASE_LOG_ODDS + BURDEN_EFFECT * heavier + effect[employed]


def default_per_million(block: Block, visible: np.ndarray) -> np.ndarray:
    """The true probability of default in millionths, int64, so that no default hangs on the last bit of a float."""
    q = block.of(quality)[block.of(requests)["who"]]
    return np.rint(MILLION * logistic(visible + QUALITY_EFFECT * q)).astype(np.int64)


def expected_default(block: Block, visible: np.ndarray, log_likelihood: np.ndarray) -> np.ndarray:
    """Probability of default for somebody who sees the application and this evidence: Bayes' rule over quality.

    Exact for the bureau's attributes. From the alternative data a little more is read than their columns show: how
    much is kept in the wallet for the true income, and how old the wallet is for the habit of living online.
    """
    weight = log_likelihood + _log_prior(block)
    weight = np.exp(weight - weight.max(axis=1, keepdims=True))
    probability = logistic(visible[:, None] + QUALITY_EFFECT * GRID)
    return (weight * probability).sum(axis=1) / weight.sum(axis=1)


def _log_prior(block: Block) -> np.ndarray:
    """How common each quality is among the applicants of each application's channel, (applications, points)."""
    everybody = np.log(np.minimum(QUALITY_GRID, 1 - QUALITY_GRID))
    through_partner = everybody + np.log(new_channel_share(QUALITY_GRID))
    return np.where(block.of(requests)["partner"].to_numpy()[:, None], through_partner, everybody)
