"""The table ``credit_applications``: the form, what the bureau answered, and what the bank decided. First used in lab 2.12."""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world.bank.credit.bureau import record
from labkit.world.bank.credit.decisions import REASONS, outcome
from labkit.world.bank.credit.employment import EMPLOYMENTS, employment
from labkit.world.bank.credit.requests import (
    CHANNELS,
    PURPOSE_SHARES,
    PURPOSES,
    application_ids,
    applied_on,
    channels,
    requests,
)
from labkit.world.bank.credit.risk import thin_applications
from labkit.world.bank.customers import customer_people
from labkit.world.block import Block


def credit_applications(block: Block) -> pd.DataFrame:
    """One row per application, in the order of the identifiers, which tells nothing."""
    table = pd.DataFrame({**_form(block), **_bureau(block), **_decision(block)})
    return table.sort_values("application_id", ignore_index=True)


def _form(block: Block) -> dict[str, object]:
    asked, people = block.of(requests), block.of(customer_people)
    who = asked["who"].to_numpy()
    day = block.of(applied_on)
    year = day.astype("datetime64[Y]").astype(np.int64) + 1970
    purpose = block.rng("credit_applications", "purpose").choice(len(PURPOSES), len(who), p=PURPOSE_SHARES)
    return {
        "application_id": block.of(application_ids),
        "customer_id": people["person_id"].to_numpy()[who],
        "applied_on": day.astype("datetime64[ms]"),
        "channel": pd.Categorical.from_codes(block.of(channels), pd.Index(CHANNELS)),
        "age": year - (2025 - people["age"].to_numpy()[who]),
        "employment": pd.Categorical.from_codes(block.of(employment)[who], pd.Index(EMPLOYMENTS)),
        "declared_income_fen": asked["declared_income_fen"].to_numpy(),
        "purpose": pd.Categorical.from_codes(purpose, pd.Index(PURPOSES)),
        "amount_fen": asked["amount_fen"].to_numpy(),
        "term_months": asked["term_months"].to_numpy(),
        "annual_rate": asked["rate_bps"].to_numpy() / 10_000,
        "instalment_fen": asked["instalment_fen"].to_numpy(),
    }


def _bureau(block: Block) -> dict[str, pd.Series]:
    """The bureau's answer, with the loans that the bank itself has granted; missing for thin files."""
    answer, own, thin = block.of(record), block.of(outcome).own, block.of(thin_applications)
    added = {
        "open_loans": own.payment_fen > 0,
        "loan_debt_fen": own.debt_fen,
        "monthly_payment_fen": own.payment_fen,
        "new_accounts_12m": own.new_12m,
        "enquiries_6m": own.enquiries_6m,
    }
    found = {}
    for name, values in answer.columns.items():
        missing = thin | ~answer.known.get(name, ~thin)
        kind = "float64" if name == "card_utilisation" else "Int64"
        found[name] = pd.Series(values + added.get(name, 0), dtype=kind).mask(missing)
    return found


def _decision(block: Block) -> dict[str, object]:
    decided = block.of(outcome)
    return {
        "approved": decided.approved,
        "rule_broken": pd.Categorical.from_codes(decided.reason, pd.Index(REASONS)),
        "is_test": decided.is_test,
    }
