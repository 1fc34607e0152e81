"""Who holds what: within the rules, consistent with the other tables, and as planted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from labkit.world import bank
from labkit.world.bank.sales.branch_sales import INVESTORS_FUND, INVESTORS_SHARE, SEQUENCES
from labkit.world.bank.sales.products import PRODUCTS
from labkit.world.bank.sales.tastes import LOADINGS
from labkit.world.block import Block
from labkit.world.people.relations import investors
from tests.world.bank.sales.worlds import held, world

LAB = 10
LATE = "2025-10-01"


@pytest.fixture(scope="module")
def lab() -> pd.DataFrame:
    return held(2026, LAB)


def test_products_are_told_apart_and_cover_every_line() -> None:
    products = bank.products(1)
    assert 55 <= len(products) <= 65
    for column in ("product_id", "product", "name_en", "name_zh"):
        assert products[column].is_unique
    assert products.groupby("line").size().min() >= 5
    assert set(products.query("in_app")["product"]) == set(LOADINGS)


def test_some_products_are_new_and_all_are_there_before_the_last_quarter() -> None:
    launched = bank.products(1)["launched_on"]
    assert 4 <= (launched >= "2025-01-01").sum() <= 8
    assert (launched < LATE).all()


def test_the_number_of_a_product_tells_nothing() -> None:
    products = bank.products(1).merge(bank.product_tastes(1), how="left")
    codes = (
        products.select_dtypes("number")
        .drop(columns="product_id")
        .assign(line=products["line"].factorize(sort=True)[0], in_app=products["in_app"])
    )
    assert codes.corrwith(products["product_id"], method="spearman").abs().max() < 0.35


def test_nobody_holds_what_the_risk_level_forbids(lab: pd.DataFrame) -> None:
    assert (lab["product_risk"] <= lab["risk_level"]).all()
    assert lab.loc[lab["risk_level"] == 5, "product_risk"].max() == 5


def test_dates_are_in_order(lab: pd.DataFrame) -> None:
    assert (lab["opened_on"] >= lab["joined_on"]).all()
    assert (lab["opened_on"] >= lab["launched_on"]).all()
    assert (lab["opened_on"] <= "2025-12-31").all()
    assert (lab.loc[lab["sold_through"] == "app", "opened_on"] >= "2025-01-01").all()


def test_only_what_is_sold_in_the_app_was_bought_there(lab: pd.DataFrame) -> None:
    assert lab.loc[lab["sold_through"] == "app", "in_app"].all()


def test_everybody_has_one_current_account_with_what_the_accounts_say(lab: pd.DataFrame) -> None:
    current = lab[lab["kind"] == "current"].set_index("customer_id")["balance_fen"]
    tables = world(2026, LAB)
    assert set(current.index) == set(tables["customers"]["customer_id"])
    by_account = tables["accounts"].groupby("customer_id")["balance_fen"].sum()
    np.testing.assert_array_equal(current, by_account[current.index])


def test_who_holds_card_products_has_one_credit_card_with_their_limit(lab: pd.DataFrame) -> None:
    products = (
        lab[lab["line"] == "card"]
        .groupby("customer_id")
        .agg(issued_on=("opened_on", "min"), least=("balance_fen", "min"), most=("balance_fen", "max"))
    )
    card = world(2026, LAB)["cards"].query("kind == 'credit'").set_index("customer_id")
    assert card.index.is_unique
    assert set(card.index) == set(products.index)
    assert (card["issued_on"] == products.loc[card.index, "issued_on"]).all()
    np.testing.assert_array_equal(products.loc[card.index, "least"], card["credit_limit_fen"])
    np.testing.assert_array_equal(products["least"], products["most"])


def test_balances_reach_the_minimum_and_have_a_heavy_tail(lab: pd.DataFrame) -> None:
    other = lab[lab["kind"] != "current"]
    assert (other["balance_fen"] >= other["minimum_fen"]).all()
    assert (other["balance_fen"] > 0).all()
    assets = lab[lab["line"].isin(["deposit", "fund", "wealth"])].groupby("customer_id")["balance_fen"].sum()
    ranked = assets.sort_values(ascending=False)
    assert 0.10 < ranked.iloc[: len(ranked) // 100].sum() / ranked.sum() < 0.35
    assert 0.5 < ranked.iloc[: len(ranked) // 5].sum() / ranked.sum() < 0.85


def test_nobody_older_than_64_owes_the_bank_a_loan(lab: pd.DataFrame) -> None:
    assert lab.loc[lab["line"] == "loan", "age"].max() <= 64


@pytest.mark.parametrize("seed", [2026, 1, *(pytest.param(s, marks=pytest.mark.slow) for s in (2, 3, 4, 5))])
def test_each_segment_holds_each_line_as_the_answer_key_says(seed: int) -> None:
    holders, people = held(seed, LAB), world(seed, LAB)["customer_people"]["segment"].value_counts()
    found = holders.groupby(["segment", "line"], observed=True)["customer_id"].nunique().unstack()
    shares = found.div(people, axis=0)
    key = bank.segment_affinity(seed).pivot(index="segment", columns="line", values="expected_share")
    noise = np.sqrt(key * (1 - key)).div(np.sqrt(people), axis=0)
    assert ((shares - key).abs() < 4 * noise + 0.015).all(axis=None)
    index = bank.segment_affinity(seed).pivot(index="segment", columns="line", values="index")
    found_index = 100 * shares / (found.sum() / people.sum())
    for line, segment in {"wealth": "affluent_investor", "insurance": "family_builder"}.items():
        assert index[line].idxmax() == found_index[line].idxmax() == segment
        assert index[line].max() > 1.25 * index[line].nlargest(2).iloc[1]


def test_segments_are_as_large_as_the_answer_key_says() -> None:
    key = bank.segments(2026).set_index("segment")["expected_share"]
    found = world(2026, LAB)["customer_people"]["segment"].value_counts(normalize=True)
    assert key.sum() == pytest.approx(1)
    assert (found - key).abs().max() < 0.012


def test_segments_overlap_at_the_edges(lab: pd.DataFrame) -> None:
    """No line is held by a whole segment, or by none of it, except that everybody has a deposit."""
    key = bank.segment_affinity(2026).query("line != 'deposit'")["expected_share"]
    assert key.between(0.01, 0.99).all()


def test_purchases_in_the_app_are_holdings_of_the_same_day() -> None:
    tables = world(2026, LAB)
    bought = tables["product_views"].query("purchased")
    from_views = bought.assign(opened_on=bought["viewed_at"].dt.floor("D"))
    from_app = tables["holdings"].query("sold_through == 'app'")
    columns = ["customer_id", "product_id", "opened_on"]
    both = from_views[columns].merge(from_app[columns], how="outer", indicator=True)
    assert (both["_merge"] == "both").all()
    assert len(both) == len(from_views) == len(from_app) > 10_000


def test_kinds_follow_upon_each_other_as_planted(lab: pd.DataFrame) -> None:
    opened = lab[lab["sold_through"] == "branch"].pivot_table(
        index="customer_id", columns="kind", values="opened_on", aggfunc="min"
    )
    for kind, next_kind, share, within in SEQUENCES:
        both = opened[[kind, next_kind]].dropna()
        soon = (both[next_kind] - both[kind]).dt.days.between(1, within).mean()
        assert share - 0.17 < soon < share + 0.12, (kind, next_kind, soon)
    other = opened[["mortgage", "child_plan"]].dropna()
    assert (other["child_plan"] - other["mortgage"]).dt.days.between(1, 90).mean() < 0.10


def test_the_investors_circle_shares_a_favourite_fund(lab: pd.DataFrame) -> None:
    members = np.concatenate([b.person_id[b.of(investors)] for b in (Block(2026, i) for i in range(LAB))])
    allowed = world(2026, LAB)["customers"].query("risk_level >= 3")
    allowed = allowed.assign(
        member=allowed["customer_id"].isin(members),
        holds=allowed["customer_id"].isin(lab.loc[lab["product"] == INVESTORS_FUND, "customer_id"]),
    )
    shares = allowed.groupby("member")["holds"].mean()
    assert shares[True] > INVESTORS_SHARE - 0.06
    assert shares[False] < 0.15


def test_a_block_of_another_size_is_whole_too() -> None:
    block = Block(5, 0, 200)
    assert block.of(bank.holdings)["customer_id"].nunique() == 200
    assert len(block.of(bank.product_views)) > 1_000
    assert len(PRODUCTS) >= block.of(bank.holdings)["product_id"].nunique() > 40
