"""Each gate stays silent on a sound lab and speaks when its one promise is broken."""

import re

import pytest

from labkit.authoring import gates
from labkit.authoring.gates import GATES, SOURCE_GATES
from labkit.authoring.source import read_source
from labkit.language import LANGUAGES, set_language
from tests.authoring.broken_promises import line_of, one, prose, sentences


@pytest.mark.notebooks
def test_sound_lab_passes_every_gate(built):
    for gate in GATES:
        assert gate(built.lab) == [], gate.__name__


def test_faults_are_shown_in_the_language_of_the_edition(fixture_course):
    fault = one(gates.finished(fixture_course.edit("Example: who asks", "TODO: who asks")))
    set_language("zh")
    try:
        assert "尚待完成" in str(fault)
    finally:
        set_language("en")


# ---- header ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('# id: "4.2"', '# id: "4.3"', "belongs into m04_knowing_customers/l03_crawl_and_tag"),
        (
            "# name: crawl_and_tag",
            "# name: tag_and_crawl",
            "belongs into m04_knowing_customers/l02_tag_and_crawl",
        ),
        ('# id: "4.2"', '# id: "11.2"', "no module 11"),
        ("minutes: 25", "minutes: 250", "5 to 90 minutes"),
        ("outline: []", 'outline: ["四.3", "四.99"]', "no line 四.99"),
        ("outline: []", 'outline: ["四.3", "四.3"]', "四.3 stands here twice"),
        ("tables: [members]", "tables: [members, wishes]", "no table wishes"),
        ("tables: [members]", "tables: [members, planted_rules]", "no table planted_rules"),
        ("tables: [members]", "tables: [baskets]", "table members is read here"),
        ("prerequisites: []", 'prerequisites: ["4.1"]', "no lab 4.1"),
        ("prerequisites: []", 'prerequisites: ["4.2"]', "no lab 4.2"),
        ('labkit.start("4.2"', 'labkit.start("4.3"', "opens itself"),
        (' tags=["parameters"]', "", "tagged parameters"),
        ("columns = {}", "columns = {}\nmore = 1", "tagged parameters"),
        ("columns = {}", "columns = {}\nprint(scale)", "tagged parameters"),
        ("# # Crawl and tag", "# # Tag and crawl", "begins with the lab's title: # Crawl and tag"),
        ("# # Example", "# # 例子", "begins with the lab's title: # Example"),
    ],
)
def test_header(fixture_course, old, new, sentence):
    fixture_course.lab_path.write_text(
        fixture_course.lab_path.read_text("utf-8").replace(old, new, 1), "utf-8"
    )
    found = gates.header(read_source(fixture_course.lab_path))
    assert any(sentence in fault.sentence.en for fault in found), sentences(found)


def test_header_knows_answer_keys(fixture_course):
    lab = fixture_course.append('\n# %% id="key"\nplanted = lab.truth("no_such_key")\n')
    assert "no answer key no_such_key" in one(gates.header(lab)).sentence.en


def test_header_takes_outline_examples_and_lines_of_other_modules(fixture_course):
    assert gates.header(fixture_course.edit("outline: []", 'outline: ["四.3【内容爬取】", "三.4.3"]')) == []


# ---- both languages --------------------------------------------------------------------------------


def test_both_languages_misses_chinese(fixture_course):
    lab = fixture_course.append('\n# %% [markdown] id="alone" lang="en"\n# Alone.\n')
    fault = one(gates.both_languages(lab))
    assert fault.sentence.en == "The cell alone lacks its Chinese text."
    assert fault.line == line_of(lab.path, 'id="alone"')


def test_both_languages_misses_english(fixture_course):
    lab = fixture_course.append('\n# %% [markdown] id="alone" lang="zh"\n# 单独。\n')
    assert one(gates.both_languages(lab)).sentence.en == "The cell alone lacks its English text."


