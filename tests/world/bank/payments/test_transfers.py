"""Transfers: every party resolves, and money moves as people, employers and shops move it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from labkit import catalogue
from labkit.store.storage import to_arrow, write_parquet
from labkit.world.bank.cards.cards import cards
from labkit.world.bank.cards.monthly import card_monthly
from labkit.world.bank.payments.accounts import accounts
from labkit.world.bank.payments.bills import landlords
from labkit.world.bank.payments.card_settlement import settlement
from labkit.world.bank.payments.parties import FIRST_NUMBER_ELSEWHERE, parties
from labkit.world.bank.payments.transfers import transfers
from labkit.world.block import Block
from labkit.world.calendar import DAYS, WEEKDAY, is_holiday
from labkit.world.people.employers import pay_day, work
from tests.world.bank.payments.payment_tables import payment_tables

CLOSED = pd.DatetimeIndex(DAYS[is_holiday() | (WEEKDAY >= 5)])


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return payment_tables(2026)


def owners(tables: dict[str, pd.DataFrame]) -> pd.Series:
    """Customer of each account that has one."""
    return tables["accounts"].dropna(subset="customer_id").set_index("account_id")["customer_id"].astype(int)


def between_people(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Transfers between two customers: low, high (their numbers), amount_fen."""
    moved, owner = tables["transfers"], owners(tables)
    both = pd.DataFrame(
        {
            "one": moved["payer_account"].map(owner),
            "other": moved["payee_account"].map(owner),
            "fen": moved["amount_fen"],
        }
    ).dropna()
    both = both[both["one"] != both["other"]]
    ends = np.sort(both[["one", "other"]].to_numpy(dtype=np.int64), axis=1)
    return pd.DataFrame({"person_id": ends[:, 0], "other_id": ends[:, 1], "fen": both["fen"].to_numpy()})


