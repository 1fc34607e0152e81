"""A world is made once and found again, the same however it was made; what goes wrong is explained."""

from __future__ import annotations

import errno
import os
import platform
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from labkit import catalogue
from labkit.errors import LabkitError
from labkit.locations import PROJECT
from labkit.store import making, processes, worlds
from labkit.store.integrity import size_faults
from labkit.store.making import Estimate
from labkit.store.manifest import Manifest, StoredFile, read_manifest
from labkit.store.processes import Processes, suited_to
from labkit.store.worlds import World, list_worlds, open_world, verify, worlds_dir
from labkit.world.block import BLOCK_SIZE

SEED = 11
LANGUAGES = ("en", "zh")
pytestmark = pytest.mark.usefixtures("small_worlds")


def contents(world: World) -> dict[str, str]:
    return {file.path: file.content for file in world.manifest.files}


def parquet(world: World) -> list[str]:
    return sorted(path.relative_to(world.folder).as_posix() for path in world.folder.rglob("*.parquet"))


# ---- what a world is -----------------------------------------------------------------------------


def test_one_and_four_processes_make_the_same_world(home: Path, whole: World, every_table: None) -> None:
    by_four = open_world(whole.customers, SEED, engine=Processes(4))
    assert contents(by_four) == contents(whole)
    assert verify(by_four) == []


def test_a_small_world_is_the_first_block_of_a_larger_one(whole: World, every_table: None) -> None:
    small = contents(open_world("tiny", SEED))
    first_block = {file.path: file.content for file in whole.manifest.files if not file.block}
    assert small == first_block


def test_every_table_of_the_catalogue_is_there_and_sound(whole: World) -> None:
    assert {file.table for file in whole.manifest.files} == set(catalogue.all_tables())
    assert verify(whole) == []


def test_the_manifest_says_what_made_the_world(world: World) -> None:
    manifest = read_manifest(world.folder)
    assert manifest == world.manifest
    assert (manifest.seed, manifest.customers, manifest.block_size) == (SEED, 2 * BLOCK_SIZE, BLOCK_SIZE)
    assert manifest.packages == {
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in ("numpy", "pandas", "pyarrow")},
    }


# ---- what it costs ---------------------------------------------------------------------------------


def test_time_and_size_are_announced_once_and_measured(home: Path) -> None:
    told: list[Estimate] = []
    heard: list[int] = []
    began = time.perf_counter()
    world = open_world(
        8 * BLOCK_SIZE,
        SEED,
        progress=lambda done, total: heard.append(len(told)),
        announce=told.append,
    )
    took = time.perf_counter() - began
    assert heard == [0] * 4 + [1] * 5
    assert told[0].size == pytest.approx(world.size, rel=0.1)
    assert took / 4 < told[0].seconds < 4 * took


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_world_that_does_not_fit_is_refused_after_its_first_blocks(
    language: str, home: Path, monkeypatch: pytest.MonkeyPatch, left_over: Callable[[], set[str]]
) -> None:
    monkeypatch.setattr("labkit.language._current", language)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(10**9, 10**9, 10**6))
    done = []
    with pytest.raises(LabkitError, match="1,000,000") as error:
        open_world(1_000_000, SEED, progress=lambda part, parts: done.append(part))
    assert str(worlds_dir()) in str(error.value)
    assert "LABKIT_HOME" in str(error.value)
    assert len(done) == 4
    assert left_over() == set()


def test_the_manifest_of_a_large_world_is_read_and_checked_at_once(home: Path, tmp_path: Path) -> None:
    paths = [f"data/table_{table}/{block:05d}.parquet" for table in range(60) for block in range(500)]
    for folder in {Path(path).parent for path in paths}:
        (tmp_path / folder).mkdir(parents=True)
    files = tuple(StoredFile(path, path.split("/")[1], int(path[-13:-8]), 1, 0, "0" * 64) for path in paths)
    for path in paths:
        (tmp_path / path).touch()
    Manifest("0", "0", SEED, 1_000_000, BLOCK_SIZE, files).write(tmp_path)
    began = time.process_time()
    manifest = read_manifest(tmp_path)
    assert manifest is not None
    assert size_faults(tmp_path, manifest) == []
    assert time.process_time() - began < 2


