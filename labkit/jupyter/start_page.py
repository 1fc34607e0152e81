"""The page that JupyterLab opens first: the labs by module, with their minutes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from labkit.language import Language, Text
from labkit.locations import course_dir
from labkit.running.notebooks import LabNotebook, read_labs

START_PAGE = "START_HERE.md"

TITLE = Text("Start here", "从这里开始")
HOW = Text(
    "Click a lab. Read, run each cell with Shift + Enter, write your answer where you see `...`, and run the "
    "`lab.check(...)` below it. These notebooks are your own copies: nothing you write here is overwritten.",
    "点击下面的实验即可打开。边读边按 Shift + Enter 运行每一格；在 `...` 处写下答案，再运行下面的 `lab.check(...)`。"
    "这里的笔记本是你自己的副本，写下的内容不会被覆盖。",
)
STUCK = Text(
    'Stuck? `lab.hint("name")` helps in steps; `lab.solution("name")` shows the official answer. '
    "To begin a lab afresh, open File → New → Terminal and type `labkit reset 3.3`.",
    '卡住了？`lab.hint("name")` 会一步步提示，`lab.solution("name")` 显示参考答案。想从头再做一遍：打开“文件 → 新建 → 终端”，输入 `labkit reset 3.3`。',
)
MODULE = Text("Module {number}", "模块 {number}")
MINUTES = Text("{minutes} min", "{minutes} 分钟")
CORE = Text("★ part of the two-day course", "★ 两天课程的必修实验")


def write_start_page(workbook: Path, language: Language) -> Path:
    """Write ``START_HERE.md`` into a workbook and return it; what it lists is what lies there."""
    page = workbook / START_PAGE
    page.write_text(render_start_page(read_labs(workbook), workbook, language), encoding="utf-8")
    return page


def render_start_page(labs: Sequence[LabNotebook], workbook: Path, language: Language) -> str:
    """Return the page as Markdown."""
    lines = [f"# {say(TITLE, language)}", "", say(HOW, language), "", say(STUCK, language), ""]
    titles = module_titles(language)
    for module, members in groupby(labs, key=lambda lab: lab.module):
        heading = say(MODULE.fill(number=module), language)
        lines += [f"## {heading} · {titles[module]}" if module in titles else f"## {heading}", ""]
        lines += [entry(lab, workbook, language) for lab in members]
        lines.append("")
    if any(lab.core for lab in labs):
        lines += [say(CORE, language), ""]
    return "\n".join(lines)


def entry(lab: LabNotebook, workbook: Path, language: Language) -> str:
    """Return one line of the list."""
    link = quote(lab.path.relative_to(workbook).as_posix())
    minutes = f" · {say(MINUTES.fill(minutes=lab.minutes), language)}" if lab.minutes else ""
    return f"- [{lab.lab} {lab.title}]({link}){minutes}{' ★' if lab.core else ''}"


def say(text: Text, language: Language) -> str:
    """Return a text in one language."""
    return text.zh if language == "zh" else text.en


def module_titles(language: Language) -> dict[int, str]:
    """Return the modules' titles from ``course.toml``; without it the page has numbers only."""
    return dict(_titles(course_dir() / "course.toml", language))


def _titles(path: Path, language: Language) -> Iterator[tuple[int, str]]:
    try:
        modules = tomllib.loads(path.read_text(encoding="utf-8")).get("module", [])
    except (OSError, tomllib.TOMLDecodeError):
        return
    for module in modules:
        yield int(module["number"]), str(module["title"][language])
