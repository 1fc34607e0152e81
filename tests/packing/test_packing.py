"""A pack is whole or says that it is not; it holds the course and nothing of anybody's own."""

from __future__ import annotations

import errno
import json
import shutil
import subprocess

import pytest
from typer.testing import CliRunner

from labkit.cli import app
from labkit.errors import LabkitError
from labkit.locations import PROJECT
from labkit.packing import contents, packing
from labkit.packing.manifest import UNFINISHED, check_pack
from labkit.packing.packing import Order, pack
from labkit.packing.targets import targets
from tests.packing.tiny import lock_of, wheel_file, write_project, write_world

ALL = targets(["linux", "macos", "windows"], ["3.12"])


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A tiny project, whose lock asks for one wheel."""
    project = write_project(tmp_path / "project", wheel_file(tmp_path / "index"))
    monkeypatch.setattr("labkit.locations.PROJECT", project)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    return project


@pytest.fixture
def open_world(tmp_path):
    """Worlds that look like worlds."""
    customers = {"tiny": 2000, "lab": 20000}
    return lambda scale, seed: write_world(tmp_path / "home" / f"{seed}-{customers[scale]}")


def names(folder):
    """Every file of a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_pack_holds_project_wheels_worlds_and_installers_and_its_manifest_says_so(
    tmp_path, project, open_world
):
    out = tmp_path / "out"
    manifest = pack(out, Order(ALL, "lab", [2026, 7]), open_world)
    assert names(out) == sorted(
        [
            "README.txt", "install.bat", "install.command", "install.sh", "manifest.json",
            "project/LICENSE", "project/course/lab.py", "project/labkit/__init__.py", "project/labkit/cli.py",
            "project/pyproject.toml", "project/requirements.lock", "setup/install.py", "setup/python-needed.txt",
            "wheels/tiny_backend-1.0-py3-none-any.whl",
            *(f"worlds/{world}/{file}" for world in ("2026-20000", "7-20000", "2026-2000") for file in ("data/customers.parquet", "manifest.json")),
        ]
    )  # fmt: skip
    assert manifest == json.loads((out / "manifest.json").read_text("utf-8"))
    assert {entry["path"] for entry in manifest["files"]} == set(names(out)) - {"manifest.json"}
    assert all(entry["size"] == (out / entry["path"]).stat().st_size for entry in manifest["files"])
    assert set(manifest["wheels"]) == {target.name for target in ALL}
    assert check_pack(out) == []


def test_a_pack_made_again_is_the_same_and_drops_what_is_no_longer_asked_for(tmp_path, project, open_world):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<p>")
    first = pack(tmp_path / "out", Order(ALL, "lab", [2026], site), open_world)
    assert "site/index.html" in names(tmp_path / "out")
    again = pack(tmp_path / "out", Order(ALL, "lab", [2026]), open_world)
    assert [e for e in first["files"] if not e["path"].startswith("site/")] == again["files"]
    assert "site/index.html" not in names(tmp_path / "out")


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b"other"),
        lambda path: path.write_bytes(b"rowz"),
    ],
)
def test_check_names_what_is_missing_or_damaged(tmp_path, project, open_world, damage):
    pack(tmp_path / "out", Order(ALL[:1], "tiny", [2026]), open_world)
    damage(tmp_path / "out" / "worlds/2026-2000/data/customers.parquet")
    run = CliRunner().invoke(app, ["pack", "--check", str(tmp_path / "out"), "--lang", "en"])
    assert run.exit_code == 1
    assert "missing or damaged: worlds/2026-2000/data/customers.parquet" in run.output


def test_a_pack_that_failed_has_no_manifest_says_so_and_is_finished_the_next_time(
    tmp_path, project, open_world, monkeypatch
):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    out = tmp_path / "out"
    pack(out, Order(ALL, "tiny", [2026]), open_world)
    with monkeypatch.context() as patch:
        patch.setattr(contents.shutil, "copyfile", full)
        with pytest.raises(LabkitError, match="no room left"):
            pack(out, Order(ALL, "tiny", [2026]), open_world)
    assert UNFINISHED in names(out)
    assert "manifest.json" not in names(out)
    with pytest.raises(LabkitError, match="no whole pack"):
        check_pack(out)
    pack(out, Order(ALL, "tiny", [2026]), open_world)
    assert UNFINISHED not in names(out)
    assert check_pack(out) == []