@pytest.mark.slow
def test_memory_does_not_grow_with_the_world(home: Path) -> None:
    program = (
        "import resource, sys; from labkit.store.worlds import open_world; open_world(int(sys.argv[1]), 11);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    peaks = [
        int(subprocess.check_output([sys.executable, "-c", program, str(n * BLOCK_SIZE)], cwd=PROJECT))
        for n in (3, 20)
    ]
    assert peaks[1] < 1.1 * peaks[0]


def test_processes_are_as_many_as_size_and_cores_deserve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_cores", lambda: 4)
    wanted = {2_000: 1, 20_000: 2, 40_000: 4, 1_000_000: 4}
    assert {customers: suited_to(customers).workers for customers in wanted} == wanted


def test_what_is_on_disk_is_what_the_manifest_says(world: World) -> None:
    assert parquet(world) == [file.path for file in world.manifest.files]
    for file in world.manifest.files:
        assert pq.read_metadata(world.folder / file.path).num_rows == file.rows
        assert (world.folder / file.path).stat().st_size == file.size
    assert verify(world) == []
    assert world.size == sum(path.stat().st_size for path in world.folder.rglob("*.parquet"))


def test_answer_keys_lie_apart_from_the_data(world: World) -> None:
    for file in world.manifest.files:
        assert file.path.startswith("truth/" if catalogue.table(file.table).truth else "data/")


def test_a_world_is_made_once_and_then_found(home: Path, left_over: Callable[[], set[str]]) -> None:
    parts: list[tuple[int, int]] = []
    first = open_world("tiny", SEED, progress=lambda done, total: parts.append((done, total)))
    assert parts == [(1, 2), (2, 2)]
    again = open_world(str(BLOCK_SIZE), SEED, progress=lambda done, total: parts.append((done, total)))
    assert len(parts) == 2
    assert again == first
    assert left_over() == set()


def test_a_world_is_never_seen_half_made(home: Path) -> None:
    folder, half, finished = worlds_dir() / f"{SEED}-{BLOCK_SIZE}", [], threading.Event()

    def watch() -> None:
        while not finished.is_set():
            if folder.exists() and read_manifest(folder) is None:
                half.append(sorted(folder.iterdir()))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        open_world("tiny", SEED)
    finally:
        finished.set()
        watcher.join()
    assert half == []


def test_leftovers_make_room_before_a_world_is_made(home: Path) -> None:
    leftover = worlds_dir() / f"{SEED}-{BLOCK_SIZE}.0123abcd.making"
    leftover.mkdir(parents=True)
    seen = []
    open_world("tiny", SEED, progress=lambda done, total: seen.append(leftover.exists()))
    assert seen == [False, False]


def test_worlds_are_listed_in_order(world: World) -> None:
    open_world("tiny", 3)
    (worlds_dir() / "9-2000").mkdir()
    assert [(w.seed, w.customers) for w in list_worlds()] == [(3, 2_000), (SEED, 4_000)]


def test_no_world_is_listed_in_an_empty_home(home: Path) -> None:
    assert list_worlds() == []


# ---- what a person may ask for -------------------------------------------------------------------

