"""A panel draws what its plain function says, with or without a front end."""

import matplotlib.pyplot as plt

from labkit.live import Choice, Slider
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
