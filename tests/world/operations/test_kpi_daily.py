"""Daily KPIs: figures that tie out, a rhythm that is the bank's, and twelve anomalies that can be found."""

from __future__ import annotations

import functools
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from labkit.world.calendar import DAYS, SHOPPING_FESTIVALS, WEEKDAY, during
from labkit.world.operations.calendar_days import calendar_days
from labkit.world.operations.kpi_anomalies import (
    DAYS_APART,
    DAYS_FROM_DECOYS,
    DAYS_FROM_EDGES,
    KINDS,
    PLANNED,
    anomalies,
    decoy_days,
    kpi_anomalies,
)
from labkit.world.operations.kpi_daily import kpi_daily
from labkit.world.operations.kpi_expected import SHAPE, expected_orders
from labkit.world.operations.kpi_tree import kpi_tree
from tests.world.operations.alarms import Event, alarms, control_limits, events

SEEDS = (2026, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3, 4, 5)))
FIGURES = ["visits", "applications", "failures", "orders", "amount_fen"]


@functools.cache
def daily(seed: int) -> pd.DataFrame:
    return kpi_daily(seed)


def cube(seed: int, figure: str = "orders") -> np.ndarray:
    """A figure as days × regions × channels × products."""
    return daily(seed)[figure].to_numpy().reshape(SHAPE)


def planted_days(seed: int) -> np.ndarray:
    """Days of any anomaly, bool."""
    on = np.zeros(len(DAYS), dtype=bool)
    for each in anomalies(seed):
        on[each.first : each.first + each.days] = True
    return on


def root_of(row: pd.Series) -> tuple[tuple[str, ...], ...]:
    """The root of a row of the answer key as the detector names it."""
    codes = (row[name] for name in ("region", "channel", "product"))
    return tuple(() if pd.isna(code) else tuple(sorted(code.split("+"))) for code in codes)


def judged(found: list[Event], key: pd.DataFrame) -> tuple[float, float, int]:
    """Recall, precision, and how many roots are right: an event is right where it meets an anomaly in time."""
    hits = {
        row.anomaly: [e for e in found if DAYS[e.first] <= row.last_day and DAYS[e.last] >= row.first_day]
        for row in key.itertuples()
    }
    roots = sum(any(e.root == root_of(row) for e in hits[row["anomaly"]]) for _, row in key.iterrows())
    right = {each for some in hits.values() for each in some}
    return np.mean([bool(some) for some in hits.values()]), len(right) / len(found), roots


def test_there_is_one_row_per_day_region_channel_and_product() -> None:
    table = daily(2026)
    assert len(table) == np.prod(SHAPE) == 731 * 8 * 4 * 5
    assert not table.duplicated(["day", "region", "channel", "product"]).any()


@pytest.mark.parametrize("seed", [2026, 1])
def test_figures_tie_out_in_every_row(seed: int) -> None:
    table = daily(seed)
    assert (table["orders"] == table["applications"] - table["failures"]).all()
    assert (table[FIGURES] >= 0).all(axis=None)
    assert (table["applications"] <= table["visits"]).all()
    assert ((table["amount_fen"] == 0) == (table["orders"] == 0)).all()
    assert (table["amount_fen"] % 100 == 0).all()


def test_the_tree_leads_from_every_figure_to_the_amount() -> None:
    tree = kpi_tree(2026).set_index("kpi")
    assert set(FIGURES) <= set(tree.index)
    for kpi in tree.index:
        while kpi != "amount_fen":
            kpi = tree.loc[kpi, "parent"]
    totals = daily(2026)[FIGURES].sum()
    figures = totals.to_dict() | {
        "conversion": totals["applications"] / totals["visits"],
        "order_value_fen": totals["amount_fen"] / totals["orders"],
    }
    for kpi, formula in tree["formula"].items():
        assert eval(formula, {}, figures) == pytest.approx(figures[kpi])


