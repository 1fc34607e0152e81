"""Is a world on disk what its manifest says? By size at every opening, by content when asked."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from labkit.language import Text
from labkit.store.making import Progress
from labkit.store.manifest import Manifest, StoredFile
from labkit.store.storage import content_hash, read_parquet

MISSING = Text("is missing", "缺失")
WRONG_SIZE = Text("has another size than when it was made", "大小与生成时不同")
UNREADABLE = Text("cannot be read", "无法读取")
OTHER_CONTENT = Text("holds other values than when it was made", "内容与生成时不同")


@dataclass(frozen=True)
class Fault:
    """A file of a world that is not what the manifest says, and in which way."""

    file: StoredFile
    problem: Text

    def __str__(self) -> str:
        return f"{self.file.path} {self.problem}"


def size_faults(folder: Path, manifest: Manifest) -> list[Fault]:
    """Return the files that are missing or of another size: a matter of milliseconds."""
    found = ((file, _size_problem(folder, file)) for file in manifest.files)
    return [Fault(file, problem) for file, problem in found if problem]


def content_faults(folder: Path, manifest: Manifest, progress: Progress | None = None) -> list[Fault]:
    """Return the files whose values are not those that were made, by their content hash."""
    faults = []
    for done, file in enumerate(manifest.files, start=1):
        if problem := _size_problem(folder, file) or _content_problem(folder, file):
            faults.append(Fault(file, problem))
        if progress is not None:
            progress(done, len(manifest.files))
    return faults


def _size_problem(folder: Path, file: StoredFile) -> Text | None:
    try:
        size = os.stat(f"{folder}/{file.path}").st_size  # a large world has tens of thousands of files
    except OSError:
        return MISSING
    return None if size == file.size else WRONG_SIZE


def _content_problem(folder: Path, file: StoredFile) -> Text | None:
    import pyarrow as pa

    try:
        content = content_hash(read_parquet([folder / file.path]))
    except (OSError, pa.ArrowException):
        return UNREADABLE
    return None if content == file.content else OTHER_CONTENT
