"""Every test run has worlds and progress of its own, made once and shared by its processes."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says nothing, many tests share the computer; and a run repeats what the last one did.
settings.register_profile(
    "course", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("course")

OWN_HOME = "LABKIT_TEST_HOME"


def pytest_configure(config: pytest.Config) -> None:
    """Set the home before anything imports labkit; worker processes inherit it."""
    if (
        signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    ):  # a job in the background ignores Ctrl-C; some tests press it
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if OWN_HOME not in os.environ:
        home = tempfile.mkdtemp(prefix="labkit-tests-")
        os.environ[OWN_HOME] = home
        config.stash[_HOME] = home
    os.environ["LABKIT_HOME"] = os.environ[OWN_HOME]
    os.environ["LABKIT_PROGRESS"] = str(Path(os.environ[OWN_HOME]) / f"progress-{os.getpid()}.jsonl")
    os.environ.pop("LABKIT_CLASS_SEED", None)  # whoever tests from a terminal of their class tests the course
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(variable, "1")


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that made the home removes it."""
    if home := config.stash.get(_HOME, None):
        shutil.rmtree(home, ignore_errors=True)
        os.environ.pop(OWN_HOME, None)


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Stored notebooks hold the text of an output, so nbval compares the text and not its HTML."""
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += ("text/html",)


_HOME = pytest.StashKey[str]()
