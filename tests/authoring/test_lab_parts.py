"""Instructor's cells say minutes, practice and what to skip in one form, and a gate keeps it so."""

from __future__ import annotations

import pytest

from labkit import locations
from labkit.authoring import gates
from labkit.authoring.cells import Cell
from labkit.authoring.courses import all_labs
from labkit.authoring.faults import SourceError
from labkit.authoring.lab_parts import parts, read_part
from labkit.language import LANGUAGES
from tests.authoring.broken_promises import line_of, one

LEAD = "# **5 min, of which 3 for the exercise.**"
LEAD_ZH = "# **5 分钟，其中练习 3 分钟。**"


def part_of(text, lang="en"):
    cell = Cell("markdown", "say_it", 1, 2, text, lang=lang, tags=("instructor",))
    return read_part(cell, "Heading", locations.course_dir() / "lab.py")


def test_everything_that_a_cell_may_say_is_read_in_both_languages():
    english = part_of(
        "**9 min, with list, truth and so what, of which 6 for the two exercises.** Ask.\n"
        "Short of time (saves 2 min): give the `deciles`;\nnever skip the vote."
    )
    chinese = part_of(
        "**9 分钟，含名单、真相与“所以呢”，其中两道练习 6 分钟。** 提问。\n时间不够时（省 2 分钟）：给出 `deciles`；\n投票不能省。",
        "zh",
    )
    for part in (english, chinese):
        assert (part.minutes, part.practice, part.saves) == (9, 6, 2)
    assert english.includes == "list, truth and so what"
    assert english.skip == "give the `deciles`; never skip the vote."
    assert chinese.includes == "名单、真相与“所以呢”"
    assert chinese.skip == "给出 `deciles`；投票不能省。"


@pytest.mark.parametrize(
    ("text", "lang"), [("**3 min.**", "en"), ("**3 min.** Ask.", "en"), ("**3 分钟。** 提问。", "zh")]
)
def test_what_a_cell_does_not_say_is_nothing(text, lang):
    part = part_of(text, lang)
    assert (part.minutes, part.includes, part.practice, part.saves, part.skip) == (3, "", 0, 0, "")


@pytest.mark.parametrize(
    "text",
    [
        "Ask first. **3 min.**",
        "**3 min with the first look.**",
        "**3 min; of which 2 for the exercise.**",
        "**3 minutes.**",
        "**5 min for truth and so what.**",
        "**5 min.** Short of time: skip the code.",
        "**5 min.** When short of time, skip the code.",
        "**5 min.** Short of time (saves 1 min): this. Short of time (saves 1 min): that.",
        "**5 min, of which 6 for the exercise.**",
        "**5 min.** Short of time (saves 5 min): skip it all.",
    ],
)
def test_a_cell_that_says_it_in_another_form_is_refused(text):
    with pytest.raises(SourceError):
        part_of(text)


def test_a_part_is_named_after_its_section_and_two_in_one_section_are_told_apart():
    names = [part.heading for lab in all_labs() if lab.id == "6.5" for part in parts(lab, "en")]
    assert names[4:6] == ["The same wish, written as an integer programme", "Solve it"]


@pytest.mark.parametrize("lab", all_labs(), ids=lambda lab: lab.id)
def test_parts_of_a_lab_of_the_two_days_fill_its_time_exactly_in_both_languages(lab):
    english, chinese = (parts(lab, language) for language in LANGUAGES)
    minutes = [[(p.cell, p.minutes, p.practice, p.saves) for p in read] for read in (english, chinese)]
    assert minutes[0] == minutes[1]
    assert len({part.heading for part in english}) == len({part.heading for part in chinese}) == len(english)
    assert not lab.header.core or sum(part.minutes for part in english) == lab.header.minutes


# ---- the gate --------------------------------------------------------------------------------------


def test_gate_is_silent_on_a_new_lab_that_is_not_of_the_two_days(fixture_course):
    assert gates.minutes_add_up(fixture_course.lab) == []


def test_gate_adds_up_the_parts_of_a_lab_of_the_two_days(fixture_course):
    lab = fixture_course.edit("# core: false", "# core: true")
    fault = one(gates.minutes_add_up(lab))
    assert "take 5 minutes together, the header says 25" in fault.sentence.en
    assert fault.line == line_of(lab.path, "# minutes: 25")
    assert gates.minutes_add_up(fixture_course.edit("# minutes: 25", "# minutes: 5")) == []


def test_gate_wants_the_same_minutes_in_both_languages(fixture_course):
    lab = fixture_course.edit(LEAD_ZH, LEAD_ZH.replace("3", "2"))
    fault = one(gates.minutes_add_up(lab))
    assert "(5, 3, 2) and (5, 2, 2)" in fault.sentence.en
    assert fault.line == line_of(lab.path, "# **5 分钟")


def test_gate_points_at_the_cell_whose_minutes_cannot_be_read(fixture_course):
    lab = fixture_course.edit(LEAD, "# **About 5 min.**")
    fault = one(gates.minutes_add_up(lab))
    assert "begins with its minutes" in fault.sentence.en
    assert fault.line == line_of(lab.path, "**About 5 min.**")
