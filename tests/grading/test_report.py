import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labkit.errors import LabkitError
from labkit.grading.class_grading import OFFICIAL, ClassResult
from labkit.grading.class_table import as_text, class_table
from labkit.grading.report import About, check_writable, render_page, write_report
from labkit.grading.results import FileNote, Happening, LabOutcome, Outcome, PersonResult
from labkit.grading.words import HAPPENINGS, HELD, HELD_BY, STATUSES
from labkit.language import Text, set_language

ABOUT = About(("3.3",), 2026, 3, 2_000)
NAMES = ("pair_support", "both_confidences", "popular_pair", "strongest_rule", "shelf_decision")
SWAPPED = Text("Turned `round`.", "弄反了。")


@pytest.fixture(autouse=True)
def english():
    set_language("en")
    yield
    set_language("en")


def person(name, *outcomes, happenings=(), notes=(), damage=None):
    given = {outcome.exercise: outcome for outcome in outcomes}
    row = tuple(given.get(each, Outcome(each, "not_attempted")) for each in NAMES)
    return PersonResult(
        name, "f", (LabOutcome("3.3", "en", f"{name}.ipynb", row, damage),), happenings, notes
    )


def a_class(*persons, waiting=(), official_status="right"):
    official = person(OFFICIAL, *(Outcome(name, official_status) for name in NAMES))
    return ClassResult(persons, official, waiting)


SWAP = Outcome("both_confidences", "wrong", "swapped", SWAPPED)
EVERYTHING = a_class(
    person("Trainee 01", SWAP, Outcome("pair_support", "right", official=True)),
    person(
        "Trainee 02", SWAP, Outcome("pair_support", "own_world", "own_world", Text("Only here.", "仅此处。"))
    ),
    person(
        "Trainee 03", Outcome("pair_support", "right", claimed=True), Outcome("popular_pair", "not_judged")
    ),
    person(
        "学员04",
        happenings=(
            Happening("socket", "3.3", "10.0.0.1", held=True, count=2),
            Happening("deleted_outside", "3.3", "/x", held=False),
        ),
        notes=(FileNote("学员04/作业.zip", Text("No notebook.", "不是笔记本。")),),
    ),
    PersonResult("Trainee 05", "f"),
    waiting=("Trainee 06",),
)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_stands_on_the_page_in_its_language(language):
    set_language(language)
    page = render_page(EVERYTHING, ABOUT)
    for one in EVERYTHING.persons:
        assert one.name in page
    for sign in ("right", "official", "own_world", "not_attempted", "not_judged", "absent"):
        assert STATUSES[sign].in_language(language) in page
    assert HAPPENINGS["socket"].in_language(language) in page
    assert "Trainee 06" in page
    assert ("弄反了" in page) == (language == "zh")
    assert "Turned <code>round</code>." in page or language == "zh"
    assert "{" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


def test_the_page_asks_nobody_for_anything():
    page = render_page(EVERYTHING, ABOUT)
    assert not re.search(r"(?:src|href|url)\s*[=(]\s*[\"']?(?!#|data:)[a-z/]", page)
    assert "default-src 'none'" in page
    assert "<script" not in page


def test_the_most_common_mistake_is_what_to_repeat():
    page = render_page(EVERYTHING, ABOUT)
    repeat = page[page.index("What to repeat tomorrow") : page.index("The class at a glance")]
    assert "Confidence, both ways" in repeat
    assert "2 of 2 who tried" in repeat
    assert "Only here" not in repeat


def test_what_was_not_held_back_is_said_plainly():
    page = render_page(EVERYTHING, ABOUT)
    assert "There was no network to reach." in page
    assert "look whether anything was changed" in page


def test_every_kind_of_happening_has_words_and_says_what_held_it():
    assert set(HAPPENINGS) == set(HELD_BY)
    assert set(HELD_BY.values()) <= set(HELD)
    from typing import get_args

    from labkit.grading.jail.job import IncidentKind

    assert set(get_args(IncidentKind)) == set(HAPPENINGS)


def test_an_official_solution_that_fails_is_shouted():
    page = render_page(a_class(person("T"), official_status="wrong"), ABOUT)
    assert "does not pass on this world: 3.3 pair_support" in page


def test_a_class_that_wrote_nothing_has_a_page():
    assert "Nobody wrote an answer" in render_page(a_class(person("T")), ABOUT)
    assert "0 people" in render_page(ClassResult((), person(OFFICIAL)), About((), 1, 2, 2_000))


MARKUP = st.text(
    st.sampled_from("<>&\"'`*=/ax\u202e\u0000\n{}%#学é") | st.characters(exclude_categories=["Cs"]),
    max_size=25,
)


@settings(max_examples=60)
@given(name=MARKUP, detail=MARKUP, message=MARKUP)
def test_whatever_submissions_hold_stays_text(name, detail, message):
    marked = f"<i id=x>{name}"
    hostile = person(
        marked,
        Outcome("pair_support", "wrong", "other", Text(message + "<img src=y>", message)),
        happenings=(Happening("socket", "3.3", detail + "<script>", held=True),),
        notes=(FileNote(name + "<b>", Text(message, message)),),
    )
    page = render_page(a_class(hostile), ABOUT)
    for tag in ("<i id=x>", "<img", "<script", "<b>\n"):
        assert tag not in page
    harmless = render_page(a_class(person("T", hostile.labs[0].outcomes[0])), ABOUT)
    assert page.count("<article") == harmless.count("<article")
    rows = list(csv.reader(io.StringIO(class_table((hostile,), ["3.3"]).decode("utf-8-sig"), newline="")))
    assert len(rows) == 6
    assert {len(row) for row in rows} == {10}
    assert rows[1][0].removeprefix("'").replace("\r\n", "\n") == marked.replace("\r\n", "\n")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_no_cell_of_the_table_is_a_formula(text):
    assert as_text(text) == f"'{text}"
    table = class_table((person(text),), ["3.3"]).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(table.split("\r\n", 1)[1], newline="")))[0] == f"'{text}"


def test_plain_text_is_left_as_it_is():
    assert as_text("Trainee 07") == "Trainee 07"


def test_a_folder_that_takes_no_report_is_an_error_in_both_languages(tmp_path):
    (tmp_path / "file").write_text("x")
    for action in (
        lambda: check_writable(tmp_path / "file" / "out"),
        lambda: write_report(tmp_path / "file" / "out", EVERYTHING, ABOUT),
    ):
        with pytest.raises(LabkitError) as told:
            action()
        assert told.value.what.en != told.value.what.zh
