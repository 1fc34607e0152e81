"""Frames to and from a worker that may lie, flood, fall silent or be gone: every wait has an end."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from typing import IO, Any

from labkit.grading.values import BadMessage, decode, encode

WAITING_FRAMES = 4
"""Frames read ahead; whoever sends more than is asked for has to wait."""
OVERHEAD_BYTES = 1 << 20


class Gone(Exception):  # noqa: N818 - says what is so
    """Nothing more will come: the pipe is closed, or what came was no message."""

    def __init__(self, nonsense: bool = False) -> None:
        super().__init__()
        self.nonsense = nonsense


class Late(Exception):  # noqa: N818 - says what is so
    """Nothing came in time."""


class Channel:
    """Two pipes to a worker, each with a thread of its own, so that no read or write can hold up the grader.

    Parameters
    ----------
    outgoing, incoming : binary files
        The worker's standard input and output.
    max_bytes : int
        Of one value; longer frames are nonsense.
    """

    def __init__(self, outgoing: IO[bytes], incoming: IO[bytes], max_bytes: int) -> None:
        self._max_bytes = max_bytes + OVERHEAD_BYTES
        self._received: queue.Queue[bytes | Gone] = queue.Queue(WAITING_FRAMES)
        self._to_send: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._closed = threading.Event()
        for work, pipe in ((self._read, incoming), (self._write, outgoing)):
            threading.Thread(target=work, args=(pipe,), daemon=True, name="labkit jail").start()

    def send(self, **message: Any) -> None:
        """Send a message; whether it arrives shows in the answer."""
        payload = encode(message, max_bytes=self._max_bytes)
        self._to_send.put(len(payload).to_bytes(4, "big") + payload)

    def receive(self, seconds: float) -> dict[str, Any]:
        """Return the next message.

        Raises
        ------
        Late
            If there is none in so many seconds.
        Gone
            If there will be none.
        """
        try:
            got = self._received.get(timeout=max(seconds, 0.001))
        except queue.Empty:
            raise Late from None
        if isinstance(got, Gone):
            with contextlib.suppress(queue.Full):
                self._received.put_nowait(got)  # the next one to ask shall hear it too
            raise got
        try:
            message = decode(got)
        except BadMessage:
            raise Gone(nonsense=True) from None
        if not isinstance(message, dict) or not isinstance(message.get("kind"), str):
            raise Gone(nonsense=True)
        return message

    def close(self) -> None:
        """Stop both threads; the pipes close with them."""
        self._closed.set()
        self._to_send.put(None)

    # ---- threads ------------------------------------------------------------------------------

    def _read(self, pipe: IO[bytes]) -> None:
        with pipe, contextlib.suppress(OSError, ValueError):
            while (header := pipe.read(4)) and len(header) == 4:
                size = int.from_bytes(header, "big")
                if size > self._max_bytes:
                    self._put(Gone(nonsense=True))
                    return
                payload = pipe.read(size)
                if len(payload) < size:
                    break
                self._put(payload)
        self._put(Gone())

    def _put(self, got: bytes | Gone) -> None:
        while not self._closed.is_set():
            with contextlib.suppress(queue.Full):
                self._received.put(got, timeout=0.2)
                return

    def _write(self, pipe: IO[bytes]) -> None:
        with contextlib.suppress(OSError, ValueError), pipe:
            while (frame := self._to_send.get()) is not None:
                pipe.write(frame)
                pipe.flush()


class Deadline:
    """A moment on the clock that does not jump."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds until then; negative afterwards."""
        return self._at - time.monotonic()
