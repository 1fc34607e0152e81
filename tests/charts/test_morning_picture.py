"""The morning picture fits a telephone, in both languages, with every letter in its place."""

import itertools
import warnings
from dataclasses import replace

import matplotlib.pyplot as plt
import pytest

from labkit.charts import use_house_style
from labkit.charts.kpi_tiles import Reading, Tile
from labkit.charts.morning_picture import (
    HEIGHT,
    PIXELS_PER_INCH,
    WIDTH,
    morning_picture,
    save_morning_picture,
)
from labkit.language import set_language
from tests.charts.desks import a_desk

LONG = "Fanying + Yunting + Wangchao + Shuangdu · wealth management"


@pytest.fixture(autouse=True)
def house_style():
    with plt.rc_context():
        use_house_style()
        yield
    plt.close("all")


@pytest.fixture(params=["en", "zh"])
def language(request):
    set_language(request.param)
    yield request.param
    set_language("en")


def texts(figure):
    return [text for text in figure.axes[0].texts if text.get_text()]


def test_the_file_is_a_png_of_1080_by_1920_pixels(tmp_path, language):
    figure, _ = morning_picture(a_desk())
    path = save_morning_picture(figure, tmp_path / "mornings" / "2025-11-24.png")
    assert path.read_bytes().startswith(b"\x89PNG")
    assert plt.imread(path).shape[:2] == (1_920, 1_080)
    assert [file.name for file in path.parent.iterdir()] == ["2025-11-24.png"]
    assert not plt.get_fignums()


@pytest.mark.parametrize("alarms", [0, 1, 3, 5])
def test_no_glyph_is_missing(tmp_path, language, alarms):
    desk = replace(a_desk(alarms=alarms), place="云汀市 Yunting")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        save_morning_picture(morning_picture(desk)[0], tmp_path / "picture.png")


def test_a_missing_glyph_would_be_noticed(tmp_path):
    desk = replace(a_desk(), place="\U00013000")
    with pytest.warns(UserWarning, match="missing from font"):
        save_morning_picture(morning_picture(desk)[0], tmp_path / "picture.png")


@pytest.mark.parametrize(
    ("tiles", "alarms"), [(1, 0), (1, 3), (2, 1), (4, 2), (7, 0), (7, 1), (7, 3), (7, 5)]
)
def test_texts_stay_on_the_picture_and_apart_from_each_other(language, tiles, alarms):
    desk = a_desk(tiles, alarms)
    desk = replace(desk, alarms=[replace(alarm, address=LONG) for alarm in desk.alarms])
    figure, _ = morning_picture(desk)
    figure.set_dpi(PIXELS_PER_INCH)
    figure.canvas.draw()
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts(figure)]
    for words, box in boxes:
        assert 0 <= box.x0 < box.x1 <= WIDTH, words
        assert 0 <= box.y0 < box.y1 <= HEIGHT, words
    for (one, box), (other, beside) in itertools.combinations(boxes, 2):
        across = min(box.x1, beside.x1) - max(box.x0, beside.x0)
        down = min(box.y1, beside.y1) - max(box.y0, beside.y0)
        assert min(across, down) < 12, f"{one!r} lies on {other!r}"


def test_type_is_large_enough_for_an_arm_s_length(language):
    """A telephone shows 1080 pixels on about 65 mm: 34 pixels are 2 mm, more than a newspaper's 9 points."""
    figure, _ = morning_picture(a_desk(7, 3))
    sizes = [text.get_fontsize() * PIXELS_PER_INCH / 72 for text in texts(figure)]
    assert min(sizes) >= 24
    assert sorted(sizes)[len(sizes) // 2] >= 34


def test_it_says_every_tile_its_state_and_what_rings_where():
    figure, alt = morning_picture(a_desk(alarms=5))
    said = [text.get_text() for text in texts(figure)]
    assert {"Amount", "360.0 m yuan", "▲", "above the limit", "Conversion", "✓", "within limits"} <= set(said)
    assert "Mon 2025-11-24" in said
    assert "and 2 more" in said
    assert sum("place" in words for words in said) == 3
    assert alt.count("place") == 5


def test_quiet_day_says_that_nobody_needs_to_get_up():
    figure, alt = morning_picture(a_desk(alarms=0))
    assert {"Nothing rings today", "Nobody needs to get up."} <= {text.get_text() for text in texts(figure)}
    assert "Nothing rings" in alt


def test_an_alarm_that_rang_in_the_week_is_not_said_to_ring():
    desk = a_desk(alarms=2)
    figure, _ = morning_picture(replace(desk, alarms=desk.alarms[1:]))
    said = [text.get_text() for text in texts(figure)]
    assert "Nothing rings today" in said
    assert "rang until 2025-11-23 · orders −27%" in said


def test_a_tile_without_a_figure_today_is_drawn(tmp_path):
    nothing = Tile("Conversion", [Reading(0.1, 0.1, 0, 1), Reading(float("nan"), 0.1, 0, 1)], "share")
    figure, _ = morning_picture(replace(a_desk(), tiles=[nothing]))
    assert {"–", "no figure"} <= {text.get_text() for text in texts(figure)}
    save_morning_picture(figure, tmp_path / "picture.png")
