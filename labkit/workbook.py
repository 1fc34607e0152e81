"""The trainee's own copy of the notebooks: written once, refreshed where they left it alone, never overwritten.

A manifest beside the copies remembers what was put there. A notebook counts as changed when a cell's source is
not what was copied; running it, which only adds outputs, is no change.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from labkit.errors import LabkitError
from labkit.language import Language, Text
from labkit.locations import PROJECT, edition_dir
from labkit.running.notebooks import choose, read_labs

MANIFEST = ".labkit-manifest.json"
NO_EDITION = LabkitError(
    Text("There are no notebooks to copy.", "没有可复制的笔记本。"),
    Text("The folder notebooks/ is missing from the project.", "项目里缺少 notebooks/ 文件夹。"),
    Text("Run `labkit build` once.", "请先运行一次 `labkit build`。"),
)


@dataclass
class Refresh:
    """What happened to a workbook.

    Parameters
    ----------
    copied : list of Path
        New or fresh copies.
    offered : list of (Path, Path)
        A changed notebook, and the newer edition that was put beside it under another name.
    kept : list of Path
        Notebooks that stayed as the trainee left them.
    """

    copied: list[Path] = field(default_factory=list)
    offered: list[tuple[Path, Path]] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)


def workbooks_dir() -> Path:
    """The trainee's folder: ``LABKIT_WORKBOOK``, or ``workbook/`` in the project."""
    chosen = os.environ.get("LABKIT_WORKBOOK")
    return Path(chosen).expanduser() if chosen else PROJECT / "workbook"


def workbook_dir(language: Language) -> Path:
    """The trainee's folder of one language."""
    return workbooks_dir() / language


def refresh(source: Path, workbook: Path) -> Refresh:
    """Bring a workbook up to date with an edition.

    Parameters
    ----------
    source : Path
        The edition, e.g. ``notebooks/en``.
    workbook : Path
        The trainee's folder; made if it is missing.

    Raises
    ------
    LabkitError
        The edition does not exist.
    """
    if not source.is_dir():
        raise NO_EDITION
    known, done = read_manifest(workbook), Refresh()
    for original in sorted(path for path in source.rglob("*") if path.is_file()):
        name = original.relative_to(source)
        if not any(part.startswith(".") for part in name.parts):
            _refresh_one(original, workbook / name, known, workbook, done)
    write_manifest(workbook, known)
    return done


def _refresh_one(original: Path, mine: Path, known: dict[str, str], workbook: Path, done: Refresh) -> None:
    newest, key = fingerprint(original), _key(mine, workbook)
    if not mine.exists() or (fingerprint(mine) == known.get(key) != newest):
        _copy(original, mine)
        known[key] = newest
        done.copied.append(mine)
    elif fingerprint(mine) == newest:
        known[key] = newest
        done.kept.append(mine)
    else:
        done.kept.append(mine)
        _offer(original, mine, known, workbook, done)


def _offer(original: Path, mine: Path, known: dict[str, str], workbook: Path, done: Refresh) -> None:
    """Put a newer edition beside a changed notebook, unless this very edition was copied or offered before."""
    newest, key = fingerprint(original), _key(mine, workbook)
    if known.get(key) == newest:
        return
    beside = _free_name(mine, "new", known, workbook)
    _copy(original, beside)
    known[key] = known[_key(beside, workbook)] = newest
    done.offered.append((mine, beside))


def _free_name(mine: Path, word: str, known: dict[str, str], workbook: Path) -> Path:
    """``lab.new.ipynb``, or ``lab.new-2.ipynb`` … while the trainee has changed the one of that name."""
    number = 1
    while True:
        beside = mine.with_name(f"{mine.stem}.{word}{f'-{number}' if number > 1 else ''}{mine.suffix}")
        if not beside.exists() or fingerprint(beside) == known.get(_key(beside, workbook)):
            return beside
        number += 1


def reset(lab_id: str, source: Path, workbook: Path) -> tuple[Path, Path | None]:
    """Put a fresh copy of a lab into the workbook; keep the trainee's beside it if it was changed.

    Returns
    -------
    fresh : Path
        The fresh copy.
    kept : Path or None
        Where the trainee's notebook is now, ``….mine-1.ipynb``.

    Raises
    ------
    LabkitError
        The edition does not exist, or has no such lab.
    """
    if not source.is_dir():
        raise NO_EDITION
    original = choose(read_labs(source), [lab_id])[0].path
    mine, known = workbook / original.relative_to(source), read_manifest(workbook)
    kept = None
    if mine.exists() and fingerprint(mine) not in (known.get(_key(mine, workbook)), fingerprint(original)):
        kept = _keep(mine)
    _copy(original, mine)
    known[_key(mine, workbook)] = fingerprint(original)
    write_manifest(workbook, known)
    return mine, kept


def _keep(mine: Path) -> Path:
    number = 1
    while (kept := mine.with_name(f"{mine.stem}.mine-{number}{mine.suffix}")).exists():
        number += 1
    mine.rename(kept)
    return kept


def fingerprint(path: Path) -> str:
    """What a person wrote into a file: of a notebook its cells' sources, of anything else every byte."""
    content = path.read_bytes()
    if path.suffix == ".ipynb":
        try:
            cells = json.loads(content)["cells"]
            sources = [[cell["cell_type"], "".join(cell["source"])] for cell in cells]
            content = json.dumps(sources).encode()
        except (ValueError, KeyError, TypeError):
            pass
    return hashlib.sha256(content).hexdigest()


def is_unchanged(original: Path, mine: Path) -> bool:
    """Does a copy say what the edition says, whatever its outputs? False where there is none, or it cannot be read."""
    try:
        return fingerprint(mine) == fingerprint(original)
    except OSError:
        return False


def _copy(original: Path, target: Path) -> None:
    """Copy so that a reader never sees half a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.part")
    shutil.copyfile(original, unfinished)
    unfinished.replace(target)


def _key(path: Path, workbook: Path) -> str:
    return path.relative_to(workbook).as_posix()


def read_manifest(workbook: Path) -> dict[str, str]:
    """Fingerprint of what was copied, by path within the workbook; empty if nothing is known."""
    try:
        known = json.loads((workbook / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def write_manifest(workbook: Path, known: dict[str, str]) -> None:
    """Remember what was copied."""
    workbook.mkdir(parents=True, exist_ok=True)
    unfinished = workbook / f"{MANIFEST}.part"
    unfinished.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    unfinished.replace(workbook / MANIFEST)


def trainee_edition(language: Language) -> Path:
    """The edition that workbooks are copied from."""
    return edition_dir("notebooks", language)
