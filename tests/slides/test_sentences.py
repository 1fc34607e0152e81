"""A paragraph, sentence by sentence."""

import pytest

from labkit.slides.sentences import sentences


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("A share of 0.5 is half. Done.", ["A share of 0.5 is half.", "Done."]),
        ("Say, e.g. nothing. Then go.", ["Say, e.g. nothing.", "Then go."]),
        ("**Bold. All of it.** Plain.", ["**Bold. All of it.**", "Plain."]),
        ("**哪些是真的？哪些不是？**接着看。", ["**哪些是真的？哪些不是？**", "接着看。"]),
        ("第一句。“第二句？”第三句。", ["第一句。", "“第二句？”", "第三句。"]),
        ("（全在括号里。一起。）外面。", ["（全在括号里。一起。）", "外面。"]),
        ("Two questions: **1.** Where? **2.** When?", ["Two questions: **1.** Where?", "**2.** When?"]),
        ("Use `a. B` here. Now.", ["Use `a. B` here.", "Now."]),
        ("", []),
    ],
)
def test_a_sentence_ends_where_a_reader_would_stop(paragraph, expected):
    assert sentences(paragraph) == expected


def test_nothing_is_lost():
    text = "一。二！Three. *Four. Five.* (Six. Seven.) 八？"
    assert "".join(sentences(text)).replace(" ", "") == text.replace(" ", "")
