"""The parts of a world made on this computer, one by one or by several processes."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue

from labkit.store.making import Draft, Written, write_part
from labkit.world.block import BLOCK_SIZE

BLOCKS_WORTH_A_PROCESS = 4
"""A process costs its imports, about a second; fewer blocks are done sooner without it."""


@dataclass(frozen=True)
class Processes:
    """An engine of ``workers`` processes; this process is one of them."""

    workers: int = 1

    def write(self, draft: Draft, parts: Sequence[int | None]) -> Generator[Written, None, None]:
        """Write the parts; yield each one that is done."""
        others = min(self.workers, len(parts) - 1) - 1
        if others < 1:
            yield from (write_part(draft, part) for part in parts)
            return
        spawn = multiprocessing.get_context("spawn")  # the same on every system, and safe beside threads
        with ProcessPoolExecutor(others, mp_context=spawn, initializer=_end_with_parent) as pool:
            todo = _Todo(pool, draft, parts)
            try:
                for _ in range(others):
                    todo.hand_out()
                for _ in parts:
                    yield todo.next_written()
            finally:
                todo.forget()
                pool.shutdown(wait=True, cancel_futures=True)


class _Todo:
    """Parts that nobody has begun: whoever is free takes the next, a process of the pool or this one."""

    def __init__(self, pool: ProcessPoolExecutor, draft: Draft, parts: Sequence[int | None]) -> None:
        self._pool, self._draft = pool, draft
        self._parts = deque(parts)
        self._done: SimpleQueue[Future[Written]] = SimpleQueue()

    def hand_out(self) -> None:
        """Give the next part to a process of the pool, and another one when it is done."""
        try:
            future = self._pool.submit(write_part, self._draft, self._parts.popleft())
        except (IndexError, RuntimeError):  # nothing is left, or the pool has ended
            return
        future.add_done_callback(self._take_back)

    def _take_back(self, future: Future[Written]) -> None:
        self._done.put(future)
        self.hand_out()

    def next_written(self) -> Written:
        """Return a part that the pool has done; else do one here; else wait for the pool."""
        if self._done.empty():
            try:
                part = self._parts.popleft()
            except IndexError:
                pass
            else:
                return write_part(self._draft, part)
        return self._done.get().result()

    def forget(self) -> None:
        """Hand out nothing more."""
        self._parts.clear()


def suited_to(customers: int) -> Processes:
    """Return an engine with as many processes as a world of this size deserves and this computer has cores."""
    return Processes(max(1, min(_cores(), customers // BLOCK_SIZE // BLOCKS_WORTH_A_PROCESS)))


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _end_with_parent() -> None:
    """Let a worker end when its parent does, however suddenly; else it would wait for work for ever."""
    threading.Thread(target=_wait_for_the_end, daemon=True).start()


def _wait_for_the_end() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
