"""numpy numbers and arrays, sparse matrices and random generators."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from labkit.grading.values.message import BadMessage, Node, NotEncodable, Reader, Writer

SCALARS = np.generic
_DTYPE = re.compile(r"[<>|][biufcSUmM]\d{1,9}(\[\d{0,9}[A-Za-z]{1,7}\])?")
_SPARSE = ("csr", "csc", "coo")
MAX_SPARSE_SIDE = 10_000_000


def write(writer: Writer, value: Any, depth: int) -> Node | None:
    """Return the node of an array, a sparse matrix or a generator; None for anything else."""
    if type(value) is np.ndarray:
        return write_array(writer, value, depth)
    if type(value) is np.random.Generator:
        return _write_generator(writer, value, depth)
    if type(value).__module__.startswith("scipy.sparse"):
        return _write_sparse(writer, value, depth)
    return None


def write_scalar(writer: Writer, value: np.generic, depth: int) -> Node:
    """Return the node of a numpy number, word or moment."""
    if value.dtype.kind not in "biufcSUmM":
        raise NotEncodable
    return ["scalar", write_array(writer, np.asarray(value), depth)]


def write_array(writer: Writer, value: np.ndarray, depth: int) -> Node:
    """Return the node of an array: its bytes, or of an array of objects their nodes."""
    if value.dtype.kind == "O":
        items = [writer.node(item, depth + 1) for item in value.ravel().tolist()]
        return ["objects", list(value.shape), items]
    if not _DTYPE.fullmatch(value.dtype.str):
        raise NotEncodable
    if value.dtype.itemsize == 0:
        value = value.astype(f"{value.dtype.kind}1")
    if value.dtype == np.longdouble and value.dtype.itemsize > 8:
        value = value.astype(np.float64)  # its bytes are not the same on every machine
    content = np.ascontiguousarray(value).tobytes()
    return ["array", value.dtype.str, list(value.shape), writer.blob(content)]


def read_array(reader: Reader, node: Node) -> np.ndarray:
    """Return the array of a node; BadMessage if the node is that of something else."""
    value = reader.value(node)
    if type(value) is not np.ndarray:
        raise BadMessage("not an array")
    return value


def _read_numbers(reader: Reader, dtype: str, shape: list[int], blob: int) -> np.ndarray:
    if not _DTYPE.fullmatch(dtype):
        raise BadMessage("not a kind of number")
    kind = np.dtype(dtype)
    content = reader.blob(blob)
    if kind.itemsize == 0 or not _fits(shape, len(content) // kind.itemsize):
        raise BadMessage("another shape than its content")
    values = np.frombuffer(content, dtype=kind).reshape(shape).copy()
    if kind.kind == "b":  # a flag is 0 or 1, and nothing else in its byte
        return np.asarray(values.view(np.uint8) != 0)
    return values


def _read_objects(reader: Reader, shape: list[int], items: list[Node]) -> np.ndarray:
    if type(items) is not list or not _fits(shape, len(items)):
        raise BadMessage("another shape than its content")
    flat = np.empty(len(items), dtype=object)
    for place, item in enumerate(items):
        flat[place] = reader.value(item)
    return flat.reshape(shape)


def _fits(shape: Any, count: int) -> bool:
    if type(shape) is not list or len(shape) > 32:
        return False
    sides = [type(side) is int and 0 <= side < 2**40 for side in shape]
    return all(sides) and math.prod(shape) == count


def _read_scalar(reader: Reader, node: Node) -> Any:
    array = read_array(reader, node)
    if array.shape != () or array.dtype.kind == "O":
        raise BadMessage("not one number")
    return array[()]


def _write_generator(writer: Writer, value: np.random.Generator, depth: int) -> Node:
    """A random generator at the point where it is; what one side draws, the other does not notice."""
    return ["generator", writer.node(value.bit_generator.state, depth + 1)]


def _read_generator(reader: Reader, node: Node) -> np.random.Generator:
    state = reader.value(node)
    kinds = {"PCG64": np.random.PCG64, "PCG64DXSM": np.random.PCG64DXSM, "MT19937": np.random.MT19937}
    bits = kinds[state["bit_generator"]]()
    bits.state = state
    return np.random.Generator(bits)


def _write_sparse(writer: Writer, value: Any, depth: int) -> Node:
    name = type(value).__name__  # csr_array, csr_matrix, …
    if name not in {f"{form}_{kind}" for form in _SPARSE for kind in ("array", "matrix")}:
        raise NotEncodable
    parts = value.tocoo()
    rows, columns = parts.coords
    arrays = [write_array(writer, np.asarray(part), depth) for part in (parts.data, rows, columns)]
    return ["sparse", name, list(value.shape), *arrays]


def _read_sparse(reader: Reader, name: str, shape: list[int], *nodes: Node) -> Any:
    import scipy.sparse

    form, _, kind = name.partition("_")
    if form not in _SPARSE or kind not in {"array", "matrix"} or len(shape) != 2:
        raise BadMessage("no such matrix")
    if not all(type(side) is int and 0 <= side <= MAX_SPARSE_SIDE for side in shape):
        raise BadMessage("too large")
    data, rows, columns = (read_array(reader, node) for node in nodes)
    if data.dtype.kind not in "biufc" or {rows.dtype.kind, columns.dtype.kind} - {"i", "u"}:
        raise BadMessage("not numbers at places")
    made = getattr(scipy.sparse, f"coo_{kind}")((data, (rows, columns)), shape=tuple(shape))
    return made.asformat(form)


READERS: Mapping[str, Callable[..., Any]] = {
    "array": _read_numbers,
    "objects": _read_objects,
    "scalar": _read_scalar,
    "generator": _read_generator,
    "sparse": _read_sparse,
}
