"""Each gate stays silent on a sound lab and speaks when its one promise is broken."""

import re

import nbformat
import pytest

from labkit.authoring import gates
from labkit.authoring.edition_files import edition_path
from labkit.authoring.editions import notebook_text
from labkit.authoring.gates import GATES, SOURCE_GATES
from labkit.authoring.gates.chinese_typography import typography_faults
from labkit.authoring.gates.glossary import read_glossary
from labkit.authoring.gates.glyphs import characters_of_fonts
from labkit.authoring.source import read_source
from labkit.language import LANGUAGES, set_language


def sentences(faults, level="fault"):
    return [fault.sentence.en for fault in faults if fault.level == level]


def one(faults):
    """The only fault, which must speak both languages and stand on a line that exists."""
    (fault,) = faults
    assert fault.level == "fault"
    assert fault.sentence.en != fault.sentence.zh
    assert re.search("[\u4e00-\u9fff]", fault.sentence.zh)
    assert 1 <= fault.line <= fault.path.read_text("utf-8").count("\n") + 1
    assert re.search(rf"/{fault.path.name}:{fault.line}: .*\[{fault.gate}\]$", str(fault), re.DOTALL)
    return fault


def line_of(path, text):
    (number,) = [i for i, line in enumerate(path.read_text("utf-8").split("\n"), 1) if text in line]
    return number


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


def prose(english, chinese):
    en, zh = (text.replace("\n", "\n# ") for text in (english, chinese))
    return f'\n# %% [markdown] id="more" lang="en"\n# {en}\n\n# %% [markdown] id="more" lang="zh"\n# {zh}\n'


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
    lab = fixture_course.edit(
        'Text("Example: that one"', 'Text("Example: 17 of them"', fixture_course.checks_path
    )
    fault = one(gates.same_numbers(lab))
    assert (fault.path, fault.line) == (lab.checks_path, line_of(lab.checks_path, "17 of them"))


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


# ---- exercises -------------------------------------------------------------------------------------

MORE_CLASS = """
class Second(RowCount):
    name = "second"


EXERCISES = (RowCount(), Second())
"""


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('name = "row_count"', 'name = "rows"', "EXERCISES in checks.py has no row_count"),
        ('name = "row_count"', 'name = "rows"', 'exercise="rows"'),
        (
            "EXERCISES = (RowCount(),)\n",
            "EXERCISES = (RowCount(), RowCount())\n",
            "row_count stands here twice",
        ),
        ("EXERCISES = (RowCount(),)\n", MORE_CLASS, 'No cell of lab.py says exercise="second"'),
        ("EXERCISES = (RowCount(),)\n", "EXERCISES = RowCount(\n", "missing or cannot be imported"),
        ("EXERCISES = (RowCount(),)\n", "", "missing or cannot be imported"),
        ('        Text("Example: where to look.", "Example：看哪里。"),\n', "", "2 to 4 hints, not 1"),
        ('"Example：看哪里。"', '""', "hints[0] needs a text in English and another in Chinese"),
        ('"Example：它在工作中为什么重要。"', '"Example: why this matters at work."', "matters needs a text"),
        ('"看起来数的是列，而不是行。"', '" "', "mistakes['counted_columns'] needs a text"),
        (
            '{"counted_columns": Text("This looks like the number of columns.", "看起来数的是列，而不是行。")}',
            "{}",
            "no typical mistake",
        ),
        (', "counted_the_heading": rows + 1', "", "at least two entries"),
        (
            'return {"counted_columns": columns',
            'return {"counted_rows": columns',
            "makes the mistake counted_columns",
        ),
        (
            'return {"counted_columns": columns, "counted_the_heading": rows + 1}',
            "return self.all(rows)",
            "written out",
        ),
        (', todo_quiz("q3"))', ")", "three quiz questions, not 2"),
        ('todo_quiz("q3"))', 'todo_quiz("q2"))', "q2 stands here twice"),
        ('todo_quiz("q3"))', 'todo_quiz("q4"))', 'lab.quiz("q4")'),
        ('todo_quiz("q3"))', 'todo_quiz("q4"))', "no quiz question called q3"),
        ('"Example：问题？"', '""', "question needs a text"),
    ],
)
def test_exercises_match(fixture_course, old, new, sentence):
    found = gates.exercises_match(fixture_course.edit(old, new, fixture_course.checks_path))
    assert any(sentence in text for text in sentences(found)), sentences(found)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('lab.check("row_count")', "pass", 'A cell lab.check("row_count") follows'),
        ('lab.check("row_count")', 'lab.check("rows")', "no exercise called rows"),
        (
            '# %% id="row_count" exercise',
            '# %% id="early"\nlab.check("row_count")\n\n# %% id="row_count" exercise',
            "",
        ),
    ],
)
def test_exercises_match_wants_a_check_below_each_exercise(fixture_course, old, new, sentence):
    lab = fixture_course.edit(old, new)
    found = sentences(gates.exercises_match(lab))
    assert any(sentence in text for text in found) == bool(sentence)


