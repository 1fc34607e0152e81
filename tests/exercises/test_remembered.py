"""What several checks count is counted once per data set, and dies with it."""

import gc
import weakref

from labkit.exercises import remembered


class Data:
    """Stands for a data set."""


def test_counts_once_for_each_data_set():
    asked = []
    counted = remembered(lambda given: asked.append(given) or len(asked))
    one, other = Data(), Data()
    assert [counted(one), counted(one), counted(other), counted(one)] == [1, 1, 2, 1]


def test_forgets_with_the_data_set():
    counted = remembered(lambda given: "numbers")
    data = Data()
    counted(data)
    seen = weakref.ref(data)
    del data
    gc.collect()
    assert seen() is None
