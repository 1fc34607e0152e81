"""Answers that nobody asked for: two thousand objects of every kind, wild and hostile ones among them."""

from __future__ import annotations

import datetime
import decimal
import fractions
import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd


class Hostile:
    """Raises ``error`` whenever anybody touches it."""

    def __init__(self, error: BaseException) -> None:
        object.__setattr__(self, "error", error)

    def _raise(self, *_: object, **__: object) -> Any:
        raise object.__getattribute__(self, "error")

    __eq__ = __lt__ = __len__ = __iter__ = __float__ = __int__ = __bool__ = __hash__ = _raise  # type: ignore[assignment]
    __repr__ = __str__ = __getitem__ = __call__ = __array__ = __contains__ = __getattr__ = __index__ = _raise  # type: ignore[assignment]


class Flattering:
    """Equal to everything, contains everything, and counts as any number."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0

    def __float__(self) -> float:
        return 1.0

    def __contains__(self, item: object) -> bool:
        return True

    def __call__(self, *args: object, **kwargs: object) -> Flattering:
        return self

    def __iter__(self) -> Iterator[Flattering]:
        return iter([self] * 3)


class FlatteringText(str):
    """A text that equals every other."""

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return True


def raises(error: BaseException) -> Callable[..., Any]:
    """A function that stops with an error, whatever it is given."""

    def function(*_: object, **__: object) -> Any:
        raise error

    return function


ERRORS = [
    ValueError("no"),
    KeyError("k"),
    SystemExit(3),
    RecursionError(),
    MemoryError(),
    StopIteration(),
    AttributeError(),
]
FIXED: list[Any] = [
    None, ..., True, False, NotImplemented, math.nan, math.inf, -math.inf, -0.0, 10**400, 1e308, 1 + 2j, "", " ", "…" * 2_000_000,
    b"\xff", bytearray(b"x"), "nan", "None", [], (), {}, set(), frozenset(), [[]], [None], [math.nan], {None: None}, {"a": ...},
    decimal.Decimal("NaN"), fractions.Fraction(1, 3), datetime.date(2025, 1, 1), datetime.timedelta(1), range(10**9), slice(None),
    type, object, object(), int, print, len, lambda: None, lambda *a: a, lambda *a, **k: math.nan, open, pd, np,
    pd.NA, pd.NaT, pd.Timestamp("2025-10-31"), pd.DataFrame(), pd.Series(dtype=float), pd.Series(dtype=object), pd.Index([]),
    pd.DataFrame(index=range(3)), pd.DataFrame({"a": []}), pd.DataFrame({0: [1, 2]}), pd.DataFrame([[1, 2], [3, 4]], columns=["a", "a"]),
    pd.Series([1, 2], index=["a", "a"]), pd.Series([..., 1]), pd.Series(["a", None]), pd.Categorical(["a", "b"]),
    pd.MultiIndex.from_tuples([(1, 2)]), pd.Series([1], index=pd.MultiIndex.from_tuples([(1, 2)])), pd.Interval(0, 1),
    pd.Series([True, False]), pd.Series(pd.array([1, None], dtype="Int64")), pd.Series([pd.Timestamp(0)]), pd.DataFrame({"a": [[1]]}),
    np.nan, np.array([]), np.array(...), np.array([None]), np.zeros((3, 3, 3)), np.array(["a"]), np.array(1, dtype=object),
    np.datetime64("NaT"), np.ma.masked, np.void(b"x"), np.float16(1), np.array([1 + 1j]), np.ones(0, dtype=[("a", int)]),
    Flattering(), [Flattering()], {Flattering(): 1.0}, {"a": Flattering()}, FlatteringText("x"), [FlatteringText("x")],
    *map(raises, ERRORS), *map(Hostile, ERRORS), *([Hostile(error)] for error in ERRORS), *({"a": Hostile(error)} for error in ERRORS),
    pd.Series([Hostile(ValueError())], dtype=object), iter([1, 2]), (x for x in [1, 2]), Exception("x"), memoryview(b"x"), Hostile, Flattering,
]  # fmt: skip


def arbitrary_objects(count: int, seed: int = 1) -> list[Any]:
    """Return ``count`` objects: the fixed ones first, then random ones of every kind, nested."""
    rng = np.random.default_rng(seed)
    objects = list(FIXED)
    while len(objects) < count:
        objects.append(_container(rng) if rng.random() < 0.6 else _scalar(rng))
    return objects[:count]


def _word(rng: np.random.Generator) -> str:
    length = int(rng.integers(0, 8))
    return "".join(chr(int(code)) for code in rng.integers(0x20, 0x5000, length))


def _scalar(rng: np.random.Generator) -> Any:
    kinds: list[Callable[[], Any]] = [
        lambda: float(rng.normal() * 10.0 ** rng.integers(-9, 9)) + 0.123456789,
        lambda: -int(rng.integers(1, 2**40)),
        lambda: _word(rng),
        lambda: rng.choice(np.array(FIXED[:16], dtype=object)),
        lambda: np.float32(-rng.random()),
    ]
    return kinds[int(rng.integers(len(kinds)))]()


def _container(rng: np.random.Generator, depth: int = 0) -> Any:
    size = int(rng.integers(0, 6))
    items = [
        _container(rng, depth + 1) if depth < 2 and rng.random() < 0.2 else _scalar(rng) for _ in range(size)
    ]
    words = [_word(rng) for _ in range(size)]
    kinds: list[Callable[[], Any]] = [
        lambda: items,
        lambda: tuple(items),
        lambda: dict(zip(words, items, strict=True)),
        lambda: pd.Series(items, index=words, dtype=object),
        lambda: pd.Series(rng.normal(size=size), index=words),
        lambda: pd.DataFrame(rng.normal(size=(size, 3)), columns=[_word(rng) for _ in range(3)]),
        lambda: rng.normal(size=(size, size)),
        lambda: set(words),
        lambda: lambda *args, **kwargs: items,
    ]
    return kinds[int(rng.integers(len(kinds)))]()
