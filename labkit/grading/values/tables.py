"""pandas moments, columns, indexes and tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.grading.values import arrays
from labkit.grading.values.message import BadMessage, Node, NotEncodable, Reader, Writer

SCALARS = (
    pd.Timestamp,
    pd.Timedelta,
    pd.Period,
    pd.Interval,
    type(pd.NaT),
    type(pd.NA),
)
MAX_ROWS = 10_000_000
_ZONE = re.compile(r"UTC([+-]\d\d:\d\d)?|[A-Z][A-Za-z_]+(/[A-Za-z_+-]+)*")
_FREQUENCY = re.compile(r"-?\d{0,6}[A-Za-z]{1,6}(-[A-Z]{3})?")


def write(writer: Writer, value: Any, depth: int) -> Node | None:
    """Return the node of a table, a column, an index or a pandas array; None for anything else."""
    if isinstance(value, pd.DataFrame):
        return _write_frame(writer, value, depth)
    if isinstance(value, pd.Series):
        name, index = writer.node(value.name, depth + 1), _write_index(writer, value.index, depth)
        return ["series", name, index, _write_values(writer, value.array, depth)]
    if isinstance(value, pd.Index):
        return _write_index(writer, value, depth)
    if isinstance(value, pd.api.extensions.ExtensionArray):
        return ["values", _write_values(writer, value, depth)]
    return None


def write_scalar(writer: Writer, value: Any, depth: int) -> Node:
    """Return the node of a moment, a span, a period, an interval, or of one that is missing."""
    if value is pd.NaT:
        return ["missing", "NaT"]
    if value is pd.NA:
        return ["missing", "NA"]
    if isinstance(value, pd.Timestamp):
        zone = _zone_name(value.tz) if value.tz is not None else None
        return ["timestamp", int(value.value if value.unit == "ns" else _count(value)), value.unit, zone]
    if isinstance(value, pd.Timedelta):
        return ["timedelta", _count(value), value.unit]
    if isinstance(value, pd.Period):
        return ["period", int(value.ordinal), value.freqstr]
    return [
        "interval",
        writer.node(value.left, depth + 1),
        writer.node(value.right, depth + 1),
        value.closed,
    ]


def _count(value: pd.Timestamp | pd.Timedelta) -> int:
    """Units since 1970, in Greenwich, or the units of a span."""
    if isinstance(value, pd.Timestamp) and value.tz is not None:
        value = value.tz_convert("UTC").tz_localize(None)
    return int(value.to_numpy().astype(np.int64))


def _zone_name(zone: Any) -> str:
    name = str(zone)
    if not _ZONE.fullmatch(name):
        raise NotEncodable
    return name


def _read_zone(name: Any) -> str:
    if type(name) is not str or not _ZONE.fullmatch(name):
        raise BadMessage("not a time zone")
    return name


def _read_timestamp(reader: Reader, count: int, unit: Any, zone: str | None) -> pd.Timestamp:
    moment = pd.Timestamp(np.datetime64(count, unit))
    return moment if zone is None else moment.tz_localize("UTC").tz_convert(_read_zone(zone))


def _read_missing(reader: Reader, name: str) -> Any:
    return {"NaT": pd.NaT, "NA": pd.NA}[name]


# ---- values of a column ----------------------------------------------------------------------------


def _write_values(writer: Writer, values: Any, depth: int) -> Node:
    """Return the node of what a column holds; of a kind that is not known here, the numbers or objects in it."""
    if isinstance(values, pd.Categorical):
        codes = arrays.write_array(writer, np.asarray(values.codes), depth)
        return ["categories", codes, _write_index(writer, values.categories, depth), bool(values.ordered)]
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        plain = values.tz_convert("UTC").tz_localize(None)
        return [
            "zoned",
            arrays.write_array(writer, plain.to_numpy(), depth),
            _zone_name(values.dtype.tz),
        ]
    if isinstance(values.dtype, pd.PeriodDtype):
        return ["periods", arrays.write_array(writer, values.asi8, depth), values.freqstr]
    if isinstance(values.dtype, pd.IntervalDtype):
        sides = [_write_index(writer, side, depth) for side in (values.left, values.right)]
        return ["intervals", *sides, values.closed]
    if isinstance(values.dtype, pd.StringDtype):
        na = "NA" if values.dtype.na_value is pd.NA else "nan"
        return ["strings", values.dtype.storage, na, *_write_strings(writer, values, depth)]
    if hasattr(values, "_mask") and hasattr(values, "_data"):  # Int64, Float64, boolean
        parts = (np.asarray(values._data), np.asarray(values._mask))
        return ["masked", *(arrays.write_array(writer, part, depth) for part in parts)]
    return arrays.write_array(writer, np.asarray(values), depth)


def _write_strings(writer: Writer, values: Any, depth: int) -> list[Node]:
    missing = np.asarray(values.isna())
    words = ["" if gone else word for gone, word in zip(missing, values.tolist(), strict=True)]
    encoded = [word.encode("utf-8", "surrogatepass") for word in words]
    lengths = np.array([len(word) for word in encoded], dtype="<i8")
    return [
        arrays.write_array(writer, lengths, depth),
        writer.blob(b"".join(encoded)),
        arrays.write_array(writer, missing, depth),
    ]


def _read_values(reader: Reader, node: Node) -> Any:
    """Return what a column holds: an array of numpy or pandas with one dimension."""
    tag = str(node[0]) if type(node) is list and node else ""
    if tag in _VALUES:
        values = _VALUES[tag](reader, *node[1:])
    else:
        values = arrays.read_array(reader, node)
    if values.ndim != 1:
        raise BadMessage("not a column")
    return values


def _read_categories(reader: Reader, codes: Node, categories: Node, ordered: bool) -> Any:
    return pd.Categorical.from_codes(
        arrays.read_array(reader, codes), categories=_read_index(reader, categories), ordered=bool(ordered)
    )


def _read_zoned(reader: Reader, moments: Node, zone: str) -> Any:
    plain = pd.DatetimeIndex(arrays.read_array(reader, moments))
    return plain.tz_localize("UTC").tz_convert(_read_zone(zone)).array


def _read_periods(reader: Reader, ordinals: Node, frequency: str) -> Any:
    counted = arrays.read_array(reader, ordinals)
    make: Any = pd.PeriodIndex
    return make.from_ordinals(counted, freq=_read_frequency(frequency)).array


def _read_frequency(frequency: Any) -> str:
    if type(frequency) is not str or not _FREQUENCY.fullmatch(frequency):
        raise BadMessage("not a frequency")
    return frequency


def _read_intervals(reader: Reader, left: Node, right: Node, closed: Any) -> Any:
    return pd.arrays.IntervalArray.from_arrays(
        _read_index(reader, left), _read_index(reader, right), closed=closed
    )


def _read_strings(reader: Reader, storage: Any, na: str, lengths: Node, words: int, missing: Node) -> Any:
    ends = np.cumsum(arrays.read_array(reader, lengths))
    gone, content = arrays.read_array(reader, missing), reader.blob(words)
    if len(ends) != len(gone) or (len(ends) and (ends[-1] != len(content) or (np.diff(ends) < 0).any())):
        raise BadMessage("words of another length")
    starts = np.concatenate([[0], ends[:-1]]).astype(np.int64) if len(ends) else ends
    nothing: Any = {"NA": pd.NA, "nan": np.nan}[na]
    listed: Any = [
        nothing if none else content[start:end].decode("utf-8", "surrogatepass")
        for start, end, none in zip(starts.tolist(), ends.tolist(), gone.tolist(), strict=True)
    ]
    return pd.array(listed, dtype=pd.StringDtype(storage, na_value=nothing))


def _read_masked(reader: Reader, values: Node, mask: Node) -> Any:
    numbers, missing = arrays.read_array(reader, values), arrays.read_array(reader, mask)
    kinds: dict[str, Any] = {
        "b": pd.arrays.BooleanArray,
        "i": pd.arrays.IntegerArray,
        "u": pd.arrays.IntegerArray,
        "f": pd.arrays.FloatingArray,
    }
    return kinds[numbers.dtype.kind](numbers, missing)


_VALUES: Mapping[str, Callable[..., Any]] = {
    "categories": _read_categories,
    "zoned": _read_zoned,
    "periods": _read_periods,
    "intervals": _read_intervals,
    "strings": _read_strings,
    "masked": _read_masked,
}


# ---- indexes and tables ----------------------------------------------------------------------------


def _write_index(writer: Writer, index: pd.Index, depth: int) -> Node:
    if depth > 20:  # an index of intervals holds indexes, a table of tables holds tables
        raise NotEncodable
    if isinstance(index, pd.MultiIndex):
        levels = [_write_index(writer, level, depth + 1) for level in index.levels]
        codes = [arrays.write_array(writer, np.asarray(code), depth) for code in index.codes]
        return ["multi", levels, codes, writer.node(list(index.names), depth + 1)]
    name = writer.node(index.name, depth + 1)
    if isinstance(index, pd.RangeIndex):
        if len(index) > MAX_ROWS:
            raise NotEncodable
        return ["counted", index.start, index.stop, index.step, name]
    frequency = getattr(index, "freqstr", None) if isinstance(index, pd.DatetimeIndex) else None
    return ["index", _write_values(writer, index.array, depth + 1), name, frequency]


def _read_index(reader: Reader, node: Node) -> pd.Index:
    value = reader.value(node)
    if not isinstance(value, pd.Index):
        raise BadMessage("not an index")
    return value


def _read_plain_index(reader: Reader, values: Node, name: Node, frequency: str | None) -> pd.Index:
    held = _read_values(reader, values)
    dtype = object if held.dtype == object else None  # else pandas would look for a narrower kind
    index = pd.Index(held, dtype=dtype, name=reader.value(name))
    if frequency is not None and isinstance(index, pd.DatetimeIndex):
        index = pd.DatetimeIndex(index, freq=_read_frequency(frequency))
    return index


def _read_counted(reader: Reader, start: int, stop: int, step: int, name: Node) -> pd.RangeIndex:
    index = pd.RangeIndex(start, stop, step, name=reader.value(name))
    if len(index) > MAX_ROWS:
        raise BadMessage("too long")
    return index


def _read_multi(reader: Reader, levels: list[Node], codes: list[Node], names: Node) -> pd.MultiIndex:
    parts: dict[str, Any] = {
        "levels": [_read_index(reader, level) for level in levels],
        "codes": [arrays.read_array(reader, code) for code in codes],
    }
    return pd.MultiIndex(**parts, names=reader.value(names))


def _write_frame(writer: Writer, frame: pd.DataFrame, depth: int) -> Node:
    index, columns = (_write_index(writer, axis, depth) for axis in (frame.index, frame.columns))
    held = [_write_values(writer, frame.iloc[:, place].array, depth) for place in range(frame.shape[1])]
    return ["frame", index, columns, held]


def _read_frame(reader: Reader, index: Node, columns: Node, held: list[Node]) -> pd.DataFrame:
    rows, names = _read_index(reader, index), _read_index(reader, columns)
    values = [_read_values(reader, node) for node in held]
    if len(values) != len(names) or any(len(column) != len(rows) for column in values):
        raise BadMessage("a table of another shape")
    frame = pd.DataFrame(
        {place: pd.Series(column, index=rows, dtype=column.dtype) for place, column in enumerate(values)},
        index=rows,
    )
    frame.columns = names
    return frame


def _read_series(reader: Reader, name: Node, index: Node, values: Node) -> pd.Series:
    held = _read_values(reader, values)
    return pd.Series(held, index=_read_index(reader, index), name=reader.value(name), dtype=held.dtype)


READERS: Mapping[str, Callable[..., Any]] = {
    "missing": _read_missing,
    "timestamp": _read_timestamp,
    "timedelta": lambda reader, count, unit: pd.Timedelta(np.timedelta64(count, unit)),
    "period": lambda reader, ordinal, frequency: pd.Period(ordinal=ordinal, freq=_read_frequency(frequency)),
    "interval": lambda reader, left, right, closed: pd.Interval(
        reader.value(left), reader.value(right), closed
    ),
    "series": _read_series,
    "index": _read_plain_index,
    "counted": _read_counted,
    "multi": _read_multi,
    "frame": _read_frame,
    "values": _read_values,
}
