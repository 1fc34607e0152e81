"""Each edition holds the one literal and the one comment of its language, and the code computes the same."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkit.authoring.faults import SourceError
from labkit.authoring.language_split import split_language
from labkit.language import LANGUAGES

HERE = Path("lab.py")


def split(code):
    return [split_language(code, language, HERE) for language in LANGUAGES]


def value(code):
    namespace = {"n": 3, "rate": 0.5}
    exec(code, namespace)
    return namespace["x"]


def test_call_becomes_the_literal_as_it_was_written():
    assert split("x = L('Churn', \"离网\")") == ["x = 'Churn'", 'x = "离网"']


def test_f_strings_keep_their_holes():
    assert split('x = L(f"{rate:.1%} of {n}", f"{n} 的 {rate:.1%}")') == [
        'x = f"{rate:.1%} of {n}"',
        'x = f"{n} 的 {rate:.1%}"',
    ]


def test_calls_inside_calls_and_behind_chinese_text():
    code = 'f("离网", L("a", "甲"), g(y[L("b", "乙")], key=L("c", "丙"))); h(L("d", "丁"))'
    assert split(code) == [
        'f("离网", "a", g(y["b"], key="c")); h("d")',
        'f("离网", "甲", g(y["乙"], key="丙")); h("丁")',
    ]


def test_parts_on_several_lines_stay_one_text():
    code = 'x = L(\n    "one "\n    f"{n} "\n    "two",\n    "一"\n    "二",\n)\n'
    english, chinese = split(code)
    assert (value(english), value(chinese)) == ("one 3 two", "一二")


def test_parts_inside_brackets_get_no_brackets_of_their_own():
    english, _ = split('x = str(L(\n    "one "\n    "two", "一"))')
    assert english == 'x = str("one "\n    "two")'


def test_text_of_several_lines_and_docstring():
    code = 'def f():\n    L("""One.\n\n    More.""", """一。""")\n    return 1\n'
    english, chinese = split(code)
    assert ast.get_docstring(ast.parse(english).body[0]) == "One.\n\nMore."
    assert ast.get_docstring(ast.parse(chinese).body[0]) == "一。"


def test_name_l_in_strings_and_comments_and_other_calls_is_left_alone():
    code = 'x = "L(1, 2)"  # L("a", "b")\nXL("a", "b")\ny.L("a", "b")\n'
    assert split(code) == [code, code]


@pytest.mark.parametrize(
    ("code", "left"),
    [
        ("from labkit import L\nx = 1", "x = 1"),
        ("import labkit\nfrom labkit import L\n", "import labkit\n"),
        ("from labkit import L, Text as T, cards", "from labkit import Text as T, cards"),
        ("from labkit import (\n    L,\n    cards,\n)\nx = 1", "from labkit import cards\nx = 1"),
        ("from labkit import cards", "from labkit import cards"),
    ],
)
def test_import_of_l_goes_and_others_stay(code, left):
    assert split(code) == [left, left]


def test_comment_pair_becomes_one_comment_where_it_stood():
    code = "def f(x):\n    # en: one\n    # more\n    #\n    #   deep\n    # zh: 一\n    # 二\n    return x  # stays\n"
    english, chinese = split(code)
    assert english == "def f(x):\n    # one\n    # more\n    #\n    #   deep\n    return x  # stays\n"
    assert chinese == "def f(x):\n    # 一\n    # 二\n    return x  # stays\n"


def test_comment_may_begin_below_its_mark_and_pairs_may_follow_each_other():
    code = "# en:\n# one\n# zh:\n# 一\n# en: two\n# zh: 二\nx = 1"
    assert split(code) == ["# one\n# two\nx = 1", "# 一\n# 二\nx = 1"]


def test_solution_mark_ends_a_comment():
    code = "def f():\n    # en: one\n    # zh: 一\n    # BEGIN SOLUTION\n    return 1\n    # END SOLUTION"
    assert all("    # BEGIN SOLUTION" in edition for edition in split(code))


REFUSED = {
    "one argument": ('L("a")', 1, "two string literals"),
    "a variable": ('L("a", b)', 1, "two string literals"),
    "a sum": ('x = 1\nL("a" + b, "c")', 2, "two string literals"),
    "a keyword": ('L("a", zh="b")', 1, "two string literals"),
    "bytes": ('L(b"a", b"b")', 1, "two string literals"),
    "L in L": ('L(L("a", "b"), "c")', 1, "two string literals"),
    "a star": ("L(*texts)", 1, "two string literals"),
    "L inside an f-string": ("\nx = f\"{L('a', 'b')} c\"", 2, "inside an f-string"),
    "L inside an f-string of L": ("L(f\"{L('a', 'b')}\", \"c\")", 1, "inside an f-string"),
    "L as a value": ("map(L, texts)", 1, "L is taken"),
    "L as a variable": ("L = cholesky(A)", 1, "L is taken"),
    "L as a parameter": ("def f(L):\n    pass", 1, "L is taken"),
    "L as a function": ("\ndef L(a):\n    pass", 2, "L is taken"),
    "L by another name": ("from labkit import L as T", 1, "L is taken"),
    "L from elsewhere": ("from numpy import L", 1, "L is taken"),
    "labkit.L": ('labkit.L("a", "b")', 1, "L is taken"),
    "an indented import": ("if x:\n    from labkit import L", 2, "line of its own"),
    "an import beside code": ("from labkit import L; x = 1", 1, "line of its own"),
    "an English comment alone": ("x = 1\n# en: one\nx = 2", 2, "both languages"),
    "a Chinese comment alone": ("# zh: 一\nx = 2", 1, "both languages"),
    "Chinese first": ("# zh: 一\n# en: one", 1, "both languages"),
    "a gap between the two": ("# en: one\n\n# zh: 一", 1, "both languages"),
    "another indentation": ("if x:\n    # en: one\n  # zh: 一\n    y", 2, "both languages"),
    "an empty comment": ("# en: one\n# zh:\nx = 1", 1, "no text"),
    "a mark behind code": ("x = 1  # en: one\n", 1, "lines of its own"),
}


@pytest.mark.parametrize("mistake", REFUSED)
def test_text_that_cannot_be_split_is_refused_with_its_line(mistake):
    code, line, sentence = REFUSED[mistake]
    with pytest.raises(SourceError, match=sentence) as caught:
        split_language(code, "en", HERE, first_line=100)
    assert caught.value.line == 99 + line


def literal(text, quotes):
    """Write a text in one of Python's ways."""
    if quotes == "repr" or "\\" in text or quotes[0] in text or not text.isprintable():
        return repr(text)
    return f"{quotes}{text}{quotes}"


written = st.tuples(st.text(max_size=40), st.sampled_from(["repr", "'", '"', '"""', "'''"])).map(
    lambda t: (t[0], literal(*t))
)
parts = st.lists(written, min_size=1, max_size=4)


@given(
    parts,
    parts,
    st.sampled_from(
        ["x = {}", "x = ({})", "x = str({})", "x = [0, {}][1]", "x = {}.replace('', '')", "x = '' or {}"]
    ),
)
def test_any_literals_survive_on_any_number_of_lines(english, chinese, frame):
    en, zh = ("\n    ".join(source for _, source in side) for side in (english, chinese))
    code = frame.format(f"L(\n    {en},\n    {zh},\n)")
    split_en, split_zh = split(code)
    assert value(split_en) == "".join(text for text, _ in english)
    assert value(split_zh) == "".join(text for text, _ in chinese)
