import pytest

from labkit.grading.answer_code import (
    code_tokens,
    gives,
    is_python,
    is_unanswered_code,
    names_given,
    normal_form,
    plain_python,
)


def test_layout_comments_and_docstrings_make_no_difference():
    one = "x = 1+2  # a remark\n\ndef f(a):\n    'What it does.'\n    return a"
    assert normal_form(one) == normal_form("x=(1 +\n 2)\ndef f( a ): return a")
    assert code_tokens(one) == code_tokens("x = 1 + 2\ndef f(a):\n  return a")


def test_another_name_is_other_code():
    assert normal_form("x = a") != normal_form("x = b")


@pytest.mark.parametrize(
    "stub",
    [
        "x = ...",
        "# only a remark",
        "",
        "def x(a, b): ...",
        "def x(a):\n    'Say.'\n    return None",
        "x = y = ...",
    ],
)
def test_stubs_are_unanswered(stub):
    assert is_unanswered_code(stub)


def test_the_stub_as_handed_out_is_unanswered_whatever_its_comments():
    handed_out = "# share\nx = ...\nunit = 'yuan'"
    assert is_unanswered_code("x = ...  # no idea\nunit = 'yuan'", handed_out)
    assert not is_unanswered_code("x = ...\nunit = 'fen'", handed_out)


@pytest.mark.parametrize(
    "answer", ["x = 0", "x = None", "def x(a):\n    return 0", "x = [...]", "print(x)", "x = ("]
)
def test_what_was_written_is_an_answer(answer):
    assert not is_unanswered_code(answer)


def test_magic_that_only_a_notebook_understands_is_left_out():
    assert plain_python("%%time\nx = 1") == "x = 1"
    assert (
        plain_python("%matplotlib inline\nif a:\n    !pip install x\nx = 1") == "pass\nif a:\n    pass\nx = 1"
    )
    assert plain_python("x = 7 % 2\n") == "x = 7 % 2\n"
    assert plain_python("x = (") == "x = ("


def test_names_are_found_also_where_code_cannot_be_parsed():
    assert names_given("import numpy as np\nfor i in []: x = 1") == {"np", "i", "x"}
    assert gives("x = 3", "x")
    assert gives("x = (", "x")
    assert gives("  def x(a:", "x")
    assert not gives("x == (", "x")
    assert not gives("y = (x", "x")


@pytest.mark.parametrize(
    "bomb",
    [
        "x = " + "-" * 20_000 + "1",
        "x = " + "(" * 20_000,
        "x = " + "[" * 20_000 + "]" * 20_000,
        "x = a" + ".b" * 20_000,
        "x = a" + "()" * 20_000,
        "x = " + "+".join(["1"] * 20_000),
        "x = " + "lambda:" * 8_000 + "1",
        "x = " + "f'{" * 60 + "1",
        "if a:\n pass\n" + "elif a:\n pass\n" * 4_000,
        "x = '\ud800'",
        "x = '\0'",
        "x" * 100_000,
    ],
    ids=range(12),
)
def test_code_made_to_break_a_parser_is_told_apart_from_python(bomb):
    assert not is_python(bomb)
    assert isinstance(normal_form(bomb), str)
    assert isinstance(code_tokens(bomb), list)
    assert names_given(bomb) == set()
    assert not is_unanswered_code(bomb)
