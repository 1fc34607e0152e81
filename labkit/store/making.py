"""From a seed to files: the parts of a world, made one by one or by several processes."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from labkit import catalogue
from labkit.store.manifest import Manifest, StoredFile
from labkit.store.storage import content_hash, to_arrow, write_parquet
from labkit.world.block import BLOCK_SIZE, Block
from labkit.world.generate import block_tables, fingerprint, reference_tables

Progress = Callable[[int, int], None]
"""Called as ``progress(done, total)``, in parts of a world."""


def make(
    folder: Path, seed: int, customers: int, jobs: int = 1, progress: Progress | None = None
) -> Manifest:
    """Write every file of a world below ``folder``, the manifest last; return the manifest.

    Parameters
    ----------
    folder : Path
        Does not exist yet, or is empty.
    seed, customers : int
        What the world is a function of.
    jobs : int
        Processes to use. The content is the same for any number.
    progress : callable, optional
        Told after each part: a block, or the tables made once per world.
    """
    parts: list[int | None] = [None, *range(customers // BLOCK_SIZE)]
    files: list[StoredFile] = []
    for done, written in enumerate(_written(folder, seed, parts, jobs), start=1):
        files += written
        if progress is not None:
            progress(done, len(parts))
    manifest = manifest_of(seed, customers, files)
    manifest.write(folder)
    return manifest


def manifest_of(seed: int, customers: int, files: list[StoredFile]) -> Manifest:
    """Return the manifest of a world that this version of labkit made."""
    from labkit import __version__

    ordered = tuple(sorted(files, key=lambda file: file.path))
    return Manifest(__version__, fingerprint(), seed, customers, BLOCK_SIZE, ordered)


def _written(folder: Path, seed: int, parts: list[int | None], jobs: int) -> Iterator[list[StoredFile]]:
    if jobs <= 1 or len(parts) <= 2:
        yield from (write_part(folder, seed, part) for part in parts)
        return
    spawn = multiprocessing.get_context("spawn")  # the same on every system, and safe beside threads
    workers = min(jobs, len(parts))
    with ProcessPoolExecutor(workers, mp_context=spawn, initializer=_end_with_parent) as pool:
        waiting = [pool.submit(write_part, folder, seed, part) for part in parts]
        try:
            yield from (future.result() for future in as_completed(waiting))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _end_with_parent() -> None:
    """Let a worker end when its parent does, however suddenly; else it would wait for work for ever."""
    threading.Thread(target=_wait_for_the_end, daemon=True).start()


def _wait_for_the_end() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def write_part(
    folder: Path, seed: int, part: int | None, only: frozenset[str] | None = None
) -> list[StoredFile]:
    """Generate and write one block, or with ``part=None`` the tables made once per world.

    Parameters
    ----------
    only : frozenset of str, optional
        Write these tables of the part and no others.
    """
    tables = reference_tables(seed, only) if part is None else block_tables(Block(seed, part), only)
    files = []
    for name, frame in tables.items():
        table = catalogue.table(name)
        arrow = to_arrow(table, frame)
        path = f"{'truth' if table.truth else 'data'}/{name}/{part or 0:05d}.parquet"
        write_parquet(arrow, folder / path)
        size = (folder / path).stat().st_size
        files.append(StoredFile(path, name, part, arrow.num_rows, size, content_hash(arrow)))
    return files
