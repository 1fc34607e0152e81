"""Installers are sound shell and batch, with the line endings of their system, and say what they need."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from labkit.packing import installer
from labkit.packing.scripts import scripts

MADE = scripts(
    ["3.11", "3.12"],
    ["linux-x86_64", "windows-x86_64"],
    400_000_000,
    {"macos-x86_64, Python 3.12": ["tiny==1.0"]},
)
SHELL = {name: text for name, text in MADE.items() if name.endswith((".sh", ".command"))}


@pytest.fixture
def started(tmp_path):
    """The scripts that the installer writes."""
    installer.write_start_scripts(tmp_path, "lab")
    return {path.name: path.read_bytes() for path in tmp_path.iterdir()}


def is_sound_shell(content):
    """Does the shell read it without a complaint?"""
    return subprocess.run(["sh", "-n"], input=content, capture_output=True).returncode == 0


def test_a_broken_script_would_be_found():
    assert not is_sound_shell(b"if true; then\n")


@pytest.mark.skipif(not shutil.which("sh"), reason="no sh")
def test_shell_scripts_are_sound_and_have_no_windows_endings(started):
    for content in (*SHELL.values(), started["start-lab.sh"], started["start-lab.command"]):
        assert content.startswith(b"#!/bin/sh\n")
        assert b"\r" not in content
        assert is_sound_shell(content)


def test_batch_files_are_ascii_with_windows_endings_and_jump_only_to_labels_they_have(started):
    for content in (MADE["install.bat"], started["start-lab.bat"]):
        text = content.decode("ascii")
        assert text.count("\n") == text.count("\r\n") > 5
        assert text.startswith("@echo off\r\n")
        assert text.count("(") == text.count(")")
        assert set(re.findall(r"goto (\w+)", text)) <= set(re.findall(r"^:(\w+)", text, re.MULTILINE))


def test_texts_for_people_have_windows_endings_and_both_languages():
    for name in ("README.txt", "setup/python-needed.txt"):
        text = MADE[name].decode("utf-8-sig")
        assert text.count("\n") == text.count("\r\n")
        assert "Python 3.11 or 3.12" in text
        assert "Python 3.11 或 3.12" in text
    readme = MADE["README.txt"].decode("utf-8-sig")
    assert "Not for macos-x86_64, Python 3.12: there is no wheel of tiny==1.0." in readme
    assert "不适用于 macos-x86_64, Python 3.12" in readme


def test_nothing_names_a_host():
    for content in MADE.values():
        assert re.findall(rb"https?://|www\.|\.org|\.com\b", content) == []


def test_the_installer_is_python_that_an_old_python_can_read_and_imports_the_standard_library_only():
    import ast
    import sys

    tree = ast.parse(MADE["setup/install.py"], feature_version=(3, 8))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names


def test_without_a_python_the_shell_says_what_to_install(tmp_path):
    for name, content in MADE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    programs = tmp_path / "bin"
    programs.mkdir()
    for program in ("sh", "cat", "dirname"):
        (programs / program).symlink_to(shutil.which(program))
    (programs / "python3").write_text("#!/bin/sh\nexit 1\n")
    (programs / "python3").chmod(0o755)
    done = subprocess.run(
        [programs / "sh", tmp_path / "install.sh"],
        env={"PATH": str(programs)},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 1
    assert "No Python 3.11 or 3.12 was found" in done.stdout
    assert "没有找到 Python 3.11 或 3.12" in done.stdout
