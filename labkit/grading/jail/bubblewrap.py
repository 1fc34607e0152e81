"""Bubblewrap's command line: a view of the machine in which only what a lab reads is there.

The whole tree of files is new: system libraries, Python and labkit, read-only; the data of the worlds; a bounded scratch
folder. labkit is there without the simulator, from which the answer keys could be made anew.
"""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from labkit.locations import PROJECT, home_dir

PACKAGES = "/labkit_packages"
"""Where labkit lies inside."""
WORLDS = "/worlds"
SCRATCH = "/scratch"
"""The submission's own folder. ``/tmp`` is there as well, for code that writes there whatever it is told."""
SMALL_BYTES = 1 << 20
SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/nix/store")
SETTINGS = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "fonts", "localtime")
"""Of ``/etc``: what the loader, commands, figures and dates need."""
OF_THE_SIMULATOR = ("__init__.py", "streams.py")
"""What reading a world needs of ``labkit/world``; the rest could make the answer keys anew."""


@dataclass(frozen=True)
class Bound:
    """Something of the machine that is to be seen inside, read-only, at ``place``; None: an empty folder stands there."""

    place: str
    source: Path | None


def command(program: str, worlds: Sequence[Path], scratch_bytes: int, as_root: bool) -> list[str]:
    """Return the command that starts what follows it inside.

    Parameters
    ----------
    program : str
        Path of ``bwrap``.
    worlds : sequence of Path
        Folders of worlds; the first is seen as ``/worlds/0/data``.
    scratch_bytes : int
        Size of the folder that may be written to.
    as_root : bool
        Start as root, so that the worker can become a user of its own; otherwise in a user namespace.
    """
    bound = [*_installation(), *_worlds(worlds)]
    empty = [each.place for each in bound if each.source is None]
    return [
        program,
        *("--unshare-ipc --unshare-pid --unshare-net --unshare-uts --unshare-cgroup-try").split(),
        *("--die-with-parent --new-session --cap-drop ALL").split(),
        *(_as_root() if as_root else _in_user_namespace()),
        *("--hostname labkit --proc /proc --dev /dev").split(),
        *_empty(program, "/dev/shm", SMALL_BYTES, "1777"),
        *_empty(program, "/tmp", scratch_bytes, "1777"),  # first, since Python itself may lie within
        *_mounts(program, bound),
        *_empty(program, SCRATCH, scratch_bytes, "1777"),
        *_font_list(),
        *(word for place in [*empty, "/dev", "/"] for word in ("--remount-ro", place)),
        *("--chdir", SCRATCH, "--"),
    ]


@functools.cache
def can_bound_folders(program: str) -> bool:
    """Does this bubblewrap (0.7 and later) bound the size of a folder in memory?"""
    run = subprocess.run([program, "--help"], capture_output=True, text=True, check=False, timeout=20)
    return "--size BYTES" in run.stdout + run.stderr


def _empty(program: str, place: str, size: int, permissions: str) -> list[str]:
    """A new folder in memory."""
    bounded = ["--size", str(size)] if can_bound_folders(program) else []
    return [*bounded, "--perms", permissions, "--tmpfs", place]


def _as_root() -> list[str]:
    return ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]


def _in_user_namespace() -> list[str]:
    return ["--unshare-user", "--uid", "65534", "--gid", "65534"]


def _installation() -> list[Bound]:
    """The system, Python, and labkit without the simulator."""
    package = PROJECT / "labkit"
    prefixes = {sys.prefix, sys.base_prefix, str(Path(sys.executable).resolve().parent.parent)}
    seen = [*SYSTEM, *(f"/etc/{name}" for name in SETTINGS), *prefixes]
    bound = [Bound(path, Path(path)) for path in seen]
    simulator = f"{PACKAGES}/labkit/world"
    bound += [Bound(f"{PACKAGES}/labkit", package), Bound(simulator, None)]
    bound += [Bound(f"{simulator}/{name}", package / "world" / name) for name in OF_THE_SIMULATOR]
    hidden = [path for path in _not_to_be_seen(package) if _within(path, seen)]
    return [*bound, *(Bound(str(path), None) for path in hidden)]


def _not_to_be_seen(package: Path) -> list[Path]:
    """Should they lie within a folder that is seen: the course beside the package, or an installed package, and the home."""
    beside = [PROJECT / name for name in ("course", "solutions", "notebooks", "tests", "labkit")]
    return [path for path in (*beside, home_dir().resolve()) if path.is_dir()]


def _within(path: Path, seen: Iterable[str]) -> bool:
    return any(path.is_relative_to(place) for place in seen)


def _worlds(worlds: Sequence[Path]) -> list[Bound]:
    return [
        Bound(f"{WORLDS}/{number}/data", (world / "data").resolve()) for number, world in enumerate(worlds)
    ]


def _mounts(program: str, bound: Sequence[Bound]) -> list[str]:
    """Outer folders before those within them; every folder on the way can be entered by anybody."""
    words: list[str] = []
    made: set[str] = set()
    for each in sorted(set(bound), key=lambda each: (each.place.count("/"), each.place)):
        if each.source is not None and not os.path.lexists(each.source):
            continue
        for parent in reversed(PurePosixPath(each.place).parents[:-1]):
            if str(parent) not in made and not _within(Path(parent), [b.place for b in bound]):
                words += ["--perms", "0755", "--dir", str(parent)]
            made.add(str(parent))
        if each.source is None:
            words += _empty(program, each.place, SMALL_BYTES, "0755")
        elif each.source.is_symlink() and each.place.count("/") == 1:
            words += ["--symlink", os.readlink(each.source), each.place]
        else:
            words += ["--ro-bind", str(each.source), each.place]
    return words


def _font_list() -> list[str]:
    """The list of fonts that matplotlib would otherwise make anew for every submission, which takes seconds."""
    import matplotlib as mpl

    lists = sorted(Path(mpl.get_cachedir()).glob("fontlist-*.json"))
    folder = f"{SCRATCH}/matplotlib"
    words = ["--perms", "0777", "--dir", folder]
    for path in lists:
        words += ["--ro-bind", str(path), f"{folder}/{path.name}"]
    return words
