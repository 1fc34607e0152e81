"""A pilot: the money-market fund offered to customers picked at random, and who bought. First used in lab 1.1.

The response is a function of six columns of ``wallet_behaviour`` and of nothing else. Demographics know a part of it,
because they say something about how people pay.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.world.bank.customers import customer_people
from labkit.world.bank.wallet.behaviour import wallet_behaviour
from labkit.world.block import Block
from labkit.world.calendar import DAYS, WEEKDAY
from labkit.world.marketing.chances import MILLION, comes_true, millionths

PILOT_SHARE = 0.4
FIRST_OFFER, LAST_OFFER = np.datetime64("2025-09-01"), np.datetime64("2025-09-26")
CHANNELS = ("app", "sms", "call")
"""Drawn at random, one as good as the other."""
LONGEST_THOUGHT_DAYS = 30
CONTACT_COST_FEN = 500
"""What a contact costs with its welcome gift, in every channel: the price against which the effects below were set."""
MARGIN_PER_MILLE = 4
"""What a year of the invested amount leaves with the bank, in thousandths."""
AMOUNT_YUAN, AMOUNT_INCOME_YUAN, AMOUNT_SIGMA = 15_000, 6_000, 0.6
"""Middling amount of somebody with that income; it grows with the square root of the income."""
BASE_LOG_ODDS = -7.3


class Effect(NamedTuple):
    """A cause of responding: so many log-odds per unit of a column of ``wallet_behaviour``.

    Parameters
    ----------
    column : str
        A column of ``wallet_behaviour``; a missing value counts as 0.
    scale : str
        ``"linear"``, or ``"log"`` for the natural logarithm of 1 + column ÷ ``unit``.
    unit : float
        What is counted as one.
    log_odds : float
        Change of the log-odds of responding.
    """

    column: str
    scale: str
    unit: float
    log_odds: float

    def on(self, values: np.ndarray) -> np.ndarray:
        """Change of the log-odds at these values of the column."""
        amount = np.nan_to_num(values) / self.unit
        return self.log_odds * (np.log1p(amount) if self.scale == "log" else amount)


EFFECTS = (
    Effect("balance_fen", "log", 100_000, 0.90),
    Effect("fund_views_6m", "log", 1, 1.20),
    Effect("coupons_6m", "log", 1, 0.35),
    Effect("transfers_6m", "log", 1, 0.25),
    Effect("payday_topup_share", "linear", 1, 2.00),
    Effect("night_share", "linear", 1, -3.00),
)


def pilot_effects(seed: int) -> pd.DataFrame:
    """The answer key ``pilot_effects``: one row per planted cause, the same in every world."""
    return pd.DataFrame([each._asdict() for each in EFFECTS])


def per_million(block: Block) -> np.ndarray:
    """True probability of responding in millionths, int64, of every customer whether asked or not."""
    behaviour = block.of(wallet_behaviour)
    log_odds = BASE_LOG_ODDS + np.sum(
        [each.on(behaviour[each.column].to_numpy()) for each in EFFECTS], axis=0
    )
    return millionths(log_odds)


def typical_amount_fen(block: Block) -> np.ndarray:
    """Median of what each customer would invest, float64."""
    income = block.of(customer_people)["income_fen"].to_numpy() / (100 * AMOUNT_INCOME_YUAN)
    return 100 * AMOUNT_YUAN * np.sqrt(income)


def pilot_truth(block: Block) -> pd.DataFrame:
    """The answer key ``pilot_truth``: one row per customer."""
    expected = block.of(typical_amount_fen) * np.exp(AMOUNT_SIGMA**2 / 2) * MARGIN_PER_MILLE / 1_000
    return pd.DataFrame(
        {
            "customer_id": block.of(customer_people)["person_id"],
            "response_probability": block.of(per_million) / MILLION,
            "expected_margin_fen": np.rint(expected).astype(np.int64),
        }
    )


def pilot_responses(block: Block) -> pd.DataFrame:
    """The table ``pilot_responses``: one row per customer of the pilot."""
    customers = block.customers
    asked = np.flatnonzero(_rng(block, "asked").permutation(customers) < PILOT_SHARE * customers)
    responded = comes_true(_rng(block, "responded"), block.of(per_million))[asked]
    offered = _offered_on(block, len(asked))
    thought = 1 + (LONGEST_THOUGHT_DAYS * _rng(block, "invested_on").random(len(asked)) ** 2).astype(np.int64)
    factor = _rng(block, "amount_fen").lognormal(0.0, AMOUNT_SIGMA, customers)
    amount = np.rint(block.of(typical_amount_fen) * factor / 10_000).clip(1).astype(np.int64)[asked] * 10_000
    channel = _rng(block, "channel").integers(0, len(CHANNELS), len(asked))
    return pd.DataFrame(
        {
            "customer_id": block.of(customer_people)["person_id"].to_numpy()[asked],
            "offered_on": offered.astype("datetime64[ms]"),
            "channel": pd.Categorical.from_codes(channel, pd.Index(CHANNELS)),
            "responded": responded,
            "invested_on": np.where(responded, offered + thought, np.datetime64("NaT")).astype(
                "datetime64[ms]"
            ),
            "amount_fen": np.where(responded, amount, 0),
            "margin_fen": np.where(responded, amount * MARGIN_PER_MILLE // 1_000, 0),
        }
    )


def _offered_on(block: Block, size: int) -> np.ndarray:
    """A working day of the pilot, datetime64[D]."""
    days = DAYS[(DAYS >= FIRST_OFFER) & (DAYS <= LAST_OFFER) & (WEEKDAY < 5)]
    return days[_rng(block, "offered_on").integers(0, len(days), size)]


def _rng(block: Block, column: str) -> np.random.Generator:
    return block.rng("pilot_responses", column)
