"""A question is clicked where there are widgets and read where there are none, and never gives itself away."""

import json

import pytest
from IPython.core.interactiveshell import InteractiveShell

from labkit import cards
from labkit.cards import Card, inline
from labkit.language import set_language
from labkit.live.panel import WIDGET_VIEW
from labkit.live.question import show_question
from labkit.live.question_widget import Question

OPTIONS = {"A": "rows with `df.dropna()`", "B": "x < y & z", "C": "none"}
SECRETS = {"A": "because of A", "B": "because of B", "C": "because of C"}
STATIC = Card("quiz", "Which?", "A. rows\nB. x\nC. none", facts={"name": "q1"})


@pytest.fixture
def tries():
    return []


@pytest.fixture
def question(tries):
    def answer(letter):
        tries.append(letter)
        return Card("right" if letter == "B" else "wrong", f"{letter} says", SECRETS[letter])

    return Question("Is `x` it?", OPTIONS, answer)


def shown(widget):
    """All that the front end is told of a widget and those within it."""
    state = {key: value for key, value in widget.get_state().items() if isinstance(value, (str, list, tuple))}
    parts = [json.dumps(state, default=str)]
    return "\n".join(parts + [shown(child) for child in getattr(widget, "children", ())])


def test_a_click_explains_that_option_and_a_second_try_replaces_it(question, tries):
    question.options["A"].button.click()
    assert "because of A" in question.explanation.value
    assert 'role="status"' in question.explanation.value
    question.options["B"].button.click()
    assert "because of B" in question.explanation.value
    assert "because of A" not in question.explanation.value
    question.options["A"].button.click()
    assert tries == ["A", "B", "A"]


def test_nothing_shown_tells_the_right_option_before_a_choice(question):
    before = shown(question)
    assert "A. rows with df.dropna()" in before
    assert not any(secret in before for secret in SECRETS.values())
    faces = {
        row.children[0].value.replace(f">{inline(OPTIONS[letter])}<", "><").replace(f">{letter}<", "><")
        for letter, row in question.options.items()
    }
    assert len(faces) == 1, "the options differ in more than letter and text"
    assert {row._dom_classes for row in question.options.values()} == {("labkit-option",)}
    question.options["C"].button.click()
    after = shown(question)
    assert "because of C" in after
    assert not any(SECRETS[letter] in after for letter in "AB")


def test_a_choice_is_marked_by_colour_sign_and_word(question):
    question.options["A"].button.click()
    question.options["B"].button.click()
    wrong, right, untried = question.options.values()
    assert "labkit-wrong" in wrong._dom_classes
    assert "labkit-right" in right._dom_classes
    assert "✓" in right.children[0].value
    assert "↻" in wrong.children[0].value
    assert right.button.description == "B. x < y & z · B says"
    assert untried.button.description == "C. none"
    assert untried._dom_classes == ("labkit-option",)


def test_code_is_set_as_code_and_what_looks_like_a_tag_stays_text(question):
    head, first, second, *_ = question.children
    assert "<code>x</code>" in head.value
    assert "<code>df.dropna()</code>" in first.children[0].value
    assert "x &lt; y &amp; z" in second.children[0].value


@pytest.mark.parametrize(("language", "sentence"), [("en", "space bar"), ("zh", "空格键")])
def test_it_says_how_to_answer_and_every_option_is_a_button_with_a_name(language, sentence):
    set_language(language)
    try:
        question = Question("?", OPTIONS, lambda _: STATIC)
    finally:
        set_language("en")
    assert sentence in question.children[0].value
    buttons = [row.button for row in question.options.values()]
    assert [type(button).__name__ for button in buttons] == ["Button"] * 3
    assert all(button.description and not button.disabled for button in buttons)


def test_without_a_front_end_the_lettered_card_is_printed(capsys):
    show_question(STATIC, OPTIONS, lambda _: STATIC)
    assert capsys.readouterr().out == STATIC.text() + "\n"


def test_a_notebook_gets_one_output_with_the_widget_and_the_lettered_card(monkeypatch):
    published = []
    monkeypatch.setattr("labkit.live.question.shell", lambda: InteractiveShell)
    monkeypatch.setattr("labkit.live.question.publish", lambda *output: published.append(output))
    show_question(STATIC, OPTIONS, lambda _: STATIC)
    ((bundle, metadata),) = published
    assert set(bundle) == {WIDGET_VIEW, "text/html", "text/plain"}
    assert (bundle["text/html"], bundle["text/plain"]) == (STATIC.html(), STATIC.text())
    assert metadata == STATIC.metadata() == {"labkit": {"kind": "quiz", "name": "q1"}}
    assert bundle[WIDGET_VIEW]["model_id"]


def test_signs_and_colours_exist_for_both_verdicts():
    assert all(kind in cards.ICONS and kind in cards.COLOURS for kind in ("right", "wrong"))
