"""What crosses the border comes out the same; whatever else arrives is one error and no other."""

from __future__ import annotations

import contextlib
import datetime
import decimal
import fractions
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import LinearConstraint
from sklearn.ensemble import RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier

from labkit.grading.values import BadMessage, NotEncodable, Unreadable, decode, encode, encode_whole
from labkit.grading.values.message import taken_apart
from labkit.reports import Number, Paragraph, Report, Table
from tests.course.arbitrary import arbitrary_objects


def same(a: Any, b: Any) -> bool:
    """The same value of the same type, all the way down."""
    if type(a) is not type(b):
        return False
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return len(a) == len(b) and all(map(same, [*a, *a.values()], [*b, *b.values()]))
    if isinstance(a, (set, frozenset)):
        return len(a) == len(b) and all(any(same(one, other) for other in b) for one in a)
    if isinstance(a, (float, complex, np.generic)):
        return repr(a) == repr(b)
    return bool(a == b)


# ---- plain values ----------------------------------------------------------------------------------

labels = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**400), 10**400)
    | st.floats(allow_nan=False)
    | st.text(st.characters(), max_size=20)
    | st.binary(max_size=20)
    | st.dates()
    | st.datetimes().map(lambda moment: moment.replace(fold=0))
    | st.times().map(lambda clock: clock.replace(fold=0))
    | st.timedeltas()
    | st.decimals(allow_nan=False)
    | st.fractions(),
    lambda inner: st.tuples(inner, inner) | st.frozensets(inner, max_size=3),
    max_leaves=6,
)
values = st.recursive(
    labels | st.floats() | st.complex_numbers() | st.just(...),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.sets(labels, max_size=4)
        | st.dictionaries(labels, inner, max_size=4)
        | st.tuples(inner)
    ),
    max_leaves=12,
)


@given(values)
def test_plain_values_come_out_the_same(value):
    assert same(decode(encode(value)), value)


@pytest.mark.parametrize(
    "value",
    [
        np.float64(1.5),
        np.float32("nan"),
        np.int8(-3),
        np.bool_(True),
        np.str_("余额"),
        np.datetime64("2026-01-01"),
        np.timedelta64(3, "h"),
        np.complex64(1j),
        pd.Timestamp("2026-01-01 12:00"),
        pd.Timestamp("2026-01-01 12:00", tz="Asia/Shanghai"),
        pd.Timestamp("2026-01-01").as_unit("s"),
        pd.Timedelta("3h"),
        pd.Period("2026-01", "M"),
        pd.Interval(0, 1.5, closed="left"),
        range(3, 10, 2),
        decimal.Decimal("Infinity"),
        fractions.Fraction(1, 3),
        datetime.date(2026, 1, 1),
    ],
)
def test_numbers_and_moments_keep_their_type(value):
    assert same(decode(encode(value)), value)


@pytest.mark.parametrize("value", [pd.NaT, pd.NA, None, ...])
def test_what_there_is_only_one_of_is_that_one(value):
    assert decode(encode(value)) is value


# ---- arrays and tables -----------------------------------------------------------------------------

ARRAYS = [
    np.arange(6).reshape(2, 3),
    np.arange(6).reshape(2, 3).T[:, ::-1],
    np.zeros((0, 3)),
    np.array(3.5),
    np.array([True, False]),
    np.array(["a", "余额"]),
    np.array([b"a"]),
    np.array(["2026-01-01", "NaT"], dtype="datetime64[s]"),
    np.array([1, "a", None, (1, 2), frozenset({3})], dtype=object),
    np.array([[1, "a"]], dtype=object),
    np.array([1.0], dtype=">f8"),
]


@pytest.mark.parametrize("array", ARRAYS, ids=lambda array: f"{array.dtype}{array.shape}")
def test_arrays_keep_shape_kind_and_content_and_may_be_changed(array):
    crossed = decode(encode(array))
    assert crossed.dtype == array.dtype
    assert crossed.shape == array.shape
    np.testing.assert_array_equal(crossed, array)
    assert crossed.flags.writeable


