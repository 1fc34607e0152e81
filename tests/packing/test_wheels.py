"""Wheels are fetched for each target by pip, checked by the lock's hashes, and never twice."""

from __future__ import annotations

import subprocess

import pytest

from labkit.errors import LabkitError
from labkit.packing import wheels
from labkit.packing.lock import read_lock
from labkit.packing.targets import targets
from labkit.packing.wheels import fetch
from tests.packing.tiny import lock_of, wheel_file

LINUX, WINDOWS = targets(["linux"], ["3.12"])[0], targets(["windows"], ["3.12"])[0]
MACS = targets(["macos"], ["3.12"])
FOR_LINUX, FOR_WINDOWS = "cp312-cp312-manylinux_2_28_x86_64", "cp312-cp312-win_amd64"
FOR_LINUX_FILE, FOR_WINDOWS_FILE = (f"tiny_backend-1.0-{tag}.whl" for tag in (FOR_LINUX, FOR_WINDOWS))


@pytest.fixture
def index(tmp_path, monkeypatch):
    """A folder that takes the place of the package index; pip reads the settings from the environment."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    return tmp_path / "index"


@pytest.fixture
def read(tmp_path):
    """Read a lock from its text."""

    def pins(text):
        (tmp_path / "lock").write_text(text)
        return read_lock(tmp_path / "lock")

    return pins


@pytest.fixture
def no_pip(monkeypatch):
    """From now on, whoever asks pip fails."""

    def refuse():
        monkeypatch.setattr(wheels, "run_pip", lambda *words: pytest.fail("pip was asked"))

    return refuse


def test_each_target_gets_its_own_wheel_and_a_second_time_nothing_is_downloaded(
    tmp_path, index, read, no_pip
):
    pins = read(lock_of(wheel_file(index, FOR_LINUX), wheel_file(index, FOR_WINDOWS)))
    fetched = fetch(tmp_path / "wheels", pins, [LINUX, WINDOWS])
    assert fetched.wheels == {LINUX.name: {FOR_LINUX_FILE}, WINDOWS.name: {FOR_WINDOWS_FILE}}
    assert fetched.missing == {LINUX.name: [], WINDOWS.name: []}
    no_pip()
    assert fetch(tmp_path / "wheels", pins, [LINUX, WINDOWS]) == fetched


def test_a_damaged_wheel_is_fetched_again_and_what_no_lock_knows_is_removed(tmp_path, index, read):
    right = wheel_file(index)
    pins = read(lock_of(right))
    damaged = wheel_file(tmp_path / "wheels")
    damaged.write_bytes(damaged.read_bytes()[:-1])
    wheel_file(tmp_path / "wheels", version="0.9")
    (tmp_path / "wheels" / "notes.txt").write_text("mine")
    fetch(tmp_path / "wheels", pins, [LINUX])
    assert [path.read_bytes() for path in (tmp_path / "wheels").iterdir()] == [right.read_bytes()]


def test_a_package_that_a_marker_keeps_from_a_target_is_not_wanted_there(tmp_path, index, read):
    pins = read(lock_of(wheel_file(index), marker="sys_platform == 'win32'"))
    fetched = fetch(tmp_path / "wheels", pins, [LINUX, WINDOWS])
    assert [len(names) for names in fetched.wheels.values()] == [0, 1]


def test_a_lock_may_ask_for_two_versions_on_one_python_by_its_patch_release(tmp_path, index, read):
    old, new = wheel_file(index), wheel_file(index, version="2.0", python=">=3.12.5")
    text = lock_of(old, marker="python_full_version < '3.12.5'")
    text += lock_of(new, marker="python_full_version >= '3.12.5'", version="2.0")
    fetched = fetch(tmp_path / "wheels", read(text), [LINUX])
    assert fetched.wheels == {LINUX.name: {old.name, new.name}}


def test_a_package_without_a_wheel_for_a_target_is_named_and_the_others_come_all_the_same(
    tmp_path, index, read
):
    pins = read(lock_of(wheel_file(index, FOR_LINUX)))
    fetched = fetch(tmp_path / "wheels", pins, [LINUX, WINDOWS])
    assert fetched.missing == {LINUX.name: [], WINDOWS.name: ["tiny-backend==1.0"]}
    assert fetched.wheels == {LINUX.name: {FOR_LINUX_FILE}, WINDOWS.name: set()}


def test_a_target_that_will_be_left_out_is_given_up_at_its_first_missing_wheel(
    tmp_path, index, read, monkeypatch
):
    monkeypatch.setattr(wheels, "BATCH", 1)
    linux_only = wheel_file(index, FOR_LINUX)
    text = lock_of(linux_only) + lock_of(linux_only).replace("tiny-backend", "zebra")
    intel = next(mac for mac in MACS if mac.machine.is_optional)
    assert fetch(tmp_path / "wheels", read(text), [intel]).missing[intel.name] == ["tiny-backend==1.0"]


def test_a_file_that_was_tampered_with_is_refused(tmp_path, index, read):
    pins = read(lock_of(wheel_file(index)))
    wheel_file(index, module="raise SystemExit('not what was locked')")
    with pytest.raises(LabkitError, match=r"(?i)hashes|expected sha256"):
        fetch(tmp_path / "wheels", pins, [LINUX])
    assert list((tmp_path / "wheels").iterdir()) == []


def test_without_a_network_the_error_says_so_and_what_was_fetched_is_kept(tmp_path, index, read, monkeypatch):
    there = wheel_file(tmp_path / "wheels")
    pins = read(lock_of(there) + lock_of(there).replace("tiny-backend", "zebra"))
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", "http://localhost:9")  # nobody listens there
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    with pytest.raises(LabkitError, match="does not answer"):
        fetch(tmp_path / "wheels", pins, [LINUX])
    assert there.exists()


def test_a_full_disk_is_an_error_that_names_the_folder(tmp_path, read, monkeypatch):
    full = subprocess.CompletedProcess(
        [], 2, "", "ERROR: Could not install: [Errno 28] No space left on device\n"
    )
    monkeypatch.setattr(wheels.subprocess, "run", lambda *words, **options: full)
    pins = read(lock_of(wheel_file(tmp_path / "index")))
    with pytest.raises(LabkitError, match=f"no room left in {tmp_path}"):
        fetch(tmp_path / "wheels", pins, [LINUX])


def test_progress_counts_every_package_of_every_target(tmp_path, index, read):
    seen = []
    pins = read(lock_of(wheel_file(index)))
    fetch(tmp_path / "wheels", pins, [LINUX, WINDOWS], lambda done, total: seen.append((done, total)))
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_pip_is_told_everything_about_the_target_and_nothing_about_an_index():
    words = list(wheels.pip_download(WINDOWS))
    assert words[words.index("--python-version") + 1] == "3.12"
    assert words[words.index("--platform") + 1] == "win_amd64"
    assert {"--no-deps", "--only-binary=:all:", "--require-hashes"} <= set(words)
    assert not [word for word in words if "://" in word or "index" in word]