def test_the_calendar_says_what_the_days_are() -> None:
    table = calendar_days(2026)
    assert (table["weekday"] == table["day"].dt.day_of_week + 1).all()
    assert (table["holiday"].notna() | table["festival"].notna()).equals(pd.Series(decoy_days()))
    assert (table.loc[table["is_month_end"], "day"] + pd.Timedelta(days=2)).dt.day.isin([1, 2]).all()
    spring = table[table["holiday"] == "spring_festival"].groupby(table["day"].dt.year)["day"].min()
    assert spring.dt.strftime("%m-%d").tolist() == ["02-10", "01-28"]


@pytest.mark.parametrize("seed", [2026, 1])
def test_business_follows_week_holiday_festival_and_growth(seed: int) -> None:
    branch, app = (cube(seed)[:, :, position].sum(axis=(1, 2)) for position in (0, 1))
    ordinary = ~decoy_days() & ~planted_days(seed)
    assert branch[ordinary & (WEEKDAY == 6)].mean() < 0.7 * branch[ordinary & (WEEKDAY == 0)].mean()
    assert app[ordinary & (WEEKDAY == 5)].mean() > 1.02 * app[ordinary & (WEEKDAY == 0)].mean()
    for first in ("2024-02-10", "2025-01-28"):
        festival = (np.datetime64(first) <= DAYS) & (np.datetime64(first) + 4 > DAYS)
        assert branch[festival].mean() < 0.1 * branch[ordinary].mean()
        assert app[festival].mean() > 0.4 * app[ordinary].mean()
    cards_in_the_app = cube(seed)[:, :, 1, 1].sum(axis=1)
    assert (
        cards_in_the_app[during(SHOPPING_FESTIVALS["11.11"])].mean() > 1.4 * cards_in_the_app[ordinary].mean()
    )
    first_year = during((("2024-01-01", "2025-01-01"),))
    assert app[ordinary & ~first_year].mean() > 1.15 * app[ordinary & first_year].mean()
    assert branch[ordinary & ~first_year].mean() < 0.97 * branch[ordinary & first_year].mean()


@pytest.mark.parametrize("seed", [2026, 1])
def test_counts_vary_more_than_chance_and_large_ones_relatively_less(seed: int) -> None:
    quiet = ~decoy_days() & ~planted_days(seed)
    expected, orders = expected_orders(seed)[quiet], cube(seed)[quiet]
    ratio = (orders / expected).reshape(len(orders), -1)
    spread, mean = ratio.std(axis=0), expected.reshape(len(orders), -1).mean(axis=0)
    assert (spread**2 * mean > 1.1).mean() > 0.9
    assert pd.Series(spread).corr(pd.Series(mean), method="spearman") < -0.9


@pytest.mark.parametrize("seed", [2026, 1])
def test_outside_the_anomalies_every_series_is_where_it_is_expected(seed: int) -> None:
    quiet = ~planted_days(seed)
    expected = expected_orders(seed)[quiet].sum(axis=0)
    by_series = cube(seed)[quiet].sum(axis=0) / expected
    assert (np.abs(by_series - 1) < 0.01 + 4 / np.sqrt(expected)).all()
    by_day = cube(seed)[quiet].sum(axis=(1, 2, 3)) / expected_orders(seed)[quiet].sum(axis=(1, 2, 3))
    np.testing.assert_allclose(by_day, 1, atol=0.12)


@pytest.mark.parametrize("seed", [2026, 1, 2, 3, 4, 5])
def test_twelve_anomalies_lie_apart_from_each_other_from_decoys_and_from_the_edges(seed: int) -> None:
    planted = anomalies(seed)
    assert pd.Series([each.kind for each in planted]).value_counts().to_dict() == PLANNED
    assert len({each.root for each in planted}) == len(planted) == 12
    for before, after in pairwise(planted):
        assert after.first - (before.first + before.days) >= DAYS_APART
    decoys = np.flatnonzero(decoy_days())
    for each in planted:
        days = np.arange(each.first, each.first + each.days)
        assert np.abs(decoys[:, None] - days).min() > DAYS_FROM_DECOYS
        assert days[0] >= DAYS_FROM_EDGES
        assert days[-1] < len(DAYS) - DAYS_FROM_EDGES


