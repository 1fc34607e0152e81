"""From a value to a message and back: plain Python here, numpy, pandas and models in the files beside."""

from __future__ import annotations

import datetime
import decimal
import fractions
import types
from collections.abc import Callable, Mapping
from typing import Any

from labkit.grading.values import arrays, models, records, tables
from labkit.grading.values.message import BadMessage, Node, NotEncodable, Reader, Writer, taken_apart
from labkit.grading.values.stand_ins import (
    RemoteFunction,
    Unreadable,
    plain_name,
    unreadable,
)

MAX_MESSAGE_BYTES = 64 << 20
SMALL_INTEGER = 2**53
MAX_INTEGER_BITS = 100_000
MAX_RANGE = 10_000_000
MAX_DIGITS, MAX_EXPONENT = 10_000, 10_000
FUNCTIONS = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    types.MethodWrapperType,
    types.MethodDescriptorType,
)


def encode(
    value: Any, *, keep: Callable[[Any], int] | None = None, max_bytes: int = MAX_MESSAGE_BYTES
) -> bytes:
    """Return the message of a value; what cannot cross, or is too large, is replaced by a stand-in.

    Parameters
    ----------
    value : object
        Whatever it is; this never raises on it, unless one of its own methods stops the process.
    keep : callable, optional
        ``keep(function)`` returns a number by which the other side may call it. Without it no function crosses.
    max_bytes : int
        Size of the message.
    """
    try:
        writer = Writer(_write, keep, max_bytes)
        message = writer.message(writer.node(value, 0))
        if len(message) <= max_bytes:
            return message
    except Exception:
        pass
    return Writer(_write, None, max_bytes).message(_stand_in(value))


def encode_whole(value: Any, *, max_bytes: int = MAX_MESSAGE_BYTES) -> bytes:
    """Return the message of a value without any stand-in.

    Raises
    ------
    NotEncodable
        If the value, or any part of it, cannot cross.
    """
    try:
        writer = Writer(_write, None, max_bytes, whole=True)
        return writer.message(writer.node(value, 0))
    except Exception:
        raise NotEncodable from None


def decode(message: bytes, *, ask: Callable[[int, tuple, dict], Any] | None = None) -> Any:
    """Return the value of a message.

    Parameters
    ----------
    message : bytes
        From :func:`encode`, or from somebody who pretends.
    ask : callable, optional
        ``ask(number, arguments, named)``: calls a function of the other side.

    Raises
    ------
    BadMessage
        If it is not a message, whatever it is.
    """
    try:
        parts = taken_apart(message)
        return Reader(_read, parts.blobs, ask).value(parts.tree)
    except BadMessage:
        raise
    except Exception as error:
        raise BadMessage(type(error).__name__) from None


# ---- out -------------------------------------------------------------------------------------------


def _write(writer: Writer, value: Any, depth: int) -> Node:
    kind = type(value)
    if value is None or kind in (bool, str, float):
        return value
    for base, write in _PLAIN:
        if issubclass(kind, base):
            return write(writer, value, depth)
    for write_library in (arrays.write, tables.write, records.write, models.write):
        node = write_library(writer, value, depth)
        if node is not None:
            return node
    if issubclass(kind, FUNCTIONS) or (callable(value) and not issubclass(kind, type)):
        return _write_function(writer, value)
    return writer.stand_in(_stand_in(value))


def _write_function(writer: Writer, value: Any) -> Node:
    if writer.keep is None:
        return writer.stand_in(_stand_in(value))
    return ["call", writer.keep(value), plain_name(getattr(value, "__name__", "function"))]


def _stand_in(value: Any) -> Node:
    if isinstance(value, Unreadable):
        return ["unreadable", type(value).__name__]
    return ["unreadable", plain_name(type(value).__name__)]


def _write_integer(writer: Writer, value: int, depth: int) -> Node:
    number = int(value)
    if abs(number) < SMALL_INTEGER:
        return number
    if number.bit_length() > MAX_INTEGER_BITS:
        raise NotEncodable
    return ["int", hex(number)]


def _of_items(tag: str) -> Callable[[Writer, Any, int], Node]:
    def write(writer: Writer, value: Any, depth: int) -> Node:
        return [tag, [writer.node(item, depth + 1) for item in value]]

    return write


def _write_mapping(writer: Writer, value: dict, depth: int) -> Node:
    pairs = [[writer.node(k, depth + 1), writer.node(v, depth + 1)] for k, v in dict.items(value)]
    return ["dict", pairs]


