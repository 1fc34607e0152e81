"""Wheels for every target: what the lock asks for there, checked against its hashes, downloaded once.

A folder of wheels that is already there is kept as far as it is right, so that a download that broke off goes on
where it stopped.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from packaging.tags import Tag
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from labkit.errors import LabkitError
from labkit.language import Text
from labkit.packing.lock import Pin
from labkit.packing.targets import Target

BATCH = 15
"""Packages for one run of pip: what was fetched is safe after each."""
CHUNK = 1 << 20
UNREACHABLE = (
    "Retrying (",
    "ConnectionError",
    "Max retries exceeded",
    "Temporary failure in name resolution",
    "timed out",
)
NO_ROOM = ("No space left on device", "There is not enough space", "[Errno 28]", "Disk quota exceeded")
NO_WHEEL = ("No matching distribution found", "is not a supported wheel")

NO_DOWNLOAD = Text("The wheels cannot be downloaded.", "软件包下载失败。")
NO_NETWORK = Text("The package index does not answer.", "连不上软件包索引。")
GO_ON = Text(
    "Check the network and run the same command again; what is there already is kept.",
    "请检查网络后重新运行同一命令；已下载的会保留。",
)
FULL = Text("There is no room left in {folder}.", "{folder} 所在磁盘空间不足。")
MAKE_ROOM = Text(
    "Free some room, or name another folder: --out. What is there already is kept.",
    "请腾出空间，或换一个文件夹：--out。已下载的会保留。",
)
PIP_SAYS = Text("pip says: {words}", "pip 提示：{words}")
LOCK_AGAIN = Text("If the lock is old, write it anew: make lock", "如果锁文件已过时，请重新生成：make lock")

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Wheel:
    """A file in the folder of wheels.

    Parameters
    ----------
    path : Path
        Of the file.
    name, version : str
        As its name says; the name in its normal form.
    tags : frozenset of Tag
        Where it runs.
    sha256 : str
        Of its bytes, in hex.
    """

    path: Path
    name: str
    version: str
    tags: frozenset[Tag]
    sha256: str


@dataclass
class Fetched:
    """What the targets need, and what there is not.

    Parameters
    ----------
    wheels : dict of str to set of str
        Name of a target → names of its files.
    missing : dict of str to list of str
        Name of a target → packages that have no wheel for it, e.g. ``"numpy==2.4.1"``.
    """

    wheels: dict[str, set[str]] = field(default_factory=dict)
    missing: dict[str, list[str]] = field(default_factory=dict)


def fetch(
    folder: Path,
    pins: Sequence[Pin],
    targets: Sequence[Target],
    progress: Progress = lambda done, total: None,
) -> Fetched:
    """Bring a folder to hold every wheel that the targets need, and none that is wrong.

    Parameters
    ----------
    folder : Path
        Made if it is missing. Files in it that no hash of the lock knows are removed.
    pins : sequence of Pin
        The lock.
    targets : sequence of Target
        Where to install.
    progress : callable
        ``progress(done, total)``, counting packages of targets.

    Raises
    ------
    LabkitError
        No network, no room, or a failure of pip that it does not explain. Packages without a wheel are no error here.
    """
    folder.mkdir(parents=True, exist_ok=True)
    there = right_wheels(folder, pins)
    wanted = [(target, [pin for pin in pins if target.wants(pin.marker)]) for target in targets]
    done, total = 0, sum(len(needed) for _, needed in wanted)
    fetched = Fetched()
    for target, needed in wanted:
        absent = [pin for pin in needed if best(there, pin, target) is None]
        done += len(needed) - len(absent)
        progress(done, total)
        for batch in batches(absent):
            there += download(folder, batch, target)
            done += len(batch)
            progress(done, total)
            if target.machine.is_optional and any(best(there, pin, target) is None for pin in batch):
                needed = batch  # it will be left out: what else it needs is not worth the time
                break
        chosen = {pin: best(there, pin, target) for pin in needed}
        fetched.wheels[target.name] = {wheel.path.name for wheel in chosen.values() if wheel}
        fetched.missing[target.name] = [
            f"{pin.name}=={pin.version}" for pin, wheel in chosen.items() if not wheel
        ]
    return fetched


def batches(pins: Sequence[Pin]) -> list[list[Pin]]:
    """Split packages for single runs of pip, which takes no two versions of one package at once."""
    found: list[list[Pin]] = []
    for pin in pins:
        open_to_it = (b for b in found if len(b) < BATCH and pin.name not in {other.name for other in b})
        batch = next(open_to_it, None)
        if batch is None:
            found.append([pin])
        else:
            batch.append(pin)
    return found


def best(wheels: Sequence[Wheel], pin: Pin, target: Target) -> Wheel | None:
    """Return the wheel of a package that fits a target best; None if none does."""
    fitting = [
        (rank, wheel.path.name, wheel)
        for wheel in wheels
        if wheel.name == pin.name and wheel.sha256 in pin.hashes
        if (rank := target.rank(wheel.tags)) is not None
    ]
    return min(fitting, key=lambda found: found[:2])[2] if fitting else None


def right_wheels(folder: Path, pins: Sequence[Pin]) -> list[Wheel]:
    """Return the wheels of a folder whose hash the lock knows; remove all others."""
    hashes: dict[str, set[str]] = {}
    for pin in pins:
        hashes.setdefault(pin.name, set()).update(pin.hashes)
    right = []
    for path in sorted(folder.iterdir()):
        wheel = read_wheel(path) if path.is_file() else None
        if wheel and wheel.sha256 in hashes.get(wheel.name, ()):
            right.append(wheel)
        elif path.is_file():
            path.unlink()
    return right


def read_wheel(path: Path) -> Wheel | None:
    """Return what a file's name and bytes say; None if it is no wheel."""
    try:
        name, version, _, tags = parse_wheel_filename(path.name)
    except InvalidWheelFilename:
        return None
    return Wheel(path, canonicalize_name(name), str(version), tags, file_hash(path))


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def download(folder: Path, pins: Sequence[Pin], target: Target) -> list[Wheel]:
    """Download wheels for a target: all at once, and one by one where some have none; return what came.

    Raises
    ------
    LabkitError
        See :func:`fetch`.
    """
    came, complaint = run_pip(folder, pins, target)
    if complaint and len(pins) > 1 and any(words in complaint for words in NO_WHEEL):
        return [wheel for pin in pins for wheel in download(folder, [pin], target)]
    if complaint and not any(words in complaint for words in NO_WHEEL):
        raise pip_failed(folder, complaint)
    return came


