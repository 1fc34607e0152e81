"""A lab's source: ``course/m03_data_foundations/l03_beer_and_diapers/lab.py``, read once and kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from labkit.authoring.cells import Cell, split_cells
from labkit.authoring.faults import SourceError
from labkit.language import Text

KINDS_OF_KEYS: Mapping[str, type] = {
    "id": str,
    "name": str,
    "title": dict,
    "minutes": int,
    "core": bool,
    "outline": list,
    "tables": list,
    "prerequisites": list,
}
LAB_ID = re.compile(r"([1-9]\d?)\.([1-9]\d?)")

NO_HEADER = Text(
    "A source begins with its header: YAML in comments, between two lines `# ---`.",
    "源文件以文件头开始：写在注释里的 YAML，夹在两行 `# ---` 之间。",
)
BAD_YAML = Text("The header is not valid YAML: {reason}.", "文件头不是合法的 YAML：{reason}。")
MISSING_KEY = Text("The header lacks `{key}`.", "文件头缺少 `{key}`。")
UNKNOWN_KEY = Text(
    "The header knows no `{key}`; it has {known}.", "文件头里没有 `{key}` 这一项，只有 {known}。"
)
BAD_VALUE = Text(
    'The value of `{key}` is not of the right kind: {value}. (An id stands in quotation marks: "2.10".)',
    '`{key}` 的值类型不对：{value}。（id 要加引号："2.10"。）',
)
BAD_TITLE = Text("A title has two languages: {en: …, zh: …}.", "标题要有两种语言：{en: …, zh: …}。")
NOT_UTF8 = Text("The file is not UTF-8.", "文件不是 UTF-8 编码。")


@dataclass(frozen=True)
class Header:
    """What a lab says of itself.

    Parameters
    ----------
    id : str
        ``"3.3"``: module and number of the lab.
    name : str
        ``"beer_and_diapers"``; with the number, the folder's name.
    title : Text
        In both languages.
    minutes : int
        Of one person's attention.
    core : bool
        Part of the two-day course?
    outline : tuple of str
        Lines of the course outline it covers, as in ``course.toml``.
    tables : tuple of str
        Tables of the catalogue it uses.
    prerequisites : tuple of str
        Ids of labs to do first.
    lines : mapping of str to int
        Line of each key in the file.
    """

    id: str
    name: str
    title: Text
    minutes: int
    core: bool
    outline: tuple[str, ...]
    tables: tuple[str, ...]
    prerequisites: tuple[str, ...]
    lines: Mapping[str, int]


@dataclass(frozen=True)
class LabSource:
    """A source file with its header and cells.

    Parameters
    ----------
    path : Path
        Of ``lab.py``.
    header : Header
        What the lab says of itself.
    cells : tuple of Cell
        In the order of the file.
    """

    path: Path
    header: Header
    cells: tuple[Cell, ...]

    @property
    def id(self) -> str:
        """The lab's id, e.g. ``"3.3"``."""
        return self.header.id

    @property
    def checks_dir(self) -> Path:
        """The package ``checks`` beside the source: one file for each exercise, one for the quiz."""
        return self.path.with_name("checks")

    @property
    def check_files(self) -> list[Path]:
        """The files of ``checks``, by name; none where there is no such folder yet."""
        return sorted(self.checks_dir.glob("*.py"))

    @property
    def course_dir(self) -> Path:
        """The folder ``course`` that the lab belongs to."""
        return self.path.parents[2]

    @property
    def project(self) -> Path:
        """The folder that holds ``course``, ``notebooks`` and ``solutions``."""
        return self.path.parents[3]

    @property
    def code_cells(self) -> list[Cell]:
        """Code, without the instructor's."""
        return [cell for cell in self.cells if cell.kind == "code" and not cell.for_instructor]

    @property
    def exercise_cells(self) -> list[Cell]:
        """The cells that hold an answer."""
        return [cell for cell in self.cells if cell.exercise]

    def prose(self, language: str) -> list[Cell]:
        """The prose cells of one language."""
        return [cell for cell in self.cells if cell.lang == language]


def read_source(path: Path) -> LabSource:
    """Read a lab's source.

    Raises
    ------
    SourceError
        With file, line and what is wrong there, in both languages.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(path, error.object[: error.start].count(b"\n") + 1, NOT_UTF8) from None
    return parse_source(text, path)


def parse_source(text: str, path: Path) -> LabSource:
    """Read a source from its text; see :func:`read_source`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if lines[0].rstrip() != "# ---" or "# ---" not in [line.rstrip() for line in lines[1:]]:
        raise SourceError(path, 1, NO_HEADER)
    end = next(row for row, line in enumerate(lines[1:], 2) if line.rstrip() == "# ---")
    header = _header(lines[1 : end - 1], path)
    return LabSource(path, header, tuple(split_cells(text, path, end + 1)))


def _header(commented: list[str], path: Path) -> Header:
    """Read the YAML of the header; its first line is line 2 of the file."""
    for row, line in enumerate(commented, 2):
        if not line.startswith("#"):
            raise SourceError(path, row, NO_HEADER)
    text = "\n".join(line.removeprefix("#").removeprefix(" ") for line in commented)
    try:
        values, node = yaml.safe_load(text), yaml.compose(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise SourceError(
            path, 2 + (mark.line if mark else 0), BAD_YAML.fill(reason=_reason(error))
        ) from None
    if not isinstance(values, dict) or not isinstance(node, yaml.MappingNode):
        raise SourceError(path, 2, NO_HEADER)
    rows = {str(key.value): key.start_mark.line + 2 for key, _ in node.value}
    _refuse_wrong_keys(values, rows, path)
    title = Text(values["title"]["en"], values["title"]["zh"])
    lists = {key: tuple(values[key]) for key in ("outline", "tables", "prerequisites")}
    return Header(values["id"], values["name"], title, values["minutes"], values["core"], **lists, lines=rows)


def _reason(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or error).split("\n")[0]


def _refuse_wrong_keys(values: dict[Any, Any], rows: Mapping[str, int], path: Path) -> None:
    for key in values:
        if key not in KINDS_OF_KEYS:
            raise SourceError(path, rows[str(key)], UNKNOWN_KEY.fill(key=key, known=", ".join(KINDS_OF_KEYS)))
    for key, kind in KINDS_OF_KEYS.items():
        if key not in values:
            raise SourceError(path, 1, MISSING_KEY.fill(key=key))
        value = values[key]
        strings_only = not isinstance(value, list) or all(isinstance(item, str) for item in value)
        if type(value) is not kind or not strings_only or (key == "id" and not LAB_ID.fullmatch(str(value))):
            raise SourceError(path, rows[key], BAD_VALUE.fill(key=key, value=value))
    title = values["title"]
    if set(title) != {"en", "zh"} or not all(isinstance(text, str) and text for text in title.values()):
        raise SourceError(path, rows["title"], BAD_TITLE)
