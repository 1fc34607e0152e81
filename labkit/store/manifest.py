"""What a world on disk consists of: every file with its size and the hash of its content."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict, dataclass, field
from pathlib import Path

NAME = "manifest.json"


@dataclass(frozen=True)
class StoredFile:
    """One Parquet file of a world.

    Parameters
    ----------
    path : str
        Below the world's folder, with forward slashes: ``data/baskets/00003.parquet``.
    table : str
        The catalogue's name of the table.
    block : int or None
        The block it was generated from; None for a table made once per world.
    rows, size : int
        Rows, and bytes on disk.
    content : str
        SHA-256 of the values (:func:`labkit.store.storage.content_hash`).
    """

    path: str
    table: str
    block: int | None
    rows: int
    size: int
    content: str


@dataclass(frozen=True)
class Manifest:
    """A world's identity and files.

    Parameters
    ----------
    labkit : str
        Version of labkit that made the world.
    generator : str
        Fingerprint of the code that made it (:func:`labkit.world.generate.fingerprint`).
    seed, customers, block_size : int
        What the world is a function of.
    files : tuple of StoredFile
        In the order of their paths.
    format : int
        How files and hashes are written (:data:`labkit.store.storage.FORMAT`).
    packages : dict of str to str
        Versions of Python and the packages that made it. For the record: the content does not depend on them.
    """

    labkit: str
    generator: str
    seed: int
    customers: int
    block_size: int
    files: tuple[StoredFile, ...]
    format: int = 1
    packages: dict[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Write ``manifest.json`` into a world's folder, whole or not at all."""
        unfinished = folder / f"{NAME}.new"
        unfinished.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")
        unfinished.replace(folder / NAME)


def packages() -> dict[str, str]:
    """Return the versions of Python and of the packages that a world's content passes through."""
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "pandas": pd.__version__,
        "pyarrow": pa.__version__,
    }


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest in a folder; None if there is none that can be read."""
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
        files = tuple(StoredFile(**file) for file in content.pop("files"))
        return Manifest(**content, files=files)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
