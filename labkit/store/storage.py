"""Tables as they lie on disk: typed by the catalogue, told apart by their content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from labkit.catalogue.schema import Column, Kind, Table

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = 2
"""Raised whenever files or content hashes are written in another way; worlds of an older format are made anew."""
MILLISECONDS_PER_DAY = 86_400_000


def arrow_type(kind: Kind) -> pa.DataType:
    """Return the storage type of a kind of column."""
    import pyarrow as pa

    types = {
        "integer": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "category": pa.dictionary(pa.int32(), pa.string()),
        "text": pa.string(),
        "money": pa.int64(),
        "date": pa.timestamp("ms"),
        "time": pa.timestamp("ms"),
    }
    return types[kind]


def arrow_schema(table: Table) -> pa.Schema:
    """Return the storage types of a table's columns, and which of them may have missing values."""
    import pyarrow as pa

    return pa.schema([pa.field(c.name, arrow_type(c.kind), nullable=c.nullable) for c in table.columns])


def to_arrow(table: Table, frame: pd.DataFrame) -> pa.Table:
    """Cast what a domain generated to the types of the catalogue.

    Raises
    ------
    ValueError
        If the frame's columns are not the catalogue's, in its order, or a column holds what its kind
        does not allow: an error of the domain, never of a person who uses labkit.
    """
    import pyarrow as pa

    wanted = [column.name for column in table.columns]
    if list(frame.columns) != wanted:
        raise ValueError(
            f"{table.name}: the catalogue says {wanted}, the domain generated {list(frame.columns)}"
        )
    arrays = [_cast(table.name, column, frame[column.name]) for column in table.columns]
    return pa.table(arrays, schema=arrow_schema(table))


def _cast(table_name: str, column: Column, values: pd.Series) -> pa.Array:
    import pyarrow as pa

    place = f"{table_name}.{column.name}"
    try:
        array = pa.Array.from_pandas(values)
        if isinstance(array, pa.ChunkedArray):
            array = array.combine_chunks()
        array = array.cast(arrow_type(column.kind))
    except pa.ArrowException as error:
        raise ValueError(f"{place} cannot be stored as {column.kind}: {error}") from error
    if array.null_count and not column.nullable:
        raise ValueError(f"{place} has {array.null_count} missing values, and the catalogue allows none")
    if column.kind == "date" and (_numbers(array) % MILLISECONDS_PER_DAY).any():
        raise ValueError(f"{place} is a date, but some values are not at midnight")
    return array


def to_pandas(arrow: pa.Table) -> pd.DataFrame:
    """Return a frame: categories in alphabetical order, missing flags as ``boolean``, missing integers as NaN."""
    import pyarrow as pa

    def with_missing(kind: pa.DataType) -> pd.api.extensions.ExtensionDtype | None:
        return pd.BooleanDtype() if pa.types.is_boolean(kind) else None

    flags = [n for n in arrow.column_names if pa.types.is_boolean(arrow[n].type) and arrow[n].null_count]
    frame = arrow.drop_columns(flags).to_pandas() if flags else arrow.to_pandas()
    for name in flags:
        position = arrow.column_names.index(name)
        frame.insert(position, name, arrow.select([name]).to_pandas(types_mapper=with_missing)[name])
    for name in frame.columns[frame.dtypes == "category"]:
        frame[name] = frame[name].cat.set_categories(sorted(frame[name].cat.categories))
    return frame


def content_hash(arrow: pa.Table) -> str:
    """Return a SHA-256 of names, kinds and values; the same for every way to chunk or encode them."""
    digest = hashlib.sha256(str(arrow.num_rows).encode())
    for name in arrow.column_names:
        column = _one_array(arrow[name])
        digest.update(f"\n{name} {_kind_of_value(column.type)} {column.null_count}\n".encode())
        if column.null_count:
            digest.update(np.packbits(column.is_null().to_numpy(zero_copy_only=False)).tobytes())
        for part in _value_bytes(column):
            digest.update(part)
    return digest.hexdigest()


def _one_array(column: pa.ChunkedArray) -> pa.Array:
    import pyarrow as pa

    if column.num_chunks == 1:
        return column.chunk(0)
    array = column.unify_dictionaries().combine_chunks()
    return pa.concat_arrays(array.chunks) if isinstance(array, pa.ChunkedArray) else array


def _kind_of_value(kind: pa.DataType) -> str:
    import pyarrow as pa

    return f"category of {kind.value_type}" if pa.types.is_dictionary(kind) else str(kind)


