"""``labkit pack``: project, wheels, worlds and installers in one folder; its manifest comes last."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labkit import locations
from labkit.errors import LabkitError
from labkit.language import Text
from labkit.packing.contents import copy_project, copy_site, copy_worlds
from labkit.packing.installer import MANIFEST
from labkit.packing.lock import read_lock
from labkit.packing.manifest import UNFINISHED, write_manifest
from labkit.packing.scripts import scripts
from labkit.packing.targets import Target
from labkit.packing.wheels import FULL, MAKE_ROOM, Fetched, Progress, fetch

NOT_FINISHED = (
    "This pack is not finished. Run the same command again; what is there already is kept.\r\n"
    "此安装包尚未完成。请重新运行同一命令，已有的内容会保留。\r\n"
)
CANNOT = Text("The course cannot be packed.", "无法打包课程。")
OTHER_FILES = Text("{folder} holds other files.", "{folder} 里已有其他文件。")
EMPTY_FOLDER = Text("Name an empty or a new folder: --out", "请换一个空文件夹或新文件夹：--out")
SYSTEM_SAYS = Text("The system says: {why}.", "系统提示：{why}。")
ANOTHER = Text("Mend that, or name another folder: --out", "请排除后重试，或换一个文件夹：--out")
NO_WHEELS = Text("There are no wheels for some packages.", "有些软件包没有可用的安装包。")
MISSING = Text("{target} lacks: {packages}.", "{target} 缺少：{packages}。")
LEAVE_OUT = Text(
    "Leave that system or Python out, or lock versions that have wheels.",
    "请去掉该系统或 Python 版本，或锁定有安装包的版本。",
)


@dataclass(frozen=True)
class Order:
    """What to pack.

    Parameters
    ----------
    targets : sequence of Target
        For which systems and Pythons.
    scale, seeds : str, sequence of int
        Which worlds.
    site : Path, optional
        A finished site to put in.
    """

    targets: Sequence[Target]
    scale: str
    seeds: Sequence[int]
    site: Path | None = None


def pack(
    folder: Path,
    order: Order,
    open_world: Callable[[str, int], Path],
    progress: Progress = lambda done, total: None,
) -> dict[str, Any]:
    """Make a pack; return its manifest.

    Until everything is there, the folder holds ``UNFINISHED.txt`` and no manifest. Wheels of an earlier attempt are kept.

    Parameters
    ----------
    folder : Path
        New, empty, or an earlier pack.
    order : Order
        What to pack.
    open_world : callable
        ``open_world(scale, seed)`` returns the folder of a world, and makes it if it is missing.
    progress : callable
        ``progress(done, total)``, counting wheels.

    Raises
    ------
    LabkitError
        The folder holds other files or is full, there is no network, or a package has no wheel for a target.
    """
    refuse_other_files(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / UNFINISHED).write_text(NOT_FINISHED, encoding="utf-8-sig", newline="")
        (folder / MANIFEST).unlink(missing_ok=True)
        for leftover in folder.glob(".draft-*"):
            shutil.rmtree(leftover)
        project = locations.PROJECT
        fetched = fetch(folder / "wheels", read_lock(project / "requirements.lock"), order.targets, progress)
        usable, left_out = told_apart(fetched, order.targets)
        remove_unused(folder / "wheels", usable)
        copy_project(project, folder / "project")
        copy_worlds(folder / "worlds", order.scale, order.seeds, open_world)
        if order.site:
            copy_site(order.site, folder / "site")
        else:
            shutil.rmtree(folder / "site", ignore_errors=True)
        write_scripts(folder, [target for target in order.targets if target.name in usable], usable, left_out)
        manifest = write_manifest(folder, scale=order.scale, wheels=usable, left_out=left_out)
        (folder / UNFINISHED).unlink()
        return manifest
    except OSError as error:
        raise cannot_pack(folder, error) from None


def refuse_other_files(folder: Path) -> None:
    """Refuse a folder that is no pack, finished or not, and not empty."""
    with suppress(FileNotFoundError):
        try:
            there = {path.name for path in folder.iterdir()}
        except NotADirectoryError:
            raise LabkitError(CANNOT, OTHER_FILES.fill(folder=folder), EMPTY_FOLDER) from None
        if there and not there & {MANIFEST, UNFINISHED}:
            raise LabkitError(CANNOT, OTHER_FILES.fill(folder=folder), EMPTY_FOLDER)


def told_apart(
    fetched: Fetched, targets: Sequence[Target]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return targets with all their wheels, and those left out with the packages that have none.

    Macs with an Intel processor, for which ever fewer packages have wheels, are left out; any other target that lacks
    a wheel is an error, and so is a pack for nobody.
    """
    left_out = {
        target.name: fetched.missing[target.name] for target in targets if fetched.missing[target.name]
    }
    needed = [target.name for target in targets if target.name in left_out and not target.machine.is_optional]
    if needed or len(left_out) == len(targets):
        lacks = [
            MISSING.fill(target=name, packages=", ".join(left_out[name])) for name in needed or list(left_out)
        ]
        why = Text(" ".join(text.en for text in lacks), "".join(text.zh for text in lacks))
        raise LabkitError(NO_WHEELS, why, LEAVE_OUT)
    usable = {name: sorted(wheels) for name, wheels in fetched.wheels.items() if name not in left_out}
    return usable, left_out


def remove_unused(folder: Path, usable: dict[str, list[str]]) -> None:
    """Remove wheels that no target needs any more."""
    needed = {name for names in usable.values() for name in names}
    for path in folder.iterdir():
        if path.name not in needed:
            path.unlink()


def write_scripts(
    folder: Path, targets: Sequence[Target], usable: dict[str, list[str]], left_out: dict[str, list[str]]
) -> None:
    """Write installers and README."""
    largest = max(
        sum((folder / "wheels" / name).stat().st_size for name in names) for names in usable.values()
    )
    pythons = list(dict.fromkeys(target.python for target in targets))
    machines = list(dict.fromkeys(target.machine.name for target in targets))
    for name, content in scripts(pythons, machines, largest, left_out).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        with suppress(OSError):  # a stick in FAT knows no such rights
            path.chmod(0o755 if path.suffix in (".sh", ".command") else 0o644)


def cannot_pack(folder: Path, error: OSError) -> LabkitError:
    """Say in three sentences why the folder cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return LabkitError(CANNOT, FULL.fill(folder=folder), MAKE_ROOM)
    why = error.strerror or type(error).__name__
    return LabkitError(CANNOT, SYSTEM_SAYS.fill(why=why), ANOTHER)
