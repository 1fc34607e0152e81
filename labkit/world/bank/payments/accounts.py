"""The table ``accounts``: whose they are, and what lies on them before and after the quarter's movements.

First used in lab 2.11.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world.bank.payments.movements import Movements
from labkit.world.bank.payments.parties import ACCOUNT_KINDS, bank_accounts, parties
from labkit.world.bank.payments.transfers import ledger
from labkit.world.block import Block
from labkit.world.people.persons import SEGMENT_SLUGS, people, segment

SAVINGS_MONTHS = {
    "young_digital": 0.8, "family_builder": 2.0, "affluent_investor": 10.0,
    "small_business": 3.0, "steady_saver": 8.0, "basic_payroll": 1.2,
}  # fmt: skip
"""Months of income that half of a segment has on a savings account at least."""
CURRENT_SHARE_OF_SAVINGS, BUSINESS_MONTHS = 0.25, 2.5
WEALTH_SIGMA = 1.1
OF_THE_BANK_FEN = 100_000_000
"""What companies and the bank's own accounts hold, in the middle."""


def accounts(block: Block) -> pd.DataFrame:
    """One row per account, in the order of ``account_id``."""
    own, to, each = block.of(bank_accounts), block.of(parties), block.of(ledger).movements
    opening = opening_balances(block)
    moves = np.bincount(np.concatenate([each.payer, each.payee]), minlength=to.own)[: to.own] > 0
    has_owner, has_branch = own.person >= 0, own.branch >= 0
    table = pd.DataFrame(
        {
            "account_id": to.number[: to.own],
            "customer_id": pd.array(np.where(has_owner, block.person_id[own.person], 0), dtype="Int64"),
            "kind": pd.Categorical.from_codes(own.kind, pd.Index(ACCOUNT_KINDS)),
            "opened_on": own.opened.astype("datetime64[ms]"),
            "branch_id": pd.array(own.branch + 1, dtype="Int64"),
            "opening_balance_fen": opening,
            "balance_fen": opening + _net(each, to.own),
            "status": pd.Categorical(np.where(moves, "active", "dormant"), ["active", "dormant"]),
        }
    )
    table["customer_id"] = table["customer_id"].mask(~has_owner)
    table["branch_id"] = table["branch_id"].mask(~has_branch)
    return table.sort_values("account_id", ignore_index=True)


def opening_balances(block: Block) -> np.ndarray:
    """Fen per account, int64: heavy-tailed with income and segment, and enough for whatever the quarter brings."""
    wealth = _wealth(block)
    lowest = lowest_balances(block.of(ledger).movements, block.of(parties).own)
    cushion = block.rng("accounts", "cushion").uniform(0.02, 0.5, len(wealth))
    return np.maximum(wealth, -lowest + np.rint(wealth * cushion).astype(np.int64))


def _wealth(block: Block) -> np.ndarray:
    """What would lie on each account if nothing were needed, fen, int64."""
    own = block.of(bank_accounts)
    income = block.of(people)["income_fen"].to_numpy()[own.person]
    months = np.array([SAVINGS_MONTHS[slug] for slug in SEGMENT_SLUGS])[block.of(segment)[own.person]]
    usual = income * np.choose(
        np.minimum(own.kind, 2),
        [CURRENT_SHARE_OF_SAVINGS * months, months, np.full(len(months), BUSINESS_MONTHS)],
    )
    usual = np.where(own.person >= 0, usual, OF_THE_BANK_FEN)
    factor = block.rng("accounts", "opening_balance_fen").lognormal(0.0, WEALTH_SIGMA, len(usual))
    return np.rint(usual * factor).astype(np.int64)


def lowest_balances(each: Movements, own: int) -> np.ndarray:
    """Lowest point of each account's running sum of movements, at most 0; in one moment, money leaves before it comes."""
    size = len(each.at)
    party = np.concatenate([each.payer, each.payee])
    comes = np.repeat([0, 1], size)
    mine = np.flatnonzero(party < own)
    order = mine[np.argsort((party[mine] << 35) | (np.tile(each.at, 2)[mine] << 1) | comes[mine])]
    running = np.cumsum(np.where(comes == 1, 1, -1)[order] * np.tile(each.fen, 2)[order])
    moving, first = np.unique(party[order], return_index=True)
    before = np.concatenate([[0], running[first[1:] - 1]])
    lowest = np.zeros(own, dtype=np.int64)
    lowest[moving] = np.minimum(np.minimum.reduceat(running, first) - before, 0)
    return lowest


def _net(each: Movements, own: int) -> np.ndarray:
    """What came less what went, per account, fen, int64."""
    net = np.zeros(max(each.payer.max(), each.payee.max()) + 1, dtype=np.int64)
    np.add.at(net, each.payee, each.fen)
    np.subtract.at(net, each.payer, each.fen)
    return net[:own]