def _value_bytes(array: pa.Array) -> Iterable[bytes | memoryview]:
    import pyarrow as pa

    if pa.types.is_dictionary(array.type):
        yield from _category_bytes(array)
    elif pa.types.is_string(array.type):
        yield from _text_bytes(array.fill_null("") if array.null_count else array)
    else:
        yield from _number_bytes(_numbers(array))


def _category_bytes(array: pa.DictionaryArray) -> Iterable[bytes | memoryview]:
    """The categories in use, in alphabetical order, then which of them each row has; a missing one as the first."""
    import pyarrow as pa

    categories = array.dictionary.to_pylist()
    codes = _numbers(array.indices)
    in_use = np.zeros(len(categories), dtype=bool)
    in_use[_numbers(array.indices.drop_null()) if array.null_count else codes] = True
    listed = sorted({categories[code] for code in np.flatnonzero(in_use)})
    yield from _text_bytes(pa.array(listed, pa.string()))
    if listed:
        place = {category: i for i, category in enumerate(listed)}
        recoded = np.array([place.get(c, 0) for c in categories], dtype=_narrowest(len(listed)))[codes]
        if array.null_count:
            recoded[array.is_null().to_numpy(zero_copy_only=False)] = 0
        yield recoded.tobytes()


def _number_bytes(numbers: np.ndarray) -> Iterable[bytes]:
    """Floats as they are; whole numbers as the smallest, then how far above it each one is, in as few bytes as do."""
    if numbers.dtype.kind != "i" or not len(numbers):
        yield numbers.tobytes()
        return
    smallest, largest = int(numbers.min()), int(numbers.max())
    width = _narrowest(largest - smallest)
    yield f"{smallest} {width}\n".encode()
    yield (numbers - smallest).astype(width).tobytes()


def _narrowest(largest: int) -> np.dtype:
    """The unsigned little-endian type of the fewest bytes that holds 0 to ``largest``."""
    return np.min_scalar_type(largest).newbyteorder("<")


def _numbers(array: pa.Array) -> np.ndarray:
    """Values of a fixed-width column, missing ones and both zeros as 0, little-endian."""
    import pyarrow as pa

    if pa.types.is_timestamp(array.type):
        array = array.cast(pa.int64())
    if array.null_count:
        array = array.fill_null(False if pa.types.is_boolean(array.type) else 0)
    numbers = array.to_numpy(zero_copy_only=False)
    if numbers.dtype.kind == "f":
        numbers = numbers + 0.0
    return np.ascontiguousarray(numbers, dtype=numbers.dtype.newbyteorder("<"))


def _text_bytes(array: pa.Array) -> Iterable[bytes | memoryview]:
    """Lengths in bytes, then the bytes, of a text column without missing values."""
    _, offsets, characters = array.buffers()
    if not len(array) or offsets is None:
        return
    ends = np.frombuffer(offsets, dtype=np.int32)[array.offset : array.offset + len(array) + 1]
    yield np.diff(ends).astype("<i4").tobytes()
    if characters is not None:
        yield memoryview(characters)[ends[0] : ends[-1]]


def write_parquet(arrow: pa.Table, path: Path) -> int:
    """Write one file, return its size: delta-encoded integers, dictionaries for categories and text, zstd level 1."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = dict(zip(arrow.column_names, arrow.schema.types, strict=True))
    whole = [n for n, kind in types.items() if pa.types.is_int64(kind) or pa.types.is_timestamp(kind)]
    coded = [n for n, kind in types.items() if pa.types.is_string(kind) or pa.types.is_dictionary(kind)]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:  # Python's own file: its errors say why a write failed
        pq.write_table(
            arrow,
            file,
            compression="zstd",
            compression_level=1,
            use_dictionary=coded,
            column_encoding=dict.fromkeys(whole, "DELTA_BINARY_PACKED"),
            write_statistics=whole,  # those of a category or a text help no query, and cost more
            write_page_checksum=True,
        )
        return file.tell()


def read_parquet(paths: Sequence[Path], columns: Sequence[str] | None = None) -> pa.Table:
    """Read some columns of several files of one table, in the order of the files.

    Raises
    ------
    OSError or pyarrow.ArrowException
        If a file is missing, cut short, or fails its checksums.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = None if columns is None else list(columns)
    parts = []
    for path in paths:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            parts.append(file.read(names))
    return pa.concat_tables(parts).unify_dictionaries()
