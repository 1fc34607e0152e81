"""Comparisons accept every correct form of an answer and name what is wrong with the others."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkit.exercises import compare, right, wrong

FINITE = st.floats(allow_nan=False, allow_infinity=False, width=32)


@pytest.mark.parametrize(
    "form", [float, np.float32, np.array, lambda x: np.array([x]), lambda x: pd.Series([x])]
)
def test_number_accepts_every_form_of_one_number(form):
    assert compare.number(form(0.25), 0.25).status == "right"


@pytest.mark.parametrize("answer", [True, "0.25", [0.25], None, 0.25 + 0j, pd.Series([0.25, 0.25]), {}, ...])
def test_number_refuses_what_is_not_one_number_and_says_the_kind(answer):
    verdict = compare.number(answer, 0.25)
    assert verdict.status == "wrong"
    assert type(answer).__name__ in verdict.message.en


@given(FINITE.filter(lambda x: abs(x) > 1e-6))
def test_number_never_leaks_the_expected_value_in_its_message(expected):
    verdict = compare.number(expected * 1.5 + 1, expected)
    assert str(expected) not in verdict.message.en + verdict.message.zh


def test_number_tells_percent_and_its_inverse_apart_from_plain_wrong():
    assert compare.number(3.12, 0.0312, share=True).message == compare.IN_PERCENT
    assert compare.number(4.0, 0.25).message == compare.INVERTED
    assert compare.number(0.3, 0.25).message == compare.TOO_HIGH
    assert compare.number(0.2, 0.25).message == compare.TOO_LOW
    assert compare.number(math.nan, 0.25).message == compare.MISSING_VALUE


def test_number_names_the_listed_mistake_before_any_general_one():
    assert compare.number(0.5, 0.25, mistakes={"counted_rows": 0.5}) == wrong("counted_rows")


def test_number_within_tolerance_is_right_and_just_outside_is_not():
    assert compare.number(100.4, 100, rel=0.005).status == "right"
    assert compare.number(100.6, 100, rel=0.005).status == "wrong"


@pytest.mark.parametrize(
    "answer",
    [
        {"b": 2.0, "a": 1.0},
        pd.Series({"a": 1, "b": 2}),
        pd.DataFrame({"label": ["b", "a"], "value": [2, 1]}),
        pd.Series({"b": 2.0, "a": 1.0}).to_frame(),
    ],
)
def test_values_accepts_every_form_and_order(answer):
    assert compare.values(answer, {"a": 1.0, "b": 2.0}).status == "right"


def test_values_counts_what_differs_and_which_labels_are_missing():
    expected = {"a": 1.0, "b": 2.0}
    assert "1 of 2" in compare.values({"a": 1.0, "b": 3.0}, expected).message.en
    assert compare.values({"a": 1.0}, expected).message == compare.MISSING_LABELS.fill(count=1)
    assert compare.values({"a": 1.0, "b": 2.0, "c": 3.0}, expected).message == compare.EXTRA_LABELS.fill(
        count=1
    )
    assert compare.values({"a": "x"}, expected).status == "wrong"
    assert compare.values({"a": 2.0, "b": 1.0}, expected, mistakes={"swapped": {"a": 2, "b": 1}}) == wrong(
        "swapped"
    )


@pytest.mark.parametrize(
    "answer", [["x", "y"], ("y", "x"), {"x", "y"}, np.array(["x", "y"]), pd.Series(["y", "x", "x"])]
)
def test_labels_accepts_every_collection_in_any_order(answer):
    assert compare.labels(answer, ["x", "y"]).status == "right"


def test_labels_accepts_a_pair_in_either_order():
    pair = {frozenset({"beer", "diapers"})}
    assert compare.labels([("diapers", "beer")], pair).status == "right"
    assert compare.labels([["beer", "diapers"]], pair).status == "right"
    assert compare.labels([["beer", "milk"]], pair).status == "wrong"


@pytest.mark.parametrize("answer", [None, 3, "beer", [["unhashable", []]], [object()], {"a": 1}])
def test_labels_refuses_what_is_no_collection_of_labels(answer):
    assert compare.labels(answer, ["x"]).status == "wrong"


def test_choice_ignores_case_and_blanks_and_lists_what_is_allowed():
    assert compare.choice(" Left ", "left", allowed=["left", "right"]).status == "right"
    assert compare.choice("right", "left", allowed=["left", "right"]).status == "wrong"
    assert "left, right" in compare.choice(1, "left", allowed=["left", "right"]).message.en


def test_function_reports_the_error_it_raised_and_the_arguments():
    def divides_by_zero(x):
        return x / 0

    verdict = compare.function(divides_by_zero, [((1,), lambda _: right())])
    assert "ZeroDivisionError" in verdict.message.en
    assert compare.function(3, []).status == "wrong"


def test_function_passes_only_when_every_case_does():
    cases = [((x,), lambda result, x=x: compare.number(result, 2 * x)) for x in (1, 2, 3)]
    assert compare.function(lambda x: 2 * x, cases).status == "right"
    assert compare.function(lambda x: 2, cases).status == "wrong"


class AlwaysEqual:
    """Equal to everything; has a value of its own choice."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash("x")

    def __float__(self):
        return 0.25


def test_an_object_that_equals_everything_is_never_right():
    assert compare.number(AlwaysEqual(), 0.25).status == "wrong"
    assert compare.labels([AlwaysEqual()], ["x"]).status == "wrong"
    assert compare.values({AlwaysEqual(): 1.0}, {"x": 1.0}).status == "wrong"
    assert compare.choice(AlwaysEqual(), "x", allowed=["x"]).status == "wrong"
