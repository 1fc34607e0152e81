"""Is everything here that the labs need? One finding per question, each with its repair."""

from __future__ import annotations

import shutil
import sys
import tempfile
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from labkit.errors import LabkitError
from labkit.language import Text
from labkit.locations import PROJECT, edition_dir, home_dir

OLDEST, NEWEST = (3, 11), (3, 13)
GIGABYTE = 1e9
LITTLE_ROOM, TOO_LITTLE_ROOM = 3 * GIGABYTE, 0.5 * GIGABYTE
A_CHINESE_CHARACTER = "离"
LOCK = PROJECT / "requirements.lock"
INSTALL = "python -m pip install --require-hashes -r requirements.lock"


@dataclass(frozen=True)
class Finding:
    """The answer to one question.

    Parameters
    ----------
    level : {"good", "advice", "fault"}
        A fault keeps labs from running; advice does not.
    sentence : Text
        What was found.
    repair : Text, optional
        The command to type, or the thing to do.
    """

    level: Literal["good", "advice", "fault"]
    sentence: Text
    repair: Text | None = None


def examine() -> Iterator[Finding]:
    """Ask every question, the slow one last."""
    questions: tuple[Callable[[], Finding | None], ...] = (
        python_version,
        packages,
        home_is_writable,
        room_on_disk,
        bundled_font,
        notebooks,
        class_world,
        browser,
        spark,
        kernel_starts,
    )
    for question in questions:
        if finding := question():
            yield finding


def python_version(version: tuple[int, int] = sys.version_info[:2]) -> Finding:
    """Is this Python one that the course is tested on?"""
    here = ".".join(str(part) for part in version)
    if OLDEST <= version <= NEWEST:
        return Finding("good", Text(f"Python {here}", f"Python {here}"))
    return Finding(
        "fault",
        Text(
            f"This is Python {here}; the course needs 3.11, 3.12 or 3.13.",
            f"当前是 Python {here}，课程需要 3.11、3.12 或 3.13。",
        ),
        Text(
            "Install one of them, delete .venv, then: make lab",
            "请安装其中一个版本，删除 .venv，然后运行：make lab",
        ),
    )


def packages(lock: Path = LOCK) -> Finding:
    """Are the installed packages those of the lock?"""
    if not lock.exists():
        return Finding(
            "advice",
            Text("There is no requirements.lock to compare with.", "没有可对照的 requirements.lock。"),
        )
    wanted = locked_versions(lock.read_text(encoding="utf-8"))
    found = {name: installed_version(name) for name in wanted}
    missing = [name for name, version in found.items() if version is None]
    other = [
        f"{name} {found[name]} ({wanted[name]})" for name in wanted if found[name] not in (None, wanted[name])
    ]
    repair = Text(INSTALL, INSTALL)
    if missing:
        names = shortened(missing)
        return Finding("fault", Text(f"Packages are missing: {names}", f"缺少软件包：{names}"), repair)
    if other:
        names = shortened(other)
        sentence = Text(
            f"Packages of other versions than tested: {names}", f"软件包版本与测试过的不同：{names}"
        )
        return Finding("advice", sentence, repair)
    return Finding("good", Text(f"{len(wanted)} packages as locked", f"{len(wanted)} 个软件包与锁定版本一致"))


def locked_versions(lock: str) -> dict[str, str]:
    """Return the versions that a lock asks for on this system and Python."""
    from packaging.requirements import InvalidRequirement, Requirement

    versions = {}
    for line in lock.splitlines():
        if not line or line.startswith((" ", "#", "-")):
            continue
        try:
            requirement = Requirement(line.rstrip("\\").strip())
        except InvalidRequirement:
            continue
        if requirement.marker is None or requirement.marker.evaluate():
            versions[requirement.name] = next(iter(requirement.specifier)).version
    return versions


