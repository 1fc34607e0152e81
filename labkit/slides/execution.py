"""Run solutions editions for their figures; what was run before, and has not changed since, is taken from the home."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from labkit.course import lab_dir
from labkit.errors import LabkitError
from labkit.language import Text
from labkit.locations import home_dir
from labkit.running.many import Settings, Watcher, run_labs
from labkit.running.notebooks import LabNotebook
from labkit.running.results import Failure

PACKAGE = Path(__file__).parent.parent
FAILED = Text(
    "The slides of lab {lab} ({language}) cannot be made.", "无法生成实验 {lab}（{language}）的幻灯片。"
)
FAILED_WHY = Text("Its cell {cell} failed: {error}", "单元格 {cell} 运行出错：{error}")
FAILED_DO = Text(
    "See `labkit run {lab} --edition solutions`; no file was written.",
    "请用 `labkit run {lab} --edition solutions` 查看；没有写入任何文件。",
)


def executed_notebooks(
    labs: Sequence[LabNotebook], settings: Settings, watcher: Watcher
) -> list[NotebookNode] | None:
    """Return each lab's notebook with all that it shows; None if somebody interrupted the run.

    Parameters
    ----------
    labs : sequence of LabNotebook
        Solutions editions.
    settings : Settings
        How to run those that were not run before.
    watcher : Watcher
        Hears of these.

    Raises
    ------
    LabkitError
        A cell failed, or an official answer is wrong by its own check; names lab and cell.
    """
    kept = {lab: kept_file(lab, settings) for lab in labs}
    missing = [lab for lab, file in kept.items() if not file.exists()]
    results = run_labs(missing, settings, watcher) if missing else []
    ready: dict[LabNotebook, NotebookNode] = {}
    for result in results:
        if result.failure is not None and not result.interrupted:
            raise failed(result.lab, result.failure)
        if result.node is not None and not result.interrupted:
            ready[result.lab] = result.node
            with suppress(OSError):  # where the home takes nothing, the lab runs again next time
                keep(result.node, kept[result.lab])
    if len(ready) < len(missing):
        return None
    return [ready.get(lab) or nbformat.read(file, as_version=4) for lab, file in kept.items()]


def kept_file(lab: LabNotebook, settings: Settings) -> Path:
    """Where an executed notebook is kept: another name as soon as anything changes that it depends on."""
    given = json.dumps([dict(settings.parameters), settings.class_seed], sort_keys=True)
    name = f"{lab.lab}-{lab.language}-{given}"
    group = hashlib.sha256(name.encode()).hexdigest()[:8]
    checks = [path.read_bytes() for path in sorted((lab_dir(lab.lab) / "checks").glob("*.py"))]
    package = [path.read_bytes() for path in sorted(PACKAGE.rglob("*.py"))]
    key = hashlib.sha256(name.encode())
    for part in [lab.path.read_bytes(), *checks, *package, *_own_data()]:
        key.update(part)
    return home_dir() / "slides" / f"{lab.lab}-{lab.language}-{group}-{key.hexdigest()[:16]}.ipynb"


def keep(notebook: NotebookNode, file: Path) -> None:
    """Write an executed notebook, and remove what an older lab showed in its place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}.draft")
    draft.write_text(nbformat.writes(notebook), encoding="utf-8")
    os.replace(draft, file)
    group = file.stem.rpartition("-")[0]
    for older in file.parent.glob(f"{group}-*.ipynb"):
        if older != file:
            older.unlink(missing_ok=True)


def failed(lab: LabNotebook, failure: Failure) -> LabkitError:
    """The error that names the cell."""
    return LabkitError(
        FAILED.fill(lab=lab.lab, language=lab.language),
        FAILED_WHY.fill(cell=failure.cell, error=failure.message),
        FAILED_DO.fill(lab=lab.lab),
    )


def _own_data() -> list[bytes]:
    """Files that the environment puts in place of tables, and when they were last changed."""
    files = {key: Path(value) for key, value in os.environ.items() if key.startswith("LABKIT_DATA_")}
    return [
        f"{key}={file.absolute()}@{file.stat().st_mtime_ns if file.exists() else 0}".encode()
        for key, file in sorted(files.items())
    ] + [os.environ.get("LABKIT_SCALE", "").encode()]
