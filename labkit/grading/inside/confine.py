"""What the worker lays upon itself before it imports anything of weight: a user of its own, limits, a tie to its parent."""

from __future__ import annotations

import ctypes
import os
import random
import signal
import sys
from collections.abc import Mapping
from typing import Any

CORES = 2
FILES_OPEN = 256
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38


def confine(terms: Mapping[str, Any]) -> None:
    """Give up rights for good.

    Parameters
    ----------
    terms : mapping
        ``uid`` (or None to stay who we are), ``memory``, ``processes``, ``file_bytes``, ``parent``.
    """
    if terms["uid"] is not None:
        become(terms["uid"])
    if sys.platform == "linux":
        _tie_down(terms["parent"])
        _keep_to_some_cores()
    _set_limits(terms)


def become(uid: int) -> None:
    """Become another user, for good."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def _tie_down(parent: int | None) -> None:
    """End with the parent, and gain no right by starting a program; after :func:`become`, which would undo the first."""
    library = ctypes.CDLL(None)
    library.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if parent is not None and os.getppid() != parent:
        os._exit(1)  # it was gone before we asked


def _keep_to_some_cores() -> None:
    """Libraries start a thread per core they see; on a large machine that alone would be too many."""
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, random.sample(cores, min(CORES, len(cores))))


def _set_limits(terms: Mapping[str, Any]) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    wanted = {
        resource.RLIMIT_AS: terms["memory"],
        resource.RLIMIT_FSIZE: terms["file_bytes"],
        resource.RLIMIT_NOFILE: FILES_OPEN,
        resource.RLIMIT_CORE: 0,
    }
    if terms["processes"] is not None:
        wanted[resource.RLIMIT_NPROC] = terms["processes"]
    for what, most in wanted.items():
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # macOS does not limit address space
            continue
