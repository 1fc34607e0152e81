"""The churn report of a region and month: its figures by another route, and a headline that they support."""

from __future__ import annotations

import pandas as pd
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from labkit.errors import LabkitError
from labkit.language import set_language
from labkit.reports import typed_numbers
from labkit.reports.churn import ChurnMonth, churn_month, churn_report
from labkit.reports.churn.facts import SIGNS, compared, newcombe, supported, wilson
from labkit.store import Dataset
from labkit.world.telecom.churn import DRIVERS


@pytest.fixture(scope="module")
def world() -> Dataset:
    return Dataset.open("tiny", 2026)


@pytest.fixture(scope="module")
def november(world) -> ChurnMonth:
    return churn_month(world)


@pytest.fixture(autouse=True)
def speaks_english():
    yield
    set_language("en")


@pytest.mark.parametrize(("left", "customers"), [(0, 42), (3, 42), (42, 42), (216, 8253)])
def test_wilson_is_that_of_statsmodels(left, customers):
    assert wilson(left, customers) == pytest.approx(
        proportion_confint(left, customers, method="wilson"), abs=1e-6
    )


def test_no_customers_means_that_anything_is_possible():
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize("counts", [(0, 42, 30, 700), (16, 492, 200, 7761), (5, 5, 0, 9)])
def test_newcombe_is_that_of_statsmodels(counts):
    assert newcombe(*counts) == pytest.approx(
        confint_proportions_2indep(*counts, method="newcomb", compare="diff"), abs=1e-5
    )


@pytest.mark.parametrize(
    ("counts", "claim"),
    [((60, 500, 200, 8000), "above"), ((2, 1700, 220, 8000), "below"), ((16, 492, 200, 7761), "in line")],
)
def test_claim_says_no_more_than_the_interval(counts, claim):
    assert supported(compared(*counts)) == claim


def test_month_by_default_is_the_newest_that_has_been_settled(november):
    assert november.month == pd.Timestamp("2025-11-01")
    assert november.history["snapshot_on"].max() == november.snapshot == pd.Timestamp("2025-10-31")


def test_every_month_of_the_table_has_a_report_and_others_are_told_in_words(world):
    assert churn_month(world, "2025-04").history["snapshot_on"].nunique() == 1
    with pytest.raises(LabkitError, match=r"2025-04 to 2025-12"):
        churn_month(world, "2026-01")


def test_signs_are_those_that_make_customers_leave(november):
    """The planted drivers stand behind the signs, each at its own threshold."""
    assert len(SIGNS) == len(DRIVERS)
    rows = november.rows
    marked = {tuple(sign.shown(rows).fillna(value=False).astype(bool)) for sign in SIGNS}
    planted = {tuple(driver.on(rows[driver.column].to_numpy(dtype=float))) for driver in DRIVERS}
    assert marked == planted


@pytest.mark.parametrize("language", ["en", "zh"])
def test_report_of_every_region_has_no_typed_number(november, language):
    set_language(language)
    for region in november.regions.index:
        report = churn_report(november.region(region))
        assert report.language == language
        assert typed_numbers(report) == []
        assert november.cities.set_index("city").at[region, f"name_{language}"] in report.fill(report.title)


def test_both_languages_say_the_same_numbers(november):
    said = {}
    for language in ("en", "zh"):
        set_language(language)
        said[language] = churn_report(november.region("danzhu")).values
    assert {name: value.value for name, value in said["en"].items() if name != "region"} == {
        name: value.value for name, value in said["zh"].items() if name != "region"
    }


def test_profit_is_the_sum_of_the_assumptions_and_lies_in_its_interval(november):
    for city in november.regions.index:
        region = november.region(city)
        expected, low, high = region.profit
        assert expected == pytest.approx(region.called["churned"].sum() * 0.3 * 540 - 13 * len(region.called))
        assert low <= expected + 0.3 * 540
        assert low < high
        assert region.profit == november.region(city).profit


def test_long_run_counts_every_month_once(november):
    for city in november.regions.index:
        region = november.region(city)
        left, customers, others_left, others = region.long_counts
        assert (left + others_left, customers + others) == tuple(
            november.history[["left", "customers"]].sum()
        )
