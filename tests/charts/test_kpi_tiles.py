"""A tile says what its readings say: value, expectation, limits, and a state in sign and word."""

import base64
import math
import re

import pandas as pd
import pytest

from labkit.charts.kpi_tiles import (
    Reading,
    State,
    Tile,
    curve_image,
    kind_of,
    percent,
    readings,
    tiles_of,
    written,
)
from labkit.charts.palette import GREY, ORANGE, RED
from labkit.language import set_language

NAN = math.nan


@pytest.fixture
def chinese():
    set_language("zh")
    yield
    set_language("en")


@pytest.mark.parametrize(
    ("value", "state"),
    [(80, State.WITHIN), (79.9, State.BELOW), (120, State.WITHIN), (121, State.ABOVE), (NAN, State.MISSING)],
)
def test_a_value_on_a_limit_is_within_and_one_beyond_is_not(value, state):
    assert Reading(value, 100, 80, 120).state is state


def test_every_state_has_a_sign_and_a_word_of_its_own():
    assert len({state.sign for state in State}) == len({state.word for state in State}) == len(State)


@pytest.mark.parametrize(
    ("good", "value", "colour"),
    [
        ("up", 130, ORANGE),
        ("up", 70, RED),
        ("down", 130, RED),
        ("down", 70, ORANGE),
        ("up", 100, GREY),
        ("down", NAN, GREY),
    ],
)
def test_red_is_the_side_that_is_bad_news(good, value, colour):
    assert Tile("Orders", [Reading(value, 100, 80, 120)], good=good).colour == colour


def test_limits_lie_so_many_deviations_about_expectation_and_never_below_zero():
    days = pd.date_range("2025-01-01", periods=2)
    values, expected, one = (
        pd.DataFrame({"app": pair, "web": [1.0, 2.0]}, days) for pair in ([50, 61], [50, 60], [2, 20])
    )
    read = readings(values, expected, one, 5)
    assert read["app"] == [Reading(50, 50, 40, 60), Reading(61, 60, 0, 160)]
    assert list(read) == ["app", "web"]


def test_tiles_follow_the_tree_and_leave_out_what_is_not_known():
    tree = pd.DataFrame(
        {
            "kpi": ["amount_fen", "orders", "failures", "conversion"],
            "formula": [
                "orders * order_value_fen",
                "applications - failures",
                "failures",
                "applications / visits",
            ],
            "good": ["up", "up", "down", "up"],
            "name_en": ["Amount", "Orders", "Failures", "Conversion"],
            "name_zh": ["金额", "订单数", "失败数", "转化率"],
        }
    )
    known = {"conversion": [Reading(0.1, 0.1, 0, 1)], "failures": [Reading(3, 2, 0, 9)]}
    tiles = tiles_of(tree, known)
    assert [(tile.name, tile.kind, tile.good) for tile in tiles] == [
        ("Failures", "count", "down"),
        ("Conversion", "share", "up"),
    ]
    assert kind_of("order_value_fen", "amount_fen / orders") == "money"


@pytest.mark.parametrize(
    ("figure", "kind", "text"),
    [
        (8663.4, "count", "8,663"),
        (0.1254, "share", "12.5%"),
        (2.1692e10, "money", "216.9 m yuan"),
        (2_452_500, "money", "24,525 yuan"),
        (NAN, "money", "–"),
    ],
)
def test_figures_are_written_as_a_person_does(figure, kind, text):
    assert written(figure, kind) == text


@pytest.mark.parametrize(
    ("fen", "text"),
    [(2.1692e10, "2.17 亿元"), (2_452_500, "2.45 万元"), (3.4e9, "3,400 万元"), (88_000, "880 元")],
)
def test_money_in_chinese_counts_in_wan_and_yi(chinese, fen, text):
    assert written(fen, "money") == text


@pytest.mark.parametrize(("share", "text"), [(0.034, "+3%"), (-0.27, "−27%"), (-0.001, "±0%"), (NAN, "–")])
def test_a_deviation_carries_its_sign(share, text):
    assert percent(share) == text


def test_limits_name_their_unit_once():
    tile = Tile("Amount", [Reading(2e10, 2e10, 1.868e10, 2.598e10)], "money")
    assert tile.limits_in_words() == "186.8–259.8 m yuan"
    mixed = Tile("Amount", [Reading(0, 5e7, 0, 2e8)], "money")
    assert mixed.limits_in_words() == "0 yuan–2.0 m yuan"


def drawn(tile: Tile) -> str:
    return base64.b64decode(curve_image(tile).split(",")[1]).decode()


def test_curve_stays_inside_and_its_dot_is_the_day():
    days = [Reading(90 + day, 100, -1_000, 1_000) for day in range(9)] + [Reading(150, 100, 80, 120)]
    svg = drawn(Tile("Orders", days))
    places = [tuple(map(float, pair.split(","))) for pair in re.findall(r"[\d.-]+,[\d.-]+", svg)]
    assert all(0 <= across <= 220 and 0 <= down <= 48 for across, down in places)
    assert len(re.findall("<polyline", svg)) == 2
    dot = re.search(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="4" fill="(\S+)"', svg)
    assert dot.groups() == ("215.0", "5.0", ORANGE)


def test_curve_of_one_day_or_of_no_figure_is_drawn_all_the_same():
    for reading in (Reading(5, 5, 5, 5), Reading(NAN, NAN, NAN, NAN)):
        tile = Tile("Orders", [reading])
        assert "nan" not in drawn(tile)
        assert tile.curve_in_words()


def test_curve_says_what_it_shows():
    tile = Tile("Orders", [Reading(value, 100, 80, 120) for value in (95, NAN, 110)])
    assert tile.curve_in_words() == "the last 3 days, between 95 and 110"
