"""The answer keys about money laundering: every planted movement, every case, and who only looks like one.

First used in lab 2.11.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world.bank.payments.bills import landlords
from labkit.world.bank.payments.cash import cash_shops, safe_holders
from labkit.world.bank.payments.laundering import ROLES, TYPOLOGIES, laundering
from labkit.world.bank.payments.lookalikes import clubs, lenders, newly_wed, produce_buyers, trips
from labkit.world.bank.payments.movements import FIRST_DAY
from labkit.world.bank.payments.parties import companies_of_bank, parties
from labkit.world.bank.payments.transfers import ledger
from labkit.world.block import Block
from labkit.world.people.relations import investors

CASES_PER_BLOCK = 100


def case_ids(block: Block) -> np.ndarray:
    """Number of each case, in an order that tells nothing, int64."""
    count = len(block.of(laundering).main)
    return block.index * CASES_PER_BLOCK + block.rng("laundering_cases", "case_id").permutation(count) + 1


def laundering_truth(block: Block) -> pd.DataFrame:
    """The answer key ``laundering_truth``: one row per planted transfer."""
    plan, book = block.of(laundering), block.of(ledger)
    table = pd.DataFrame(
        {
            "transfer_id": book.transfer_id[book.planted],
            "case_id": block.of(case_ids)[plan.case],
            "typology": pd.Categorical.from_codes(plan.typology[plan.case], pd.Index(TYPOLOGIES)),
            "role": pd.Categorical.from_codes(plan.role, pd.Index(ROLES)),
        }
    )
    return table.sort_values("transfer_id", ignore_index=True)


def laundering_cases(block: Block) -> pd.DataFrame:
    """The answer key ``laundering_cases``: one row per case."""
    plan, to = block.of(laundering), block.of(parties)
    count, each = len(plan.main), plan.movements
    first = np.searchsorted(plan.case, np.arange(count))
    at = FIRST_DAY.astype("datetime64[ms]") + each.at.astype("timedelta64[ms]")
    used = np.unique(
        np.column_stack([np.tile(plan.case, 2), np.concatenate([each.payer, each.payee])]), axis=0
    )
    helpers = (used[:, 1] < to.own) & ~np.isin(used[:, 1], to.cash_desk)
    table = pd.DataFrame(
        {
            "case_id": block.of(case_ids),
            "typology": pd.Categorical.from_codes(plan.typology, pd.Index(TYPOLOGIES)),
            "main_account": to.number[plan.main],
            "accounts": np.bincount(used[helpers, 0], minlength=count),
            "amount_fen": _entered(block),
            "first_at": np.minimum.reduceat(at, first),
            "last_at": np.maximum.reduceat(at, first),
            "careful": plan.careful,
        }
    )
    return table.sort_values("case_id", ignore_index=True)


def _entered(block: Block) -> np.ndarray:
    """Fen that each case brings into its main account: from mules in a fan-in, else as placement."""
    plan = block.of(laundering)
    to_main = plan.movements.payee == plan.main[plan.case]
    fan_in = plan.typology[plan.case] == TYPOLOGIES.index("fan_in")
    enters = to_main & (fan_in | (plan.role == ROLES.index("placement")))
    return np.bincount(plan.case, plan.movements.fen * enters).astype(np.int64)


def laundering_decoys(block: Block) -> pd.DataFrame:
    """The answer key ``laundering_decoys``: accounts that look like a case and are innocent."""
    to = block.of(parties)
    by_kind = {
        "landlord": to.main[block.of(landlords)],
        "cash_shop": to.business[block.of(cash_shops)[len(block.of(safe_holders)) :]],
        "insured_safe": to.business[block.of(safe_holders)],
        "newly_wed": to.main[block.of(newly_wed)],
        "savings_club": np.unique(to.main[block.of(clubs)]),
        "group_trip": to.main[block.of(trips)[:, 0]],
        "lent_on": np.unique(to.main[block.of(lenders)]),
        "produce_buyer": to.business[block.of(produce_buyers)],
        "payroll": to.employer[block.of(companies_of_bank)],
        "investors_circle": to.main[block.of(investors)],
    }
    parts = [
        pd.DataFrame({"account_id": to.number[those[those < to.own]], "kind": kind})
        for kind, those in by_kind.items()
    ]
    return pd.concat(parts).sort_values(["account_id", "kind"], ignore_index=True)
