"""Several processes may ask for a world at once, and any of them may end suddenly."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pyarrow.parquet as pq
import pytest
from filelock import FileLock

from labkit.errors import LabkitError
from labkit.locations import PROJECT
from labkit.store import making, processes, worlds
from labkit.store.making import Written
from labkit.store.processes import Processes
from labkit.store.worlds import World, list_worlds, open_world, verify, worlds_dir
from labkit.world.block import BLOCK_SIZE
from tests.store.small import SMALL

SEED = 11
pytestmark = pytest.mark.usefixtures("small_worlds")


def contents(world: World) -> dict[str, str]:
    return {file.path: file.content for file in world.manifest.files}


BLOCKS = 3
MAKE = f"""
{SMALL}
import sys
from labkit.store.worlds import open_world, verify
stop_after = int(sys.argv[1])
def progress(done, total):
    print("part", done, flush=True)
    if done > stop_after:
        sys.stdin.read()
print("asks", flush=True)
world = open_world({BLOCKS * BLOCK_SIZE}, {SEED}, progress=progress)
print("sound" if not verify(world) else "damaged", flush=True)
"""
NEVER = 99
MAKE_BY_TWO = f"""
import multiprocessing, sys
from labkit.store.processes import Processes
from labkit.store.worlds import open_world
def progress(done, total):
    print(*(worker.pid for worker in multiprocessing.active_children()), flush=True)
    sys.stdin.read()
if __name__ == "__main__":
    open_world({10 * BLOCK_SIZE}, {SEED}, engine=Processes(3), progress=progress)
"""


def started(stop_after: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", MAKE, str(stop_after)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, cwd=PROJECT)


@pytest.mark.parametrize("parts", [0, 1, 3])
def test_a_killed_make_leaves_nothing_half_and_the_next_call_finishes(
    parts: int, home: Path, left_over: Callable[[], set[str]]
) -> None:
    victim = started(stop_after=parts)
    assert victim.stdout is not None
    assert victim.stdout.readline() == "asks\n"
    for _ in range(parts + 1):
        assert victim.stdout.readline().startswith("part")
    victim.kill()
    victim.communicate()
    assert list_worlds() == []
    assert any(worlds_dir().rglob("*.parquet"))
    world = open_world(BLOCKS * BLOCK_SIZE, SEED)
    assert verify(world) == []
    assert left_over() == set()


def seconds_of_a_make() -> float:
    """From the moment a process asks for the world until it is there; removes it again."""
    process = started(stop_after=NEVER)
    assert process.stdout is not None
    process.stdout.readline()
    began = time.monotonic()
    while process.stdout.readline() not in ("sound\n", ""):
        pass
    took = time.monotonic() - began
    process.communicate()
    shutil.rmtree(worlds_dir())
    return took


@pytest.mark.parametrize("kills", [4, pytest.param(20, marks=pytest.mark.slow)])
def test_a_make_killed_at_any_moment_is_finished_by_the_next_call(
    kills: int, home: Path, left_over: Callable[[], set[str]]
) -> None:
    moments, length = random.Random(kills), seconds_of_a_make()
    for _ in range(kills):
        victim = started(stop_after=NEVER)
        assert victim.stdout is not None
        victim.stdout.readline()
        time.sleep(moments.uniform(0, length))
        victim.kill()
        victim.communicate()
        assert [fault for world in list_worlds() for fault in verify(world)] == []
        assert verify(open_world(BLOCKS * BLOCK_SIZE, SEED)) == []
        assert left_over() == set()
        shutil.rmtree(worlds_dir())


def test_a_make_killed_between_its_two_renames_is_finished_by_the_next_call(
    world: World, left_over: Callable[[], set[str]]
) -> None:
    outdated = world.folder.rename(world.folder.with_name(f"{world.folder.name}.0123abcd.old"))
    shutil.copytree(outdated, world.folder.with_name(f"{world.folder.name}.4567cdef.making"))
    again = open_world(2 * BLOCK_SIZE, SEED)
    assert contents(again) == contents(world)
    assert left_over() == set()


def test_the_workers_of_a_killed_make_end_with_it(home: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", MAKE_BY_TWO],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
    )
    assert parent.stdout is not None
    workers = [psutil.Process(int(pid)) for pid in parent.stdout.readline().split()]
    assert len(workers) == 2
    parent.kill()
    parent.wait()
    _, alive = psutil.wait_procs(workers, timeout=60)
    for worker in alive:
        worker.kill()
    assert alive == []


def test_a_repair_killed_before_its_manifest_is_finished_by_the_next_call(world: World) -> None:
    name = "data/baskets/00001.parquet"
    table = pq.read_table(world.folder / name)
    pq.write_table(table, world.folder / name, compression="none")
    again = open_world(2 * BLOCK_SIZE, SEED)
    assert verify(again) == []
    assert contents(again) == contents(world)


def test_several_processes_that_ask_at_once_make_it_once(home: Path) -> None:
    asking = [started(stop_after=NEVER) for _ in range(4)]
    answers = [process.communicate(timeout=120)[0].splitlines() for process in asking]
    assert [process.returncode for process in asking] == [0] * 4
    assert all(answer[-1] == "sound" for answer in answers)
    assert sum(len(answer) > 2 for answer in answers) == 1


@pytest.mark.parametrize("others", [4, pytest.param(29, marks=pytest.mark.slow)])
def test_while_one_makes_it_the_others_wait_and_are_told(others: int, home: Path) -> None:
    maker = started(stop_after=0)
    assert maker.stdout is not None
    assert [maker.stdout.readline() for _ in range(2)] == ["asks\n", "part 1\n"]
    waiting = [started(stop_after=NEVER) for _ in range(others)]
    for process in waiting:
        assert process.stderr is not None
        assert process.stderr.readline() == f"{worlds.WAITING.en}\n"
    assert maker.communicate(timeout=120)[0].endswith("sound\n")
    for process in waiting:
        said, complained = process.communicate(timeout=120)
        assert said == "asks\nsound\n"
        assert complained == ""


def test_a_process_that_waits_says_so_once(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(worlds, "PATIENCE_SECONDS", 0.05)
    worlds_dir().mkdir(parents=True)
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with FileLock(worlds_dir() / f"{SEED}-{BLOCK_SIZE}.lock"):
            held.set()
            release.wait(0.5)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait()
    world = open_world("tiny", SEED)
    holder.join()
    assert world.customers == BLOCK_SIZE
    assert capsys.readouterr().err.count(worlds.WAITING.en) == 1


def test_a_process_of_the_pool_that_dies_is_explained(
    home: Path, monkeypatch: pytest.MonkeyPatch, left_over: Callable[[], set[str]]
) -> None:
    monkeypatch.setattr(processes, "write_part", die)
    with pytest.raises(LabkitError, match="--jobs 1"):
        open_world(2 * BLOCK_SIZE, SEED, engine=Processes(2))
    assert left_over() == set()


def die(*order: Any) -> Written:
    """Do the work here, and end a process of the pool."""
    if multiprocessing.parent_process() is None:
        return making.write_part(*order)
    os._exit(1)
