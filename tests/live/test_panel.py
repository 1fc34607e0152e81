"""A panel draws what its plain function says, with or without a front end."""

import base64
import io
import re
from datetime import date

import matplotlib.pyplot as plt
import numpy as np
import pytest
from markupsafe import Markup

from labkit.charts import use_house_style
from labkit.live import Choice, Day, Points, Slider, Steps
from labkit.live.panel import panel_html, panel_widget, show_panel


def draw(power, word):
    if power == 3:
        raise ValueError("three is not drawn")
    figure, axes = plt.subplots()
    axes.plot([0, power])
    return figure, f"{word} to the {power}"


CONTROLS = {
    "power": Slider("Power", 1, 5, 1, start=2),
    "word": Choice("Word", [("two", "two"), ("ten", "ten")], start="two"),
}


def test_without_a_front_end_the_starting_position_is_said(capsys):
    show_panel(draw, CONTROLS)
    assert capsys.readouterr().out == "two to the 2\n"


def test_moving_a_control_draws_the_new_position():
    widget = panel_widget(draw, CONTROLS, "first")
    slider, choice, stage = widget.children
    assert stage.value == "first"
    slider.value = 4
    assert "two to the 4" in stage.value
    choice.value = "ten"
    assert "ten to the 4" in stage.value
    assert "<img" in stage.value


def test_position_that_cannot_be_drawn_is_a_sentence_not_an_error():
    html, sentence = panel_html(draw, {"power": 3, "word": "two"})
    assert "three is not drawn" in sentence
    assert "<img" not in html


def test_whole_numbers_make_a_whole_number_slider():
    assert type(Slider("n", 1, 5, 1, 2).widget()).__name__ == "IntSlider"
    assert type(Slider("p", 0.0, 1.0, 0.1, 0.5, format=".1%").widget()).__name__ == "FloatSlider"


def draw_html(word):
    return Markup("<h3>{}</h3>").format(word), f"said: {word}"


def test_html_stands_as_it_is_with_its_sentence_below(capsys):
    html, sentence = panel_html(draw_html, {"word": "<two>"})
    assert html.startswith("<h3>&lt;two&gt;</h3><p role=")
    assert "&lt;h3" not in html
    assert "said: &lt;two&gt;</p>" in html
    show_panel(draw_html, {"word": CONTROLS["word"]})
    assert capsys.readouterr().out == "said: two\n" == f"{sentence.replace('<two>', 'two')}\n"


def test_moving_a_control_replaces_the_html():
    choice, stage = panel_widget(draw_html, {"word": CONTROLS["word"]}, "").children
    choice.value = "ten"
    assert stage.value.startswith("<h3>ten</h3>")


# ---- a day and its neighbours ---------------------------------------------------------------------

FIRST, LAST = date(2024, 2, 27), date(2024, 3, 20)
MARKS = (date(2024, 2, 29), date(2024, 3, 4))


def day_panel(**changed):
    """A panel with a day; return its field, its buttons by their tooltips, and what it drew."""
    days = {"first": FIRST, "last": LAST, "start": date(2024, 3, 2), "marks": MARKS, "mark": "alarm"}
    drawn = []

    def draw(day):
        drawn.append(day)
        return Markup("<p></p>"), str(day)

    picker, stage = panel_widget(draw, {"day": Day("Day", **(days | changed))}, "").children
    field, *buttons = picker.children
    return picker, field, {button.tooltip: button for button in buttons}, drawn, stage


def test_a_day_goes_back_and_forth_and_jumps_to_days_worth_seeing():
    picker, field, buttons, drawn, stage = day_panel()
    for tooltip, day in (
        ("The day before", date(2024, 3, 1)),
        ("Back to: alarm", date(2024, 2, 29)),
        ("Back to: alarm", date(2024, 2, 29)),
        ("On to: alarm", date(2024, 3, 4)),
        ("The day after", date(2024, 3, 5)),
        ("On to: alarm", date(2024, 3, 5)),
    ):
        buttons[tooltip].click()
        assert picker.value == field.value == day
    assert str(date(2024, 3, 5)) in stage.value
    assert drawn == [date(2024, 3, 1), MARKS[0], MARKS[1], date(2024, 3, 5)]


def test_a_day_stays_between_its_ends_and_is_never_empty():
    picker, field, buttons, drawn, _ = day_panel(start=FIRST)
    buttons["The day before"].click()
    assert picker.value == FIRST
    field.value = LAST
    buttons["The day after"].click()
    assert picker.value == field.value == LAST
    for nothing in (None, date(2, 3, 1), date(2025, 1, 1)):
        field.value = nothing
        assert picker.value == LAST
    assert drawn == [LAST]
    buttons["The day before"].click()
    assert picker.value == field.value == date(2024, 3, 19)


