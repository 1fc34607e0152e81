"""The course map as pages: the notebook that trainees open first, a page in ``docs/``, and a table in the README."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from nbformat.v4 import new_markdown_cell, new_notebook

from labkit.authoring.course_map import CourseMap, MapLab, Session, read_course_map
from labkit.authoring.courses import Module
from labkit.authoring.editions import KERNEL, LANGUAGE_INFO, notebook_text
from labkit.language import LANGUAGES, Language, Text
from labkit.locations import START_NOTEBOOK

README_MARKS = "<!-- course map -->", "<!-- end of course map -->"

Link = Callable[[MapLab], str]

WELCOME = Text(
    "# Start here\n\n"
    "Click a lab. Read, run each cell with Shift + Enter, write your answer where you see `...`, and run the "
    "`lab.check(...)` below it. These notebooks are your own copies: nothing you write here is overwritten.\n\n"
    'Stuck? `lab.hint("name")` helps in steps; `lab.solution("name")` shows the official answer. '
    "To begin a lab afresh, open File → New → Terminal and type `labkit reset 3.3`.",
    "# 从这里开始\n\n"
    "点击下面的实验即可打开。边读边按 Shift + Enter 运行每一格；在 `...` 处写下答案，再运行下面的 `lab.check(...)`。"
    "这里的笔记本是你自己的副本，写下的内容不会被覆盖。\n\n"
    '卡住了？`lab.hint("name")` 会一步步提示，`lab.solution("name")` 显示参考答案。'
    "想从头再做一遍：打开“文件 → 新建 → 终端”，输入 `labkit reset 3.3`。",
)
PAGE_TITLE = Text("# Course map", "# 课程地图")
OTHER_LANGUAGE = Text("[中文](course_map.zh.md)", "[English](course_map.en.md)")
LABS_TITLE = Text("## The labs", "## 全部实验")
STAR = Text("★ part of the two-day course", "★ 两天课程的必修实验")
DAYS_TITLE = Text("## Two days", "## 两天日程")
DAYS_SAY = Text(
    "Labs in the third column are done by everybody; those in the fourth are shown live, {minutes} minutes each, and "
    "taken home.",
    "第三列的实验人人动手做；第四列由讲师现场演示，每个 {minutes} 分钟，课后自己做。",
)
DAYS_HEAD = Text("| | session | everybody does | shown live |", "| | 单元 | 动手做 | 现场演示 |")
DAY = Text("day {day}, {starts}–{ends}", "第 {day} 天 {starts}–{ends}")
OUTLINE_TITLE = Text("## The course outline, line by line", "## 大纲逐条对照")
OUTLINE_HEAD = Text("| line | says | labs |", "| 条目 | 内容 | 实验 |")
MODULE_HEAD = Text("| module | here today | to come |", "| 模块 | 现有实验 | 待写 |")
MINUTES = Text("{minutes} min", "{minutes} 分钟")
TO_COME = Text("*to come*", "*待写*")


def map_files(course_dir: Path) -> dict[Path, bytes]:
    """Every page of the map with its content; the README is left out where it has no place for it."""
    course, project = read_course_map(course_dir), course_dir.parent
    pages: dict[Path, str] = {}
    for language in LANGUAGES:
        folders = {module.number: module.folder for module in course.modules}
        pages[project / "notebooks" / language / START_NOTEBOOK] = start_notebook(course, language, folders)
        page = "\n\n".join(map_page(course, language, _links(f"../notebooks/{language}", folders)))
        pages[project / "docs" / f"course_map.{language}.md"] = page + "\n"
        readme = project / ("README.md" if language == "en" else "README.zh.md")
        if readme.exists() and README_MARKS[0] in readme.read_text(encoding="utf-8"):
            table = module_table(course, language, _links(f"solutions/{language}", folders))
            pages[readme] = between_marks(readme.read_text(encoding="utf-8"), table)
    return {path: text.encode() for path, text in pages.items()}


def start_notebook(course: CourseMap, language: Language, folders: dict[int, str]) -> str:
    """The notebook that trainees open first: how it works, then the map, each part a cell."""
    parts = [str_in(WELCOME, language), *map_page(course, language, _links(".", folders))[1:]]
    cells = [new_markdown_cell(part, id=f"map-{number}") for number, part in enumerate(parts)]
    metadata = {"kernelspec": KERNEL, "language_info": LANGUAGE_INFO}
    return notebook_text(new_notebook(cells=cells, metadata=metadata))


def map_page(course: CourseMap, language: Language, link: Link) -> list[str]:
    """The parts of the map: title, labs by module, the two days, the outline."""
    title = f"{str_in(PAGE_TITLE, language)}\n\n{str_in(OTHER_LANGUAGE, language)}"
    labs = [str_in(LABS_TITLE, language), str_in(STAR, language)]
    for module in course.modules:
        heading = f"### {module.number} {str_in(module.title, language)}"
        entries = [f"- {_entry(lab, language, link)}" for lab in course.of_module(module.number)]
        labs.append("\n".join([heading, "", *entries]))
    parts = [title, "\n\n".join(labs)]
    if course.sessions:
        parts.append("\n\n".join(_days(course, language, link)))
    return [*parts, "\n\n".join(_outline(course, language, link))]


def module_table(course: CourseMap, language: Language, link: Link) -> str:
    """One row for each module: the labs that are here, and those to come."""
    rows = [str_in(MODULE_HEAD, language), "|---|---|---|"]
    for module in course.modules:
        labs = course.of_module(module.number)
        here = "<br>".join(_entry(lab, language, link) for lab in labs if lab.exists)
        to_come = ", ".join(lab.id for lab in labs if not lab.exists)
        rows.append(f"| {module.number} {str_in(module.title, language)} | {here} | {to_come} |")
    return "\n".join([*rows, "", str_in(STAR, language)])


def between_marks(text: str, table: str) -> str:
    """Put a table between the marks of a README."""
    first, last = README_MARKS
    pattern = re.compile(f"{re.escape(first)}.*?{re.escape(last)}", re.DOTALL)
    return pattern.sub(lambda _: f"{first}\n\n{table}\n\n{last}", text)


def str_in(text: Text, language: Language) -> str:
    """A text in one language."""
    return text.zh if language == "zh" else text.en


def _links(root: str, folders: dict[int, str]) -> Link:
    start = "" if root == "." else f"{root}/"
    return lambda lab: f"{start}{folders[lab.module]}/l{lab.number:02}_{lab.name}.ipynb"


def _entry(lab: MapLab, language: Language, link: Link) -> str:
    """``[3.3 Beer and diapers](…) · 25 min ★``."""
    name, star = f"{lab.id} {str_in(lab.title, language)}", " ★" if lab.core else ""
    if not lab.exists:
        return f"{name} · {str_in(TO_COME, language)}{star}"
    return f"[{name}]({link(lab)}) · {str_in(MINUTES.fill(minutes=lab.minutes), language)}{star}"


def _days(course: CourseMap, language: Language, link: Link) -> Iterator[str]:
    yield str_in(DAYS_TITLE, language)
    yield str_in(DAYS_SAY.fill(minutes=course.shown_minutes), language)
    rows = [str_in(DAYS_HEAD, language), "|---|---|---|---|"]
    rows += [_session(session, course, language, link) for session in course.sessions]
    yield "\n".join(rows)


def _session(session: Session, course: CourseMap, language: Language, link: Link) -> str:
    when = DAY.fill(day=session.day, starts=session.starts, ends=session.ends)
    columns = [str_in(when, language), str_in(session.title, language)]
    for ids in (session.labs, session.shown):
        columns.append("<br>".join(_short(course.labs[lab], language, link) for lab in ids))
    return f"| {' | '.join(columns)} |"


def _outline(course: CourseMap, language: Language, link: Link) -> Iterator[str]:
    yield str_in(OUTLINE_TITLE, language)
    for module in course.modules:
        rows = [str_in(OUTLINE_HEAD, language), "|---|---|---|"]
        rows += _lines(module, course, language, link)
        yield "\n".join([f"### {module.number} {str_in(module.title, language)}", "", *rows])


def _lines(module: Module, course: CourseMap, language: Language, link: Link) -> Iterator[str]:
    for line, says in module.outline.items():
        serving = _ids(course.serving(line), link)
        yield f"| {line} | {str_in(says, language)} | {serving} |"


def _ids(labs: Iterable[MapLab], link: Link) -> str:
    return ", ".join(f"[{lab.id}]({link(lab)})" if lab.exists else f"*{lab.id}*" for lab in labs)


def _short(lab: MapLab, language: Language, link: Link) -> str:
    name = f"{lab.id} {str_in(lab.title, language)}"
    return f"[{name}]({link(lab)})" if lab.exists else f"*{name}*"
