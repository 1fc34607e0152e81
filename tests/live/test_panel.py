"""A panel draws what its plain function says, with or without a front end."""

import base64
import io
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from labkit.charts import use_house_style
from labkit.live import Choice, Points, Slider, Steps
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
