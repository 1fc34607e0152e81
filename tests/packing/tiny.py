"""A project of a few lines and the one wheel that its lock asks for, so that a pack can be made without a network."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path

BACKEND = '''"""Builds the project as editable: a wheel that holds nothing but a path."""
import os, zipfile

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "labkit-0.1-py3-none-any.whl"
    info = "labkit-0.1.dist-info/"
    with zipfile.ZipFile(os.path.join(wheel_directory, name), "w") as wheel:
        wheel.writestr("labkit.pth", os.getcwd())
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: labkit\\nVersion: 0.1\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: tiny\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "")
    return name
'''
CLI = '''"""Says what it was asked, and whether the world of the pack is where labkit looks for it."""
import os, pathlib, sys, tiny_backend
home = pathlib.Path(os.environ["LABKIT_HOME"])
print(sys.argv[1:], os.environ["LABKIT_SCALE"])
sys.exit(0 if (home / "worlds" / "2026-2000" / "manifest.json").is_file() else 7)
'''
PYPROJECT = """[build-system]
requires = ["tiny-backend"]
build-backend = "tiny_backend"

[project]
name = "labkit"
version = "0.1"
"""


def wheel_file(
    folder: Path,
    tag: str = "py3-none-any",
    module: str = BACKEND,
    version: str = "1.0",
    python: str = ">=3.11",
) -> Path:
    """Write the wheel of ``tiny-backend`` with a tag, byte for byte the same every time."""
    info = f"tiny_backend-{version}.dist-info"
    files = {
        "tiny_backend.py": module,
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: tiny-backend\n"
        f"Version: {version}\nRequires-Python: {python}\n",
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: tiny\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    rows = [f"{name},sha256={_digest(text)},{len(text.encode())}" for name, text in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*rows, f"{info}/RECORD,,"]) + "\n"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"tiny_backend-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return path


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def lock_of(*wheels: Path, marker: str = "", version: str = "1.0") -> str:
    """Return a lock that asks for tiny-backend with the hashes of these files."""
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in wheels]
    said = f"tiny-backend=={version}{f' ; {marker}' if marker else ''}"
    return " \\\n".join([said, *(f"    --hash=sha256:{digest}" for digest in hashes)]) + "\n"


def write_project(folder: Path, wheel: Path) -> Path:
    """Write a project that is no git repository, with a trainee's and a practitioner's own files in it."""
    for name, text in {
        "labkit/__init__.py": "",
        "labkit/cli.py": CLI,
        "labkit/__pycache__/old.pyc": "cache",
        "course/lab.py": "lab = 1\n",
        "pyproject.toml": PYPROJECT,
        "requirements.lock": lock_of(wheel),
        "LICENSE": "MIT\n",
        "workbook/en/mine.ipynb": "an answer",
        "customers.csv": "from work",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def write_world(folder: Path) -> Path:
    """Write what looks like a world."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "data" / "customers.parquet").write_bytes(b"rows")
    (folder / "manifest.json").write_text("{}")
    return folder


@cache
def without_network() -> tuple[str, ...] | None:
    """Return the words before a command that take its network away and leave it loopback; None where that is not allowed."""
    words = ("bwrap", "--dev-bind", "/", "/", "--unshare-net")
    if shutil.which("bwrap") and subprocess.run([*words, "true"], capture_output=True).returncode == 0:
        return words
    words = ("unshare", "-rn", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
    if shutil.which("unshare") and subprocess.run([*words, "true"], capture_output=True).returncode == 0:
        return words
    return None
