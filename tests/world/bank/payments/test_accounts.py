"""Accounts: whose they are, that balances add up to the fen, and that nobody is ever overdrawn."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from labkit.world.bank.customers import customers
from labkit.world.block import Block
from labkit.world.operations.map import branches
from tests.world.bank.payments.payment_tables import payment_tables

SEEDS = (2026, 1, 2, 3, 4, 5)
OF_THE_BANK = ["cash_desk", "settlement"]


def entries(transfers: pd.DataFrame) -> pd.DataFrame:
    """Both sides of every transfer: account_id, sent_at, and the amount with its sign."""
    sides = [
        transfers[[side, "sent_at"]]
        .set_axis(["account_id", "sent_at"], axis=1)
        .assign(fen=sign * transfers["amount_fen"])
        for side, sign in (("payer_account", -1), ("payee_account", 1))
    ]
    return pd.concat(sides, ignore_index=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_balance_is_opening_balance_plus_movements_to_the_fen(seed: int) -> None:
    accounts = payment_tables(seed)["accounts"].set_index("account_id")
    net = entries(payment_tables(seed)["transfers"]).groupby("account_id")["fen"].sum()
    expected = accounts["opening_balance_fen"] + net.reindex(accounts.index, fill_value=0)
    pd.testing.assert_series_equal(accounts["balance_fen"], expected, check_names=False)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_account_is_ever_overdrawn_in_whatever_order_one_moment_is_booked(seed: int) -> None:
    accounts = payment_tables(seed)["accounts"].set_index("account_id")
    booked = entries(payment_tables(seed)["transfers"]).sort_values(["account_id", "sent_at", "fen"])
    lowest = booked.groupby("account_id")["fen"].cumsum().groupby(booked["account_id"]).min()
    assert (accounts["opening_balance_fen"] >= 0).all()
    assert (accounts["opening_balance_fen"] + lowest.reindex(accounts.index, fill_value=0) >= 0).all()


def test_every_customer_has_one_current_account_and_owners_a_business_account() -> None:
    tables = payment_tables(2026)
    accounts, people = tables["accounts"], tables["people"]
    is_customer = people["is_customer"]
    current = accounts.loc[accounts["kind"] == "current", "customer_id"]
    assert sorted(current) == people.loc[is_customer, "person_id"].tolist()
    business = accounts.loc[accounts["kind"] == "business", "customer_id"]
    owners = people.loc[is_customer & (people["segment"] == "small_business"), "person_id"]
    assert sorted(business) == owners.tolist()
    savings = accounts.loc[accounts["kind"] == "savings", "customer_id"]
    assert savings.is_unique
    assert 0.27 < len(savings) / is_customer.sum() < 0.33
    of_nobody = accounts["kind"].isin(["corporate", *OF_THE_BANK])
    pd.testing.assert_series_equal(accounts["customer_id"].isna(), of_nobody, check_names=False)


def test_accounts_are_opened_after_joining_and_stand_in_a_branch_of_the_customers_city() -> None:
    block = Block(2026, 0)
    accounts = payment_tables(2026, 1)["accounts"].merge(
        block.of(customers), on="customer_id", suffixes=("", "_file")
    )
    assert (accounts["opened_on"] >= accounts["joined_on"]).all()
    assert (accounts["opened_on"] < "2025-10-01").all()
    assert (accounts["branch_id"] == accounts["branch_id_file"]).all()
    everyone = payment_tables(2026, 1)["accounts"]
    assert everyone["branch_id"].dropna().isin(branches(2026)["branch_id"]).all()
    assert (everyone["branch_id"].isna() == (everyone["kind"] == "settlement")).all()


def test_dormant_means_without_movement() -> None:
    tables = payment_tables(2026)
    moved = tables["accounts"]["account_id"].isin(entries(tables["transfers"])["account_id"])
    assert ((tables["accounts"]["status"] == "active") == moved).all()
    assert 0.01 < (~moved).mean() < 0.10


def test_balances_have_a_heavy_tail_and_rise_with_income() -> None:
    tables = payment_tables(2026)
    savings = tables["accounts"][tables["accounts"]["kind"] == "savings"]
    opening = np.sort(savings["opening_balance_fen"])
    assert (
        opening[-len(opening) // 10 :].sum() > 0.5 * opening.sum()
    )  # the richest tenth holds more than half
    held = savings.merge(tables["people"], left_on="customer_id", right_on="person_id")
    assert spearmanr(held["opening_balance_fen"], held["income_fen"]).statistic > 0.3
    middle = held.groupby("segment", observed=True)["opening_balance_fen"].median()
    assert middle["affluent_investor"] > 5 * middle["young_digital"]


def test_a_world_of_a_few_customers_holds_together() -> None:
    block = Block(3, 0, customers=200)
    from labkit.world.bank.payments.accounts import accounts
    from labkit.world.bank.payments.laundering_key import laundering_cases
    from labkit.world.bank.payments.transfers import transfers

    assert set(block.of(laundering_cases)["typology"]) == {
        "fan_in", "fan_out", "cycle", "scatter_gather", "structuring",
    }  # fmt: skip
    net = entries(block.of(transfers)).groupby("account_id")["fen"].sum()
    table = block.of(accounts).set_index("account_id")
    assert (
        table["balance_fen"] - table["opening_balance_fen"] == net.reindex(table.index, fill_value=0)
    ).all()