TABLE = pd.DataFrame(
    {
        "whole": [1, 2, 3],
        "number": [1.5, None, 3.0],
        "word": ["甲", None, ""],
        "flag": [True, False, True],
        "perhaps": pd.array([True, None, False], dtype="boolean"),
        "perhaps_whole": pd.array([1, None, 3], dtype="Int32"),
        "perhaps_number": pd.array([1.5, None, 3], dtype="Float64"),
        "kind": pd.Categorical(["u", None, "v"], categories=["v", "u", "w"], ordered=True),
        "objects": [frozenset({"a"}), (1, 2), None],
        "day": pd.to_datetime(["2026-01-01", None, "2026-01-03"]),
        "zoned": pd.to_datetime(["2026-01-01", None, "2026-01-03"]).tz_localize("Asia/Shanghai"),
        "span": pd.to_timedelta(["1D", None, "3h"]),
        "month": pd.PeriodIndex(["2026-01", "2026-02", "2026-03"], freq="M"),
        "band": pd.interval_range(0, 3),
        ("a", "tuple"): [1, 2, 3],
        7: [1, 2, 3],
    },
    index=pd.Index(["x", "y", "z"], name="key"),
)
FRAMES = {
    "every kind of column": TABLE,
    "no rows": TABLE.iloc[:0],
    "no columns": TABLE[[]],
    "nothing": pd.DataFrame(),
    "two indexes": TABLE.set_index(["whole", "word"]),
    "days": TABLE.dropna(subset="day").set_index("day"),
    "days in a row": TABLE.set_index(pd.date_range("2026-01-01", periods=3, freq="D")),
    "categories": TABLE.set_index("kind"),
    "bands": TABLE.set_index("band"),
    "two rows of headings": pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)])),
    "a column twice": pd.DataFrame([[1, "a"]], columns=["x", "x"]),
    "grouped": TABLE.groupby("kind", observed=False)["whole"].agg(["sum", "mean"]),
    "transposed": TABLE[["whole", "number"]].T,
}


@pytest.mark.parametrize("name", FRAMES)
def test_tables_come_out_the_same(name):
    frame = FRAMES[name]
    pd.testing.assert_frame_equal(decode(encode(frame)), frame, check_freq=True)


@pytest.mark.parametrize("name", [*TABLE.columns])
def test_columns_and_indexes_come_out_the_same(name):
    column = TABLE[name]
    pd.testing.assert_series_equal(decode(encode(column)), column)
    pd.testing.assert_index_equal(decode(encode(pd.Index(column))), pd.Index(column))


def test_a_counted_index_stays_one():
    index = decode(encode(pd.RangeIndex(2, 10, 3, name="n")))
    pd.testing.assert_index_equal(index, pd.RangeIndex(2, 10, 3, name="n"), exact=True)


def test_sparse_matrices_come_out_the_same():
    matrix = sparse.csr_array(np.array([[0, 1.5], [2, 0]]))
    crossed = decode(encode(matrix))
    assert type(crossed) is type(matrix)
    np.testing.assert_array_equal(crossed.toarray(), matrix.toarray())


def test_a_random_generator_goes_on_where_it_was():
    generator = np.random.default_rng(7)
    generator.random(5)
    crossed = decode(encode(generator))
    assert crossed.random(3).tolist() == generator.random(3).tolist()


# ---- records ---------------------------------------------------------------------------------------


def test_a_promise_to_a_solver_comes_out_the_same():
    promise = LinearConstraint(sparse.csr_array(np.eye(2)), -np.inf, [1, 2])
    crossed = decode(encode(promise))
    assert isinstance(crossed, LinearConstraint)
    np.testing.assert_array_equal(crossed.A.toarray(), promise.A.toarray())
    assert (crossed.lb.tolist(), crossed.ub.tolist()) == ([-np.inf, -np.inf], [1, 2])


