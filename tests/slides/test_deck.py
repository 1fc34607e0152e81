"""From an executed lab to pages."""

from nbformat.v4 import new_output

from labkit.slides.deck import make_deck
from labkit.slides.heights import ROOM
from tests.slides.small import QUIZ, cell, fact, figure, prose, shown, small_lab

QUIZZES = {"q1": QUIZ}


def deck_of(*cells, code=False):
    lab = small_lab()
    lab.cells = [*lab.cells[:1], *cells]
    return make_deck(lab, QUIZZES, "en", code=code)


def kinds(page):
    return [block.kind for block in page.blocks]


def test_the_first_cell_becomes_the_title_page():
    deck = make_deck(small_lab(), QUIZZES, "en")
    assert deck.question == "**Who buys what?**"
    assert deck.goals == ["You will **measure** it."]


def test_headings_go_to_the_right_and_their_pages_downward():
    deck = make_deck(small_lab(), QUIZZES, "en")
    assert [section[0].title for section in deck.sections] == ["The data", "Questions"]
    data, questions = deck.sections
    assert [page.kind for page in data] == ["text", "figure", "task"]
    assert [page.kind for page in questions] == ["quiz"]
    assert data[2].section == "The data"


def test_every_heading_of_a_cell_keeps_its_own_text():
    deck = deck_of(prose("## Outlook\n\nFour things.\n\n### Streams\n\nFirst.\n\n### Graphs\n\nSecond."))
    assert [(page.title, page.blocks[0].source) for page in deck.pages] == [
        ("Outlook", "Four things."),
        ("Streams", "First."),
        ("Graphs", "Second."),
    ]


def test_a_figure_has_a_page_with_at_most_one_sentence():
    deck = deck_of(
        prose("## Data\n\nLook."), cell("a", figure()), cell("b", fact("One.")), cell("c", fact("Two."))
    )
    assert [kinds(page) for page in deck.pages] == [["lead"], ["figure", "caption"], ["fact"]]


def test_the_instructors_words_stand_on_the_page_before_and_where_the_section_begins():
    data = make_deck(small_lab(), QUIZZES, "en").sections[0]
    assert "Ask the room." in data[1].notes
    assert {"Ask the room.", "Five minutes."} <= set(data[0].notes)
    assert data[2].notes[0] == "Five minutes."


def test_without_code_the_answer_is_for_the_speaker_only():
    task = make_deck(small_lab(), QUIZZES, "en").sections[0][2]
    assert kinds(task) == ["lead", "task"]
    assert task.blocks[-1].source == "share of all baskets\n\n`share = …`"
    notes = "\n".join(task.notes)
    assert "share = 0.5" in notes
    assert "It says how often." in notes


def test_with_code_the_answer_and_its_verdict_appear_by_a_key_press():
    deck = make_deck(small_lab(), QUIZZES, "en", code=True)
    blocks = [block for page in deck.pages for block in page.blocks]
    assert [(b.kind, b.fragment) for b in blocks if "0.5" in b.source or "how often" in b.source] == [
        ("code", True),
        ("verdict", True),
    ]
    code = "\n".join(block.source for block in blocks if block.kind == "code")
    assert "baskets = set()" in code
    assert "scale" not in code
    assert "lab.quiz" not in code


def test_start_card_progress_and_long_tables_are_left_out():
    rows = "".join(f"<tr><th>{row}</th><td>1</td></tr>" for row in range(40))
    table = f'<table class="dataframe">{rows}</table>'
    long = cell("table", new_output("display_data", data={"text/html": table}))
    deck = deck_of(
        prose("## Data\n\nLook."), long, cell("lab.progress()", shown("progress", "% Lab"), part="skip")
    )
    assert [kinds(page) for page in deck.pages] == [["lead"]]


def test_no_page_is_planned_fuller_than_it_is_high():
    text = "A sentence of some length that goes on for a while and says one thing. " * 30
    facts = [cell("a", fact("A number of this run, with a sentence around it. " * 2)) for _ in range(9)]
    deck = deck_of(prose(f"## Data\n\n{text}\n\n{text}"), *facts)
    assert len(deck.pages) > 4
    for page in deck.pages:
        assert sum(block.height for block in page.blocks) <= ROOM
