"""Money laundering: the key holds, the lab's detectors find it, and nothing but the money's way gives it away."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from labkit.world.bank.payments.laundering import TYPOLOGIES
from tests.world.bank.payments.laundering_detectors import alerts, recall
from tests.world.bank.payments.payment_tables import payment_tables

SEEDS = (2026, 1, 2, 3, 4, 5)
ALERTS_PER_TYPOLOGY = 200 // len(TYPOLOGIES)


def planted(seed: int) -> pd.DataFrame:
    """The planted transfers with their key and their case's main account, in order of time."""
    tables = payment_tables(seed)
    rows = tables["laundering_truth"].merge(tables["transfers"], on="transfer_id", validate="1:1")
    main = tables["laundering_cases"][["case_id", "main_account", "careful"]]
    rows = rows.merge(main, on="case_id", validate="m:1").sort_values("sent_at", ignore_index=True)
    assert len(rows) == len(tables["laundering_truth"])
    return rows


def rows_of(seed: int, typology: str, *roles: str) -> list[pd.DataFrame]:
    """The movements of each case of a typology, or only those in some roles."""
    rows = planted(seed)
    rows = rows[(rows["typology"] == typology) & (rows["role"].isin(roles) if roles else True)]
    return [case for _, case in rows.groupby("case_id")]


@pytest.mark.proof
@pytest.mark.parametrize("seed", SEEDS)
def test_detectors_find_eight_of_ten_cases_of_each_typology_with_200_alerts(seed: int) -> None:
    tables = payment_tables(seed)
    found = alerts(tables, ALERTS_PER_TYPOLOGY)
    assert len(found) <= 200
    share = recall(found, tables["laundering_cases"])
    assert set(share.index) == set(TYPOLOGIES)
    assert (share >= 0.8).all(), share.to_dict()


@pytest.mark.parametrize("seed", [2026, 1])
def test_decoys_take_alerts_and_careful_cases_are_missed(seed: int) -> None:
    tables = payment_tables(seed)
    found = alerts(tables, ALERTS_PER_TYPOLOGY)
    hits = found.merge(
        tables["laundering_cases"].astype({"typology": str}).rename(columns={"main_account": "account"}),
        on=["typology", "account"], how="left",
    )  # fmt: skip
    false = hits.loc[hits["case_id"].isna(), "account"]
    decoys = tables["laundering_decoys"].set_index("account_id")["kind"]
    assert {"insured_safe", "cash_shop", "lent_on", "group_trip"} <= set(decoys[decoys.index.isin(false)])
    assert 0.4 < 1 - len(false) / len(found) < 0.8
    careful = tables["laundering_cases"]["careful"]
    assert careful.sum() == 10
    assert hits.loc[hits["careful"].eq(True), "case_id"].nunique() <= 5


@pytest.mark.parametrize("seed", [2026, 1])
def test_counting_alone_finds_nothing(seed: int) -> None:
    """The accounts with most payers, most money, or most cash deposits are landlords, shops and firms."""
    tables = payment_tables(seed)
    moved, cases = tables["transfers"], tables["laundering_cases"]
    cash = moved[moved["purpose"] == "cash_deposit"]
    by_hand = moved[moved["purpose"].isin(["purchase", "other", "family", "business"])]
    counts = {
        "fan_in": by_hand.groupby("payee_account")["payer_account"].nunique(),
        "fan_out": by_hand.groupby("payer_account")["payee_account"].nunique(),
        "structuring": cash[cash["amount_fen"] < 5_000_000].groupby("payee_account").size(),
    }
    for typology, count in counts.items():
        main = cases.loc[cases["typology"] == typology, "main_account"]
        assert main.isin(count.nlargest(ALERTS_PER_TYPOLOGY).index).mean() < 0.6, typology


