"""A stream depends on its name alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from labkit.world.block import BLOCK_SIZE, Block
from labkit.world.streams import stream

names = st.tuples(st.integers(0, 2**31 - 1), st.text(max_size=10), st.integers(0, 99), st.text(max_size=10))


@given(names)
def test_a_name_always_gives_the_same_numbers(name: tuple) -> None:
    assert stream(*name).integers(2**62) == stream(*name).integers(2**62)


@given(names, names)
def test_other_names_give_other_numbers(one: tuple, other: tuple) -> None:
    same_name = "/".join(map(str, one)) == "/".join(map(str, other))
    same_numbers = (stream(*one).integers(2**62, size=2) == stream(*other).integers(2**62, size=2)).all()
    assert same_numbers == same_name


def test_the_numbers_of_a_name_never_change() -> None:
    assert stream(2026, "baskets", 0, "hour").integers(1_000_000, size=3).tolist() == [329677, 207472, 635117]


def test_what_one_stream_has_drawn_moves_no_other() -> None:
    before = stream(1, "a").random(3)
    stream(1, "b").random(1_000)
    np.testing.assert_array_equal(before, stream(1, "a").random(3))


def test_blocks_number_their_people_without_gap_or_overlap() -> None:
    ids = np.concatenate([Block(7, index).person_id for index in range(3)])
    np.testing.assert_array_equal(ids, np.arange(1, 3 * BLOCK_SIZE * 5 // 4 + 1))
