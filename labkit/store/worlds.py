"""Worlds on disk: made once, found again, checked, and mended part by part.

A world's folder appears whole or not at all: it is written beside its place under another name and
renamed at the end, while a lock keeps every other process waiting.
"""

from __future__ import annotations

import contextlib
import operator
import shutil
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from labkit.language import Text
from labkit.locations import home_dir
from labkit.store import making, world_errors
from labkit.store.integrity import Fault, content_faults, size_faults
from labkit.store.making import Announce, Draft, Engine, Progress
from labkit.store.manifest import Manifest, StoredFile, read_manifest
from labkit.store.processes import Processes
from labkit.store.storage import FORMAT, read_parquet
from labkit.world.block import BLOCK_SIZE
from labkit.world.generate import DEFAULT_SEED, SCALES, fingerprint

if TYPE_CHECKING:
    import pyarrow as pa

ALONE = Processes(1)
PATIENCE_SECONDS = 2.0
WAITING = Text(
    "Another notebook is making this world; waiting until it is there.",
    "另一个笔记本正在生成这个虚拟世界，请稍候。",
)
OUTDATED = Text(
    "The world in {folder} was made by another version of labkit, or its manifest is lost; it is being made anew.",
    "{folder} 里的虚拟世界由另一版本的 labkit 生成，或其清单文件已丢失；正在重新生成。",
)
MENDED = Text(
    "Files of the world were damaged or missing and have been made anew: {files}.",
    "虚拟世界中有文件损坏或缺失，已重新生成：{files}。",
)
REMADE = Text(
    "The world in {folder} was damaged beyond its parts and has been made anew as a whole.",
    "{folder} 里的虚拟世界损坏严重，已整体重新生成。",
)


