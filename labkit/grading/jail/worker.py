"""The processes of one submission: started behind the barrier, counted, and ended with all they have started."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import psutil

from labkit.errors import LabkitError
from labkit.grading.jail import bubblewrap
from labkit.grading.jail.channel import Channel, Deadline, Gone, Late
from labkit.grading.jail.confinement import Confinement
from labkit.grading.jail.job import Limits
from labkit.language import Text
from labkit.locations import PROJECT

START_SECONDS = 60.0
GRACE_SECONDS = 5.0
_numbers = itertools.count()


class Worker:
    """One running worker.

    Parameters
    ----------
    confinement : Confinement
        What holds it back.
    worlds : sequence of Path
        Folders of the worlds it may read the data of.
    limits : Limits
        What it may take.

    Raises
    ------
    LabkitError
        If it does not start, or could only be started with the rights of root.
    """

    def __init__(self, confinement: Confinement, worlds: Sequence[Path], limits: Limits) -> None:
        if confinement.refused:
            raise _refused()
        uid = confinement.own_user(next(_numbers))
        self._worlds = tuple(worlds)
        self._scratch = None if confinement.is_bubblewrap else _scratch_folder(uid, worlds)
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the worker runs
        terms = {
            "uid": uid,
            "own_user": confinement.has_own_user,
            "memory": limits.memory,
            "processes": limits.processes if confinement.counts_processes else None,
            "file_bytes": limits.file_bytes,
            "parent": os.getpid() if confinement.program is None else None,
            "host_pids": confinement.host_pids,
        }
        self._process = subprocess.Popen(
            [
                *confinement.command(worlds, limits),
                sys.executable,
                *("-m", "labkit.grading.inside", json.dumps(terms)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            start_new_session=True,
            cwd=self._scratch or "/",
            env=_environment(str(self._scratch or bubblewrap.SCRATCH), confinement.is_bubblewrap),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self.channel = Channel(self._process.stdin, self._process.stdout, limits.message_bytes)
        self._await_start()

    def data_folder(self, world: Path) -> str:
        """Where the worker finds the data of a world."""
        return f"{self._scratch or ''}{bubblewrap.WORLDS}/{self._worlds.index(world)}/data"

    def family(self) -> list[psutil.Process]:
        """Every process of the submission that can still be found."""
        try:
            head = psutil.Process(self._process.pid)
            return [head, *head.children(recursive=True)]
        except psutil.Error:
            return []

    def end(self) -> None:
        """End every process of the submission, and wait until they are gone."""
        family = self.family()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        for process in family:
            with contextlib.suppress(psutil.Error):
                process.kill()
        self.channel.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(GRACE_SECONDS)
        deadline = Deadline(GRACE_SECONDS)
        while any(map(_runs, family)) and deadline.left > 0:
            time.sleep(0.005)
        self._errors.close()
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def _await_start(self) -> None:
        try:
            if self.channel.receive(START_SECONDS).get("kind") == "started":
                return
        except (Gone, Late):
            pass
        said = _last_line(self._errors)
        self.end()
        raise _not_started(said)


def _runs(process: psutil.Process) -> bool:
    """Is it still there? One that has ended and that nobody has asked about yet does nothing any more."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _scratch_folder(uid: int | None, worlds: Sequence[Path]) -> str:
    """A folder for a worker that has no view of its own, with a copy of the data: the worlds may lie in a private folder."""
    folder = tempfile.mkdtemp(prefix="labkit-jail-")
    if uid is not None:
        os.chown(folder, uid, uid)
    for number, world in enumerate(worlds):
        shutil.copytree(world / "data", f"{folder}{bubblewrap.WORLDS}/{number}/data")
    return folder


def _environment(scratch: str, is_bubblewrap: bool) -> dict[str, str]:
    """What the worker knows of its surroundings: as little as Python and the libraries can do with."""
    packages = bubblewrap.PACKAGES if is_bubblewrap else str(PROJECT)
    single = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TZ", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {
        **dict.fromkeys(single, "1"),
        "HOME": scratch,
        "IPYTHONDIR": f"{scratch}/ipython",
        "LABKIT_HOME": scratch,
        "LANG": "C.UTF-8",
        "MPLCONFIGDIR": f"{scratch}/matplotlib",
        "PATH": os.defpath,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": packages,
        "PYTHONUTF8": "1",
        "TMPDIR": scratch,
    }


def _last_line(errors: IO[bytes]) -> str:
    errors.seek(0)
    lines = errors.read(20_000).decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else ""


def _refused() -> LabkitError:
    return LabkitError(
        Text("Submissions are not run with the rights of root.", "不会以 root 权限运行学员作业。"),
        Text(
            "bubblewrap does not work here, and no other user may read the Python that labkit runs on.",
            "本机无法使用 bubblewrap，其他用户又无权读取 labkit 所用的 Python。",
        ),
        Text(
            "Install bubblewrap (Debian and Ubuntu: apt-get install bubblewrap), or grade as an ordinary user.",
            "请安装 bubblewrap（Debian 与 Ubuntu：apt-get install bubblewrap），或改用普通用户评分。",
        ),
    )


def _not_started(said: str) -> LabkitError:
    return LabkitError(
        Text(
            "The place where submissions are run could not be started.",
            "用于运行学员作业的隔离环境未能启动。",
        ),
        Text(f"It said: {said or '–'}", f"它给出的信息：{said or '–'}"),
        Text(
            "Run `labkit doctor`, or try again with more free memory.",
            "请运行 `labkit doctor`，或腾出内存后重试。",
        ),
    )
