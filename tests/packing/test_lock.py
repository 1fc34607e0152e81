"""A lock is read as ``make lock`` writes it, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from labkit.errors import LabkitError
from labkit.locations import PROJECT
from labkit.packing.lock import read_lock

HASH = "0" * 64


def test_the_course_lock_has_a_version_and_hashes_for_each_package():
    pins = read_lock(PROJECT / "requirements.lock")
    assert len(pins) > 150
    assert all(pin.version and pin.hashes for pin in pins)
    text = (PROJECT / "requirements.lock").read_text("utf-8")
    assert sum(len(pin.hashes) for pin in pins) == text.count("--hash=sha256:")
    assert "jupyterlab" in {pin.name for pin in pins}


def test_a_pin_gives_pip_back_what_it_needs_without_the_marker(tmp_path):
    (tmp_path / "lock").write_text(f"# comment\nA_b==1.0 ; os_name == 'nt' \\\n    --hash=sha256:{HASH}\n")
    (pin,) = read_lock(tmp_path / "lock")
    assert pin.requirement == f"a-b==1.0 --hash=sha256:{HASH}"
    assert str(pin.marker) == 'os_name == "nt"'


@pytest.mark.parametrize(
    "text",
    [
        "a>=1.0 --hash=sha256:" + HASH,
        "a==1.0",
        "-r other.txt",
        "a --hash=sha256:" + HASH,
        "a==1,==2 --hash=sha256:" + HASH,
    ],
)
def test_a_line_that_is_no_pin_with_hashes_is_an_error_with_its_place(tmp_path, text):
    (tmp_path / "lock").write_text(f"\n{text}\n")
    with pytest.raises(LabkitError, match="Line 2"):
        read_lock(tmp_path / "lock")


def test_a_missing_lock_is_an_error_in_three_sentences(tmp_path):
    with pytest.raises(LabkitError, match="make lock"):
        read_lock(tmp_path / "lock")
