"""An address is said in the reader's language, and leads through the parts that hold it."""

import pytest

from labkit.charts.place_names import leads_through, place_name
from labkit.language import set_language

CITIES = {"yunting": "Yunting", "fanying": "Fanying"}
REGIONS = ["fanying", "luting", "yunting"]


def test_known_codes_are_named_and_others_stay_as_they_are():
    assert place_name("fanying+yunting · loan", CITIES) == "Fanying + Yunting · loan"
    assert place_name("yunting · app", CITIES) == "Yunting · mobile app"
    assert place_name("whole bank", CITIES) == "whole bank"
    assert place_name("R3 · C5", {}) == "R3 · C5"


def test_names_are_chinese_in_the_chinese_edition():
    set_language("zh")
    try:
        assert (
            place_name("fanying+yunting · loan", {"fanying": "帆影市", "yunting": "云汀市"})
            == "帆影市、云汀市 · 贷款"
        )
    finally:
        set_language("en")


@pytest.mark.parametrize(
    ("address", "place", "value", "leads"),
    [
        ("luting · app", "", "luting", True),
        ("luting · app", "", "app", True),
        ("luting · app", "", "web", False),
        ("luting · app", "luting", "app", True),
        ("luting · app", "yunting", "app", False),
        ("luting", "luting", "app", False),
        ("fanying+yunting · loan", "yunting", "loan", True),
        ("fanying+yunting · loan", "luting", "loan", False),
        ("app · insurance", "luting", "app", True),
        ("app · insurance", "luting", "loan", False),
        ("whole bank", "", "luting", False),
    ],
)
def test_an_address_leads_through_the_parts_that_hold_it_and_no_others(address, place, value, leads):
    assert leads_through(address, place, value, REGIONS) is leads
