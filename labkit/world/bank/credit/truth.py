"""The answer keys of lab 2.12: what makes people default, what shows it, and each applicant's true probability."""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world.bank.credit import bureau, risk
from labkit.world.bank.credit.alternative_data import (
    ADDRESS_CHANGES,
    CONTACTS_LATE,
    GAME_SPENDING,
    INCOME_MONTHS,
    LATE_RETURNS,
    PHONE_TENURE,
    UTILITY_ON_TIME,
    log_likelihood,
)
from labkit.world.bank.credit.decisions import outcome
from labkit.world.bank.credit.evidence import Count, Hits, Score
from labkit.world.bank.credit.requests import application_ids
from labkit.world.bank.wallet import habits as wallet
from labkit.world.block import Block

SHOWS_QUALITY: dict[str, dict[str, Score | Count | Hits | None]] = {
    "bureau": {
        "card_utilisation": bureau.CARD_UTILISATION,
        "enquiries_6m": bureau.ENQUIRIES,
        "late_payments_60m": bureau.LATE_PAYMENTS,
        "seriously_late_60m": None,
        "months_since_late": None,
        "oldest_account_months": None,
        "open_loans": None,
        "new_accounts_12m": None,
        "card_limit_fen": None,
        "guarantees": None,
    },
    "identity": {
        "phone_tenure_months": PHONE_TENURE,
        "address_changes_24m": ADDRESS_CHANGES,
    },
    "ability": {
        "income_months_6m": INCOME_MONTHS,
        "average_balance_fen": wallet.BALANCE,
    },
    "history": {
        "utility_on_time_share": UTILITY_ON_TIME,
        "late_returns_12m": LATE_RETURNS,
        "wallet_tenure_months": wallet.TENURE,
    },
    "behaviour": {
        "monthly_spending_fen": None,
        "night_share": wallet.NIGHT,
        "game_share": GAME_SPENDING,
    },
    "connections": {
        "contacts": None,
        "contacts_late_share": CONTACTS_LATE,
    },
}
"""By dimension and attribute; ``None`` says nothing, or nothing that another does not say better."""


def credit_evidence(seed: int) -> pd.DataFrame:
    """The answer key ``credit_evidence``: one row per attribute, the same in every world."""
    rows = [
        (attribute, dimension, round(shows.strength, 3) if shows else 0.0)
        for dimension, attributes in SHOWS_QUALITY.items()
        for attribute, shows in attributes.items()
    ]
    return pd.DataFrame(rows, columns=["attribute", "dimension", "strength"])


def credit_effects(seed: int) -> pd.DataFrame:
    """The answer key ``credit_effects``: one row per cause of default, the same in every world."""
    rows = [
        ("credit_quality", "standard deviation", risk.QUALITY_EFFECT),
        ("burden", "natural logarithm", risk.BURDEN_EFFECT),
        *((f"employment={name}", "yes", effect) for name, effect in risk.EMPLOYMENT_EFFECT.items()),
    ]
    return pd.DataFrame(rows, columns=["cause", "per", "log_odds"])


def credit_truth(block: Block) -> pd.DataFrame:
    """The answer key ``credit_truth``: one row per application."""
    each, file = block.of(outcome), block.of(bureau.record).log_likelihood
    both = file + block.of(log_likelihood)
    table = pd.DataFrame(
        {
            "application_id": block.of(application_ids),
            "is_thin_file": block.of(risk.thin_applications),
            "probability_of_default": each.per_million / risk.MILLION,
            "probability_by_bureau": np.round(risk.expected_default(block, each.visible, file), 6),
            "probability_by_both": np.round(risk.expected_default(block, each.visible, both), 6),
            "would_default": each.defaults,
        }
    )
    return table.sort_values("application_id", ignore_index=True)
