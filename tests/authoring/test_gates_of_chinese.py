"""Gates of Chinese text: set as Chinese, in terms of the trade, with characters that every figure can show."""

import pytest

from labkit.authoring import gates
from labkit.authoring.gates.chinese_typography import typography_faults
from labkit.authoring.gates.glossary import read_glossary
from labkit.authoring.gates.glyphs import characters_of_fonts
from tests.authoring.broken_promises import line_of, one, prose


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
    lab = fixture_course.edit_checks("看起来数的是列", "看起来龘的是列")
    assert one(gates.glyphs(lab)).path == lab.checks_dir / "row_count.py"


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