def test_a_year_is_typed_digit_by_digit():
    """A browser reports every digit; a field that was set meanwhile would throw away what was typed."""
    picker, field, *_ = day_panel()
    for year in (2, 20, 202):
        field.value = date(year, 2, 28)
        assert field.value == date(year, 2, 28)
    field.value = date(2024, 2, 28)
    assert picker.value == date(2024, 2, 28)


def test_without_days_worth_seeing_there_is_nothing_to_jump_to():
    *_, buttons, _, _ = day_panel(marks=())
    assert list(buttons) == ["The day before", "The day after"]


# ---- points on the picture, and steps that play ---------------------------------------------------

PLACES = {"a": (0.0, 0.0), "b": (4.0, 1.0), "c": (2.0, 3.0), "d": (3.0, 0.5)}


def draw_points(chosen, step):
    """Black dots, far from everything else on a white page."""
    figure, axes = plt.subplots(figsize=(5, 4))
    axes.scatter(*zip(*PLACES.values(), strict=True), s=30, color="black")
    axes.set(xlim=(-1, 5), ylim=(-1, 4), title=f"Step {step}")
    axes.axis("off")
    return figure, f"chosen: {' '.join(chosen)}; step {step}"


def points_panel():
    points = Points("Choose", PLACES, {point: point.upper() for point in PLACES}, start=("a",), most=2)
    return panel_widget(draw_points, {"chosen": points, "step": Steps("Step", 5, start=1)}, "")


def test_pressing_points_chooses_them_and_one_too_many_lets_the_first_go():
    player, picture, stage = points_panel().children
    buttons = {button.description: button for button in picture.children[2:]}
    assert picture.value == ("a",)
    assert buttons["A"].value
    buttons["C"].value = True
    assert "chosen: a c; step 1" in stage.value
    buttons["B"].value = True
    assert "chosen: c b; step 1" in stage.value
    assert not buttons["A"].value
    buttons["C"].value = False
    assert picture.value == ("b",)
    player.value = 4
    assert "chosen: b; step 4" in stage.value


def test_one_too_many_is_drawn_only_once():
    drawn = []

    def draw(chosen):
        drawn.append(chosen)
        return draw_points(chosen, 0)

    points = Points("Choose", PLACES, {point: point for point in PLACES}, start=("a", "b"), most=2)
    picture, _stage = panel_widget(draw, {"chosen": points}, "").children
    picture.children[4].value = True
    assert drawn == [("a", "b"), ("b", "c")]


def test_every_point_can_be_reached_with_the_keyboard_and_says_what_it_does():
    picture = points_panel().children[1]
    assert [button.tooltip for button in picture.children[2:]] == [
        "Choose A",
        "Choose B",
        "Choose C",
        "Choose D",
    ]
    assert all(
        type(button).__name__ == "ToggleButton" and not button.disabled for button in picture.children[2:]
    )


def test_play_button_and_slider_move_together():
    player = Steps("Step", 6, start=2, pause=0.5).widget()
    slider, play = player.children
    play.value = 3
    assert (slider.value, player.value) == (3, 3)
    slider.value = 6
    assert (play.value, player.value) == (6, 6)
    assert (play.max, play.interval) == (6, 500)


@pytest.mark.parametrize("styled", [False, True])
def test_buttons_lie_on_the_points_of_the_picture(styled):
    with plt.rc_context():
        if styled:
            use_house_style()
        picture = points_panel().children[1]
    image = plt.imread(
        io.BytesIO(base64.b64decode(re.search('base64,([^"]+)', picture.children[1].value)[1]))
    )
    height, width = image.shape[:2]
    for button in picture.children[2:]:
        column = float(button.layout.left[:-1]) / 100 * width
        row = float(button.layout.top[:-1]) / 100 * height
        around = image[round(row) - 2 : round(row) + 3, round(column) - 2 : round(column) + 3, :3]
        assert np.median(around) < 0.2, button.description


def test_position_that_cannot_be_drawn_leaves_the_buttons_where_they_are():
    def fails_once(chosen):
        if len(chosen) > 1:
            raise ValueError("two are not drawn")
        return draw_points(chosen, 0)

    points = Points("Choose", PLACES, {point: point for point in PLACES}, start=("a",))
    picture, stage = panel_widget(fails_once, {"chosen": points}, "").children
    before = picture.children[2].layout.left
    picture.children[3].value = True
    assert "two are not drawn" in stage.value
    assert picture.children[2].layout.left == before
