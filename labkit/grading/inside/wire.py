"""Frames on a pipe: four bytes of length, then a message of :mod:`labkit.grading.values`."""

from __future__ import annotations

import os
import threading
from typing import Any

from labkit.grading.values import BadMessage, decode, encode

SMALL = 3_000
"""Bytes that a pipe takes in one piece on every system, with room for the length."""


class Closed(Exception):  # noqa: N818 - says what is so
    """The other end is gone."""


class Pipes:
    """The two pipes of the worker: requests come in, replies go out.

    Parameters
    ----------
    incoming, outgoing : int
        File descriptors.
    """

    def __init__(self, incoming: int, outgoing: int) -> None:
        self.incoming, self.outgoing = incoming, outgoing
        self._writing = threading.Lock()

    def send(self, **message: Any) -> None:
        """Send one message made of plain values."""
        payload = encode(message)
        frame = memoryview(len(payload).to_bytes(4, "big") + payload)
        # A thread of a cell that died in the middle of a frame must not hold up the rest for ever.
        held = self._writing.acquire(timeout=1.0)
        try:
            while frame:
                frame = frame[os.write(self.outgoing, frame) :]
        finally:
            if held:
                self._writing.release()

    def receive(self) -> dict[str, Any]:
        """Return the next message; Closed when there will be none."""
        size = int.from_bytes(self._exactly(4), "big")
        try:
            message = decode(self._exactly(size))
        except BadMessage:
            raise Closed from None
        if not isinstance(message, dict):
            raise Closed
        return message

    def _exactly(self, size: int) -> bytes:
        parts = []
        while size:
            part = os.read(self.incoming, min(size, 1 << 20))
            if not part:
                raise Closed
            parts.append(part)
            size -= len(part)
        return b"".join(parts)
