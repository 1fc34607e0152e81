"""The installer: installs a pack with the network refused, and refuses kindly what cannot work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from labkit.locations import PROJECT
from labkit.packing import installer
from labkit.packing.packing import Order, pack
from labkit.packing.targets import MACHINES, Target
from tests.packing.tiny import wheel_file, without_network, write_project, write_world

HERE = next((Target(m, installer.PYTHON) for m in MACHINES if m.name == installer.machine_name()), None)
pytestmark = pytest.mark.skipif(HERE is None, reason=f"no packs are made for {installer.machine_name()}")


def make_pack(folder):
    """Make a pack of a tiny project, with its one wheel at hand, so that nothing is downloaded."""
    wheel = wheel_file(folder / "pack" / "wheels")
    (folder / "pack" / "UNFINISHED.txt").touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("labkit.locations.PROJECT", write_project(folder / "project", wheel))
        world = write_world(folder / "2026-2000")
        pack(folder / "pack", Order([HERE], "tiny", [2026]), lambda scale, seed: world)
    return folder / "pack"


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """A pack that no test changes."""
    return make_pack(tmp_path_factory.mktemp("packed"))


@pytest.fixture
def own_pack(tmp_path):
    """A pack to be damaged."""
    return make_pack(tmp_path)


def install(pack, *words, refuse_network=False):
    """Run the installer as the shell script does; return what it said."""
    before = without_network() or () if refuse_network else ()
    environment = os.environ | {
        "HOME": str(pack.parent / "home"),
        "PIP_NO_INDEX": "",
        "LABKIT_LANGUAGE": "en",
    }
    command = [*before, sys.executable, pack / "setup" / "install.py", *words]
    return subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL
    )


@pytest.fixture(scope="module")
def installed(packed, tmp_path_factory):
    """The pack, installed with the network refused where this computer allows that."""
    folder = tmp_path_factory.mktemp("room") / "a course"
    done = install(packed, folder, refuse_network=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done.stdout


def test_a_pack_is_installed_without_a_network_and_says_in_one_line_that_all_is_well(installed):
    folder, said = installed
    assert said.splitlines()[-1].startswith("All is well: lab 3.3 ran")
    assert (folder / "course" / "lab.py").is_file()
    assert (folder / installer.MARK).is_file()
    assert not (folder / installer.UNFINISHED).exists()


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_the_start_script_opens_the_labs_and_passes_other_commands_on(installed):
    folder, _ = installed
    for words, asked in (([], ["lab"]), (["run", "3.3"], ["run", "3.3"])):
        done = subprocess.run(
            ["sh", folder / "start-lab.sh", *words], capture_output=True, encoding="utf-8", cwd="/"
        )
        assert done.stdout == f"{asked} tiny\n", done.stderr
        assert done.returncode == 0, "the world of the pack was not found"


def test_installing_again_keeps_what_trainees_wrote_and_takes_no_new_environment(installed, packed):
    folder, _ = installed
    mine = folder / "workbook" / "en" / "mine.ipynb"
    mine.parent.mkdir(parents=True)
    mine.write_text("my answer")
    (folder / ".venv" / "old").touch()
    (folder / "course" / "lab.py").write_text("spoiled")
    assert install(packed, folder).returncode == 0
    assert mine.read_text() == "my answer"
    assert (folder / ".venv" / "old").exists()
    assert (folder / "course" / "lab.py").read_text() == "lab = 1\n"


def test_check_says_that_a_pack_is_whole_or_what_is_not(own_pack):
    done = install(own_pack, "--check")
    assert (done.returncode, done.stdout.splitlines()[-1][:17]) == (0, "The pack is whole")
    (own_pack / "project" / "LICENSE").write_text("other")
    done = install(own_pack, "--check")
    assert done.returncode == 1
    assert "damaged: project/LICENSE" in done.stdout


def test_a_damaged_wheel_is_found_before_anything_is_installed(own_pack, tmp_path):
    (wheel,) = (own_pack / "wheels").iterdir()
    wheel.write_bytes(wheel.read_bytes() + b"more")
    done = install(own_pack, tmp_path / "room")
    assert done.returncode == 1
    assert f"damaged: wheels/{wheel.name}" in done.stdout
    assert not (tmp_path / "room").exists()


def test_an_unfinished_pack_is_refused(own_pack, tmp_path):
    (own_pack / "manifest.json").unlink()
    done = install(own_pack, tmp_path / "room")
    assert done.returncode == 1
    assert "not whole" in done.stdout
    assert not (tmp_path / "room").exists()


def test_a_folder_with_other_files_or_inside_the_pack_is_refused(packed, tmp_path):
    (tmp_path / "photo.jpg").touch()
    for folder, why in (
        (tmp_path, "other files"),
        (tmp_path / "photo.jpg", "is a file"),
        (packed / "here", "outside"),
    ):
        done = install(packed, folder)
        assert done.returncode == 1
        assert why in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["photo.jpg"]


def test_another_system_or_python_is_told_what_the_pack_is_for(own_pack, tmp_path):
    manifest = json.loads((own_pack / "manifest.json").read_text("utf-8"))
    manifest["wheels"] = {"windows-x86_64, Python 3.99": []}
    (own_pack / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    done = install(own_pack, tmp_path / "room", "--lang", "zh")
    assert done.returncode == 1
    assert "安装包适用于：windows-x86_64, Python 3.99" in done.stdout


def test_a_lab_that_does_not_run_is_said_and_leaves_no_mark_of_success(own_pack, tmp_path):
    (own_pack / "worlds" / "2026-2000" / "manifest.json").unlink()
    manifest = json.loads((own_pack / "manifest.json").read_text("utf-8"))
    manifest["files"] = [e for e in manifest["files"] if e["path"] != "worlds/2026-2000/manifest.json"]
    (own_pack / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    done = install(own_pack, tmp_path / "room")
    assert done.returncode == 1
    assert "lab 3.3 did not run" in done.stdout
    assert not (tmp_path / "room" / installer.MARK).exists()
    assert (tmp_path / "room" / installer.UNFINISHED).exists()


def test_too_little_room_is_said_before_anything_is_copied(packed, tmp_path, monkeypatch):
    monkeypatch.setattr(installer.shutil, "disk_usage", lambda path: type("Usage", (), {"free": 10}))
    manifest = installer.read_manifest(packed)
    wheels = installer.wheels_for_here(manifest)
    with pytest.raises(installer.RefusedError, match="free room"):
        installer.refuse_unfit(tmp_path / "room", manifest, wheels)


@pytest.mark.slow
@pytest.mark.skipif(
    without_network() is None, reason="this computer does not let a test take its network away"
)
@pytest.mark.skipif(
    not (PROJECT / ".git").exists(), reason="not a checkout: the lock may be of another project"
)
def test_the_whole_course_is_packed_for_this_computer_and_installed_with_the_network_refused(tmp_path):
    """Downloads some 400 MB, or takes them from pip's cache; needs a network for that, and 3 GB for the time of the test."""
    words = [sys.executable, "-m", "labkit.cli", "pack", "--out", tmp_path / "pack", "--scale", "tiny"]
    words += ["--systems", HERE.machine.system, "--python", HERE.python]
    made = subprocess.run(words, cwd=PROJECT, capture_output=True, encoding="utf-8")
    if "does not answer" in made.stderr or "连不上" in made.stderr:
        pytest.skip("no network to download the wheels")
    assert made.returncode == 0, made.stdout + made.stderr
    done = subprocess.run(
        [*without_network(), "sh", tmp_path / "pack" / "install.sh", tmp_path / "room", "--lang", "en"],
        env={
            "PATH": f"{Path(sys.base_prefix) / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(tmp_path),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "All is well: lab 3.3 ran" in done.stdout.splitlines()[-1]