def test_another_seed_plants_other_days_roots_and_sizes() -> None:
    one, other = kpi_anomalies(1), kpi_anomalies(2)
    assert len(set(one["first_day"]) & set(other["first_day"])) <= 2
    assert [root_of(row) for _, row in one.iterrows()] != [root_of(row) for _, row in other.iterrows()]
    assert not daily(1)[FIGURES].equals(daily(2)[FIGURES])
    assert kpi_daily(1)[FIGURES].equals(daily(1)[FIGURES])


@pytest.mark.parametrize("seed", SEEDS)
def test_every_anomaly_has_the_stated_size_in_its_root_and_nowhere_else(seed: int) -> None:
    normal = expected_orders(seed)
    for each in anomalies(seed):
        days = slice(each.first, each.first + each.days)
        inside = np.zeros(SHAPE[1:], dtype=bool)
        inside[each.root.cells()] = True
        orders, expected = cube(seed)[days], normal[days]
        change = orders[:, inside].sum(axis=1) / expected[:, inside].sum(axis=1) - 1
        if each.kind == "variance":
            assert 0.65 * each.size < change.std() < 1.4 * each.size
        elif each.kind == "drift":
            slope = np.polyfit(np.arange(1, each.days + 1) / each.days, change, 1)[0]
            assert slope == pytest.approx(each.size, abs=0.12)
        else:
            assert change.mean() == pytest.approx(each.size, abs=0.17)
        elsewhere = orders[:, ~inside].sum() / expected[:, ~inside].sum() - 1
        assert abs(elsewhere) < 0.02 + 0.06 / np.sqrt(each.days)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_figure_named_in_the_key_moves_and_those_before_it_do_not(seed: int) -> None:
    for each in anomalies(seed):
        days = np.arange(each.first, each.first + each.days)
        usual = np.setdiff1d(np.arange(each.first - 35, each.first + each.days + 35), days)
        usual = usual[(usual >= 0) & (usual < len(DAYS))]
        usual = usual[~decoy_days()[usual] & ~planted_days(seed)[usual]]

        def rate(part: str, whole: str, when: np.ndarray, cells: tuple = each.root.cells()) -> float:
            return sum(cube(seed, part)[d][cells].sum() for d in when) / sum(
                cube(seed, whole)[d][cells].sum() for d in when
            )

        conversion = rate("applications", "visits", days) / rate("applications", "visits", usual)
        failing = rate("failures", "applications", days) / rate("failures", "applications", usual)
        assert (abs(conversion - 1) > 0.15) == (each.kpi == "applications")
        assert (failing > 3) == (each.kpi == "failures")


@pytest.mark.proof
@pytest.mark.parametrize("seed", SEEDS)
def test_lab_7_4_recall_precision_and_root_causes(seed: int) -> None:
    recall, precision, roots = judged(events(daily(seed), calendar_days(seed), alarms), kpi_anomalies(seed))
    assert recall >= 0.9
    assert precision >= 0.8
    assert roots >= 10


@pytest.mark.proof
@pytest.mark.parametrize("seed", SEEDS)
def test_lab_2_6_recall_and_precision_of_control_limits(seed: int) -> None:
    found = events(daily(seed), calendar_days(seed), control_limits)
    recall, precision, _ = judged(found, kpi_anomalies(seed))
    assert recall >= 0.9
    assert precision >= 0.8


@pytest.mark.parametrize("seed", [2026, 1])
def test_holidays_and_festivals_fool_whoever_does_not_know_the_calendar(seed: int) -> None:
    ordinary = calendar_days(seed).assign(holiday=None, festival=None)
    found = events(daily(seed), ordinary, control_limits)
    on_decoys = [each for each in found if decoy_days()[each.first : each.last + 1].any()]
    assert len(on_decoys) >= 8
    assert judged(found, kpi_anomalies(seed))[1] < 0.7


def test_sizes_and_durations_are_those_that_are_written_down() -> None:
    for seed in range(20):
        for each in anomalies(seed):
            kind = KINDS[each.kind]
            assert kind.days[0] <= each.days <= kind.days[1]
            assert kind.sizes[0] <= round(100 * each.size) <= kind.sizes[1]
            assert (each.kpi, each.cause) in kind.causes
