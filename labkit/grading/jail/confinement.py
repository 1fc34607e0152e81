"""Which barrier this machine can put up: bubblewrap, util-linux' ``unshare``, or none. Tried out once per process."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labkit.grading.jail import bubblewrap
from labkit.grading.jail.job import Limits

FIRST_OWN_USER = 1_000_000_000
NOBODY = 65_534
TRIAL_SECONDS = 20.0
TRIAL = """
import json, os, resource, signal, sys
uid = int(sys.argv[1])
if uid:
    os.setgroups([]); os.setresgid(uid, uid, uid); os.setresuid(uid, uid, uid)
import fractions  # fails if this user may not read Python's own files
resource.setrlimit(resource.RLIMIT_NPROC, (4, 4))
started = []
try:
    while len(started) < 8:
        started.append(os.fork())
        if not started[-1]:
            signal.pause()
except OSError:
    pass
for child in started:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
interfaces = [line.split(":")[0].strip() for line in open("/proc/net/dev").readlines()[2:]]
print(json.dumps({
    "pid": os.getpid(), "uid": os.getuid(), "interfaces": interfaces,
    "counted": 0 < len(started) < 8,
    "processes": sum(name.isdigit() for name in os.listdir("/proc")),
    "seen": [path for path in json.loads(sys.argv[2]) if os.path.exists(path)],
}))
"""


@dataclass(frozen=True)
class Confinement:
    """A barrier that has been tried out.

    Parameters
    ----------
    program : str or None
        Path of ``bwrap`` or ``unshare``; None where neither works.
    first_user : int or None
        Root hands each worker a user of its own from this number on (or always the same, ``nobody``); None: the
        worker stays the user that the grader is.
    found : dict
        What a trial run saw from inside.
    refused : bool
        Submissions would have all rights of root; none is run.
    """

    program: str | None
    first_user: int | None
    found: dict[str, Any]
    refused: bool = False

    @property
    def is_bubblewrap(self) -> bool:
        """Does the worker have a view of the files of its own?"""
        return self.program is not None and Path(self.program).name == "bwrap"

    @property
    def has_own_user(self) -> bool:
        """Does nobody else run under the worker's user?"""
        return self.first_user is not None and self.first_user >= FIRST_OWN_USER

    @property
    def bounds_files(self) -> bool:
        """Can a submission write only so much, all its files together?"""
        return self.is_bubblewrap and bubblewrap.can_bound_folders(str(self.program))

    @property
    def counts_processes(self) -> bool:
        """Does a limit on processes hold, and count those of this submission alone?"""
        return bool(self.found.get("counted"))

    @property
    def host_pids(self) -> str | None:
        """The grader's pid namespace, by which a worker tells that it has one of its own; None if it has not."""
        return os.readlink("/proc/self/ns/pid") if self.program is not None else None

    def own_user(self, number: int) -> int | None:
        """The user of the worker with this number."""
        if self.first_user is None or not self.has_own_user:
            return self.first_user
        return self.first_user + os.getpid() * 64 + number % 64

    def command(self, worlds: Sequence[Path], limits: Limits) -> list[str]:
        """The words before the worker's own command."""
        if self.program is None:
            return []
        if self.is_bubblewrap:
            as_root = self.first_user is not None
            return bubblewrap.command(self.program, worlds, limits.scratch_bytes, as_root)
        return _unshare(self.program, self.first_user is not None)


@functools.cache
def confinement() -> Confinement:
    """Return the strongest barrier that works here."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    users = (FIRST_OWN_USER, NOBODY) if root else (None,)
    for name in ("bwrap", "unshare"):
        program = shutil.which(name) if sys.platform == "linux" else None
        for user in users if program else ():
            tried = Confinement(program, user, {})
            if (found := _tried_out(tried)) is not None:
                return Confinement(program, user, found)
    for user in users:
        if (found := _tried_out(Confinement(None, user, {}))) is not None:
            return Confinement(None, user, found)
    return Confinement(None, None, {}, refused=root)


def _tried_out(tried: Confinement) -> dict[str, Any] | None:
    """Run a few lines inside; None if that fails or the barrier is not there after all."""
    if sys.platform != "linux":
        return None
    looked_for = json.dumps([str(path) for path in _to_be_hidden()])
    user = str(tried.own_user(0) or 0)
    words = [*tried.command([], Limits()), sys.executable, "-I", "-S", "-c", TRIAL, user, looked_for]
    try:
        run = subprocess.run(
            words, capture_output=True, timeout=TRIAL_SECONDS, check=True, stdin=subprocess.DEVNULL
        )
        found = json.loads(run.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    apart = found["interfaces"] in ([], ["lo"]) and found["processes"] < 10
    return found if apart or tried.program is None else None


def _to_be_hidden() -> list[Path]:
    from labkit.locations import course_dir, edition_dir, home_dir

    folders = (course_dir(), edition_dir("solutions", "en").parent, home_dir())
    return [folder for folder in folders if folder.is_dir()]


def _unshare(program: str, as_root: bool) -> list[str]:
    user = [] if as_root else ["--user", "--map-current-user"]
    return [program, *user, *"--net --ipc --uts --pid --mount --fork --kill-child --mount-proc --".split()]