def test_exercises_match_wants_the_check_below_and_not_above(fixture_course):
    lab = fixture_course.edit('\n# %% id="check_row_count"\nlab.check("row_count")\n', "")
    early = '# %% id="early"\nlab.check("row_count")\n\n# %% id="row_count" exercise'
    lab = fixture_course.edit('# %% id="row_count" exercise', early)
    assert "follows the exercise" in one(gates.exercises_match(lab)).sentence.en


def test_exercises_match_wants_checks_in_the_order_of_the_lab(fixture_course):
    fixture_course.edit(
        "EXERCISES = (RowCount(),)\n",
        MORE_CLASS.replace("(RowCount(), Second())", "(Second(), RowCount())"),
        fixture_course.checks_path,
    )
    lab = fixture_course.append(
        '\n# %% id="second" exercise="second"\nsecond = 1  # SOLUTION\n\n# %% id="c"\nlab.check("second")\n'
    )
    assert "EXERCISES stand in the order of the lab: row_count, second." in sentences(
        gates.exercises_match(lab)
    )


def test_exercises_match_without_checks(fixture_course):
    fixture_course.checks_path.unlink()
    assert "missing" in one(gates.exercises_match(fixture_course.lab)).sentence.en


def test_wrong_answers_may_be_collected_before_they_are_returned(fixture_course):
    lab = fixture_course.edit("        return {", "        answers = {", fixture_course.checks_path)
    lab = fixture_course.edit("rows + 1}\n", "rows + 1}\n        return answers\n", lab.checks_path)
    assert gates.exercises_match(lab) == []


# ---- cells that wait -------------------------------------------------------------------------------


def cells(*codes):
    return "".join(f'\n# %% id="more_{i}"\n{code}\n' for i, code in enumerate(codes))


@pytest.mark.parametrize(
    "codes",
    [
        ("double = 2 * row_count", "print(double)"),
        ("def double(): return 2 * row_count", "print(double())"),
        ("double = 2 * row_count", "other = 1", "print(f'{double}')"),
        ('key = lab.truth("planted_rules")', "first = key.iloc[0]", "print(first)"),
    ],
)
def test_waits_for_answer(fixture_course, codes):
    fault = one(gates.waits_for_answer(fixture_course.append(cells(*codes))))
    assert "is skipped while" in fault.sentence.en
    assert "needs" in fault.sentence.en


@pytest.mark.parametrize(
    "codes",
    [
        ("print(row_count)",),
        ("double = 2 * row_count", "double = 3", "print(double)"),
        ("double = 2 * row_count", "print(double, row_count)"),
        ("print([double * row_count for double in [1]])", "double = 1\nprint(double)", "print(double)"),
    ],
)
def test_waits_for_answer_only_notes_a_cell_that_nobody_needs(fixture_course, codes):
    found = gates.waits_for_answer(fixture_course.append(cells(*codes)))
    assert found
    assert all(fault.level == "note" for fault in found)


def test_waits_for_answer_notes_a_solution_that_reads_another_answer(fixture_course):
    lab = fixture_course.append('\n# %% id="second" exercise="second"\nsecond = 2 * row_count  # SOLUTION\n')
    (fault,) = gates.waits_for_answer(lab)
    assert fault.level == "note"
    assert "The official answer of second reads row_count" in fault.sentence.en


