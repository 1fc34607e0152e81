"""A message: a tree of nodes in JSON, and the binary parts its nodes refer to.

Four bytes say how long the JSON is. The JSON is ``[tree, lengths]``: the lengths are those of the binary parts,
which follow one after another. A node is a JSON scalar that stands for itself, or ``[tag, ...]``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

MAX_DEPTH = 40
"""Containers within containers, on the way out; on the way in, nodes within nodes."""
MAX_NODES = 1_000_000
MAX_JSON_BYTES = 16 << 20
Node = Any


class BadMessage(ValueError):  # noqa: N818 - says what is wrong
    """Bytes that no encoder wrote. The only error that decoding raises."""


class NotEncodable(Exception):  # noqa: N818 - says what is so
    """A value that has to stay on its side; encoding puts a stand-in in its place."""


class Writer:
    """Collects the binary parts of a message, and counts its nodes.

    Parameters
    ----------
    write : callable
        ``write(writer, value, depth)`` returns the node of a value.
    keep : callable, optional
        Keeps a function for the other side to call, and returns the number it is called by. Without it, functions
        stay on their side.
    max_bytes : int
        Of all binary parts together.
    whole : bool
        Accept no stand-in.
    """

    def __init__(
        self,
        write: Callable[[Writer, Any, int], Node],
        keep: Callable[[Any], int] | None,
        max_bytes: int,
        whole: bool = False,
    ) -> None:
        self._write, self.keep, self._whole = write, keep, whole
        self.blobs: list[bytes] = []
        self._room, self._nodes_left = max_bytes, MAX_NODES

    def node(self, value: Any, depth: int) -> Node:
        """Return the node of a value that stands at this depth."""
        self._nodes_left -= 1
        if self._nodes_left < 0 or depth > MAX_DEPTH:
            raise NotEncodable
        return self._write(self, value, depth)

    def stand_in(self, node: Node) -> Node:
        """Return the node of a stand-in, if one will do."""
        if self._whole:
            raise NotEncodable
        return node

    def blob(self, content: bytes) -> int:
        """Add a binary part and return its number."""
        self._room -= len(content)
        if self._room < 0:
            raise NotEncodable
        self.blobs.append(content)
        return len(self.blobs) - 1

    def message(self, tree: Node) -> bytes:
        """Return the bytes of the whole message."""
        text = json.dumps([tree, [len(blob) for blob in self.blobs]], separators=(",", ":")).encode()
        if len(text) > MAX_JSON_BYTES:
            raise NotEncodable
        return b"".join([len(text).to_bytes(4, "big"), text, *self.blobs])


class Parts(NamedTuple):
    """A message taken apart."""

    tree: Node
    blobs: list[bytes]


def taken_apart(message: bytes) -> Parts:
    """Return the tree and the binary parts of a message; any error is one of the message."""
    size = int.from_bytes(message[:4], "big")
    if len(message) < 4 or size > min(len(message) - 4, MAX_JSON_BYTES):
        raise BadMessage("cut short")
    tree, lengths = json.loads(message[4 : 4 + size])
    blobs, at = [], 4 + size
    for length in lengths:
        if type(length) is not int or not 0 <= length <= len(message) - at:
            raise BadMessage("a part is missing")
        blobs.append(message[at : at + length])
        at += length
    if at != len(message):
        raise BadMessage("something is left over")
    return Parts(tree, blobs)


class Reader:
    """Hands out the binary parts of a message, and keeps its nodes from standing too deep.

    Parameters
    ----------
    read : callable
        ``read(reader, node)`` returns the value of a node.
    blobs : list of bytes
        The binary parts.
    ask : callable, optional
        ``ask(number, arguments, named)`` calls a function of the other side.
    """

    def __init__(
        self, read: Callable[[Reader, Node], Any], blobs: list[bytes], ask: Callable[..., Any] | None
    ) -> None:
        self._read, self._blobs, self.ask, self._depth = read, blobs, ask, 0

    def value(self, node: Node) -> Any:
        """Return the value of a node."""
        self._depth += 1
        if self._depth > 2 * MAX_DEPTH + 20:
            raise BadMessage("too deep")
        value = self._read(self, node)
        self._depth -= 1
        return value

    def blob(self, number: Any) -> bytes:
        """Return a binary part by its number."""
        if type(number) is not int or not 0 <= number < len(self._blobs):
            raise BadMessage("no such part")
        return self._blobs[number]
