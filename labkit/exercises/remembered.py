"""What several checks of a lab count is counted once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from weakref import WeakKeyDictionary

from labkit.exercises.exercise import Given

Counted = TypeVar("Counted")


def remembered(count: Callable[[Given], Counted]) -> Callable[[Given], Counted]:
    """Count once per data set, and forget the numbers together with the data set. First used in lab 3.3.

    Parameters
    ----------
    count : callable
        Works something out from the data; whoever gets it must not change it.
    """
    known: WeakKeyDictionary[Given, Counted] = WeakKeyDictionary()

    def counted(given: Given) -> Counted:
        if given not in known:
            known[given] = count(given)
        return known[given]

    return counted