def test_a_target_without_a_wheel_is_an_error_that_names_the_package(tmp_path, project, open_world):
    shutil.rmtree(tmp_path / "index")
    linux_only = wheel_file(tmp_path / "index", "cp312-cp312-manylinux_2_28_x86_64")
    (project / "requirements.lock").write_text(lock_of(linux_only))
    with pytest.raises(LabkitError, match=r"windows-x86_64, Python 3.12 lacks: tiny-backend==1.0"):
        pack(tmp_path / "out", Order(ALL, "tiny", [2026]), open_world)
    assert "manifest.json" not in names(tmp_path / "out")


def test_macs_of_yesterday_are_left_out_by_name_when_a_wheel_is_missing(tmp_path, project, open_world):
    shutil.rmtree(tmp_path / "index")
    arm_only = wheel_file(tmp_path / "index", "cp312-cp312-macosx_11_0_arm64")
    (project / "requirements.lock").write_text(lock_of(arm_only))
    manifest = pack(tmp_path / "out", Order(targets(["macos"], ["3.12"]), "tiny", [2026]), open_world)
    assert list(manifest["wheels"]) == ["macos-arm64, Python 3.12"]
    assert manifest["left_out"] == {"macos-x86_64, Python 3.12": ["tiny-backend==1.0"]}


def test_a_folder_with_other_files_is_not_touched(tmp_path, project, open_world):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "photo.jpg").write_text("mine")
    for folder in (tmp_path / "out", tmp_path / "out" / "photo.jpg"):
        with pytest.raises(LabkitError, match="holds other files"):
            pack(folder, Order(ALL, "tiny", [2026]), open_world)
    assert names(tmp_path / "out") == ["photo.jpg"]


def test_a_site_that_was_not_built_is_an_error(tmp_path, project, open_world):
    with pytest.raises(LabkitError, match="holds no site"):
        pack(tmp_path / "out", Order(ALL, "tiny", [2026], tmp_path), open_world)
    assert UNFINISHED in names(tmp_path / "out")


def test_what_git_keeps_goes_in_and_nothing_else(tmp_path, project):
    for words in (["init", "-q"], ["add", "course", "labkit/cli.py", "LICENSE"]):
        subprocess.run(["git", "-C", project, *words], check=True)
    (project / "LICENSE").unlink()
    assert [path.as_posix() for path in contents.project_files(project)] == ["course/lab.py", "labkit/cli.py"]


@pytest.mark.skipif(not (PROJECT / ".git").exists(), reason="not a checkout")
def test_where_no_git_says_so_the_course_consists_of_what_git_keeps_but_tests_and_settings():
    beside = ("tests/", "benchmarks/", ".", "conftest.py")
    kept = {path for path in contents.project_files(PROJECT) if not path.as_posix().startswith(beside)}
    assert kept <= set(contents.known_files(PROJECT))


@pytest.mark.parametrize(
    "words",
    [
        ["--out", "x", "--systems", "beos"],
        ["--out", "x", "--python", "3.9"],
    ],
)
def test_the_command_refuses_what_it_does_not_know(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(app, ["pack", *words])
    assert isinstance(run.exception, LabkitError)
    assert not (tmp_path / "x").exists()


def test_the_command_wants_a_folder():
    assert CliRunner().invoke(app, ["pack"]).exit_code == 2


def test_the_command_says_what_is_in_the_pack(tmp_path, project, open_world, monkeypatch):
    monkeypatch.setattr(
        "labkit.commands.worlds.make_world",
        lambda scale, seed: type("World", (), {"folder": open_world(scale, seed)}),
    )
    run = CliRunner().invoke(
        app, ["pack", "--out", str(tmp_path / "out"), "--systems", "linux", "--scale", "tiny", "--lang", "en"]
    )
    assert run.exit_code == 0, run.output
    assert "for linux-x86_64, Python 3.12: 1 wheels" in run.output
    assert packing.UNFINISHED not in names(tmp_path / "out")