def installed_version(name: str) -> str | None:
    """Return the version of an installed package, or None."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def shortened(names: list[str], most: int = 6) -> str:
    """Return the first few names and how many more there are."""
    rest = f" … +{len(names) - most}" if len(names) > most else ""
    return ", ".join(names[:most]) + rest


def home_is_writable() -> Finding:
    """Can worlds and progress be written?"""
    home = home_dir()
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as error:
        return Finding(
            "fault",
            Text(f"{home} cannot be written: {error.strerror}", f"无法写入 {home}：{error.strerror}"),
            Text(
                "Name another folder in the environment variable LABKIT_HOME.",
                "请用环境变量 LABKIT_HOME 指定另一个文件夹。",
            ),
        )
    return Finding("good", Text(f"Worlds and progress are kept in {home}", f"虚拟世界和进度保存在 {home}"))


def room_on_disk() -> Finding:
    """Is there room for worlds?"""
    folder = home_dir()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    sentence = Text(f"{free / GIGABYTE:.1f} GB free on disk", f"磁盘剩余 {free / GIGABYTE:.1f} GB")
    if free >= LITTLE_ROOM:
        return Finding("good", sentence)
    repair = Text(
        "Make room, or name a folder on another disk in LABKIT_HOME.",
        "请清理磁盘，或用 LABKIT_HOME 指定另一块磁盘上的文件夹。",
    )
    return Finding("fault" if free < TOO_LITTLE_ROOM else "advice", sentence, repair)


def bundled_font() -> Finding:
    """Does the font that came with labkit know Chinese?"""
    from matplotlib.ft2font import FT2Font

    fonts = sorted((Path(__file__).parent / "charts" / "fonts").glob("*.ttf"))
    try:
        chinese = fonts and all(
            ord(A_CHINESE_CHARACTER) in FT2Font(str(font)).get_charmap() for font in fonts
        )
    except (OSError, RuntimeError):
        chinese = False
    if chinese:
        return Finding("good", Text("Figures can write Chinese", "图表可以显示中文"))
    return Finding(
        "fault",
        Text("The bundled Chinese font is missing or damaged.", "随附的中文字体缺失或损坏。"),
        Text("git checkout -- labkit/charts/fonts", "git checkout -- labkit/charts/fonts"),
    )


def notebooks() -> Finding:
    """Are there labs to open?"""
    from labkit.running.notebooks import read_labs

    counts = {language: len(read_labs(edition_dir("notebooks", language))) for language in ("en", "zh")}
    if all(counts.values()):
        return Finding(
            "good",
            Text(
                f"{counts['en']} labs in English, {counts['zh']} in Chinese",
                f"英文实验 {counts['en']} 个，中文实验 {counts['zh']} 个",
            ),
        )
    return Finding(
        "fault",
        Text("The notebooks are missing.", "缺少笔记本。"),
        Text("labkit build", "labkit build"),
    )


def class_world() -> Finding | None:
    """Where the class has a world of its own: which?"""
    from labkit.class_seed import COURSE_SEED, class_seed_of
    from labkit.workbook import workbooks_dir

    try:
        seed = class_seed_of(workbooks_dir())
    except LabkitError as error:
        return Finding("fault", error.what, error.do)
    if seed == COURSE_SEED:
        return None
    return Finding(
        "good",
        Text(
            f"Labs open on your class's own world, seed {seed}", f"实验使用你们班自己的虚拟世界，种子 {seed}"
        ),
    )


def browser() -> Finding:
    """Is there a browser to open?"""
    try:
        webbrowser.get()
    except webbrowser.Error:
        return Finding(
            "advice",
            Text("No browser was found on this computer.", "本机没有找到浏览器。"),
            Text(
                "labkit lab --no-browser, then open the address it prints",
                "运行 labkit lab --no-browser，再打开它显示的网址",
            ),
        )
    return Finding("good", Text("A browser can be opened", "可以打开浏览器"))


def spark() -> Finding | None:
    """Where Spark is installed: is there a Java for it? The labs need neither."""
    from labkit.store import java, spark_errors

    version = installed_version("pyspark")
    if version is None:
        return None
    if java.is_there():
        return Finding(
            "good", Text(f"Spark {version} can make worlds", f"可以用 Spark {version} 生成虚拟世界")
        )
    return Finding(
        "advice",
        Text(
            f"Spark {version} is here, but no Java for it.",
            f"已安装 Spark {version}，但没有供它使用的 Java。",
        ),
        spark_errors.INSTALL,
    )


def kernel_starts() -> Finding:
    """Does a notebook run?"""
    from nbformat.v4 import new_code_cell, new_notebook

    from labkit.running.execute import execute_notebook
    from labkit.running.results import first_error

    with tempfile.TemporaryDirectory() as folder:
        executed = execute_notebook(new_notebook(cells=[new_code_cell("import labkit")]), cwd=folder)
    failure = first_error(executed.cells)
    if failure is None:
        return Finding("good", Text("A notebook runs and finds labkit", "笔记本可以运行，并能找到 labkit"))
    repair = "python -m pip install --no-deps --no-build-isolation -e ."
    return Finding(
        "fault",
        Text(f"A notebook does not run: {failure.message}", f"笔记本无法运行：{failure.message}"),
        Text(repair, repair),
    )