BAD_SCALES = ("huge", "", 0, -2_000, 1_999, 2_001, 2_000.0, True, None, "2e3", float("nan"))
BAD_SEEDS = (-1, 2**31, 1.0, "7", None, True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scale", BAD_SCALES, ids=repr)
def test_an_unknown_scale_is_explained(
    scale: object, language: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labkit.language._current", language)
    with pytest.raises(LabkitError, match="2,000") as error:
        open_world(scale)  # type: ignore[arg-type]
    assert repr(scale) in str(error.value)
    assert not home.exists()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", BAD_SEEDS, ids=repr)
def test_a_seed_out_of_range_is_explained(
    seed: object, language: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labkit.language._current", language)
    with pytest.raises(LabkitError, match=str(2**31 - 1)):
        open_world("tiny", seed)  # type: ignore[arg-type]
    assert not home.exists()


@pytest.mark.parametrize("seed", [0, 2**31 - 1])
def test_the_smallest_and_the_largest_seed_make_a_world(seed: int, home: Path) -> None:
    assert open_world("tiny", seed).seed == seed


# ---- what the system may refuse ------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("number", "what"),
    [
        (errno.ENOSPC, {"en": "no room left", "zh": "空间不足"}),
        (errno.EROFS, {"en": "cannot keep worlds", "zh": "无法把虚拟世界存到"}),
    ],
    ids=["full", "read-only"],
)
def test_a_disk_that_fails_midway_is_explained_and_left_clean(
    number: int,
    what: dict[str, str],
    language: str,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    left_over: Callable[[], set[str]],
) -> None:
    monkeypatch.setattr("labkit.language._current", language)
    written: list[Path] = []

    def write_one_then_fail(arrow: object, path: Path) -> None:
        if written:
            raise OSError(number, os.strerror(number))
        path.parent.mkdir(parents=True)
        path.write_bytes(b"half")
        written.append(path)

    monkeypatch.setattr(making, "write_parquet", write_one_then_fail)
    with pytest.raises(LabkitError, match=what[language]) as error:
        open_world("tiny", SEED)
    assert "LABKIT_HOME" in str(error.value)
    assert left_over() == set()


@pytest.fixture
def small_disk(home: Path) -> Iterator[Callable[[int], None]]:
    """A home on a disk of its own; call it with another size in kB."""
    home.mkdir()

    def resize(kilobytes: int, how: str = "remount,") -> None:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"{how}size={kilobytes}k", "tmpfs", str(home)],
            check=True,
            capture_output=True,
        )

    try:
        resize(64, how="")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only root can make a small disk, and not everywhere")
    yield resize
    subprocess.run(["umount", str(home)], check=True)


@pytest.mark.parametrize("kilobytes", [64, 400])
def test_a_disk_that_is_full_is_explained_and_the_next_call_with_room_succeeds(
    kilobytes: int, small_disk: Callable[[int], None], left_over: Callable[[], set[str]]
) -> None:
    small_disk(kilobytes)
    with pytest.raises(LabkitError, match="no room left"):
        open_world("tiny", SEED)
    assert left_over() == set()
    small_disk(100_000)
    assert verify(open_world("tiny", SEED)) == []


def test_a_disk_too_small_for_a_large_world_is_seen_before_it_is_full(
    small_disk: Callable[[int], None], left_over: Callable[[], set[str]]
) -> None:
    small_disk(5_000)
    with pytest.raises(LabkitError, match="does not fit"):
        open_world(40 * BLOCK_SIZE, SEED)
    assert left_over() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_home_that_cannot_be_a_folder_is_explained(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labkit.language._current", language)
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LABKIT_HOME", str(tmp_path / "file"))
    with pytest.raises(LabkitError, match="LABKIT_HOME"):
        open_world("tiny", SEED)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_home_closed_to_the_user_is_explained(home: Path) -> None:
    home.mkdir()
    home.chmod(0o500)
    with pytest.raises(LabkitError, match="LABKIT_HOME"):
        open_world("tiny", SEED)


def test_a_finished_world_can_be_opened_where_nothing_can_be_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("no lock is needed for a world that is there")

    monkeypatch.setattr(worlds, "_locked", refuse)
    assert open_world(2 * BLOCK_SIZE, SEED) == world


def test_an_interrupted_make_leaves_nothing(home: Path, left_over: Callable[[], set[str]]) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_world("tiny", SEED, progress=interrupt)
    assert left_over() == set()