@pytest.mark.parametrize("seed", SEEDS)
def test_there_are_several_cases_of_each_typology_in_every_block(seed: int) -> None:
    cases = payment_tables(seed)["laundering_cases"]
    per_block = pd.crosstab(cases["case_id"] // 100, cases["typology"])
    assert per_block.shape == (10, 5)
    assert per_block.isin([2, 3]).all(axis=None)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_account_serves_two_cases(seed: int) -> None:
    rows, accounts = planted(seed), payment_tables(seed)["accounts"]
    both = pd.concat(
        [
            rows[["case_id", f"{side}_account"]].set_axis(["case", "account"], axis=1)
            for side in ("payer", "payee")
        ]
    )
    desks = accounts.loc[accounts["kind"] == "cash_desk", "account_id"]
    cases = both[~both["account"].isin(desks)].drop_duplicates().groupby("account").size()
    assert (cases == 1).all()


def test_cases_are_summed_up_from_their_transfers() -> None:
    tables = payment_tables(2026)
    rows, cases = planted(2026), tables["laundering_cases"].set_index("case_id")
    pd.testing.assert_series_equal(
        rows.groupby("case_id")["sent_at"].min(), cases["first_at"], check_names=False
    )
    pd.testing.assert_series_equal(
        rows.groupby("case_id")["sent_at"].max(), cases["last_at"], check_names=False
    )
    own = tables["accounts"].loc[tables["accounts"]["customer_id"].notna(), "account_id"]
    both = rows[["case_id", "payer_account", "payee_account"]].melt("case_id")
    used = both[both["value"].isin(own)].groupby("case_id")["value"].nunique()
    pd.testing.assert_series_equal(used, cases["accounts"], check_names=False)
    to_main = (rows["payee_account"] == rows["main_account"]) & (
        (rows["typology"] == "fan_in") | (rows["role"] == "placement")
    )
    entered = rows[to_main].groupby("case_id")["amount_fen"].sum()
    pd.testing.assert_series_equal(entered, cases["amount_fen"], check_names=False)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_cycle_runs_forward_in_time_with_a_fee_less_each_time_and_returns(seed: int) -> None:
    for case in rows_of(seed, "cycle", "layering"):
        assert case["payer_account"].iloc[0] == case["payee_account"].iloc[-1] == case["main_account"].iloc[0]
        assert (case["payee_account"].to_numpy()[:-1] == case["payer_account"].to_numpy()[1:]).all()
        assert 3 <= len(case) <= 6
        kept = case["amount_fen"].to_numpy()[1:] / case["amount_fen"].to_numpy()[:-1]
        assert (kept < 1).all()
        assert (kept > 0.85).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_scattered_money_is_gathered_later_and_less(seed: int) -> None:
    for case in rows_of(seed, "scatter_gather", "layering"):
        main = case["main_account"].iloc[0]
        out = case[case["payer_account"] == main].set_index("payee_account")
        back = case[case["payer_account"] != main].set_index("payer_account").loc[out.index]
        assert back["payee_account"].nunique() == 1
        assert (back["sent_at"] > out["sent_at"]).all()
        assert (back["amount_fen"] < out["amount_fen"]).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_structured_cash_stays_below_the_limit_every_day_and_uses_several_branches(seed: int) -> None:
    moved = payment_tables(seed)["transfers"]
    cash = moved[moved["purpose"] == "cash_deposit"]
    per_day = cash.groupby(["payee_account", cash["sent_at"].dt.normalize()])["amount_fen"].sum()
    for case in rows_of(seed, "structuring", "placement"):
        own = case.groupby(case["sent_at"].dt.normalize())["amount_fen"].sum()
        assert own.max() < 5_000_000
        assert case["payer_account"].nunique() >= 2
        # the rest of the account's life hardly ever lifts a day above the limit
        assert (per_day[case["main_account"].iloc[0]].loc[own.index] < 5_000_000).mean() > 0.85


@pytest.mark.parametrize("seed", SEEDS)
def test_fans_have_many_ends_and_the_money_does_not_stay(seed: int) -> None:
    for typology, far in (("fan_in", "payer_account"), ("fan_out", "payee_account")):
        for case in rows_of(seed, typology, "layering"):
            careful = case["careful"].iloc[0]
            assert case[far].is_unique
            assert 5 <= len(case) <= 6 if careful else 8 <= len(case) <= 14
    for case in rows_of(seed, "fan_in"):
        main = case["main_account"].iloc[0]
        into, away = (
            case.loc[case[f"{side}_account"] == main, "amount_fen"].sum() for side in ("payee", "payer")
        )
        assert 0.84 * into < away < into


def test_accounts_of_a_case_also_lead_an_ordinary_life() -> None:
    tables = payment_tables(2026)
    rows = planted(2026)
    ordinary = tables["transfers"][~tables["transfers"]["transfer_id"].isin(rows["transfer_id"])]
    own = tables["accounts"].loc[tables["accounts"]["customer_id"].notna(), "account_id"]
    used = pd.concat([rows["payer_account"], rows["payee_account"]]).drop_duplicates()
    times = pd.concat([ordinary["payer_account"], ordinary["payee_account"]]).value_counts()
    times = times.reindex(used[used.isin(own)], fill_value=0)
    assert times.median() > 15
    assert (times >= 3).mean() > 0.97


def sample_of(columns: list[pd.DataFrame], label: list[np.ndarray]) -> tuple[pd.DataFrame, np.ndarray]:
    """All planted rows and ten times as many others."""
    features, planted_row = pd.concat(columns, ignore_index=True), np.concatenate(label)
    rng = np.random.default_rng(1)
    others = rng.choice(np.flatnonzero(~planted_row), 10 * planted_row.sum(), replace=False)
    chosen = rng.permutation(np.concatenate([np.flatnonzero(planted_row), others]))
    return features.iloc[chosen], planted_row[chosen]


def auc(features: pd.DataFrame, label: np.ndarray) -> float:
    model = HistGradientBoostingClassifier(max_iter=40, random_state=1)
    score = cross_val_predict(model, features, label, cv=4, method="predict_proba")[:, 1]
    return float(roc_auc_score(label, score))


def test_numbers_and_places_of_transfers_say_nothing_about_laundering() -> None:
    columns, label = [], []
    for seed in SEEDS:
        moved = payment_tables(seed)["transfers"]
        number, row = moved["transfer_id"], np.arange(len(moved))
        columns.append(
            pd.DataFrame(
                {"number": number, "row": row, "last": number % 10, "low": number % 997, "odd": row % 2}
            )
        )
        label.append(
            moved["transfer_id"].isin(payment_tables(seed)["laundering_truth"]["transfer_id"]).to_numpy()
        )
    assert abs(auc(*sample_of(columns, label)) - 0.5) < 0.02


def test_numbers_and_places_of_accounts_say_nothing_about_laundering() -> None:
    columns, label = [], []
    for seed in SEEDS:
        accounts, rows = payment_tables(seed)["accounts"], planted(seed)
        mine = accounts[accounts["kind"].isin(["current", "business"])]
        used = mine["account_id"].isin(rows["payer_account"]) | mine["account_id"].isin(rows["payee_account"])
        number, row = mine["account_id"], mine.index.to_numpy()
        columns.append(
            pd.DataFrame(
                {"number": number, "in_block": number % 10_000, "last": number % 10, "row": row,
                 "customer": mine["customer_id"].astype(int), "since": mine["opened_on"].astype("int64")}
            )
        )  # fmt: skip
        label.append(used.to_numpy())
    assert abs(auc(*sample_of(columns, label)) - 0.5) < 0.02


def test_the_second_of_a_transfer_says_nothing_about_laundering() -> None:
    moved = pd.concat([payment_tables(seed)["transfers"] for seed in SEEDS])
    key = pd.concat([payment_tables(seed)["laundering_truth"].assign(seed=seed) for seed in SEEDS])
    label = np.concatenate(
        [
            payment_tables(seed)["transfers"]["transfer_id"].isin(key.loc[key["seed"] == seed, "transfer_id"])
            for seed in SEEDS
        ]
    )
    clock = moved["sent_at"].astype("int64") % 60_000
    assert abs(roc_auc_score(label, clock) - 0.5) < 0.02
    assert abs(roc_auc_score(label, clock == 0) - 0.5) < 0.001
