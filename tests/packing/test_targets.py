"""Targets: a lock's markers are evaluated for each system and Python, not for the one that runs."""

from __future__ import annotations

import pytest
from packaging.markers import Marker
from packaging.tags import parse_tag, sys_tags

from labkit.errors import LabkitError
from labkit.locations import PROJECT
from labkit.packing import installer
from labkit.packing.lock import read_lock
from labkit.packing.targets import MACHINES, PYTHONS, SYSTEMS, Target, targets


def target(name, python="3.12"):
    return Target(next(machine for machine in MACHINES if machine.name == name), python)


@pytest.mark.parametrize(
    ("marker", "holds"),
    [
        ("sys_platform == 'win32'", ["windows-x86_64"]),
        ("os_name == 'nt'", ["windows-x86_64"]),
        ("sys_platform == 'darwin'", ["macos-arm64", "macos-x86_64"]),
        ("platform_system == 'Linux'", ["linux-x86_64"]),
        ("platform_machine == 'arm64'", ["macos-arm64"]),
        (
            "platform_machine == 'AMD64' or platform_machine == 'x86_64'",
            ["linux-x86_64", "macos-x86_64", "windows-x86_64"],
        ),
        ("implementation_name != 'cpython'", []),
    ],
)
def test_markers_hold_on_the_systems_they_name(marker, holds):
    assert [m.name for m in MACHINES if target(m.name).wants(Marker(marker))] == holds


@pytest.mark.parametrize(
    ("marker", "holds"),
    [
        ("python_full_version < '3.12'", ["3.11"]),
        ("python_full_version == '3.12.*'", ["3.12"]),
        ("python_full_version >= '3.12'", ["3.12", "3.13"]),
        ("python_full_version < '3.11.5'", ["3.11"]),
        ("python_full_version >= '3.11.5'", ["3.11", "3.12", "3.13"]),
        ("python_version > '3.11'", ["3.12", "3.13"]),
    ],
)
def test_markers_hold_on_the_pythons_they_name_whatever_the_patch(marker, holds):
    assert [python for python in PYTHONS if target("linux-x86_64", python).wants(Marker(marker))] == holds


def test_the_lock_asks_for_terminals_where_they_exist():
    names = {
        m.name: {p.name for p in read_lock(PROJECT / "requirements.lock") if target(m.name).wants(p.marker)}
        for m in MACHINES
    }
    assert "pywinpty" in names["windows-x86_64"]
    assert "ptyprocess" not in names["windows-x86_64"]
    assert "appnope" in names["macos-arm64"]
    assert "ptyprocess" in names["linux-x86_64"]
    assert "pywinpty" not in names["linux-x86_64"]


@pytest.mark.parametrize(
    ("tag", "runs_on"),
    [
        ("py3-none-any", ["linux-x86_64", "macos-arm64", "macos-x86_64", "windows-x86_64"]),
        ("cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64", ["linux-x86_64"]),
        ("cp39-abi3-manylinux_2_28_x86_64", ["linux-x86_64"]),
        ("cp312-cp312-manylinux_2_34_x86_64", []),
        ("cp312-cp312-musllinux_1_2_x86_64", []),
        ("cp312-cp312-macosx_11_0_arm64", ["macos-arm64"]),
        ("cp312-cp312-macosx_10_13_universal2", ["macos-arm64", "macos-x86_64"]),
        ("cp311-cp311-win_amd64", []),
        ("cp312-cp312t-win_amd64", []),
        ("cp312-cp312-win_amd64", ["windows-x86_64"]),
        ("cp312-cp312-win_arm64", []),
    ],
)
def test_wheels_run_where_their_tag_says(tag, runs_on):
    assert [m.name for m in MACHINES if target(m.name).rank(parse_tag(tag)) is not None] == runs_on


def test_a_wheel_made_for_the_system_is_better_than_one_for_all():
    linux = target("linux-x86_64")
    assert linux.rank(parse_tag("cp312-cp312-manylinux_2_28_x86_64")) < linux.rank(parse_tag("py3-none-any"))


def test_what_runs_on_the_target_of_this_computer_runs_on_this_computer():
    here = f"{installer.machine_name()}, Python {installer.PYTHON}"
    found = [t for t in targets(SYSTEMS, PYTHONS) if t.name == here]
    if not found:
        pytest.skip(f"no packs are made for {here}")
    assert found[0].wants(Marker("sys_platform == 'linux'")) == Marker("sys_platform == 'linux'").evaluate()
    assert parse_tag("py3-none-any") <= set(found[0].tags) & set(sys_tags())


def test_targets_are_every_machine_of_the_systems_with_every_python():
    assert [t.name for t in targets(["macos"], ["3.11", "3.13", "3.11"])] == [
        "macos-arm64, Python 3.11",
        "macos-arm64, Python 3.13",
        "macos-x86_64, Python 3.11",
        "macos-x86_64, Python 3.13",
    ]


@pytest.mark.parametrize(
    ("systems", "pythons"), [(["beos"], ["3.12"]), (["linux"], ["3.9"]), ([], ["3.12"]), ([""], ["3.12"])]
)
def test_an_unknown_system_or_python_is_an_error_that_lists_the_known_ones(systems, pythons):
    with pytest.raises(LabkitError, match=r"linux|3\.11"):
        targets(systems, pythons)
