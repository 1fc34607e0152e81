"""The manifest of a pack: what it is for, and size and SHA-256 of every file. Written last: a pack without it is not whole."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from labkit.errors import LabkitError
from labkit.language import Text
from labkit.packing.installer import MANIFEST, RefusedError, damaged_files, read_manifest
from labkit.packing.wheels import file_hash

FORMAT = 1
UNFINISHED = "UNFINISHED.txt"
"""Lies in a pack until its manifest is written, and is no part of it."""
NOT_WHOLE = Text("{folder} is no whole pack.", "{folder} 不是完整的安装包。")
PACK_AGAIN = Text("Make it with: labkit pack --out {folder}", "请重新打包：labkit pack --out {folder}")


def write_manifest(
    pack: Path, *, scale: str, wheels: Mapping[str, Sequence[str]], left_out: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """Write the manifest of everything that lies in a pack; return it.

    Parameters
    ----------
    pack : Path
        The folder; every other file in it is taken as part of the pack.
    scale : str
        Of the world that labs open by themselves.
    wheels : mapping of str to sequence of str
        Name of a target, e.g. ``"linux-x86_64, Python 3.12"`` → names of the wheels it needs.
    left_out : mapping of str to sequence of str
        Targets that were asked for, and the packages that have no wheel there.
    """
    files = sorted(path for path in pack.rglob("*") if path.is_file() and path != pack / UNFINISHED)
    manifest = {
        "format": FORMAT,
        "scale": scale,
        "wheels": {target: sorted(names) for target, names in wheels.items()},
        "left_out": {target: sorted(names) for target, names in left_out.items()},
        "longest_path": max((longest_path(path) for path in (pack / "wheels").glob("*.whl")), default=0),
        "files": [
            {
                "path": path.relative_to(pack).as_posix(),
                "size": path.stat().st_size,
                "sha256": file_hash(path),
            }
            for path in files
        ],
    }
    draft = pack / f"{MANIFEST}.part"
    draft.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8", newline="\n")
    os.replace(draft, pack / MANIFEST)
    return manifest


def longest_path(wheel: Path) -> int:
    """Return the length of the longest path that a wheel unpacks to; Windows has a limit."""
    with zipfile.ZipFile(wheel) as archive:
        return max(map(len, archive.namelist()))


def check_pack(pack: Path) -> list[str]:
    """Return the files of a pack that are missing or damaged, by their path in it.

    Raises
    ------
    LabkitError
        There is no manifest.
    """
    try:
        manifest = read_manifest(pack)
    except RefusedError as refusal:
        raise LabkitError(
            NOT_WHOLE.fill(folder=pack), Text(refusal.en, refusal.zh), PACK_AGAIN.fill(folder=pack)
        ) from None
    return damaged_files(pack, [entry["path"] for entry in manifest["files"]], manifest)
