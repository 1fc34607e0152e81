"""A judgement is always a verdict, never an exception."""

import pytest

from labkit.exercises import Exercise, Text, right, wrong
from labkit.exercises.judge import MISSING, is_unanswered, judge


class Doubled(Exercise):
    name = "doubled"
    hints = (Text("a", "甲"), Text("b", "乙"))
    matters = Text("It matters.", "这很重要。")
    mistakes = {"half": Text("That is half.", "这是一半。")}

    def check(self, answer, given):
        if answer == 1:
            return wrong("half")
        return right() if answer == 4 else wrong(Text("No.", "不对。"))


class NeedsTruth(Doubled):
    needs_truth = True


class OwnFile:
    has_truth = False


def stub(x): ...


def stub_with_docstring(x):
    """Says what to do."""


def answered(x):
    return x


@pytest.mark.parametrize("answer", [MISSING, ..., stub, stub_with_docstring])
def test_stub_in_every_form_is_not_attempted(answer):
    assert is_unanswered(answer)
    assert judge(Doubled(), answer, None).status == "not_attempted"


@pytest.mark.parametrize("answer", [None, 0, "", answered, print, [..., ...], lambda: 1])
def test_any_written_answer_counts_as_attempted(answer):
    assert not is_unanswered(answer)


def test_right_answer_says_why_it_matters_and_mistake_says_its_sentence():
    assert judge(Doubled(), 4, None).message == Doubled.matters
    assert judge(Doubled(), 1, None).message == Doubled.mistakes["half"]


class Raises:
    def __init__(self, error):
        self.error = error

    def __eq__(self, other):
        raise self.error

    __hash__ = None


@pytest.mark.parametrize(
    "error", [ValueError(), RecursionError(), SystemExit(), MemoryError(), GeneratorExit()]
)
def test_answer_that_raises_is_wrong_and_the_card_names_the_error(error):
    verdict = judge(Doubled(), Raises(error), None)
    assert verdict.status == "wrong"
    assert type(error).__name__ in verdict.message.en


def test_check_that_needs_truth_says_that_own_data_have_none():
    assert judge(NeedsTruth(), 4, OwnFile()).status == "no_truth"
