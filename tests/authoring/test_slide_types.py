"""What each cell is on a slide."""

import pytest

from labkit.authoring.cells import Cell
from labkit.authoring.editions import make_edition
from labkit.authoring.slide_types import shown_by, slide_type


def prose(text, tags=()):
    return Cell("markdown", "p", 1, 2, text, lang="en", tags=tags)


def code(text, **options):
    return slide_type(Cell("code", "c", 1, 2, text, **options), text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("# Title", "slide"), ("## Section", "slide"), ("### Your turn", "subslide"), ("Words.", "subslide")],
)
def test_a_heading_begins_a_slide_and_a_small_one_a_page_below(text, expected):
    assert slide_type(prose(text)) == expected


def test_the_instructors_words_are_notes_even_below_a_heading():
    assert slide_type(prose("## Say", tags=("instructor",))) == "notes"
    assert code("lab.fact('n', 1, '{}')", tags=("instructor",)) == "notes"


@pytest.mark.parametrize(
    "text",
    [
        "lab.fact('n', 1, '{}')",
        "lab.show(axes, 'a')",
        "lab.panel(draw)",
        "table.head(4)",
        "table",
        "lab.quiz('q1')",
    ],
)
def test_a_cell_that_shows_something_stands_on_a_slide(text):
    assert code(f"x = 1\n{text}") == "subslide"


@pytest.mark.parametrize(
    "text", ["x = 1", "import labkit\nlab = labkit.start('3.3')", "lab.progress()", "lab.hint('a')"]
)
def test_a_cell_that_only_prepares_is_left_out(text):
    assert code(text) == "skip"


def test_a_call_inside_a_function_shows_nothing_and_one_inside_a_condition_does():
    assert shown_by("def say():\n    lab.fact('n', 1, '{}')") == set()
    assert shown_by("if x:\n    lab.fact('n', 1, '{}')") == {"fact"}


def test_an_answer_and_its_verdict_appear_one_after_the_other():
    assert code("share = 0.5", exercise="share") == "fragment"
    assert code("lab.check('share')") == "fragment"


def test_the_solutions_edition_says_of_every_cell_what_it_is_and_the_trainees_says_nothing(fixture_course):
    complete = make_edition(fixture_course.lab, "solutions", "zh")
    types = {cell.id: cell.metadata.slideshow.slide_type for cell in complete.cells}
    assert types["start"] == "skip"
    assert types["say_row_count"] == "notes"
    assert types["row_count"] == "fragment"
    assert complete.metadata.rise.theme == "white", "other themes ask another host for their fonts"
    trainee = make_edition(fixture_course.lab, "notebooks", "zh")
    assert "rise" not in trainee.metadata
    assert not any("slideshow" in cell.metadata for cell in trainee.cells)
