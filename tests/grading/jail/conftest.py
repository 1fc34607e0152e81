"""One jail per file of tests; a worker that a test has cost is replaced by the jail itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from labkit.grading.jail import Jail
from labkit.grading.jail.confinement import confinement
from tests.grading.jail.running import LIMITS, world


@pytest.fixture(scope="module")
def jail() -> Iterator[Jail]:
    with Jail([world()], LIMITS) as jail:
        yield jail


@pytest.fixture
def apart() -> None:
    """Skip where this machine can put up no barrier; the fallback's promises have tests of their own."""
    if confinement().program is None:
        pytest.skip("neither bwrap nor unshare works on this machine")


@pytest.fixture
def own_view() -> None:
    """Skip where submissions see the machine's files."""
    if not confinement().is_bubblewrap:
        pytest.skip("bwrap does not work on this machine")
