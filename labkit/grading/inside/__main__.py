"""``python -m labkit.grading.inside '<terms as JSON>'``: the worker of one jail; frames on standard input and output."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from typing import Any

from labkit.grading.inside.confine import confine

PATIENCE_SECONDS = 2.0


def main(terms: Mapping[str, Any]) -> None:
    """Confine this process, import what labs use, then run one job after another."""
    incoming, outgoing = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    confine(terms)
    from labkit.grading.inside.libraries import import_libraries
    from labkit.grading.inside.wire import Closed, Pipes

    import_libraries()
    os.dup2(nowhere, 2)  # until here, errors of our own were told there
    pipes = Pipes(incoming, outgoing)
    pipes.send(kind="started")
    with contextlib.suppress(Closed, OSError):
        while True:
            _run_apart(pipes, pipes.receive(), terms)


def _run_apart(pipes: Any, job: Mapping[str, Any], terms: Mapping[str, Any]) -> None:
    from labkit.grading.inside.job import run_job

    if not hasattr(os, "fork"):
        run_job(pipes, job)
        os._exit(0)
    child = os.fork()
    if child == 0:
        try:
            run_job(pipes, job)
        finally:
            os._exit(0)
    status = os.waitpid(child, 0)[1]
    _end_what_is_left(terms)
    pipes.send(kind="ended", status=status)


def _end_what_is_left(terms: Mapping[str, Any]) -> None:
    """End every other process of this jail, where nothing else can be hit: in our own pid namespace, or as our own user."""
    alone = terms["own_user"] and os.getuid() == terms["uid"]
    if terms["host_pids"] is not None:
        alone = os.readlink("/proc/self/ns/pid") != terms["host_pids"]
    deadline = time.monotonic() + PATIENCE_SECONDS
    with contextlib.suppress(ProcessLookupError):
        while alone and time.monotonic() < deadline:
            os.kill(-1, signal.SIGKILL)  # says when there is nobody left
            with contextlib.suppress(ChildProcessError):
                os.waitpid(-1, os.WNOHANG)  # orphans may have become ours
            time.sleep(0.002)


main(json.loads(sys.argv[1]))
