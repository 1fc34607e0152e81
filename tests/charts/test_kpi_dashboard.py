"""The desk's page holds every tile, alarm and part, and says in words what a picture would show."""

from dataclasses import replace

import pytest
from lxml import html as parser

from labkit.charts.kpi_dashboard import kpi_dashboard, parts_of
from labkit.charts.kpi_tiles import Reading
from labkit.language import set_language
from tests.charts.desks import a_desk


def page_of(desk):
    return parser.fromstring(str(kpi_dashboard(desk)[0]))


def text_of(element) -> str:
    return " ".join(element.text_content().split())


def test_a_tile_shows_value_state_expectation_and_limits():
    alarms, first, *others = page_of(a_desk()).find_class("tile")
    assert len(others) == 6
    assert (
        text_of(first)
        == "Amount 360.0 m yuan ▲ above the limit expected 240.0 m yuan limits 192.0–288.0 m yuan"
    )
    assert text_of(others[-1]) == "Conversion 12.0% ✓ within limits expected 12.0% limits 9.6–14.4%"
    assert text_of(alarms).startswith("Alarms ● rings today Fanying + Yunting · place 0 since 2025-11-15")


def test_every_picture_has_a_text_of_its_own():
    pictures = page_of(a_desk()).xpath(".//img")
    assert len(pictures) == 7
    assert all(picture.get("alt").startswith("the last 28 days, between") for picture in pictures)
    assert all(picture.get("src").startswith("data:") for picture in pictures)


def test_what_rings_stands_before_what_rang():
    desk = replace(a_desk(alarms=3), alarms=a_desk(alarms=3).alarms[::-1])
    states = [text_of(state)[0] for state in page_of(desk).xpath("//p/span")]
    assert states == ["●", "●", "○"]


def test_parts_stand_by_dimension_with_their_sum_and_the_fault_is_named():
    channel, product = page_of(a_desk()).xpath(".//table")
    assert text_of(channel.xpath(".//caption")[0]) == "Channel"
    assert text_of(channel.xpath(".//tfoot//td")[0]) == text_of(product.xpath(".//tfoot//td")[0]) == "900"
    app, branch = channel.xpath(".//tbody//tr")
    assert text_of(branch) == "fault branch 300 800 −62% ▼"
    assert branch.xpath(".//span")[0].get("aria-label") == "below the limit"
    assert "fault" not in text_of(app)


def test_the_sentence_names_what_is_beyond_and_each_alarm_with_its_address():
    html, sentence = kpi_dashboard(a_desk(alarms=2))
    assert sentence == (
        "Mon 2025-11-24, Yunting: 2 of 7 figures beyond their limits (Amount above the limit, Orders above the limit). "
        "Alarms: Fanying + Yunting · place 0 (since 2025-11-15; orders −27% against expectation); "
        "Fanying + Yunting · place 1 (rang 2025-11-15 to 2025-11-23; orders −27% against expectation)."
    )
    assert hasattr(html, "__html__")


def test_a_quiet_day_without_parts_says_so():
    desk = replace(a_desk(alarms=0, beyond=0), parts=[])
    html, sentence = kpi_dashboard(desk)
    assert sentence.endswith(
        "0 of 7 figures beyond their limits. Nothing rings, and nothing rang in the week before."
    )
    assert "no finer parts" in html
    assert page_of(desk).xpath(".//table") == []


def test_names_and_notes_of_a_file_are_escaped():
    html, _ = kpi_dashboard(replace(a_desk(note="<b>new</b>"), place="<script>"))
    assert "<script>" not in html
    assert "&lt;b&gt;new" in html


def test_the_page_asks_no_other_host():
    html, _ = kpi_dashboard(a_desk())
    assert "http" not in html.replace("http://www.w3.org", "")


def test_chinese_words_are_those_of_the_edition():
    set_language("zh")
    try:
        html, sentence = kpi_dashboard(a_desk())
    finally:
        set_language("en")
    assert "高于上限" in html
    assert sentence.startswith(
        "2025-11-24 周一，Yunting：7 个指标中有 2 个越限（Amount高于上限、Orders高于上限）。警报："
    )


READING = Reading(1, 1, 0, 2)


@pytest.mark.parametrize(
    ("place", "names"),
    [("", ["r1", "r2", "app", "loan"]), ("r1", ["app", "loan"]), ("r2", ["app"])],
)
def test_a_place_is_cut_along_every_dimension_but_its_own(place, names):
    today = dict.fromkeys(["r1", "r2", "app", "loan", "r1 · app", "r1 · loan", "r2 · app"], READING)
    values = {"region": ["r1", "r2"], "channel": ["app"], "product": ["loan"]}
    cut = parts_of(place, today, values, ["r1 · loan"], {"app": "mobile app"})
    named = [{"mobile app": "app"}.get(part.name, part.name) for part in cut]
    assert named == names
    assert {part.name for part in cut if part.holds_fault} == {
        "": {"r1", "loan"},
        "r1": {"loan"},
        "r2": set(),
    }[place]


def test_data_without_dimensions_have_no_parts():
    assert parts_of("", {"whole bank": READING}, {}, ["whole bank"], {}) == []
