"""The installer of a pack: runs on the training room's computer, with nothing but Python and the pack itself.

``labkit pack`` copies this file to ``setup/install.py`` as it stands, so it imports the standard library only and is
syntax that an older Python can read, to be told kindly that it is too old. It copies the course to a folder, installs
the wheels without a network, puts the worlds where labkit finds them, and proves that a lab runs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import locale
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PACK = Path(__file__).resolve().parent.parent
MANIFEST, MARK, UNFINISHED = "manifest.json", ".labkit-installed", ".labkit-unfinished"
CHUNK = 1 << 20
ROOM_PER_BYTE_OF_WHEELS = 5
"""Unpacked and compiled, packages take about four times the room of their wheels."""
LONGEST_WINDOWS_PATH = 259
PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"
SELF_TEST = ("run", "3.3", "--scale", "tiny")


class RefusedError(Exception):
    """Why it does not go on, and what to do, in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en, self.zh = en, zh


def main(arguments: list[str] | None = None) -> int:
    """Install, or check the pack; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = parser().parse_args(arguments)
    say = Speaker(options.lang or preferred_language())
    try:
        manifest = read_manifest(PACK)
        if options.check:
            refuse_damaged(PACK, [entry["path"] for entry in manifest["files"]], manifest, say)
            say("The pack is whole: every file is as it was packed.", "安装包完好：所有文件与打包时一致。")
            return 0
        folder = chosen_folder(options.folder, say)
        install(manifest, folder, say)
        return 0
    except RefusedError as refusal:
        say(refusal.en, refusal.zh)
    except OSError as error:
        why = error.strerror or type(error).__name__
        say(
            f"The system refuses: {why} ({error.filename}). Mend that and run the installer again.",
            f"系统拒绝操作：{why}（{error.filename}）。排除后重新运行安装程序即可。",
        )
    except KeyboardInterrupt:
        say("Stopped. Run the installer again to go on.", "已中断。重新运行安装程序即可继续。")
    return 1


def parser() -> argparse.ArgumentParser:
    """The command line."""
    words = argparse.ArgumentParser(prog="install", description="Install the course · 安装课程")
    words.add_argument("folder", nargs="?", help="where to install · 安装到哪个文件夹")
    words.add_argument("--lang", choices=["en", "zh"], help="language · 语言")
    words.add_argument("--check", action="store_true", help="only check the pack · 只检查安装包")
    return words


class Speaker:
    """Says a sentence in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, en: str, zh: str) -> None:
        """Print the sentence."""
        print(zh if self.language == "zh" else en, flush=True)

    def ask(self, en: str, zh: str) -> str:
        """Ask, and return the answer."""
        return input(zh if self.language == "zh" else en).strip()


def preferred_language() -> str:
    """Chinese on a Chinese system, else English."""
    chosen = os.environ.get("LABKIT_LANGUAGE")
    if chosen in ("en", "zh"):
        return chosen
    try:
        system = locale.setlocale(locale.LC_CTYPE, "") or ""
    except locale.Error:
        system = os.environ.get("LANG") or ""
    return "zh" if system.lower().startswith(("zh", "chinese")) else "en"


# ---- the pack ------------------------------------------------------------------------------------


