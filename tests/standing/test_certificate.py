"""A certificate is made out once the core labs are done, says how, and stands whatever the name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from labkit.errors import LabkitError
from labkit.language import LANGUAGES, Text, current_language, set_language
from labkit.standing.certificate import LONGEST_NAME, certificate, checked_name, written_day
from labkit.standing.certificate_pages import (
    MOST_TITLES,
    filled_page,
    page_data,
    to_html,
    to_pdf,
    to_picture,
    unwritable,
    write_certificate,
)
from labkit.standing.reading import course_standing
from labkit.standing.syllabus import SyllabusLab, SyllabusModule
from tests.standing.logs import entry, finished, standing

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def speaks_english():
    before = current_language()
    set_language("en")
    yield
    set_language(before)


def made_out(name="Trainee 07", *more):
    return certificate(standing(*finished(), *more), name, TODAY)


# ---- when it is made --------------------------------------------------------------------------------


def test_an_open_core_lab_is_named_kindly_in_both_languages():
    with pytest.raises(LabkitError) as caught:
        certificate(standing(*finished()[:4]), "Trainee 07", TODAY)
    assert caught.value.what.en == "Not quite yet: 1 of 2 core labs are done."
    assert caught.value.why.en == "To come: 2.1 Second (1 of 1 exercises)."
    assert caught.value.why.zh == "尚待完成：2.1 第二（还差 1/1 题）。"


def test_a_lab_that_is_not_core_is_not_needed_but_counts_when_done():
    assert [lab.lab.id for lab in made_out().labs] == ["1.1", "2.1"]
    more = made_out("Trainee 07", entry("2.2", "d", "right", 90))
    assert [lab.lab.id for lab in more.labs] == ["1.1", "2.1", "2.2"]
    assert "2 core labs and 1 more" in page_data(more, "en")["after"]


def test_where_the_course_has_no_core_lab_there_is_no_certificate():
    with pytest.raises(LabkitError, match="no core labs"):
        certificate(course_standing([], []), "Trainee 07", TODAY)


# ---- what it says -----------------------------------------------------------------------------------


def test_it_says_how_much_was_unaided_and_how_much_was_looked_up():
    tiles = {label: figure for figure, label in page_data(made_out(), "en")["tiles"]}
    assert tiles == {
        "answers right without help": "1",
        "right after a hint": "1",
        "right after looking up the solution": "1",
        "solution looked up only": "0",
        "quiz questions right at first try": "0 of 1",
        "at work": "17 min",
    }


def test_it_says_when_on_which_worlds_and_on_whose_word():
    english, chinese = (page_data(made_out(), language) for language in LANGUAGES)
    assert english["when"] == "15 March 2026"
    assert (
        english["where"] == "world of seed 20260315, 20,000 customers; world of seed 2026, 20,000 customers"
    )
    assert english["issued"] == "Issued on 24 November 2026"
    assert "the holder's own computer" in english["word"]
    assert chinese["where"] == "虚拟世界种子 20260315（20,000 位客户）、虚拟世界种子 2026（20,000 位客户）"
    assert chinese["issued"] == "2026 年 11 月 24 日开具"
    assert "本人电脑" in chinese["word"]


def test_an_older_log_without_worlds_and_times_gives_a_certificate_that_says_so():
    bare = [replace(e, world="", at="") for e in finished()]
    data = page_data(certificate(standing(*bare), "Trainee 07", TODAY), "en")
    assert (data["when"], data["where"]) == ("dates not on record", "world not on record")


def test_days_are_written_out():
    assert written_day(date(2026, 3, 5), "en") == "5 March 2026"
    assert written_day(date(2026, 3, 5), "zh") == "2026 年 3 月 5 日"


# ---- names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["", "  \n ", "\u200d", "x" * (LONGEST_NAME + 1), "a\x00b", "a\u202eb", "\ud800"]
)
def test_what_is_no_name_is_refused_in_a_sentence(name):
    with pytest.raises(LabkitError, match="--name"):
        checked_name(name)


def test_spaces_of_a_name_become_single():
    assert checked_name("  Trainee\t\n 07 ") == "Trainee 07"


names = st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Cf", "Co", "Cn"]), min_size=1, max_size=LONGEST_NAME
)


@given(names | st.text("<>&\"'#$*_`\\[]{}@=~/-+ ab学员", min_size=1, max_size=LONGEST_NAME))
def test_any_name_stands_in_the_page_as_it_is_and_never_as_markup(name):
    try:
        holder = checked_name(name)
    except LabkitError:
        return
    data = page_data(made_out(name), "zh")
    assert data["holder"] == holder
    page = filled_page(data, fonts="")
    (written,) = re.findall(r'<p class="holder" dir="auto">(.*?)</p>', page, re.DOTALL)
    assert "<" not in written
    assert Markup(written).unescape() == holder


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.text("<>&\"'#$*_`\\[]{}@=~/-+ ab学员", min_size=1, max_size=LONGEST_NAME))
def test_any_name_is_set_on_one_page(name):
    try:
        document = made_out(name)
    except LabkitError:
        return
    assert isinstance(to_picture(document, "en", pixels_per_inch=20), bytes)


def test_markup_in_a_name_changes_nothing_but_the_name():
    """Were a name read as markup, a comment sign would make it vanish and these two pictures the same."""
    assert to_picture(made_out("Trainee /* 07 */"), "en", 40) != to_picture(made_out("Trainee"), "en", 40)
    assert to_picture(made_out("#lorem(900)"), "en", 40) != to_picture(made_out("lorem"), "en", 40)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["学员07", "W" * LONGEST_NAME, "学" * LONGEST_NAME, "Trainee 07 喆 😀 مثال"])
def test_long_chinese_and_foreign_names_fit_on_one_page(name, language):
    assert isinstance(to_picture(made_out(name), language, pixels_per_inch=20), bytes)


def test_signs_that_the_bundled_font_lacks_are_told():
    assert unwritable("学员07 Trainee") == ""
    assert unwritable("学员喆喆") == "喆"


# ---- files ------------------------------------------------------------------------------------------


def test_both_languages_are_written_as_page_and_pdf(tmp_path):
    files = write_certificate(made_out("学员07"), tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path.name for path in files)
    assert {path.name for path in files} == {
        f"certificate-{language}.{kind}" for language in LANGUAGES for kind in ("html", "pdf")
    }
    for path in files:
        content = path.read_bytes()
        assert content.startswith(b"%PDF-" if path.suffix == ".pdf" else b"<!doctype html>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_for_nothing_outside_itself(language):
    page = to_html(made_out("学员07"), language)
    assert not re.search(r"https?:|//[a-z]|@import|<script|<link", re.sub(r'url\("data:[^"]*"\)', "", page))
    assert page.count("@font-face") == 2


def test_the_same_certificate_is_the_same_pdf():
    assert to_pdf(made_out(), "en") == to_pdf(made_out(), "en")


def test_a_folder_that_cannot_be_written_is_an_error_and_leaves_nothing(tmp_path):
    (tmp_path / "file").write_text("here")
    with pytest.raises(LabkitError, match="name another place"):
        write_certificate(made_out(), tmp_path / "file", ("en",))


def many(labs):
    """A certificate of many labs with long titles, opened on twelve worlds, for the longest name."""
    title = Text(
        "The right product for the right customer, found", "为合适的用户提供合适的产品：结业项目实战"
    )
    asked = [SyllabusLab(f"{n // 6 + 1}.{n % 6 + 1}", title, n < 30, ("a",), ("q",)) for n in range(labs)]
    worlds = [entry("1.1", "", "start", 0, f"{20260315 + n}-2000000") for n in range(12)]
    log = [*worlds, *(entry(lab.id, "a", "right") for lab in asked)]
    everything = course_standing([SyllabusModule(1, title, tuple(asked))], log)
    return certificate(everything, "W " * (LONGEST_NAME // 2), TODAY)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("labs", [MOST_TITLES, MOST_TITLES + 1, 58])
def test_many_labs_and_worlds_and_the_longest_name_fit_on_one_page(labs, language):
    document = many(labs)
    assert isinstance(to_picture(document, language, pixels_per_inch=20), bytes)
    data = page_data(document, language)
    assert len(data["labs"]) == labs
    assert "12" in data["where"]
    assert "20260317" in data["where"]
    assert "20260318" not in data["where"]
