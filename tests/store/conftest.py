"""Worlds that a test may damage, each in a home of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from labkit.store.worlds import World, list_worlds, open_world, worlds_dir
from labkit.world.block import BLOCK_SIZE

SEED = 11


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LABKIT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one world of two blocks, to be copied."""
    home = tmp_path_factory.mktemp("finished")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LABKIT_HOME", str(home))
        open_world(2 * BLOCK_SIZE, SEED)
    return home


@pytest.fixture
def world(home: Path, finished: Path) -> World:
    """A world of two blocks that a test may damage."""
    shutil.copytree(finished, home)
    return open_world(2 * BLOCK_SIZE, SEED)


@pytest.fixture
def left_over(home: Path) -> Callable[[], set[str]]:
    """Returns what stands in the folder of worlds besides finished worlds and locks."""

    def names() -> set[str]:
        standing = {path.name for path in worlds_dir().iterdir() if path.suffix != ".lock"}
        return standing - {world.folder.name for world in list_worlds()}

    return names