def read_manifest(pack: Path) -> dict[str, Any]:
    """Read what the pack holds; a pack without a manifest was never finished."""
    try:
        manifest: dict[str, Any] = json.loads((pack / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise RefusedError(
            "This pack is not whole: it has no readable manifest.json. Copy it again, or pack it again: labkit pack",
            "安装包不完整：没有可读的 manifest.json。请重新复制，或重新打包：labkit pack",
        ) from None
    return manifest


def damaged_files(pack: Path, names: list[str], manifest: dict[str, Any]) -> list[str]:
    """Return those of the named files that are missing, or not what was packed."""
    known = {entry["path"]: entry for entry in manifest["files"]}
    return [name for name in names if not is_as_packed(pack / name, known[name])]


def is_as_packed(path: Path, entry: dict[str, Any]) -> bool:
    """Is the file there, with the size and the SHA-256 of the manifest?"""
    if not path.is_file() or path.stat().st_size != entry["size"]:
        return False
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for chunk in iter(lambda: file.read(CHUNK), b""):
            digest.update(chunk)
    return digest.hexdigest() == entry["sha256"]


def refuse_damaged(pack: Path, names: list[str], manifest: dict[str, Any], say: Speaker) -> None:
    """Read the named files; refuse to go on if one is not what was packed."""
    say("Reading the pack …", "正在核对安装包……")
    if damaged := damaged_files(pack, names, manifest):
        shown = ", ".join(damaged[:5]) + (" …" if len(damaged) > 5 else "")
        raise RefusedError(
            f"The pack is damaged: {shown}. Copy it again from where it came.",
            f"安装包已损坏：{shown}。请从原处重新复制。",
        )


def machine_name() -> str:
    """Name of this machine as the manifest knows it, e.g. ``linux-x86_64``."""
    system = {"Linux": "linux", "Darwin": "macos", "Windows": "windows"}.get(
        platform.system(), platform.system()
    )
    processor = {"amd64": "x86_64", "x86_64": "x86_64", "arm64": "arm64", "aarch64": "arm64"}
    name = platform.machine().lower()
    return f"{system}-{processor.get(name, name)}"


def wheels_for_here(manifest: dict[str, Any]) -> list[str]:
    """Return the wheels for this machine and Python; refuse kindly where there are none."""
    target = f"{machine_name()}, Python {PYTHON}"
    if target in manifest["wheels"]:
        return ["wheels/" + name for name in manifest["wheels"][target]]
    packed = "; ".join(sorted(manifest["wheels"]))
    raise RefusedError(
        f"This is {target}, and the pack was made for: {packed}. Install a Python of this list and run the "
        "installer again, or ask for another pack.",
        f"当前环境是 {target}，而安装包适用于：{packed}。请安装其中列出的 Python 再运行安装程序，或索取另一个安装包。",
    )


# ---- the folder ----------------------------------------------------------------------------------


def chosen_folder(named: str | None, say: Speaker) -> Path:
    """Return the folder to install to: named, asked for, or in the user's home."""
    usual = Path.home() / "labkit-course"
    if not named and sys.stdin and sys.stdin.isatty():
        named = say.ask(f"Where to install? Press Enter for {usual}: ", f"安装到哪里？直接回车为 {usual}：")
    folder = Path(named).expanduser().resolve() if named else usual
    if folder == PACK or PACK in folder.parents:
        raise RefusedError(
            "Name a folder outside of the pack, on this computer's own disk.",
            "请选择安装包之外、本机磁盘上的文件夹。",
        )
    return folder


def refuse_unfit(folder: Path, manifest: dict[str, Any], wheels: list[str]) -> None:
    """Refuse a folder that holds something else, is too small, or too deep for Windows."""
    if folder.exists() and not folder.is_dir():
        raise RefusedError(f"{folder} is a file. Name a folder.", f"{folder} 是一个文件，请换成文件夹。")
    ours = (folder / MARK).exists() or (folder / UNFINISHED).exists()
    if folder.is_dir() and any(folder.iterdir()) and not ours:
        raise RefusedError(
            f"{folder} holds other files. Name an empty or a new folder.",
            f"{folder} 里已有其他文件。请换一个空文件夹或新文件夹。",
        )
    sizes = {entry["path"]: entry["size"] for entry in manifest["files"]}
    rest = sum(size for path, size in sizes.items() if path.startswith(("project/", "worlds/")))
    needed = rest + ROOM_PER_BYTE_OF_WHEELS * sum(sizes[name] for name in wheels)
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if not ours and shutil.disk_usage(there).free < needed:
        raise RefusedError(
            f"{folder} needs {needed / 1e9:.1f} GB of free room. Free some, or name another folder.",
            f"{folder} 需要 {needed / 1e9:.1f} GB 可用空间。请腾出空间，或换一个文件夹。",
        )
    deepest = len(str(folder / ".venv" / "Lib" / "site-packages")) + 1 + manifest["longest_path"]
    if os.name == "nt" and deepest > LONGEST_WINDOWS_PATH:
        raise RefusedError(
            f"{folder} is too deep for Windows. Name a shorter path, such as C:\\labkit.",
            f"{folder} 路径太长，超出 Windows 限制。请换一个较短的路径，例如 C:\\labkit。",
        )


# ---- the installation ----------------------------------------------------------------------------


def install(manifest: dict[str, Any], folder: Path, say: Speaker) -> None:
    """Do it, step by step; a folder that was left unfinished is finished."""
    wheels = wheels_for_here(manifest)
    refuse_unfit(folder, manifest, wheels)
    mine = [e["path"] for e in manifest["files"] if e["path"].startswith(("project/", "worlds/"))]
    refuse_damaged(PACK, [*mine, *wheels], manifest, say)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / UNFINISHED).touch()
    (folder / MARK).unlink(missing_ok=True)
    say(f"Copying the course to {folder} …", f"正在把课程复制到 {folder}……")
    copy_files(mine, folder)
    say("Installing the packages; this takes a few minutes …", "正在安装软件包，需要几分钟……")
    python = make_environment(folder)
    install_packages(python, folder)
    write_start_scripts(folder, manifest["scale"])
    say("Running a lab to see that all is well …", "正在运行一个实验，检查是否一切正常……")
    self_test(folder)
    (folder / UNFINISHED).rename(folder / MARK)
    start = folder / ("start-lab.bat" if os.name == "nt" else "start-lab.sh")
    say(
        f"All is well: lab 3.3 ran from beginning to end. Open the course with: {start}",
        f"一切正常：实验 3.3 已从头到尾运行通过。打开课程：{start}",
    )


def copy_files(names: list[str], folder: Path) -> None:
    """Copy project and worlds, each file whole or not at all; what trainees wrote is in other folders and stays."""
    for name in names:
        top, _, rest = name.partition("/")
        target = folder / rest if top == "project" else folder / "home" / "worlds" / rest
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(target.name + ".part")
        shutil.copyfile(str(PACK / name), str(beside))
        os.replace(str(beside), str(target))


def make_environment(folder: Path) -> Path:
    """Make the virtual environment, anew if an earlier one is of another Python; return its Python."""
    environment = folder / ".venv"
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    tell = "import sys; print('{}.{}'.format(*sys.version_info[:2]))"
    if not (python.exists() and run([python, "-c", tell]).stdout.strip() == PYTHON):
        done = run([sys.executable, "-m", "venv", "--clear", environment])
        if done.returncode:
            raise RefusedError(
                f"No virtual environment could be made: {last_line(done)}. "
                f"On Debian and Ubuntu: apt-get install python{PYTHON}-venv",
                f"无法创建虚拟环境：{last_line(done)}。Debian 与 Ubuntu：apt-get install python{PYTHON}-venv",
            )
    return python


def install_packages(python: Path, folder: Path) -> None:
    """Install the lock from the pack's wheels, by their hashes, and labkit itself; nothing asks a network."""
    pip: list[str | Path] = [python, "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    pip += ["--quiet", "--no-index"]
    locked: list[str | Path] = ["--find-links", PACK / "wheels", "--require-hashes"]
    locked += ["-r", folder / "requirements.lock"]
    labkit: list[str | Path] = ["--no-deps", "--no-build-isolation", "-e", folder]
    for step in (locked, labkit):
        done = run([*pip, *step], cwd=folder)
        if done.returncode:
            raise RefusedError(
                f"The packages could not be installed: {last_line(done)}",
                f"软件包安装失败：{last_line(done)}",
            )


def self_test(folder: Path) -> None:
    """Run a lab as an instructor would."""
    words: list[str | Path] = [folder / "start-lab.bat"]
    if os.name != "nt":
        words = ["sh", folder / "start-lab.sh"]
    done = run([*words, *SELF_TEST], cwd=folder)
    if done.returncode:
        raise RefusedError(
            f"The packages are installed, but lab 3.3 did not run: {last_line(done)}",
            f"软件包已安装，但实验 3.3 未能运行：{last_line(done)}",
        )


def run(words: Sequence[str | Path], cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; pip's and Python's own settings of this computer do not apply."""
    foreign = ("PIP_", "PYTHON", "VIRTUAL_ENV", "LABKIT_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    settings = dict(kept, PIP_CONFIG_FILE=os.devnull, PYTHONUTF8="1")
    return subprocess.run(
        [str(word) for word in words],
        cwd=str(cwd) if cwd else None,
        env=settings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    """The last thing that a program said."""
    lines = [line.strip() for line in (done.stdout + "\n" + done.stderr).splitlines() if line.strip()]
    return lines[-1] if lines else str(done.returncode)


# ---- start scripts -------------------------------------------------------------------------------

START_SH = """\
#!/bin/sh
# Opens the course: sh start-lab.sh    Any other command of labkit: sh start-lab.sh run 3.3
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd) || exit 1
unset PYTHONPATH PYTHONHOME
export LABKIT_HOME="$here/home" LABKIT_SCALE="${LABKIT_SCALE:-@SCALE@}"
[ $# -gt 0 ] || set -- lab
exec "$here/.venv/bin/python" -P -m labkit.cli "$@"
"""
START_BAT = """\
@echo off
rem Opens the course: start-lab.bat    Any other command of labkit: start-lab.bat run 3.3
setlocal
set "PYTHONPATH="
set "PYTHONHOME="
set "LABKIT_HOME=%~dp0home"
if not defined LABKIT_SCALE set "LABKIT_SCALE=@SCALE@"
if "%~1"=="" "%~dp0.venv\\Scripts\\python.exe" -P -m labkit.cli lab
if not "%~1"=="" "%~dp0.venv\\Scripts\\python.exe" -P -m labkit.cli %*
exit /b %errorlevel%
"""


def write_start_scripts(folder: Path, scale: str) -> None:
    """Write what opens the course; the worlds of the pack are found through LABKIT_HOME."""
    shell = START_SH.replace("@SCALE@", scale)
    for name, text in (("start-lab.sh", shell), ("start-lab.command", shell)):
        (folder / name).write_bytes(text.encode("ascii"))
        (folder / name).chmod(0o755)
    batch = START_BAT.replace("@SCALE@", scale).replace("\n", "\r\n")
    (folder / "start-lab.bat").write_bytes(batch.encode("ascii"))


if __name__ == "__main__":
    sys.exit(main())