def test_a_report_comes_out_the_same():
    report = Report(
        "Churn in {region}",
        "{rate} left",
        [Paragraph("That is {rate}."), Table(pd.DataFrame({"share": [0.5]}), {"share": "{:.1%}"}, "All")],
        {"region": "Danzhu", "rate": Number(0.0325, "{:.1%}")},
    )
    crossed = decode(encode(report))
    assert isinstance(crossed, Report)
    assert [*crossed.lines()] == [*report.lines()]
    assert crossed.values == report.values


@pytest.mark.parametrize("form", ["{:>100000000}", "{0.__class__}", 7])
def test_a_format_that_fills_the_memory_or_looks_behind_a_value_is_refused(form):
    with pytest.raises(BadMessage):
        decode(encode(Number(1, form)))


# ---- models ----------------------------------------------------------------------------------------


def grown() -> tuple[DecisionTreeClassifier, pd.DataFrame]:
    rows = pd.DataFrame({"a": range(40), "b": [n % 7 for n in range(40)]})
    return DecisionTreeClassifier(max_depth=4, random_state=1).fit(rows, rows["b"] > 3), rows


def test_a_tree_predicts_the_same_after_crossing():
    tree, rows = grown()
    crossed = decode(encode(tree))
    assert isinstance(crossed, DecisionTreeClassifier)
    np.testing.assert_array_equal(crossed.predict_proba(rows), tree.predict_proba(rows))
    assert crossed.feature_names_in_.tolist() == ["a", "b"]
    assert crossed.get_params() == tree.get_params()


def test_a_tree_that_was_never_fitted_crosses():
    assert isinstance(decode(encode(DecisionTreeClassifier())), DecisionTreeClassifier)


@pytest.mark.parametrize(
    ("part", "place", "value"),
    [
        ("left_child", 0, 10_000),
        ("left_child", 1, 0),
        ("right_child", 0, -5),
        ("feature", 0, 99),
        ("feature", 0, -7),
    ],
)
def test_a_tree_whose_links_lead_nowhere_is_refused(part, place, value):
    tree, _ = grown()
    state = tree.tree_.__getstate__()
    state["nodes"][part][place] = value
    tree.tree_.__setstate__(state)
    with pytest.raises(BadMessage):
        decode(encode(tree))


def test_other_models_stay_on_their_side():
    forest = RandomForestClassifier(n_estimators=2).fit([[0], [1]], [0, 1])
    assert type(decode(encode(forest))).__name__ == "RandomForestClassifier"
    assert isinstance(decode(encode(forest)), Unreadable)


# ---- what cannot cross -----------------------------------------------------------------------------


def test_two_thousand_arbitrary_objects_either_cross_or_are_replaced():
    for value in arbitrary_objects(2_000):
        try:
            message = encode(value)
        except Exception as error:
            raise AssertionError(type(value)) from error
        decode(message)


def test_a_list_within_itself_and_one_that_doubles_are_replaced():
    circle: list[Any] = []
    circle.append(circle)
    assert type(decode(encode(circle))).__name__ == "list"
    doubled: Any = [0]
    for _ in range(35):
        doubled = [doubled, doubled]
    assert isinstance(decode(encode(doubled)), Unreadable)


def test_a_value_beyond_the_limit_is_replaced():
    assert isinstance(decode(encode(np.zeros(1_000), max_bytes=2_000)), Unreadable)
    assert isinstance(decode(encode("x" * 3_000, max_bytes=2_000)), Unreadable)


def test_functions_cross_only_where_somebody_keeps_them():
    assert isinstance(decode(encode(len)), Unreadable)
    asked = []
    f = decode(encode(len, keep=lambda function: 7), ask=lambda *call: asked.append(call))
    assert callable(f)
    f([1], key=2)
    assert asked == [(7, ([1],), {"key": 2})]


def test_a_whole_value_has_no_stand_in_anywhere():
    assert decode(encode_whole([1, (2,)])) == [1, (2,)]
    for value in (object(), [object()], {"a": len}):
        with pytest.raises(NotEncodable):
            encode_whole(value)


def test_classes_are_no_functions():
    assert type(decode(encode(int, keep=lambda function: 1))).__name__ == "type"


