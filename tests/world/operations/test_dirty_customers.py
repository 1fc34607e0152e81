"""The customer master: clean where nothing was planted, and every planted defect can be found by a rule."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from labkit.world.bank.customers import customers
from labkit.world.block import Block
from labkit.world.operations import branches
from labkit.world.operations.defects import DEFECTS, DIMENSIONS, quality_defects
from labkit.world.operations.dirty_customers import (
    audit_sample,
    dirty_customers,
    quality_truth,
    record_owners,
)
from tests.world.operations.quality_rules import NEED_THE_AUDIT, RULES, Delivery, judged, well_formed_phone

BLOCKS = 10
SEEDS = (2026, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3, 4, 5)))
KEY = quality_defects(2026).set_index("defect")


class World(NamedTuple):
    customers: pd.DataFrame
    given: Delivery
    truth: pd.DataFrame
    owners: pd.DataFrame


@functools.cache
def world(seed: int, blocks: int = BLOCKS, size: int = 2_000) -> World:
    all_blocks = [Block(seed, index, size) for index in range(blocks)]
    parts = (customers, dirty_customers, audit_sample, quality_truth, record_owners)
    tables = [pd.concat([b.of(part) for b in all_blocks], ignore_index=True) for part in parts]
    given = Delivery(tables[1], branches(seed), tables[2])
    return World(tables[0], given, tables[3], tables[4])


def has(seed: int, defect: str) -> pd.Series:
    """Which records have a defect, bool in the order of the delivery."""
    those = world(seed).truth.query("defect == @defect")["record_id"]
    return world(seed).given.records["record_id"].isin(those)


def test_twenty_defects_are_planted_in_six_dimensions() -> None:
    assert len(KEY) == len(DEFECTS) == len(RULES) == 20
    assert set(KEY["dimension"]) == set(DIMENSIONS)
    assert set(" ".join(KEY["columns"]).split()) <= set(world(2026).given.records.columns)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_defect_is_as_frequent_as_the_key_says(seed: int) -> None:
    share = world(seed).truth["defect"].value_counts() / len(world(seed).given.records)
    for defect, rate in KEY["rate"].items():
        assert share[defect] == pytest.approx(rate, rel=0.05, abs=0.0005), defect


@pytest.mark.proof
@pytest.mark.parametrize("seed", SEEDS)
def test_lab_9_3_rules_find_the_planted_defects_and_no_rule_is_false(seed: int) -> None:
    result = judged(world(seed).given, world(seed).truth)
    assert ((result["precision"] >= 0.95) & (result["recall"] >= 0.95)).sum() >= 18
    assert (result["precision"] >= 0.9).all(), result


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_the_rules_also_do_in_a_world_of_one_block(seed: int) -> None:
    result = judged(world(seed, blocks=1).given, world(seed, blocks=1).truth)
    assert ((result["precision"] >= 0.9) & (result["recall"] >= 0.95)).sum() >= 18, result


def test_a_sample_world_of_two_hundred_customers_has_every_defect() -> None:
    small = world(3, blocks=1, size=200)
    assert set(small.truth["defect"]) == set(KEY.index)
    without_audit = judged(small.given, small.truth).drop(list(NEED_THE_AUDIT))
    assert (without_audit["recall"] >= 0.95).all()


@pytest.mark.parametrize("seed", [2026, 1])
def test_records_without_a_defect_agree_with_the_bank(seed: int) -> None:
    records = world(seed).given.records
    right = records[~records["record_id"].isin(world(seed).truth["record_id"])]
    both = right.merge(world(seed).owners, on="record_id").merge(
        world(seed).customers, on="customer_id", suffixes=("", "_of_bank")
    )
    assert len(both) == len(right) > 0.4 * len(records)
    for column in ("name_zh", "name_en", "id_number", "sex", "city", "branch_id", "joined_on"):
        assert (both[column].astype(str) == both[f"{column}_of_bank"].astype(str)).all(), column
    assert (
        0.96 < (both["phone"] == both["phone_of_bank"]).mean() < 0.995
    )  # the others gave that of a relative
    assert both["declared_income_fen"].equals(both["declared_income_fen_of_bank"])
    assert (both["birth_date"].dt.year == both["birth_year"]).all()
    assert (both["joined_on"] <= both["updated_on"]).all()
    assert (both["updated_on"] <= both["loaded_on"]).all()
    assert both["loaded_on"].between("2023-01-01", "2025-12-31").all()


def test_every_customer_has_a_record_and_every_record_an_owner() -> None:
    owners = world(2026).owners
    assert set(owners["customer_id"]) == set(world(2026).customers["customer_id"])
    assert not owners["record_id"].duplicated().any()
    assert set(owners["record_id"]) == set(world(2026).given.records["record_id"])
    twice = has(2026, "exact_duplicate") | has(2026, "near_duplicate")
    files = owners.groupby("customer_id")["record_id"].transform("size")
    assert (twice.to_numpy() == (files > 1).to_numpy()).all()


def test_no_record_has_two_defects_in_one_column() -> None:
    columns = world(2026).truth.merge(KEY["columns"], left_on="defect", right_index=True)
    columns = columns.assign(columns=columns["columns"].str.split()).explode("columns")
    assert not columns.duplicated(["record_id", "columns"]).any()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_audited_share_estimates_what_no_rule_can_see(seed: int) -> None:
    """An interval of four standard errors around the audited share holds the true one."""
    given, audited = world(seed).given, len(world(seed).given.audit)
    for defect in NEED_THE_AUDIT:
        found = RULES[defect](given).sum() / audited
        assert abs(found - KEY.loc[defect, "rate"]) < 4 * np.sqrt(found * (1 - found) / audited)
    assert audited == pytest.approx(0.1 * len(given.records), rel=0.01)


def test_the_audit_confirms_what_is_right() -> None:
    given = world(2026).given
    both = given.records.merge(given.audit, on="record_id")
    known = both[both["occupation"] != "999"]
    assert (known["occupation"].astype(str) == known["true_occupation"].astype(str)).all()
    assert well_formed_phone(both.rename(columns={"phone": "delivered", "true_phone": "phone"})).all()


def test_the_audit_is_a_random_sample() -> None:
    audited = world(2026).given.records["record_id"].isin(world(2026).given.audit["record_id"])
    for defect in KEY.index:
        share, error = has(2026, defect)[audited].mean(), 4 * np.sqrt(KEY.loc[defect, "rate"] / audited.sum())
        assert share == pytest.approx(has(2026, defect).mean(), abs=error)


@pytest.mark.parametrize("seed", SEEDS)
def test_phones_go_missing_ever_more_often_in_one_source_system_only(seed: int) -> None:
    records = world(seed).given.records.assign(missing=RULES["phone_missing"](world(seed).given))
    records = records[records["loaded_on"] >= "2025-01-01"]
    by_month = records.groupby([records["loaded_on"].dt.month, records["source_system"].astype(str)])
    share = by_month["missing"].mean().unstack()
    worse = KEY.loc[KEY["worsens"], "source_system"].item()
    assert spearmanr(share.index, share[worse]).statistic > 0.8
    assert share[worse].tail(3).mean() > 3 * share[worse].head(3).mean()
    others = records[records["source_system"] != worse]
    assert abs(spearmanr(others["loaded_on"].dt.month, others["missing"]).statistic) < 0.05


@pytest.mark.parametrize("seed", [2026, 1])
def test_a_defect_of_one_system_is_more_frequent_there_and_the_others_are_not(seed: int) -> None:
    system = world(seed).given.records["source_system"].astype(str)
    for defect, home in KEY["source_system"].items():
        share = has(seed, defect).groupby(system).mean()
        if isinstance(home, str):
            assert share[home] > 2 * share.drop(home).max(), defect
        elif KEY.loc[defect, "rate"] > 0.02:
            assert share.max() < 1.6 * share.min(), defect


def test_costs_rank_the_defects_in_one_order() -> None:
    yearly = KEY["rate"] * KEY["cost_fen"]
    assert (yearly.sort_values().pct_change().dropna() > 0.005).all()
    found = world(2026).truth["defect"].value_counts() * KEY["cost_fen"]
    assert found.sort_values().index[-3:].tolist() == yearly.sort_values().index[-3:].tolist()


@pytest.mark.parametrize("seed", [2026, 1])
def test_naive_rules_are_wrong(seed: int) -> None:
    """Counting nulls misses most missing phones; namesakes, families and old forms are no defects."""
    valid = well_formed_phone(world(seed).given.records)
    records = world(seed).given.records
    assert records["phone"].isna().sum() < 0.25 * has(seed, "phone_missing").sum()
    twice = has(seed, "exact_duplicate") | has(seed, "near_duplicate")
    for naive in (records.duplicated("name_zh", keep=False), records.duplicated("address_zh", keep=False)):
        assert twice[naive].mean() < 0.3
    persons = records[valid].groupby("phone")["id_number"].nunique()
    of_two = records["phone"].isin(persons[persons == 2].index)
    assert of_two.sum() > 100
    assert has(seed, "shared_phone")[of_two].mean() < 0.05
    undeclared = records["declared_income_fen"].isna()
    assert undeclared[records["joined_on"] < "2020-01-01"].mean() > 0.25
    assert not (undeclared & has(seed, "income_nines")).any()
    assert (records["balance_fen"] == 0).mean() > 0.05


@pytest.mark.parametrize("seed", [2026, 1])
def test_numbers_and_positions_of_records_give_no_defect_away(seed: int) -> None:
    records = world(seed).given.records
    number = records["record_id"].to_numpy()
    clues = np.column_stack([number, number % 10_000, number % 10, number % 7, np.arange(len(number))])
    for label in (records["record_id"].isin(world(seed).truth["record_id"]), has(seed, "stale_review")):
        model = HistGradientBoostingClassifier(max_iter=20, max_depth=3, random_state=0)
        score = cross_val_predict(model, clues, label, cv=5, method="predict_proba")[:, 1]
        error = 1 / np.sqrt(12 * min(label.sum(), (~label).sum()))
        assert roc_auc_score(label, score) == pytest.approx(0.5, abs=max(0.02, 4 * error))


@pytest.mark.parametrize("defect", ["exact_duplicate", "near_duplicate"])
def test_duplicates_lie_anywhere_in_the_delivery(defect: str) -> None:
    """Two places drawn at random are a third of the whole apart."""
    per_block = len(world(2026).owners) / BLOCKS
    records = world(2026).owners[has(2026, defect).to_numpy()].sort_values("record_id")
    apart = records.groupby("customer_id")["record_id"].agg(lambda n: n.max() - n.min()) / per_block
    assert apart.mean() == pytest.approx(1 / 3, abs=4 * 0.236 / np.sqrt(len(apart)))


@pytest.mark.parametrize("seed", [2026, 1])
def test_no_damaged_number_can_be_that_of_a_real_person(seed: int) -> None:
    records, audit = world(seed).given.records, world(seed).given.audit
    texts = pd.concat(
        [records[c] for c in ("phone", "id_number", "name_zh", "address_zh")] + [audit["true_phone"]]
    )
    numbers = texts[texts.str.fullmatch(r"[\dX]+").fillna(False).astype(bool)]
    assert set(numbers.str.len()) == {10, 11, 18}
    assert numbers[numbers.str.len() < 18].str.startswith("12").all()
    assert numbers[numbers.str.len() == 18].str.startswith("99").all()
    mobile = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
    assert not texts.dropna().map(mobile.search).notna().any()


def test_a_block_does_not_depend_on_the_others() -> None:
    alone = dirty_customers(Block(2026, 3))
    together = world(2026).given.records
    together = together[together["record_id"].isin(alone["record_id"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, together)