@pytest.mark.parametrize(
    "code",
    [
        "row_count = 3\nprint(row_count)",
        "def f(row_count):\n    return row_count",
        'lab.check("row_count")',
        "print([row_count for row_count in [1]])",
    ],
)
def test_name_of_its_own_waits_for_nobody(fixture_course, code):
    assert gates.waits_for_answer(fixture_course.append(cells(code))) == []


# ---- Chinese text ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        prose("One.\nTwo.", "第一句，对。\n第二句,不对。"),
        '\n# %% id="x"\nx = L("age (years)", "年龄(岁)")\n',
        '\n# %% id="x"\n# en: with pandas\n# zh: 用pandas做\nx = 1\n',
    ],
)
def test_chinese_typography(fixture_course, cell):
    lab = fixture_course.append(cell)
    found = gates.chinese_typography(lab)
    assert found
    wrong = {"不对": "第二句,不对", "年龄": "年龄(岁)", "pandas": "用pandas做"}
    expected = next(text for key, text in wrong.items() if key in cell)
    assert {fault.line for fault in found} == {line_of(lab.path, expected)}


GOOD_CHINESE = [
    "提升度（lift）是 1.5，占 20%。",
    "**提升度** 与 *lift*、`lift` 都可以。",
    "见 [说明](https://a.org/a,b)，共 3 类：甲、乙。",
    '1. 第一，用 `df.groupby("a")`。',
    '运行 lab.check("x") 的结果',
    "> [!NOTE] 关于 lift",
    "| 支持度 | lift |",
    "$p(甲)$ 表示概率。",
    "时间 18:00–21:00，比例 3:1",
    "卡号 6222…，共 {} 张，均值 {:.1f} 元",
    "_提升度_ 与 card_transactions 表",
    "<b>提升度</b>：见 &nbsp;",
]
BAD_CHINESE = [
    "提升度(lift)",
    "提升度 (lift)",
    "(离网)",
    "口径:活跃",
    "对吗?",
    "离网.",
    "离网. 下一句",
    "lift, 提升度",
    "用pandas",
    "有20位",
    "lift高",
    "`lift`高",
    "[lift](x.md)高",
    "**20**位",
]


@pytest.mark.parametrize("line", GOOD_CHINESE)
def test_good_chinese_typography_passes(line):
    assert [text.en for text in typography_faults(line)] == []


@pytest.mark.parametrize("line", BAD_CHINESE)
def test_bad_chinese_typography_is_named(line):
    assert list(typography_faults(line))


def test_code_blocks_are_no_chinese_text(fixture_course):
    block = "```\n提升度(lift),高\n```"
    assert gates.chinese_typography(fixture_course.append(prose(block, block))) == []


@pytest.mark.parametrize(
    ("shown", "wrong"),
    [
        ("**提升度。**然后", True),
        ("*25 分钟。*你将", True),
        ("**提升度**。然后", False),
        ("**提升度。** 然后", False),
        ("`2 * 3`，$a * b$", False),
    ],
)
def test_markdown_renders(fixture_course, shown, wrong):
    lab = fixture_course.append(prose("A.", f"第一段。\n\n{shown}").replace("\n# \n", "\n#\n"))
    found = gates.markdown_renders(lab)
    assert bool(found) == wrong
    if wrong:
        assert one(found).line == line_of(lab.path, shown)


def test_glyphs(fixture_course):
    lab = fixture_course.append(prose("Rare.", "常用字。\n生僻字龘。"))
    fault = one(gates.glyphs(lab))
    assert "龘 (U+9F98)" in fault.sentence.en
    assert fault.line == line_of(lab.path, "龘")


@pytest.mark.parametrize("edit", [('"zh")', '"zh龘")'), ("# zh: 行数", "# zh: 行数龘")])
def test_glyphs_in_code(fixture_course, edit):
    assert "龘" in one(gates.glyphs(fixture_course.edit(*edit))).sentence.en


def test_glyphs_in_checks(fixture_course):
    lab = fixture_course.edit("看起来数的是列", "看起来龘的是列", fixture_course.checks_path)
    assert one(gates.glyphs(lab)).path == lab.checks_path


def test_bundled_fonts_have_the_common_characters():
    assert set("离网率，提升度。（）“”—…、：；？！％·") <= characters_of_fonts()


