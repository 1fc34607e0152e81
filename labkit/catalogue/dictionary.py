"""The data dictionary: the catalogue as one Markdown page per language.

A generated file like the notebooks: ``labkit build`` writes it, ``labkit build --check`` and the tests
fail when it no longer says what the catalogue says.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from labkit.catalogue import Column, Kind, Table, tables, truth_tables
from labkit.language import LANGUAGES, Language, Text

KIND_NAMES: dict[Kind, Text] = {
    "integer": Text("integer", "整数"),
    "number": Text("number", "数值"),
    "flag": Text("yes or no", "是/否"),
    "category": Text("category", "类别"),
    "text": Text("text", "文本"),
    "money": Text("money", "金额"),
    "date": Text("date", "日期"),
    "time": Text("date and time", "日期时间"),
}

TITLE = Text("Data dictionary", "数据字典")
INTRODUCTION = Text(
    "Every table of the synthetic world: what one row means, and what each column says. Amounts of money are whole fen "
    "(1 yuan = 100 fen); dates and times carry no time zone; column names and codes are English in both editions. "
    "Columns marked ● must be in a file of your own that stands in place of the table.",
    "虚拟世界的全部数据表：一行代表什么，每一列说明什么。金额以分为单位的整数存储（1 元 = 100 分）；日期和时间不带时区；"
    "两个语言版本中的列名和代码都是英文。标 ● 的列，在用自己的文件替换该表时必须提供。",
)
DATA = Text("Tables", "数据表")
TRUTH = Text("Answer keys", "答案键")
TRUTH_INTRODUCTION = Text(
    "What was planted, stored apart from the data. A notebook shows an answer key with `lab.truth` once the exercises that it "
    "would give away are answered; there is none for your own data.",
    "记录预埋的真相，与数据分开存放。完成相关练习后，笔记本用 `lab.truth` 显示答案键；你自己的数据没有答案键。",
)
ROW = Text("One row: {row}.", "一行：{row}。")
KEY = Text("Key: {key}.", "主键：{key}。")
FREE_COLUMNS = Text("A file of your own may bring any further columns.", "自己的文件还可以带任意其他列。")
HEADINGS = (
    Text("Column", "列"),
    Text("Kind", "类型"),
    Text("Meaning", "含义"),
    Text("Unit", "单位"),
    Text("Refers to", "引用"),
    Text("Own file", "自有文件"),
)
MAY_BE_MISSING = Text("may be missing", "可为空")


def dictionary(language: Language) -> str:
    """Return the data dictionary in Markdown, in one language; the same text on every run."""
    page = _Page(language)
    page.paragraph(f"# {page.say(TITLE)}")
    page.paragraph(page.say(INTRODUCTION))
    page.tables(DATA, tables())
    if truth_tables():
        page.tables(TRUTH, truth_tables(), TRUTH_INTRODUCTION)
    return "\n\n".join(page.paragraphs) + "\n"


def dictionary_files(folder: Path) -> dict[Path, bytes]:
    """Return what the dictionary of each language, ``DICTIONARY.zh.md`` in a folder, has to hold."""
    return {folder / f"DICTIONARY.{language}.md": dictionary(language).encode() for language in LANGUAGES}


class _Page:
    """Markdown paragraphs in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.paragraphs: list[str] = []

    def say(self, text: Text | None) -> str:
        return text.in_language(self.language) if text else ""

    def paragraph(self, text: str) -> None:
        self.paragraphs.append(text)

    def tables(self, heading: Text, listed: Sequence[Table], introduction: Text | None = None) -> None:
        self.paragraph(f"## {self.say(heading)}")
        if introduction:
            self.paragraph(self.say(introduction))
        for table in listed:
            self.paragraph(f"### `{table.name}` · {self.say(table.title)}")
            sentences = [ROW.fill(row=table.row), KEY.fill(key=", ".join(f"`{name}`" for name in table.key))]
            if table.free_columns:
                sentences.append(FREE_COLUMNS)
            self.paragraph((" " if self.language == "en" else "").join(map(self.say, sentences)))
            self.paragraph("\n".join(self.rows(table)))

    def rows(self, table: Table) -> list[str]:
        headings = HEADINGS[:-1] if table.truth else HEADINGS
        lines = [[self.say(heading) for heading in headings], ["---"] * len(headings)]
        lines += [self.cells(column)[: len(headings)] for column in table.columns_of_a_file]
        return ["| " + " | ".join(cells) + " |" for cells in lines]

    def cells(self, column: Column) -> list[str]:
        kind = self.say(KIND_NAMES[column.kind])
        if column.nullable:
            kind += f", {MAY_BE_MISSING.en}" if self.language == "en" else f"，{MAY_BE_MISSING.zh}"
        meaning = self.say(column.description).replace("|", "\\|")
        refers_to = f"`{column.refers_to}`" if column.refers_to else ""
        return [
            f"`{column.name}`",
            kind,
            meaning,
            self.say(column.unit),
            refers_to,
            "●" if column.needed else "",
        ]
