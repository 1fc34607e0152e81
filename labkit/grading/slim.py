"""A notebook file without its outputs: hundreds of megabytes of them are passed over, never held in memory."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from pathlib import Path

MOST_KEPT = 10 * 2**20
"""Bytes of cells and metadata: a hundred times the largest lab."""
MOST_BRACKETS = 5_000_000
"""Within one output; whatever holds more was not made by a notebook."""
PASSED_OVER = {b'"outputs"', b'"attachments"', b'"widgets"'}
"""Keys whose lists and objects are left empty."""

_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_OPENING = re.compile(rb"\s*+:\s*+(?=[\[{])")
_UP_TO_BRACKET = re.compile(rb'[^"\[\]{}]*+(?:"(?:[^"\\]++|\\.)*+"[^"\[\]{}]*+)*+', re.DOTALL)


class TooLargeError(Exception):
    """More than :data:`MOST_KEPT` is left without the outputs."""


def read_slim(path: Path) -> bytes:
    """Return a notebook file with empty outputs; a damaged file up to where it can be followed.

    Raises
    ------
    OSError
        The file cannot be read.
    TooLargeError
        Its cells alone are larger than any notebook of the course.
    """
    if path.stat().st_size == 0:
        return b""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as raw:
        if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
            if len(raw) > 2 * MOST_KEPT:
                raise TooLargeError
            return _gathered(raw[:].decode("utf-16", "replace").encode())
        return _gathered(raw)


def _gathered(raw: bytes | mmap.mmap) -> bytes:
    kept, size = [], 0
    for part in _parts(raw):
        size += len(part)
        if size > MOST_KEPT:
            raise TooLargeError
        kept.append(part)
    return b"".join(kept)


def _parts(raw: bytes | mmap.mmap) -> Iterator[bytes]:
    """What is kept, in pieces of at most :data:`MOST_KEPT` bytes and one."""
    begin = place = 0
    while (quote := raw.find(b'"', place)) >= 0:
        string = _STRING.match(raw, quote)
        if string is None:  # the file ends within a string
            break
        place = string.end()
        if place - begin > MOST_KEPT:
            break
        if place - quote > 16 or string.group() not in PASSED_OVER:
            continue
        if opening := _OPENING.match(raw, place):
            yield raw[begin : opening.end()]
            yield b"[]" if raw[opening.end() : opening.end() + 1] == b"[" else b"{}"
            begin = place = _end_of_value(raw, opening.end())
    yield raw[begin : begin + MOST_KEPT + 1]


def _end_of_value(raw: bytes | mmap.mmap, place: int) -> int:
    """Where the list or object that begins at a place ends; the end of the file if it does not."""
    depth = 0
    for _ in range(MOST_BRACKETS):
        up_to = _UP_TO_BRACKET.match(raw, place)
        assert up_to is not None  # it may match nothing at all
        place = up_to.end()
        bracket = raw[place : place + 1]
        if bracket in (b"", b'"'):
            break
        depth += 1 if bracket in b"[{" else -1
        place += 1
        if depth == 0:
            return place
    return len(raw)
