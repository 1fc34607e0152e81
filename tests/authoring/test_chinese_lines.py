"""A line break between Chinese characters leaves no gap on the page."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from labkit.authoring.chinese_lines import join_chinese_lines


def test_lines_of_a_paragraph_are_joined_where_chinese_meets_chinese():
    assert (
        join_chinese_lines("好邻居超市的品类经理，\n周五要交\n货架方案。")
        == "好邻居超市的品类经理，周五要交货架方案。"
    )


def test_nothing_stands_behind_a_full_width_mark():
    assert (
        join_chinese_lines("共三张表。\n`baskets`：\n2 列，\n**其中**")
        == "共三张表。`baskets`：2 列，**其中**"
    )


def test_other_line_breaks_stay():
    for prose in (
        "提升度\nlift 是\n`code`",
        "# 标题\n正文",
        "第一段。\n\n第二段。",
        "- 一\n- 二",
        "| 一 | 二 |\n| --- | --- |\n| 三 | 四 |",
        "```\n第一行\n第二行\n```",
        "换行  \n第二行",
        "如下：\n- 一\n- 二",
        "如下：\n1. 一",
        "如下：\n```\n二\n```",
        "如下：\n$$x$$",
        "标题。\n===",
        "- 一，\n  二",
        "一。\n> 二",
    ):
        assert join_chinese_lines(prose) == prose


PARTS = [
    "中文",
    "。",
    "，",
    "“引”",
    "Latin",
    " ",
    "\n",
    "\n\n",
    "# ",
    "- ",
    "```\n",
    "`x`",
    "1. ",
    "**",
    "| ",
    "> ",
    "$$",
    "---",
    "===",
]


@given(st.lists(st.sampled_from(PARTS), max_size=20))
def test_blocks_stay_what_they_are_and_only_line_breaks_are_lost(parts):
    prose = "".join(parts)
    joined = join_chinese_lines(prose)
    assert joined.replace("\n", "") == prose.replace("\n", "")
    kinds = [
        [token.type for token in MarkdownIt("commonmark").enable("table").parse(text)]
        for text in (joined, prose)
    ]
    assert kinds[0] == kinds[1]
