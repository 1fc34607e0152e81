"""Worlds that a test may damage, each in a home of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from labkit.store.worlds import World, list_worlds, open_world, worlds_dir
from labkit.world import generate
from labkit.world.block import BLOCK_SIZE
from tests.store import small

SEED = 11
EVERY_DOMAIN = generate.DOMAINS


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LABKIT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def small_worlds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Worlds hold two domains only."""
    monkeypatch.setattr(generate, "DOMAINS", small.DOMAINS)


@pytest.fixture
def every_table(small_worlds: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Worlds hold every table there is after all."""
    monkeypatch.setattr(generate, "DOMAINS", EVERY_DOMAIN)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A world of three blocks made by one process, with every table there is; not to be changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LABKIT_HOME", str(tmp_path_factory.mktemp("whole")))
        patch.setattr(generate, "DOMAINS", EVERY_DOMAIN)
        return open_world(3 * BLOCK_SIZE, SEED)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one small world of two blocks, to be copied."""
    home = tmp_path_factory.mktemp("finished")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LABKIT_HOME", str(home))
        patch.setattr(generate, "DOMAINS", small.DOMAINS)
        open_world(2 * BLOCK_SIZE, SEED)
    return home


@pytest.fixture
def world(home: Path, finished: Path, small_worlds: None) -> World:
    """A small world of two blocks that a test may damage."""
    shutil.copytree(finished, home)
    return open_world(2 * BLOCK_SIZE, SEED)


@pytest.fixture
def left_over(home: Path) -> Callable[[], set[str]]:
    """Returns what stands in the folder of worlds besides finished worlds and locks."""

    def names() -> set[str]:
        standing = {path.name for path in worlds_dir().iterdir() if path.suffix != ".lock"}
        return standing - {world.folder.name for world in list_worlds()}

    return names
