"""What a cell showed, as pieces of slides."""

import pytest
from nbformat.v4 import new_output

from labkit.slides.outputs import output_blocks
from tests.slides.small import QUIZ, cell, fact, figure, shown


def blocks(output, language="en"):
    return list(output_blocks(cell("x", output), {"q1": QUIZ}, language))


def test_a_fact_keeps_its_words_and_its_code():
    (block,) = blocks(fact("Use `a < b` *often*."))
    assert block.source == "<p>Use <code>a &lt; b</code> <em>often</em>.</p>"


def test_a_picture_keeps_its_alternative_text():
    (block,) = blocks(figure("Bars & lines."))
    assert 'alt="Bars &amp; lines."' in block.source
    assert "style" not in block.source


def test_a_panel_is_its_static_figure_and_the_sentence_that_reads_it():
    html = '<img src="data:," alt="a"><p role="status">At 10 it pays.</p>'
    assert [block.kind for block in blocks(shown("panel", "At 10 it pays.", html))] == ["figure", "caption"]


def test_a_panel_that_could_not_be_drawn_leaves_nothing():
    assert blocks(shown("panel", "no", '<p role="status">no</p>')) == []


@pytest.mark.parametrize(
    ("language", "right", "because"), [("en", "The lift", "ratio"), ("zh", "提升度", "比值")]
)
def test_the_right_option_is_marked_and_explained_and_both_come_later(language, right, because):
    words = {"en": ("The bar", "The lift"), "zh": ("门槛", "提升度")}[language]
    text = f"? …\nA. {words[0]}\nB. {words[1]}\n\n…"
    (block,) = blocks(shown("quiz", text, name="q1"), language)
    assert (
        f'<li class="answer fragment custom" data-fragment-index="0"><b>B</b><span>{right}</span>'
        in block.source
    )
    assert block.source.count("answer") == 1
    explained = block.source.partition('class="because fragment"')[2]
    assert because in explained


@pytest.mark.parametrize("kind", ["start", "progress", "hint", "solution", "truth"])
def test_cards_for_somebody_at_the_keyboard_are_left_out(kind):
    assert blocks(shown(kind, "! words", "<div>words</div>", name="q1")) == []


@pytest.mark.parametrize(
    ("rows", "words", "stays"), [(4, "12", True), (40, "12", False), (4, "a long address " * 6, False)]
)
def test_a_table_that_a_room_could_not_read_is_left_out(rows, words, stays):
    row = f"<tr><th>1</th>{f'<td>{words}</td>' * 4}</tr>"
    output = new_output("display_data", data={"text/html": f'<table class="dataframe">{row * rows}</table>'})
    assert bool(blocks(output)) is stays