def run_pip(folder: Path, pins: Sequence[Pin], target: Target) -> tuple[list[Wheel], str]:
    """Let pip download into a draft folder, and move what the lock knows; return it, and pip's complaint if there is one.

    Without a network pip also says that there is no distribution; then its complaint is that of the network.
    """
    with tempfile.TemporaryDirectory(prefix=".draft-", dir=folder.parent) as draft:
        requirements = Path(draft) / "requirements.txt"
        requirements.write_text("".join(f"{pin.requirement}\n" for pin in pins), encoding="utf-8")
        files = Path(draft) / "files"
        command = [*pip_download(target), "--dest", str(files), "--requirement", str(requirements)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace")
        said = done.stderr + done.stdout
        if done.returncode:
            return [], next((words for words in (*UNREACHABLE, *NO_ROOM) if words in said), "") or said or "?"
        came = right_wheels(files, pins)
        return [moved(wheel, folder) for wheel in came], ""


def pip_download(target: Target) -> Iterator[str]:
    """Return the command that downloads for a target, wherever it runs."""
    yield from (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "download")
    yield from ("--retries", "2")  # at least one: pip speaks of a dead network only where it tries again
    yield from ("--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes")
    yield "--ignore-requires-python"  # pip takes 3.11 for 3.11.0; the lock's markers have decided for each release
    yield from ("--implementation", "cp", "--python-version", target.python)
    for abi in (target.abi, "abi3", "none"):
        yield from ("--abi", abi)
    for platform in target.machine.platforms:
        yield from ("--platform", platform)


def moved(wheel: Wheel, folder: Path) -> Wheel:
    """Move a wheel into the folder, whole or not at all."""
    path = folder / wheel.path.name
    os.replace(wheel.path, path)
    return Wheel(path, wheel.name, wheel.version, wheel.tags, wheel.sha256)


def pip_failed(folder: Path, complaint: str) -> LabkitError:
    """Say in three sentences why pip could not download."""
    if complaint in UNREACHABLE:
        return LabkitError(NO_DOWNLOAD, NO_NETWORK, GO_ON)
    if complaint in NO_ROOM:
        return LabkitError(NO_DOWNLOAD, FULL.fill(folder=folder), MAKE_ROOM)
    lines = [line for line in complaint.splitlines() if line.startswith("ERROR")] or complaint.splitlines()
    return LabkitError(NO_DOWNLOAD, PIP_SAYS.fill(words=lines[-1][:200]), LOCK_AGAIN)