def test_glossary(fixture_course):
    lab = fixture_course.append(prose("Recall.", "第一行。\n召回率是多少？"))
    fault = one(gates.glossary(lab))
    assert fault.sentence.en == "召回率: the glossary says 查全率 for “recall”."
    assert fault.line == line_of(lab.path, "召回率")


def test_glossary_refuses_no_word_of_its_own(fixture_course):
    terms = read_glossary(fixture_course.course_dir)
    assert len(terms) > 100
    assert len({term.en for term in terms}) == len(terms)
    for term in terms:
        for other in terms:
            assert not any(wrong in other.zh or wrong in other.note for wrong in term.not_), (term, other)


@pytest.mark.parametrize("language", LANGUAGES)
def test_finished(fixture_course, language):
    english, chinese = ("TODO: more.", "更多。") if language == "en" else ("More.", "TODO：更多。")
    lab = fixture_course.append(prose(english, chinese))
    assert one(gates.finished(lab)).line == line_of(lab.path, "TODO")


# ---- notebooks on disk -----------------------------------------------------------------------------


def tamper(built, edition, language, old, new):
    built.edit(old, new, edition_path(built.lab, edition, language))
    return built.lab


@pytest.mark.notebooks
def test_same_code(built):
    lab = tamper(built, "notebooks", "zh", "members.shape[1]", "members.shape[0]")
    assert "cell first_look" in one(gates.same_code(lab)).sentence.en
    lab = tamper(built, "notebooks", "zh", "members.shape[0]", "members.shape[1]")
    assert gates.same_code(tamper(built, "notebooks", "zh", "# 先看一眼", "# 再看一眼")) == []
    lab = tamper(built, "solutions", "zh", '"id": "first_look"', '"id": "second_look"')
    assert "same code cells" in one(gates.same_code(lab)).sentence.en


@pytest.mark.notebooks
@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("row_count = ...", "rows = ...", "row_count is not the solution"),
        ("row_count = ...", "row_count = len(members)", "row_count holds the answer"),
        ("members.shape[1]", "members.shape[0]", "first_look is not the solution"),
    ],
)
def test_stub_fits(built, old, new, sentence):
    assert sentence in one(gates.stub_fits(tamper(built, "notebooks", "en", old, new))).sentence.en


@pytest.mark.notebooks
def test_no_l_left(built):
    lab = tamper(built, "notebooks", "en", '\\"The table has {} columns.\\"', 'L(\\"a\\", \\"b\\")')
    assert "first_look still has L" in one(gates.no_l_left(lab)).sentence.en


@pytest.mark.notebooks
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<object at 0x7f3a5c2b1d90>", "0x7f3a5c2b1d90"),
        ("read /home/me/baskets.csv", "/home/me/baskets.csv"),
        (r"C:\\Users\\me", "C:\\Users"),
    ],
)
def test_stable_outputs(built, text, shown):
    lab = tamper(built, "solutions", "en", "The table has 5 columns.", text)
    assert shown in one(gates.stable_outputs(lab)).sentence.en


@pytest.mark.notebooks
@pytest.mark.parametrize(
    "output",
    [
        {"output_type": "stream", "name": "stderr", "text": "Warning!"},
        {"output_type": "error", "ename": "KeyError", "evalue": "x", "traceback": []},
    ],
)
def test_stable_outputs_are_neither_warnings_nor_errors(built, output):
    path = edition_path(built.lab, "solutions", "zh")
    notebook = nbformat.read(path, as_version=4)
    next(cell for cell in notebook.cells if cell.cell_type == "code").outputs = [nbformat.from_dict(output)]
    path.write_text(notebook_text(notebook), "utf-8")
    assert one(gates.stable_outputs(built.lab))


@pytest.mark.notebooks
def test_rebuilt(built):
    lab = tamper(built, "notebooks", "zh", "row_count = ...", "row_count = ...  # x")
    assert one(gates.rebuilt(lab)).path == edition_path(lab, "notebooks", "zh")
    edition_path(lab, "solutions", "en").unlink()
    assert len(gates.rebuilt(lab)) == 2


def test_gates_of_the_source_need_no_notebooks(fixture_course):
    assert [fault for gate in SOURCE_GATES for fault in gate(fixture_course.lab)] == []
