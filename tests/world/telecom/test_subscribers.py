"""Who is there and for how long, and what they use and pay in their months of service."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from labkit import catalogue
from labkit.store.storage import to_arrow
from labkit.world.block import Block
from labkit.world.telecom import DOMAIN
from labkit.world.telecom.tickets import tickets
from labkit.world.telecom.usage import subscribers, usage_monthly


@pytest.mark.parametrize(("make", "when"), [(usage_monthly, "month"), (tickets, "opened_at")])
def test_nothing_happens_before_joining_or_after_leaving(of_block, make, when):
    everybody = of_block(subscribers)
    assert (everybody["left_on"].dropna() >= "2024-01-01").all()
    assert (everybody["left_on"].isna() | (everybody["left_on"] >= everybody["joined_on"])).all()
    rows = of_block(make).merge(everybody[["subscriber_id", "joined_on", "left_on"]], on="subscriber_id")
    assert len(rows) == len(of_block(make))
    assert (rows[when] > rows["joined_on"]).all()
    assert (rows["left_on"].isna() | (rows[when] < rows["left_on"])).all()


def test_contract_runs_in_whole_terms_and_ends_after_the_last_day(of_block):
    everybody = of_block(subscribers)
    without = everybody["contract_months"] == 0
    assert everybody.loc[without, "contract_end_on"].isna().all()
    bound = everybody[~without]
    last_day = bound["left_on"].fillna(pd.Timestamp("2025-12-31"))
    assert (bound["contract_end_on"] > last_day).all()
    months = (bound["contract_end_on"].dt.year - bound["joined_on"].dt.year) * 12 + (
        bound["contract_end_on"].dt.month - bound["joined_on"].dt.month
    )
    assert (months % bound["contract_months"] == 0).all()
    assert (bound["contract_end_on"].dt.day == bound["joined_on"].dt.day).all()


def test_base_is_stationary_and_loses_two_to_three_and_a_half_percent_a_month(of_lab):
    everybody = of_lab(subscribers)
    months = pd.date_range("2024-01-01", "2025-12-01", freq="MS")
    there = [(everybody["joined_on"] < m) & ~(everybody["left_on"] < m) for m in months]
    size = np.array([rows.sum() for rows in there])
    left = np.array(
        [
            (everybody["left_on"][rows] < m + pd.offsets.MonthBegin()).sum()
            for rows, m in zip(there, months, strict=True)
        ]
    )
    assert size.max() / size.min() < 1.12
    assert 0.025 < left.sum() / size.sum() < 0.032
    assert 0.018 < (left / size).min() <= (left / size).max() < 0.042


@pytest.mark.parametrize("customers", [200, 2_000])
def test_every_table_of_a_block_fits_the_catalogue_however_small_the_block(customers):
    block = Block(7, 0, customers)
    for make in DOMAIN.per_block:
        assert to_arrow(catalogue.table(make.__name__), block.of(make)).num_rows > 0, make.__name__