# ---- whatever else arrives -------------------------------------------------------------------------

nodes = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=10,
)
TAGS = (
    "int list tuple set frozenset dict ... complex bytes range moment date clock span decimal fraction call unreadable "
    "array objects scalar generator sparse missing timestamp timedelta period interval series index counted multi frame "
    "values categories zoned periods intervals strings masked record model"
).split()


def only_our_error(message: bytes) -> None:
    with contextlib.suppress(BadMessage):
        decode(message, ask=lambda *call: None)


def message_of(tree: Any, blobs: tuple[bytes, ...] = ()) -> bytes:
    text = json.dumps([tree, [len(blob) for blob in blobs]]).encode()
    return len(text).to_bytes(4, "big") + text + b"".join(blobs)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_raise_one_error(message):
    only_our_error(message)


@given(nodes, st.lists(st.binary(max_size=20), max_size=2))
def test_arbitrary_trees_raise_one_error(tree, blobs):
    only_our_error(message_of(tree, tuple(blobs)))


@given(st.sampled_from(TAGS), st.lists(nodes, max_size=5), st.lists(st.binary(max_size=20), max_size=2))
def test_known_kinds_with_arbitrary_parts_raise_one_error(tag, parts, blobs):
    only_our_error(message_of([tag, *parts], tuple(blobs)))


VALID = [
    encode(value)
    for value in (TABLE, TABLE.set_index(["whole", "word"]), ARRAYS[0], {1: [2, (3,)]}, grown()[0])
]


@given(st.sampled_from(VALID), st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=4))
def test_a_changed_message_raises_one_error(message, changes):
    changed = bytearray(message)
    for place, byte in changes:
        changed[place % len(changed)] = byte
    only_our_error(bytes(changed))


@given(st.sampled_from(VALID), st.integers(0, 10**6))
def test_a_message_cut_short_raises_one_error(message, place):
    with pytest.raises(BadMessage):
        decode(message[: place % len(message)])


@pytest.mark.parametrize(
    "tree",
    [
        ["array", "<f8", [10**12], 0],
        ["array", "<f8", [-1], 0],
        ["array", "|O8", [1], 0],
        ["array", "|V8", [1], 0],
        ["array", "<U0", [10**12], 0],
        ["array", "<f8", [0, 10**30], 0],
        ["counted", 0, 10**18, 1, None],
        ["range", 0, 10**18, 1],
        ["decimal", "1e999999999"],
        ["sparse", "csr_array", [10**12, 10**12]],
        ["index", ["zoned", ["array", "<M8[s]", [1], 0], "/etc/passwd"], None, None],
        ["period", 1, "M/../.."],
        ["bytes", 5],
        ["bytes", True],
        ["list", 5],
        ["pickle", 0],
    ],
    ids=str,
)
def test_what_would_fill_the_memory_or_read_a_file_is_refused(tree):
    with pytest.raises(BadMessage):
        decode(message_of(tree, (b"12345678",)))


def test_nodes_within_nodes_are_followed_only_so_deep():
    text = b"[" * 100_000
    with pytest.raises(BadMessage):
        decode(len(text).to_bytes(4, "big") + text)
    tree: Any = 1
    for _ in range(400):
        tree = ["list", [tree]]
    with pytest.raises(BadMessage):
        decode(message_of(tree))


def test_a_set_made_slow_on_purpose_is_refused():
    modulus = 2**61 - 1
    same_hash = [["int", hex(1 + n * modulus)] for n in range(1, 3_000)]
    with pytest.raises(BadMessage):
        decode(message_of(["set", same_hash]))


def test_a_packed_model_that_unfolds_to_gigabytes_is_refused():
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("schema.json", b" " * (64 << 20))
    with pytest.raises(BadMessage, match="too large"):
        decode(message_of(["model", 0], (packed.getvalue(),)))


def test_a_message_is_its_tree_and_its_parts():
    parts = taken_apart(encode({"a": b"xyz"}))
    assert parts.tree == ["dict", [["a", ["bytes", 0]]]]
    assert parts.blobs == [b"xyz"]
