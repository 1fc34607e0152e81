"""The wallet: counts agree with each other, and behaviour follows from the person."""

from __future__ import annotations

import pandas as pd
import pytest
from scipy.stats import spearmanr

from labkit.world.bank.customers import customer_people
from labkit.world.bank.wallet.behaviour import DAYS, wallet_behaviour
from labkit.world.block import Block


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    blocks = [Block(2026, index) for index in range(4)]
    wallets, everybody = (
        pd.concat([block.of(make) for block in blocks], ignore_index=True)
        for make in (wallet_behaviour, customer_people)
    )
    assert (wallets["customer_id"] == everybody["person_id"]).all()
    return wallets.join(everybody)


def test_counts_agree_with_each_other(people: pd.DataFrame) -> None:
    assert DAYS == 184
    assert people["active_days_6m"].between(1, DAYS).all()
    assert (people["active_days_6m"] <= people["payments_6m"]).all()
    assert (people["merchants_6m"] <= people["payments_6m"]).all()
    assert (people["payday_topup_share"].isna() == (people["topups_6m"] == 0)).all()
    shares = people[["payday_topup_share", "utility_share", "night_share"]].stack().dropna()
    assert shares.between(0, 1).all()
    assert (people[["mean_ticket_fen", "balance_fen"]] > 0).all(axis=None)


@pytest.mark.parametrize(
    ("column", "trait", "at_least"),
    [
        ("payments_6m", "digital_habit", 0.5),
        ("fund_views_6m", "digital_habit", 0.3),
        ("coupons_6m", "price_sensitivity", 0.3),
        ("mean_ticket_fen", "income_fen", 0.3),
        ("balance_fen", "income_fen", 0.4),
    ],
)
def test_behaviour_follows_from_the_person(
    column: str, trait: str, at_least: float, people: pd.DataFrame
) -> None:
    assert spearmanr(people[column], people[trait]).statistic > at_least


def test_payments_and_balances_have_heavy_tails(people: pd.DataFrame) -> None:
    for column in ("payments_6m", "balance_fen", "red_packets_6m"):
        assert people[column].quantile(0.99) > 4 * people[column].median()


@pytest.mark.parametrize("column", ["red_packets_6m", "utility_share"])
def test_some_habits_are_nobodys_in_particular(column: str, people: pd.DataFrame) -> None:
    for trait in ("age", "income_fen", "digital_habit", "credit_quality"):
        assert spearmanr(people[column], people[trait]).pvalue > 1e-6
