"""Damage to a world is found, named and mended; a world nobody can mend is made anew."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from labkit.errors import LabkitError
from labkit.store import making, worlds
from labkit.store.worlds import World, list_worlds, open_world, repair, verify
from labkit.world.block import BLOCK_SIZE

SEED = 11
pytestmark = pytest.mark.usefixtures("small_worlds")


def contents(world: World) -> dict[str, str]:
    return {file.path: file.content for file in world.manifest.files}


def parquet(world: World) -> list[str]:
    return sorted(path.relative_to(world.folder).as_posix() for path in world.folder.rglob("*.parquet"))


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def edit(path: Path) -> None:
    """Write other values of the same table, as somebody with a Parquet tool might."""
    table = pq.read_table(path)
    pq.write_table(table.slice(1), path)


def flip(path: Path) -> None:
    """Change one byte and keep the size."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def overwrite(path: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)


DAMAGES = (truncate, edit, flip, overwrite, Path.unlink)
FILES = ("truth/people/00000.parquet", "data/items/00000.parquet")
CASES = [(damage, "data/baskets/00001.parquet") for damage in DAMAGES] + [(edit, name) for name in FILES]


@pytest.mark.parametrize(("damage", "name"), CASES, ids=lambda part: getattr(part, "__name__", part))
def test_a_damaged_file_is_found_named_and_made_anew(
    damage: Callable[[Path], None],
    name: str,
    world: World,
    capsys: pytest.CaptureFixture[str],
    left_over: Callable[[], set[str]],
) -> None:
    before = contents(world)
    damage(world.folder / name)
    faults = verify(world)
    assert [fault.file.path for fault in faults] == [name]
    assert name in str(faults[0])
    mended = repair(world, faults)
    assert name in capsys.readouterr().err
    assert verify(mended) == []
    assert contents(mended) == before
    assert left_over() == set()


def test_an_opening_finds_missing_and_cut_files_and_mends_them(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    cut, gone = "data/baskets/00000.parquet", "data/members/00001.parquet"
    truncate(world.folder / cut)
    (world.folder / gone).unlink()
    mended = open_world(2 * BLOCK_SIZE, SEED)
    told = capsys.readouterr().err
    assert cut in told
    assert gone in told
    assert verify(mended) == []


def test_only_the_damaged_files_are_written(world: World) -> None:
    damaged = "data/baskets/00001.parquet"
    written = {name: (world.folder / name).stat().st_mtime_ns for name in parquet(world)}
    truncate(world.folder / damaged)
    open_world(2 * BLOCK_SIZE, SEED)
    changed = {n for n, at in written.items() if (world.folder / n).stat().st_mtime_ns != at}
    assert changed == {damaged}


def test_reading_a_damaged_table_mends_it(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    before = world.read("baskets").num_rows
    overwrite(world.folder / "data/baskets/00001.parquet")
    assert world.read("baskets").num_rows == before
    assert "data/baskets/00001.parquet" in capsys.readouterr().err


def test_a_lost_table_folder_is_made_anew(world: World) -> None:
    shutil.rmtree(world.folder / "truth")
    assert verify(open_world(2 * BLOCK_SIZE, SEED)) == []


@pytest.mark.parametrize("manifest", ["", "{}", "[1]", '{"files": [1]}', None], ids=repr)
def test_a_world_without_a_readable_manifest_is_made_anew(
    manifest: str | None, world: World, left_over: Callable[[], set[str]]
) -> None:
    path = world.folder / "manifest.json"
    path.unlink() if manifest is None else path.write_text(manifest)
    again = open_world(2 * BLOCK_SIZE, SEED)
    assert contents(again) == contents(world)
    assert left_over() == set()


def test_a_manifest_that_promises_other_content_leads_to_a_new_world(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    path = world.folder / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["files"][0]["content"] = "0" * 64
    path.write_text(json.dumps(content), encoding="utf-8")
    deceived = open_world(2 * BLOCK_SIZE, SEED)
    again = repair(deceived, verify(deceived))
    assert contents(again) == contents(world)
    assert verify(again) == []
    assert str(world.folder) in capsys.readouterr().err


def test_a_world_of_an_older_version_is_replaced_as_a_whole(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    left_over: Callable[[], set[str]],
) -> None:
    stray = world.folder / "data" / "gone_table" / "00000.parquet"
    stray.parent.mkdir()
    stray.write_bytes(b"old")
    monkeypatch.setattr(worlds, "fingerprint", lambda: "newer")
    monkeypatch.setattr(making, "fingerprint", lambda: "newer")
    assert not list_worlds()[0].is_current
    newer = open_world(2 * BLOCK_SIZE, SEED)
    assert capsys.readouterr().err.splitlines() == [str(worlds.OUTDATED.fill(folder=world.folder))]
    assert newer.is_current
    assert newer.manifest.generator == "newer"
    assert not stray.exists()
    assert left_over() == set()


def test_a_world_of_the_first_format_is_listed_as_old_and_replaced(world: World) -> None:
    path = world.folder / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    del content["format"], content["packages"]
    path.write_text(json.dumps(content), encoding="utf-8")
    assert [listed.is_current for listed in list_worlds()] == [False]
    assert open_world(2 * BLOCK_SIZE, SEED).is_current


def test_an_old_world_stays_where_a_new_one_cannot_be_made(
    world: World, monkeypatch: pytest.MonkeyPatch, left_over: Callable[[], set[str]]
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = parquet(world)
    monkeypatch.setattr(worlds, "fingerprint", lambda: "newer")
    monkeypatch.setattr(making, "write_parquet", refuse)
    with pytest.raises(LabkitError, match="no room left"):
        open_world(2 * BLOCK_SIZE, SEED)
    assert parquet(world) == before
    assert left_over() == set()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_old_world_that_cannot_be_moved_away_is_explained(
    language: str, world: World, monkeypatch: pytest.MonkeyPatch, left_over: Callable[[], set[str]]
) -> None:
    monkeypatch.setattr("labkit.language._current", language)
    (world.folder / "manifest.json").unlink()
    monkeypatch.setattr("time.sleep", lambda seconds: None)

    def held_open(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "held open")

    monkeypatch.setattr(Path, "rename", held_open)
    with pytest.raises(LabkitError, match=world.folder.name):
        open_world(2 * BLOCK_SIZE, SEED)
    assert left_over() == {world.folder.name}