_PLAIN: tuple[tuple[Any, Callable[[Writer, Any, int], Node]], ...] = (
    (arrays.SCALARS, arrays.write_scalar),  # first: some of them are floats or strings as well
    (tables.SCALARS, tables.write_scalar),  # a Timestamp is a datetime as well
    (bool, lambda writer, value, depth: bool(value)),
    (int, _write_integer),
    (float, lambda writer, value, depth: float(value)),
    (str, lambda writer, value, depth: str.__str__(value)),
    (list, _of_items("list")),
    (tuple, _of_items("tuple")),
    (set, _of_items("set")),
    (frozenset, _of_items("frozenset")),
    (dict, _write_mapping),
    (types.EllipsisType, lambda writer, value, depth: ["..."]),
    (complex, lambda writer, value, depth: ["complex", value.real, value.imag]),
    ((bytes, bytearray), lambda writer, value, depth: ["bytes", writer.blob(bytes(value))]),
    (range, lambda writer, value, depth: _write_range(value)),
    (datetime.datetime, lambda writer, value, depth: _write_moment(value)),
    (datetime.date, lambda writer, value, depth: ["date", value.isoformat()]),
    (datetime.time, lambda writer, value, depth: ["clock", value.replace(tzinfo=None).isoformat()]),
    (
        datetime.timedelta,
        lambda writer, value, depth: ["span", value.days, value.seconds, value.microseconds],
    ),
    (decimal.Decimal, lambda writer, value, depth: ["decimal", str(_bounded(value))]),
    (
        fractions.Fraction,
        lambda writer, value, depth: ["fraction", hex(value.numerator), hex(value.denominator)],
    ),
)


def _write_range(value: range) -> Node:
    if len(value) > MAX_RANGE:
        raise NotEncodable
    return ["range", value.start, value.stop, value.step]


def _bounded(value: decimal.Decimal) -> decimal.Decimal:
    """A decimal that does not fill the memory once it is read as a whole number."""
    if len(str(value)) > MAX_DIGITS or (value.is_finite() and abs(value.adjusted()) > MAX_EXPONENT):
        raise NotEncodable
    return value


def _write_moment(value: datetime.datetime) -> Node:
    if value.tzinfo is not None:
        raise NotEncodable
    return ["moment", value.isoformat()]


# ---- in --------------------------------------------------------------------------------------------


def _read(reader: Reader, node: Node) -> Any:
    if node is None or type(node) in (bool, int, float, str):
        return node
    if type(node) is not list or not node or type(node[0]) is not str:
        raise BadMessage("not a node")
    tag, *parts = node
    for readers in (_READERS, arrays.READERS, tables.READERS, records.READERS, models.READERS):
        if tag in readers:
            return readers[tag](reader, *parts)
    raise BadMessage("no such kind")


def _read_items(reader: Reader, items: Node) -> list[Any]:
    if type(items) is not list:
        raise BadMessage("not a list of nodes")
    return [reader.value(item) for item in items]


def _read_labels(reader: Reader, items: Node) -> list[Any]:
    """Items that go into a set: spread out, so that nobody makes their table slow on purpose."""
    return _spread_out(_read_items(reader, items))


def _spread_out(labels: list[Any]) -> list[Any]:
    hashes = {hash(label) for label in labels}
    if len(labels) > 1_000 and len(hashes) < len(labels) // 2:
        raise BadMessage("too many labels of one hash")
    return labels


def _read_mapping(reader: Reader, pairs: Node) -> dict[Any, Any]:
    keys = _spread_out([reader.value(key) for key, _ in pairs])
    return dict(zip(keys, [reader.value(value) for _, value in pairs], strict=True))


def _read_integer(reader: Reader, digits: str) -> int:
    if len(digits) > MAX_INTEGER_BITS:
        raise BadMessage("too large")
    return int(digits, 16)


def _read_range(reader: Reader, *bounds: int) -> range:
    value = range(*(int(bound) for bound in bounds))
    if len(value) > MAX_RANGE:
        raise BadMessage("too long")
    return value


def _read_decimal(reader: Reader, digits: str) -> decimal.Decimal:
    return _bounded(decimal.Decimal(str(digits)[: MAX_DIGITS + 1]))


def _read_function(reader: Reader, number: int, name: str) -> Any:
    ask = reader.ask
    if ask is None or type(number) is not int:
        raise BadMessage("nobody to ask")
    return RemoteFunction(name, lambda *arguments, **named: ask(number, arguments, named))


_READERS: Mapping[str, Callable[..., Any]] = {
    "int": _read_integer,
    "list": _read_items,
    "tuple": lambda reader, items: tuple(_read_items(reader, items)),
    "set": lambda reader, items: set(_read_labels(reader, items)),
    "frozenset": lambda reader, items: frozenset(_read_labels(reader, items)),
    "dict": _read_mapping,
    "...": lambda reader: ...,
    "complex": lambda reader, real, imaginary: complex(real, imaginary),
    "bytes": lambda reader, number: reader.blob(number),
    "range": _read_range,
    "moment": lambda reader, text: datetime.datetime.fromisoformat(text),
    "date": lambda reader, text: datetime.date.fromisoformat(text),
    "clock": lambda reader, text: datetime.time.fromisoformat(text),
    "span": lambda reader, days, seconds, micro: datetime.timedelta(days, seconds, micro),
    "decimal": _read_decimal,
    "fraction": lambda reader, over, under: fractions.Fraction(
        _read_integer(reader, over), _read_integer(reader, under)
    ),
    "call": _read_function,
    "unreadable": lambda reader, kind: unreadable(kind),
}