@dataclass(frozen=True)
class World:
    """A world on disk.

    Parameters
    ----------
    folder : Path
        Holds ``data/``, ``truth/`` and ``manifest.json``.
    manifest : Manifest
        What it consists of.
    """

    folder: Path
    manifest: Manifest = field(repr=False)

    @property
    def seed(self) -> int:
        """The seed it is a function of."""
        return self.manifest.seed

    @property
    def customers(self) -> int:
        """How many people live in it."""
        return self.manifest.customers

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(file.size for file in self.manifest.files)

    @property
    def is_current(self) -> bool:
        """Was it made by the code that is running now?"""
        made_by = self.manifest.generator, self.manifest.block_size, self.manifest.format
        return made_by == (fingerprint(), BLOCK_SIZE, FORMAT)

    def files(self, table: str) -> list[Path]:
        """Paths of a table's files in the order of blocks; empty if the world does not hold it."""
        return [self.folder / file.path for file in self.manifest.files if file.table == table]

    def read(self, table: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Read some columns of a table; damaged files are made anew first, and named on stderr."""
        import pyarrow as pa

        try:
            return read_parquet(self.files(table), columns)
        except (OSError, pa.ArrowException):
            repair(self, verify(self))
            return read_parquet(self.files(table), columns)


def world_size(scale: str | int) -> int:
    """Return the customers of a scale: a name, or a multiple of the block size (also as text).

    Raises
    ------
    LabkitError
        If there is no such scale.
    """
    if isinstance(scale, str) and scale in SCALES:
        return SCALES[scale]
    try:
        customers = int(scale) if isinstance(scale, str) else operator.index(scale)
    except (TypeError, ValueError):
        raise world_errors.unknown_scale(scale) from None
    if isinstance(scale, bool) or customers <= 0 or customers % BLOCK_SIZE:
        raise world_errors.unknown_scale(scale)
    return customers


def checked_seed(seed: int) -> int:
    """Return a seed from 0 to 2**31 - 1; LabkitError for anything else."""
    try:
        value = operator.index(seed)
    except TypeError:
        raise world_errors.bad_seed(seed) from None
    if isinstance(seed, bool) or not 0 <= value <= world_errors.LARGEST_SEED:
        raise world_errors.bad_seed(seed)
    return value


def open_world(
    scale: str | int = "lab",
    seed: int = DEFAULT_SEED,
    *,
    engine: Engine = ALONE,
    progress: Progress | None = None,
    announce: Announce | None = None,
) -> World:
    """Return the world of a scale and seed; make it if it is not there yet, mend it if files are damaged.

    Any number of processes may ask at once: one makes the world, the others wait for it.

    Parameters
    ----------
    scale : {"tiny", "lab"} or int
        Name of a scale, or customers as a multiple of 2 000.
    seed : int
        0 to 2**31 - 1.
    engine : Engine
        Who makes it: this process, if nothing else is said.
    progress : callable, optional
        ``progress(done, total)`` while the world is being made.
    announce : callable, optional
        Told, when the first blocks are there, what time and room the world takes.

    Raises
    ------
    LabkitError
        Unknown scale or seed; no room, or no permission to write; a world that cannot be replaced.
    """
    customers, seed = world_size(scale), checked_seed(seed)
    folder = worlds_dir() / f"{seed}-{customers}"
    if (world := _usable(folder)) and not size_faults(world.folder, world.manifest):
        return world
    with _told_as_labkit_error(folder), _locked(folder):
        world = _usable(folder)
        if world is None:
            if folder.exists():
                print(OUTDATED.fill(folder=folder), file=sys.stderr)
            return _make(folder, seed, customers, engine, progress, announce)
        if faults := size_faults(world.folder, world.manifest):
            return _mend(world, faults, progress)
        return world


def list_worlds() -> list[World]:
    """Return every finished world in the home, in the order of seed and size; also those of older versions."""
    folders = worlds_dir().glob("*-*") if worlds_dir().is_dir() else ()
    found = [World(folder, manifest) for folder in folders if (manifest := read_manifest(folder))]
    finished = [world for world in found if world.folder.name == f"{world.seed}-{world.customers}"]
    return sorted(finished, key=lambda world: (world.seed, world.customers))


def verify(world: World, progress: Progress | None = None) -> list[Fault]:
    """Compare every file with the manifest by the hash of its values; return what differs."""
    return content_faults(world.folder, world.manifest, progress)


def repair(world: World, faults: Sequence[Fault], progress: Progress | None = None) -> World:
    """Make the damaged files anew, block by block, and name them on stderr.

    Should a part come out otherwise than the manifest says, the whole world is made anew.
    """
    if not faults:
        return world
    with _told_as_labkit_error(world.folder), _locked(world.folder):
        return _mend(world, faults, progress)


def worlds_dir() -> Path:
    """Where the worlds are: ``<home>/worlds``."""
    return home_dir() / "worlds"


def _usable(folder: Path) -> World | None:
    """The world in a folder; None if there is none, or one that other code made."""
    manifest = read_manifest(folder)
    world = World(folder, manifest) if manifest else None
    return world if world and world.is_current and folder.name == f"{world.seed}-{world.customers}" else None


def _make(
    folder: Path,
    seed: int,
    customers: int,
    engine: Engine = ALONE,
    progress: Progress | None = None,
    announce: Announce | None = None,
) -> World:
    """Make a world beside its place, then rename it; the caller holds the lock."""
    _clear_leftovers(folder)
    unfinished, outdated = _beside(folder, "making"), _beside(folder, "old")
    try:
        unfinished.mkdir(parents=True)
        draft = Draft(unfinished, seed)
        manifest = making.make(draft, customers // BLOCK_SIZE, engine, progress, announce)
        if folder.exists():
            _rename(folder, outdated)
        _rename(unfinished, folder)
    finally:
        _clear_leftovers(folder)
    return World(folder, manifest)


def _beside(folder: Path, what: str) -> Path:
    """A new name beside a world's, so that nobody who was cut off can still be writing there."""
    return folder.with_name(f"{folder.name}.{uuid.uuid4().hex[:8]}.{what}")


def _clear_leftovers(folder: Path) -> None:
    """Remove what a call that was cut off has left beside a world; the caller holds the lock."""
    for what in ("making", "old"):
        for leftover in folder.parent.glob(f"{folder.name}.*.{what}"):
            shutil.rmtree(leftover, ignore_errors=True)


def _rename(source: Path, target: Path, attempts: int = 10) -> None:
    """Rename a folder; where a virus scanner looks at new files, that may need a few attempts."""
    for attempt in range(attempts):
        try:
            source.rename(target)
            return
        except PermissionError:
            if attempt == attempts - 1:
                raise world_errors.in_use(target) from None
            time.sleep(0.1)


def _mend(world: World, faults: Sequence[Fault], progress: Progress | None) -> World:
    """Write the damaged files anew; the caller holds the lock."""
    damaged = {fault.file.path: fault.file for fault in faults}
    parts = sorted(
        {file.block for file in damaged.values()}, key=lambda block: -1 if block is None else block
    )
    unfinished = _beside(world.folder, "making")
    draft = Draft(unfinished, world.seed)
    fresh: dict[str, StoredFile] = {}
    try:
        for done, part in enumerate(parts, start=1):
            tables = frozenset(file.table for file in damaged.values() if file.block == part)
            fresh |= {file.path: file for file in making.write_part(draft, part, tables).files}
            if progress is not None:
                progress(done, len(parts))
        if any(path not in fresh or fresh[path].content != file.content for path, file in damaged.items()):
            print(REMADE.fill(folder=world.folder), file=sys.stderr)
            return _make(world.folder, world.seed, world.customers, progress=progress)
        for path in fresh:
            (world.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (unfinished / path).replace(world.folder / path)
    finally:
        _clear_leftovers(world.folder)
    files = [fresh.get(file.path, file) for file in world.manifest.files]
    manifest = making.manifest_of(draft, world.customers // BLOCK_SIZE, files)
    manifest.write(world.folder)
    print(MENDED.fill(files=", ".join(sorted(fresh))), file=sys.stderr)
    return World(world.folder, manifest)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a world; say so once if that takes longer than two seconds."""
    from filelock import FileLock, Timeout

    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder.with_name(f"{folder.name}.lock"))
    try:
        lock.acquire(timeout=PATIENCE_SECONDS)
    except Timeout:
        print(WAITING, file=sys.stderr)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def _told_as_labkit_error(folder: Path) -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool:
        raise world_errors.process_ended() from None
    except OSError as error:
        raise world_errors.cannot_write(folder.parent, error) from error