def test_both_languages_wants_chinese_directly_below(fixture_course):
    cells = '\n# %% [markdown] id="a" lang="en"\n# A.\n\n# %% id="between"\n1\n\n# %% [markdown] id="a" lang="zh"\n# 甲。\n'
    assert "directly below" in one(gates.both_languages(fixture_course.append(cells))).sentence.en


def test_both_languages_wants_the_same_tags(fixture_course):
    cells = '\n# %% [markdown] id="a" lang="en" tags=["instructor"]\n# A.\n\n# %% [markdown] id="a" lang="zh"\n# 甲。\n'
    assert "different tags" in one(gates.both_languages(fixture_course.append(cells))).sentence.en


# ---- the same in both ------------------------------------------------------------------------------


def test_same_links(fixture_course):
    lab = fixture_course.append(prose("[a](https://a.org) [b](b.md)", "[甲](https://a.org) [乙](c.md)"))
    fault = one(gates.same_links(lab))
    assert "only in English: b.md; only in Chinese: c.md" in fault.sentence.en
    assert fault.line == line_of(lab.path, "c.md")


def test_same_images(fixture_course):
    lab = fixture_course.append(prose("![a](a.png)", "图在别处。"))
    assert "only in English: a.png" in one(gates.same_images(lab)).sentence.en
    assert gates.same_links(lab) == []


@pytest.mark.parametrize(
    "cells",
    [
        prose("25 minutes and `k = 3`.", "25 分钟，`k = 4`。"),
        '\n# %% id="x"\nx = L("the top 20 %", "前 30%")\n',
        '\n# %% id="x"\n# en: after 30 days\n# zh: 60 天之后\nx = 1\n',
    ],
)
def test_same_numbers(fixture_course, cells):
    assert "different numbers" in one(gates.same_numbers(fixture_course.append(cells))).sentence.en


def test_same_numbers_in_the_checks(fixture_course):
    lab = fixture_course.edit_checks('Text("Example: that one"', 'Text("Example: 17 of them"')
    fault, quiz = one(gates.same_numbers(lab)), lab.checks_dir / "quiz.py"
    assert (fault.path, fault.line) == (quiz, line_of(quiz, "17 of them"))


def test_same_holes(fixture_course):
    lab = fixture_course.append('\n# %% id="x"\nx = L("{:.1f} of {}", "{:.2f}，共 {}")\n')
    assert "{0:.1f}, {1} and {0:.2f}, {1}" in one(gates.same_holes(lab)).sentence.en
    lab = fixture_course.edit('L("{:.1f} of {}", "{:.2f}，共 {}")', 'L(f"{a} {b:.1f}", f"{b:.1f} {c}")')
    assert len(gates.same_holes(lab)) == 1


# ---- translation -----------------------------------------------------------------------------------


def test_fresh_translation_reports_changed_english(fixture_course):
    lab = fixture_course.edit("who asks, by when", "who asks")
    fault = one(gates.fresh_translation(lab))
    assert "changed after" in fault.sentence.en
    assert "labkit build --accept-translation 4.2 situation" in fault.sentence.zh


def test_fresh_translation_reports_missing_hash(fixture_course):
    text = fixture_course.lab_path.read_text("utf-8")
    fixture_course.lab_path.write_text(
        re.sub(r'(id="situation" lang="zh") en_hash="\w+"', r"\1", text), "utf-8"
    )
    assert "Nobody has accepted" in one(gates.fresh_translation(fixture_course.lab)).sentence.en


# ---- finished --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_finished(fixture_course, language):
    english, chinese = ("TODO: more.", "更多。") if language == "en" else ("More.", "TODO：更多。")
    lab = fixture_course.append(prose(english, chinese))
    assert one(gates.finished(lab)).line == line_of(lab.path, "TODO")


def test_gates_of_the_source_need_no_notebooks(fixture_course):
    assert [fault for gate in SOURCE_GATES for fault in gate(fixture_course.lab)] == []
