"""A lab's header agrees with the course, the catalogue, and the lab itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from labkit import catalogue
from labkit.authoring.cells import Cell
from labkit.authoring.code_reading import lines_by_argument, method_calls
from labkit.authoring.courses import lab_paths, modules
from labkit.authoring.faults import Fault
from labkit.authoring.source import LabSource
from labkit.language import LANGUAGES, Text

NO_MODULE = Text("course.toml has no module {number}.", "course.toml 里没有第 {number} 模块。")
FOLDER = Text("By its header, the lab belongs into {folder}.", "按文件头，这个实验应放在 {folder}。")
NO_LINE = Text("The course outline has no line {line}.", "课程大纲里没有 {line} 这一条。")
NO_TABLE = Text("The catalogue has no table {table}.", "数据目录里没有表 {table}。")
NO_LAB = Text("There is no lab {lab} that could come first.", "没有可以先做的实验 {lab}。")
TWICE = Text("{item} stands here twice.", "{item} 重复了。")
MINUTES = Text(
    "A lab takes 5 to 90 minutes, not {minutes}.", "一个实验用时 5 到 90 分钟，而不是 {minutes} 分钟。"
)
NO_PARAMETERS = Text(
    "One code cell, tagged parameters, sets scale, seed, data and columns, and nothing else.",
    "要有且只有一个带 parameters 标签的代码单元格，只设置 scale、seed、data 和 columns。",
)
NOT_STARTED = Text(
    'The lab opens itself once: labkit.start("{lab}", …).',
    '实验要且只要打开自己一次：labkit.start("{lab}", …)。',
)
HEADING = Text(
    "The first prose cell begins with the lab's title: # {title}", "第一个文字单元格以实验标题开头：# {title}"
)
NOT_LISTED = Text(
    "The table {table} is read here, but the header does not list it.",
    "这里读取了表 {table}，但文件头没有列出。",
)
NO_KEY = Text("There is no answer key {table}.", "没有名为 {table} 的答案键。")
PARAMETERS = {"scale", "seed", "data", "columns"}


def header(lab: LabSource) -> list[Fault]:
    """Report a header that contradicts course.toml, the catalogue, other labs, or the lab's own cells."""
    found = [*_place(lab), *_lists(lab), *_parameters(lab), *_start(lab), *_headings(lab), *_tables_read(lab)]
    return [Fault("header", lab.path, line, sentence) for line, sentence in found]


Found = Iterator[tuple[int, Text]]


def _place(lab: LabSource) -> Found:
    module_number, lab_number = map(int, lab.id.split("."))
    module = next((m for m in modules(lab.course_dir) if m.number == module_number), None)
    if module is None:
        yield lab.header.lines["id"], NO_MODULE.fill(number=module_number)
        return
    wanted = f"{module.folder}/l{lab_number:02}_{lab.header.name}"
    if lab.path.parent.relative_to(lab.course_dir).as_posix() != wanted:
        yield lab.header.lines["id"], FOLDER.fill(folder=wanted)
    if not 5 <= lab.header.minutes <= 90:
        yield lab.header.lines["minutes"], MINUTES.fill(minutes=lab.header.minutes)


def _lists(lab: LabSource) -> Found:
    about, lines = lab.header, lab.header.lines
    outline = {line for module in modules(lab.course_dir) for line in module.outline}
    tables = {table.name for table in catalogue.tables()}
    labs = set(lab_paths(lab.course_dir)) - {lab.id}
    for key, items, known, sentence, hole in (
        ("outline", about.outline, outline, NO_LINE, "line"),
        ("tables", about.tables, tables, NO_TABLE, "table"),
        ("prerequisites", about.prerequisites, labs, NO_LAB, "lab"),
    ):
        for item in dict.fromkeys(items):
            if item not in known:
                yield lines[key], sentence.fill(**{hole: item})
            if items.count(item) > 1:
                yield lines[key], TWICE.fill(item=item)


def _parameters(lab: LabSource) -> Found:
    tagged = [cell for cell in lab.cells if "parameters" in cell.tags]
    names = [_assigned_names(cell) for cell in tagged if cell.kind == "code"]
    if len(tagged) != 1 or names != [PARAMETERS]:
        yield (tagged[-1].line if tagged else 1), NO_PARAMETERS


def _assigned_names(cell: Cell) -> set[str]:
    """Names that a cell of plain assignments sets; nothing else may stand in it."""
    names = set()
    for statement in ast.parse(cell.text).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case _:
                return set()
    return names


def _start(lab: LabSource) -> Found:
    starts = [
        (line, call.args[0].value)
        for line, call in method_calls(lab, "labkit", "start")
        if call.args and isinstance(call.args[0], ast.Constant)
    ]
    if [lab_id for _, lab_id in starts] != [lab.id]:
        yield (starts[-1][0] if starts else 1), NOT_STARTED.fill(lab=lab.id)


def _headings(lab: LabSource) -> Found:
    for language in LANGUAGES:
        title = lab.header.title.in_language(language)
        first = next(iter(lab.prose(language)), None)
        if first is None or first.text.split("\n")[0].strip() not in {f"# {title}", f"# {lab.id} {title}"}:
            yield (first.first_line if first else 1), HEADING.fill(title=title)


def _tables_read(lab: LabSource) -> Found:
    keys = {table.name for table in catalogue.truth_tables()}
    for method, known, sentence in (("data", set(lab.header.tables), NOT_LISTED), ("truth", keys, NO_KEY)):
        for table, line in lines_by_argument(lab, "lab", method).items():
            if table not in known:
                yield line, sentence.fill(table=table)
