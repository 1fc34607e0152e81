"""The course map as pages: the notebook that trainees open first, a page in ``docs/``, and a table in the README."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from labkit.authoring.course_map import CourseMap, MapLab, Session, read_course_map
from labkit.authoring.courses import Module
from labkit.authoring.editions import KERNEL, LANGUAGE_INFO, notebook_text
from labkit.language import LANGUAGES, Language, Text
from labkit.locations import START_NOTEBOOK
from labkit.standing.start_page import PROGRESS_CELL

README_MARKS = "<!-- course map -->", "<!-- end of course map -->"

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
PROGRESS = Text(
    '# How far you are. Run this cell to see it afresh.\nimport labkit\n\nlabkit.progress("en")',
    '# 你的学习进度。运行这一格即可刷新。\nimport labkit\n\nlabkit.progress("zh")',
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
        start = project / "notebooks" / language / START_NOTEBOOK
        pages[start] = start_notebook(MapPage(course, language, "."))
        page = MapPage(course, language, f"../notebooks/{language}")
        pages[project / "docs" / f"course_map.{language}.md"] = page.whole()
        readme = project / ("README.md" if language == "en" else "README.zh.md")
        if readme.exists() and README_MARKS[0] in readme.read_text(encoding="utf-8"):
            table = MapPage(course, language, f"solutions/{language}").module_table()
            pages[readme] = between_marks(readme.read_text(encoding="utf-8"), table)
    return {path: text.encode() for path, text in pages.items()}


def start_notebook(page: MapPage) -> str:
    """The notebook that trainees open first: how far one is, how it works, then the map, each part a cell."""
    parts = [page.say(WELCOME), page.labs(), page.days(), page.outline()]
    progress = new_code_cell(page.say(PROGRESS), id=PROGRESS_CELL)
    cells = [new_markdown_cell(part, id=f"map-{number}") for number, part in enumerate(parts) if part]
    metadata = {"kernelspec": KERNEL, "language_info": LANGUAGE_INFO}
    return notebook_text(new_notebook(cells=[progress, *cells], metadata=metadata))


def between_marks(text: str, table: str) -> str:
    """Put a table between the marks of a README."""
    first, last = README_MARKS
    pattern = re.compile(f"{re.escape(first)}.*?{re.escape(last)}", re.DOTALL)
    return pattern.sub(lambda _: f"{first}\n\n{table}\n\n{last}", text)


@dataclass(frozen=True)
class MapPage:
    """The map as Markdown, in one language.

    Parameters
    ----------
    course : CourseMap
        What it shows.
    language : Language
        The reader's.
    notebooks : str
        Where the links lead: the folder of notebooks, as seen from the page.
    """

    course: CourseMap
    language: Language
    notebooks: str

    def say(self, text: Text) -> str:
        """A text in the page's language."""
        return text.in_language(self.language)

    def whole(self) -> str:
        """The page that stands by itself: title, labs, days, outline."""
        parts = [self.say(PAGE_TITLE), self.say(OTHER_LANGUAGE), self.labs(), self.days(), self.outline()]
        return "\n\n".join(part for part in parts if part) + "\n"

    def labs(self) -> str:
        """Every lab below its module, written or to come."""
        parts = [self.say(LABS_TITLE), self.say(STAR)]
        for module in self.course.modules:
            entries = [f"- {self._entry(lab)}" for lab in self.course.of_module(module.number)]
            parts.append("\n".join([self._heading(module), "", *entries]))
        return "\n\n".join(parts)

    def days(self) -> str:
        """The two days, session by session; nothing where the course has no agenda."""
        if not self.course.sessions:
            return ""
        said = self.say(DAYS_SAY.fill(minutes=self.course.shown_minutes))
        rows = [self.say(DAYS_HEAD), "|---|---|---|---|", *map(self._session, self.course.sessions)]
        return "\n\n".join([self.say(DAYS_TITLE), said, "\n".join(rows)])

    def outline(self) -> str:
        """Every line of the course outline with the labs that serve it."""
        parts = [self.say(OUTLINE_TITLE)]
        for module in self.course.modules:
            rows = [
                f"| {line} | {self.say(says)} | {self._serving(line)} |"
                for line, says in module.outline.items()
            ]
            parts.append(
                "\n".join([self._heading(module), "", self.say(OUTLINE_HEAD), "|---|---|---|", *rows])
            )
        return "\n\n".join(parts)

    def module_table(self) -> str:
        """One row for each module: the labs that are here, and those to come."""
        rows = [self.say(MODULE_HEAD), "|---|---|---|"]
        for module in self.course.modules:
            labs = self.course.of_module(module.number)
            here = "<br>".join(self._entry(lab) for lab in labs if lab.exists)
            to_come = ", ".join(lab.id for lab in labs if not lab.exists)
            rows.append(f"| {module.number} {self.say(module.title)} | {here} | {to_come} |")
        return "\n".join([*rows, "", self.say(STAR)])

    def _heading(self, module: Module) -> str:
        return f"### {module.number} {self.say(module.title)}"

    def _entry(self, lab: MapLab) -> str:
        """``[3.3 Beer and diapers](…) · 25 min ★``."""
        when = MINUTES.fill(minutes=lab.minutes) if lab.exists else TO_COME
        name = self._linked(lab) if lab.exists else self._name(lab)
        return f"{name} · {self.say(when)}{' ★' if lab.core else ''}"

    def _session(self, session: Session) -> str:
        when = self.say(DAY.fill(day=session.day, starts=session.starts, ends=session.ends))
        done, shown = (
            "<br>".join(self._linked(self.course.labs[lab]) for lab in ids)
            for ids in (session.labs, session.shown)
        )
        return f"| {when} | {self.say(session.title)} | {done} | {shown} |"

    def _serving(self, line: str) -> str:
        return ", ".join(self._linked(lab, lab.id) for lab in self.course.serving(line))

    def _linked(self, lab: MapLab, name: str | None = None) -> str:
        """A lab's name as a link to its notebook; in italics while there is none."""
        name = name or self._name(lab)
        return f"[{name}]({self._path(lab)})" if lab.exists else f"*{name}*"

    def _name(self, lab: MapLab) -> str:
        return f"{lab.id} {self.say(lab.title)}"

    def _path(self, lab: MapLab) -> str:
        folder = next(module.folder for module in self.course.modules if module.number == lab.module)
        path = f"{folder}/l{lab.number:02}_{lab.name}.ipynb"
        return path if self.notebooks == "." else f"{self.notebooks}/{path}"