def pairs_of(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Every tie between two customers: kind, how often they sent each other money, and the sum."""
    sent = between_people(tables).groupby(["person_id", "other_id"])["fen"].agg(["size", "sum"])
    customer = tables["people"].set_index("person_id")["is_customer"]
    ties = tables["relations"]
    ties = ties[ties["person_id"].map(customer) & ties["other_id"].map(customer)]
    return ties.merge(sent.reset_index(), on=["person_id", "other_id"], how="left").fillna(
        {"size": 0, "sum": 0}
    )


def test_each_transfer_is_of_the_quarter_and_touches_the_bank(tables: dict[str, pd.DataFrame]) -> None:
    moved = tables["transfers"]
    assert moved["transfer_id"].is_unique
    assert moved["sent_at"].between("2025-10-01", "2025-12-31 23:59:59.999").all()
    assert (moved["amount_fen"] > 0).all()
    assert (moved["payer_account"] != moved["payee_account"]).all()
    assert ((moved["payer_bank"] == "lighthouse") | (moved["payee_bank"] == "lighthouse")).all()


@pytest.mark.parametrize("side", ["payer", "payee"])
def test_a_party_is_in_accounts_if_and_only_if_its_bank_is_lighthouse(
    side: str, tables: dict[str, pd.DataFrame]
) -> None:
    moved = tables["transfers"]
    known = moved[f"{side}_account"].isin(tables["accounts"]["account_id"])
    assert (known == (moved[f"{side}_bank"] == "lighthouse")).all()
    assert (moved.loc[~known, f"{side}_account"] > FIRST_NUMBER_ELSEWHERE).all()


def test_an_account_elsewhere_is_always_with_the_same_bank(tables: dict[str, pd.DataFrame]) -> None:
    moved = tables["transfers"]
    sides = [
        moved[[f"{s}_account", f"{s}_bank"]].set_axis(["account", "bank"], axis=1) for s in ("payer", "payee")
    ]
    assert (pd.concat(sides).drop_duplicates().groupby("account").size() == 1).all()


def test_a_block_has_as_many_rows_and_megabytes_as_planned(tmp_path) -> None:
    rows, size = 0, 0
    for name in ("accounts", "transfers", "laundering_truth", "laundering_cases", "laundering_decoys"):
        arrow = to_arrow(catalogue.table(name), payment_tables(2026, 1)[name])
        write_parquet(arrow, tmp_path / name)
        size += (tmp_path / name).stat().st_size
        rows += arrow.num_rows
    assert 25_000 < rows < 48_000
    assert size < 1_000_000


def test_wages_come_in_a_batch_on_the_pay_day_or_the_working_day_before() -> None:
    block = Block(2026, 0)
    moved, to, each = block.of(transfers), block.of(parties), block.of(work)
    wages = moved[(moved["purpose"] == "salary") & (moved["channel"] == "batch")]
    days = pd.DatetimeIndex(wages["sent_at"].dt.normalize())
    assert not days.isin(CLOSED).any()
    person = pd.Series(np.arange(block.size), to.number[to.main])[wages["payee_account"]].to_numpy()
    due = pd.DatetimeIndex(days.to_numpy().astype("datetime64[M]")) + pd.to_timedelta(
        block.of(pay_day)[person] - 1, unit="D"
    )
    assert (days <= due).all()
    # between the day of payment and the pay day, nothing is open
    for paid, wanted in set(zip(days, due, strict=True)):
        assert pd.date_range(paid, wanted, inclusive="right").isin(CLOSED).all()
    here = (each.employer >= 0) & (to.employer[each.employer] < to.own) & (each.owner[each.employer] < 0)
    per_person = pd.Series(person).value_counts()
    assert (per_person.reindex(np.flatnonzero(here)) == 3).all()


def test_counters_are_closed_at_weekends_on_holidays_and_at_night(tables: dict[str, pd.DataFrame]) -> None:
    at = tables["transfers"].loc[tables["transfers"]["channel"] == "counter", "sent_at"]
    assert not pd.DatetimeIndex(at.dt.normalize()).isin(CLOSED).any()
    assert at.dt.hour.between(9, 16).all()


def test_cash_is_in_notes_and_machines_keep_to_their_limit(tables: dict[str, pd.DataFrame]) -> None:
    moved = tables["transfers"]
    cash = moved[moved["purpose"].isin(["cash_deposit", "cash_withdrawal"])]
    assert (cash["amount_fen"] % 10_000 == 0).all()
    assert cash.loc[cash["channel"] == "atm", "amount_fen"].max() <= 2_000_000
    desks = tables["accounts"].loc[tables["accounts"]["kind"] == "cash_desk", "account_id"]
    at_desk = moved["payer_account"].isin(desks) | moved["payee_account"].isin(desks)
    assert (at_desk == moved["purpose"].isin(["cash_deposit", "cash_withdrawal"])).all()


def test_rent_comes_every_month_from_the_same_people_to_the_landlord() -> None:
    block = Block(2026, 0)
    moved, to = block.of(transfers), block.of(parties)
    rent = moved[
        (moved["purpose"] == "rent") & moved["payee_account"].isin(to.number[to.main[block.of(landlords)]])
    ]
    months = rent.groupby(["payee_account", "payer_account"])["sent_at"].agg(lambda at: at.dt.month.nunique())
    assert (months == 3).all()
    assert rent.groupby("payee_account")["payer_account"].nunique().max() >= 8


def test_red_packets_come_at_festivals_and_the_wallet_is_filled_before_11_11(
    tables: dict[str, pd.DataFrame],
) -> None:
    moved = tables["transfers"]
    gifts = moved[
        (moved["purpose"] == "gift") & moved["amount_fen"].isin([8_800, 16_800, 18_800, 66_600, 88_800])
    ]
    by_day = gifts["sent_at"].dt.normalize().value_counts()
    assert by_day.idxmax() == pd.Timestamp("2025-10-06")
    assert by_day["2025-12-31"] > 5 * by_day["2025-12-15"]
    top_ups = moved.loc[moved["purpose"] == "wallet_top_up", "sent_at"].dt.normalize().value_counts()
    assert top_ups["2025-11-10"] > 1.8 * top_ups["2025-11-24"]


@pytest.mark.parametrize("seed", [2026, 1])
def test_households_send_each_other_money_far_more_often_than_friends_and_strangers(seed: int) -> None:
    tables = payment_tables(seed)
    pairs = pairs_of(tables)
    ever = pairs["size"].gt(0).groupby(pairs["kind"], observed=True).mean()
    times = pairs.groupby("kind", observed=True)["size"].mean()
    assert ever["family"] > 0.85
    assert ever["family"] > 2.5 * ever["friend"]
    assert times["family"] > 7 * times["friend"]
    assert ever["friend"] > 0.15
    customers, known = tables["people"]["is_customer"].sum(), len(pairs)
    strangers = (
        between_people(tables)
        .drop_duplicates(["person_id", "other_id"])
        .merge(pairs[["person_id", "other_id"]], how="left", indicator=True)
    )
    possible = 10 * (customers / 10) ** 2 / 2 - known
    assert (strangers["_merge"] == "left_only").sum() / possible < 0.003


@pytest.mark.parametrize("seed", [2026, 1])
def test_four_of_five_pairs_with_many_transfers_are_a_household(seed: int) -> None:
    sent = between_people(payment_tables(seed)).groupby(["person_id", "other_id"]).size()
    often = sent[sent >= 4].reset_index()
    household = payment_tables(seed)["people"].set_index("person_id")["household_id"]
    same = often["person_id"].map(household) == often["other_id"].map(household)
    assert same.mean() > 0.8


@pytest.mark.parametrize("seed", [2026, 1])
def test_the_investors_circle_exchanges_larger_sums(seed: int) -> None:
    pairs = pairs_of(payment_tables(seed))
    active = pairs[pairs["size"] > 0]
    usual = (active["sum"] / active["size"]).groupby(active["kind"], observed=True).median()
    assert usual["investors"] > 50 * usual["friend"]
    assert usual["investors"] > 20 * usual["family"]
    assert pairs.loc[pairs["kind"] == "investors", "size"].gt(0).mean() > 0.85


@pytest.mark.parametrize("seed", [2026, 1])
def test_card_settlements_equal_the_debit_cards_months(seed: int) -> None:
    block = Block(seed, 0)
    sent = block.of(transfers).query("purpose == 'card_settlement'")
    owner = block.of(accounts).set_index("account_id")["customer_id"]
    settled = sent.assign(customer_id=sent["payer_account"].map(owner).astype("int64"))
    settled["month"] = settled["sent_at"].dt.to_period("M") - 1
    settled = settled.groupby(["customer_id", "month"])["amount_fen"].agg(["sum", "size"])
    debit = block.of(cards).query("kind == 'debit'")["card_id"]
    monthly = block.of(card_monthly)
    spent = monthly[monthly["card_id"].isin(debit) & monthly["month"].between("2025-09-01", "2025-11-30")]
    spent = (
        spent.assign(month=spent["month"].dt.to_period("M"))
        .groupby(["customer_id", "month"])["spend_fen"]
        .sum()
    )
    assert len(spent) > 3_000
    pd.testing.assert_series_equal(settled["sum"], spent[spent > 0], check_names=False, check_dtype=False)
    assert (settled["size"] == 1).all()


def test_card_settlement_takes_last_months_debit_spending_on_the_first_days() -> None:
    block = Block(2026, 0)
    to = block.of(parties)
    holders = block.person_id[to.main < to.own][:3]
    spending = pd.DataFrame(
        {
            "customer_id": holders[[0, 0, 1, 2, 0, 0]],
            "month": pd.to_datetime(
                ["2025-09-01", "2025-09-01", "2025-10-01", "2025-11-01", "2025-12-01", "2025-08-01"]
            ),
            "spend_fen": [12_345, 655, 100, 0, 777, 888],
        }
    )
    moved = settlement(block, spending)
    assert moved.fen.tolist() == [13_000, 100]  # both cards in one sum; December is paid in January
    assert (moved.payer == to.main[holders[:2] - block.person_id[0]]).all()
    at = pd.Timestamp("2025-10-01") + pd.to_timedelta(moved.at, unit="ms")
    assert at.month.tolist() == [10, 11]
    assert (at.day <= 3).all()
