"""From a seed to files: the parts of a world, whoever makes them."""

from __future__ import annotations

import contextlib
import shutil
import statistics
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from labkit import catalogue
from labkit.store import world_errors
from labkit.store.manifest import Manifest, StoredFile, packages
from labkit.store.storage import FORMAT, content_hash, to_arrow, write_parquet
from labkit.world.block import BLOCK_SIZE, Block
from labkit.world.generate import block_tables, fingerprint, reference_tables

SAMPLE = 3
"""Blocks to judge a world by: the first is slowed by what happens for the first time."""
Progress = Callable[[int, int], None]
"""Called as ``progress(done, total)``, in parts of a world."""


@dataclass(frozen=True)
class Draft:
    """A world that is being made.

    Parameters
    ----------
    folder : Path
        Where; it is there and empty.
    seed : int
        What the world is a function of, with the number of its blocks.
    """

    folder: Path
    seed: int


class Written(NamedTuple):
    """A part of a world on disk: a block by its index, or with None the tables made once per world.

    ``seconds`` is what it took, on the clock.
    """

    part: int | None
    files: list[StoredFile]
    seconds: float


class Engine(Protocol):
    """Who makes the parts: this process, several processes, or the workers of a Spark cluster."""

    @property
    def workers(self) -> int:
        """Parts made at the same time."""

    def write(self, draft: Draft, parts: Sequence[int | None]) -> Generator[Written]:
        """Write the parts, in any order; yield each one that is done."""


class Estimate(NamedTuple):
    """What a world still takes and how large it becomes, judged by its first blocks."""

    seconds: float
    size: int


Announce = Callable[[Estimate], None]


def make(
    draft: Draft,
    blocks: int,
    engine: Engine,
    progress: Progress | None = None,
    announce: Announce | None = None,
) -> Manifest:
    """Write every file of a world, the manifest last; return the manifest.

    Parameters
    ----------
    blocks : int
        How many of them.
    engine : Engine
        Who makes them. The content is the same for any.
    progress : callable, optional
        Told after each part.
    announce : callable, optional
        Told once, when the first blocks are there, what the others will take.

    Raises
    ------
    LabkitError
        As soon as the first blocks show that the disk has no room for the others.
    """
    parts: list[int | None] = [None, *range(blocks)]
    files: list[StoredFile] = []
    sample: list[Written] = []
    with contextlib.closing(engine.write(draft, parts)) as arriving:
        for done, written in enumerate(arriving, start=1):
            files += written.files
            if written.part is not None:
                sample.append(written)
                if len(sample) == min(engine.workers + SAMPLE, blocks):
                    _judge(draft, sample, blocks, engine.workers, announce)
            if progress is not None:
                progress(done, len(parts))
    manifest = manifest_of(draft, blocks, files)
    manifest.write(draft.folder)
    return manifest


def _judge(
    draft: Draft, sample: Sequence[Written], blocks: int, workers: int, announce: Announce | None
) -> None:
    """Say what the world takes, and refuse one that does not fit before hours have been spent on it."""
    block = sum(file.size for written in sample for file in written.files) // len(sample)
    left = blocks - len(sample)
    free = shutil.disk_usage(draft.folder).free
    if block * left > free:
        raise world_errors.too_large(draft.folder.parent, blocks * BLOCK_SIZE, block * blocks, free)
    if announce is not None:
        warm = sample[workers:] or sample  # the first block of a process takes longer than those that follow
        seconds = statistics.median(written.seconds for written in warm)
        announce(Estimate(seconds * left / workers, block * blocks))


def manifest_of(draft: Draft, blocks: int, files: Sequence[StoredFile]) -> Manifest:
    """Return the manifest of a world that this version of labkit made."""
    from labkit import __version__

    return Manifest(
        labkit=__version__,
        generator=fingerprint(),
        seed=draft.seed,
        customers=blocks * BLOCK_SIZE,
        block_size=BLOCK_SIZE,
        files=tuple(sorted(files, key=lambda file: file.path)),
        format=FORMAT,
        packages=packages(),
    )


def write_part(draft: Draft, part: int | None, only: frozenset[str] | None = None) -> Written:
    """Generate and write one block, or with ``part=None`` the tables made once per world.

    Parameters
    ----------
    only : frozenset of str, optional
        Write these tables of the part and no others.
    """
    import pyarrow as pa

    began = time.perf_counter()
    pa.set_memory_pool(pa.system_memory_pool())  # Arrow's own pool keeps what a block no longer needs
    if part is None:
        tables = reference_tables(draft.seed, only)
    else:
        tables = block_tables(Block(draft.seed, part), only)
    files = []
    for name in list(tables):
        table, frame = catalogue.table(name), tables.pop(name)  # a table on disk need not stay in memory
        arrow = to_arrow(table, frame)
        path = f"{'truth' if table.truth else 'data'}/{name}/{part or 0:05d}.parquet"
        size = write_parquet(arrow, draft.folder / path)
        files.append(StoredFile(path, name, part, arrow.num_rows, size, content_hash(arrow)))
    return Written(part, files, time.perf_counter() - began)
