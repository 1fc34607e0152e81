"""A practitioner's own file in place of a table: columns found, values read, every fault told at once."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from labkit import catalogue
from labkit.catalogue.schema import Column, Kind, Table
from labkit.errors import LabkitError
from labkit.language import Text
from labkit.store.own_columns import match_columns
from labkit.store.own_file import read_as_text, unreadable

if TYPE_CHECKING:
    import pyarrow as pa

FILE_VARIABLE = "LABKIT_DATA_"
MAP_VARIABLE = "LABKIT_MAP"

WANTED: Mapping[Kind, Text] = {
    "integer": Text("a whole number", "整数"),
    "number": Text("a number", "数字"),
    "money": Text("an amount of money", "金额"),
    "flag": Text("yes or no (1/0, yes/no, 是/否)", "是或否（1/0、yes/no、是/否）"),
    "date": Text("a date such as 2025-03-01", "日期（如 2025-03-01）"),
    "time": Text("a date or time such as 2025-03-01 18:30", "日期或时间（如 2025-03-01 18:30）"),
}
NOT_READ = Text(
    'Column "{column}": values that are not {wanted}: {count}, the first in data row {row}: "{example}".',
    "“{column}”列：有 {count} 个值不是{wanted}，第一处在第 {row} 个数据行：“{example}”。",
)
EMPTY_CELLS = Text(
    'Column "{column}" is needed in every row. Rows where it is empty: {count}, the first being data row {row}.',
    "“{column}”列每行都要有值，但有 {count} 行为空，第一处在第 {row} 个数据行。",
)
REPEATED = Text(
    "Rows that repeat the {key} of an earlier row: {count}, the first being data row {row} ({example}); keep one row for each.",
    "有 {count} 行的 {key} 与前面的行重复，第一处在第 {row} 个数据行（{example}）；每组请只保留一行。",
)
SHORTENED = Text(
    'Column "{column}": Excel has shortened long numbers, in data row {row} to "{example}"; format the column as '
    "text or 0 and save again.",
    "“{column}”列：长号码被 Excel 缩写，例如第 {row} 个数据行的“{example}”；请把该列设为文本格式或 0 格式后重新保存。",
)
HOW_READ = Text(
    "{table}: {rows:,} rows of {file}. Columns: {matched}. Columns of the file not used: {unused}. Columns of the table that the "
    "file lacks: {absent}.",
    "{table}：{file} 的 {rows:,} 行。列的对应：{matched}。文件中未使用的列：{unused}。文件中缺少的表列：{absent}。",
)
IN_YUAN = Text("{name} ← {other} (read as yuan)", "{name} ← {other}（按元读取）")
NONE = Text("none", "无")
NO_ROWS = Text("There is a header and no row of data below it.", "只有表头，没有数据行。")
SCIENTIFIC = r"^\d(\.\d+)?[eE]\+\d+$"


@dataclass(frozen=True)
class OwnTable:
    """A practitioner's file, read in place of a table.

    Parameters
    ----------
    arrow : pyarrow.Table
        The table's columns that the file has, in the order of the catalogue and under its names; then,
        where the table allows it, the file's own further columns.
    how_read : Text
        One paragraph: which column of the file became which, what was left out, what is not there.
    """

    arrow: pa.Table = field(repr=False)
    how_read: Text


def read_all(data: Mapping[str, str | PathLike[str]], columns: Mapping[str, str]) -> dict[str, OwnTable]:
    """Return the own tables by name, from arguments and from the environment; arguments win.

    Raises
    ------
    LabkitError
        For a table that does not exist, a mapping that fits no table, or with every fault of the files.
    """
    paths = {**_paths_of_environment(), **data}
    mapping = {**_mapping_of_environment(), **columns}
    tables = {name: catalogue.table(name) for name in paths}
    for table in tables.values():
        if table.truth:
            raise _answer_key(table.name)
    _check_mapping(mapping, list(tables.values()))
    read, faults = {}, {}
    for name, path in paths.items():
        read[name], faults[name] = read_own_table(Path(path).expanduser(), tables[name], mapping)
    if any(faults.values()):
        raise _told_at_once({str(paths[name]): told for name, told in faults.items() if told})
    return read


def read_own_table(path: Path, table: Table, mapping: Mapping[str, str]) -> tuple[OwnTable, list[Text]]:
    """Read one file in place of a table; also return one sentence per fault.

    The table is of use only if there is no fault.

    Raises
    ------
    LabkitError
        If there is no table to be had from the file at all.
    """
    import pyarrow as pa

    from labkit.store.own_values import guess_values, present

    texts, faults = read_as_text(path)
    if texts.num_rows == 0:
        raise unreadable(path, NO_ROWS)
    found, missing = match_columns(table, texts.column_names, mapping)
    faults += missing
    arrays: dict[str, pa.Array] = {}
    for name, file_column in found.items():
        column = table.column(name)
        values = present(texts[file_column], column.kind)
        arrays[name], told = _read(column, values, file_column, table)
        if told and table.free_columns and not column.needed:
            arrays[name] = guess_values(values)
        else:
            faults += told
    if table.free_columns:
        for file_column in texts.column_names:
            if file_column not in found.values() and file_column not in arrays:
                values = present(texts[file_column], "category")
                if values.null_count < len(values):
                    arrays[file_column] = guess_values(values)
    if not faults and not table.repeats:
        faults += _repeated(table, arrays)
    return OwnTable(pa.table(arrays), _how_read(path, texts, table, found)), faults


def _how_read(path: Path, texts: pa.Table, table: Table, found: Mapping[str, str]) -> Text:
    from labkit.store.own_values import FEN_NAME

    in_yuan = {
        n for n, other in found.items() if table.column(n).kind == "money" and not FEN_NAME.search(other)
    }
    matched = [
        IN_YUAN.fill(name=name, other=other)
        if name in in_yuan
        else Text(f"{name} ← {other}", f"{name} ← {other}")
        for name, other in found.items()
    ]
    unused = [] if table.free_columns else [n for n in texts.column_names if n not in found.values()]
    absent = [column.name for column in table.columns_of_a_file if column.name not in found]
    return HOW_READ.fill(
        table=table.name,
        rows=texts.num_rows,
        file=path.name,
        matched=_listed(matched),
        unused=_listed([Text(name, name) for name in unused]),
        absent=_listed([Text(name, name) for name in absent]),
    )


def _listed(names: Sequence[Text]) -> Text:
    if not names:
        return NONE
    return Text(", ".join(name.en for name in names), "、".join(name.zh for name in names))


def _read(column: Column, texts: pa.Array, file_column: str, table: Table) -> tuple[pa.Array, list[Text]]:
    import pyarrow.compute as pc

    from labkit.store.own_values import read_values

    identifier = column.name in table.key or column.refers_to is not None or column.name.endswith("_id")
    values, unread = read_values(column, texts, file_column, identifier)
    shown = column.name if file_column == column.name else f"{file_column} → {column.name}"
    faults = []
    if unread.any():
        row = int(unread.argmax())
        wanted, example = WANTED[column.kind], texts[row].as_py()[:40]
        faults.append(
            NOT_READ.fill(column=shown, count=int(unread.sum()), wanted=wanted, example=example, row=row + 1)
        )
    empty = texts.is_null().to_numpy(zero_copy_only=False)
    if column.needed and not column.nullable and empty.any():
        faults.append(EMPTY_CELLS.fill(column=shown, count=int(empty.sum()), row=int(empty.argmax()) + 1))
    if identifier and column.kind == "integer":
        shortened = pc.fill_null(pc.match_substring_regex(texts, SCIENTIFIC), False).to_numpy(
            zero_copy_only=False
        )
        if shortened.any():
            row = int(shortened.argmax())
            faults.append(SHORTENED.fill(column=shown, example=texts[row].as_py(), row=row + 1))
    return values, faults


def _repeated(table: Table, arrays: Mapping[str, pa.Array]) -> list[Text]:
    """A sentence if rows repeat the key: all of its columns, or those of them that every file must have."""
    key = [name for name in table.key if name in arrays]
    always = [name for name in table.key if table.column(name).needed]
    if key != list(table.key) and (not always or not set(always) <= set(key)):
        return []
    import pandas as pd

    frame = pd.DataFrame({name: _codes(arrays[name]) for name in key})
    repeats = frame.duplicated().to_numpy()
    if not repeats.any():
        return []
    row = int(repeats.argmax())
    example = ", ".join(str(arrays[name][row].as_py()) for name in key)
    return [REPEATED.fill(count=int(repeats.sum()), key=" + ".join(key), row=row + 1, example=example)]


def _codes(array: pa.Array) -> np.ndarray:
    """Small whole numbers that are equal where the values are."""
    import pyarrow as pa
    import pyarrow.compute as pc

    coded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    return pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False)


# ---- what the practitioner asked for ------------------------------------------------------------


def _paths_of_environment() -> dict[str, str]:
    """``LABKIT_DATA_BASKETS=my.csv`` for each table; on Windows the environment knows no small letters."""
    named = {name.upper(): path for name, path in os.environ.items() if path}
    variables = {table.name: FILE_VARIABLE + table.name.upper() for table in catalogue.tables()}
    unknown = [n for n in named if n.startswith(FILE_VARIABLE) and n not in variables.values()]
    if unknown:
        catalogue.table(unknown[0].removeprefix(FILE_VARIABLE).lower())  # raises, and names what is near
    return {table: named[variable] for table, variable in variables.items() if variable in named}


def _mapping_of_environment() -> dict[str, str]:
    """``LABKIT_MAP="basket_id=单号,item=商品"`` as a mapping."""
    pairs = [pair.partition("=") for pair in os.environ.get(MAP_VARIABLE, "").split(",") if pair.strip()]
    for column, equals, name in pairs:
        if not (column.strip() and equals and name.strip()):
            raise LabkitError(
                Text(
                    f'"{column}" in {MAP_VARIABLE} says nothing.', f"{MAP_VARIABLE} 里的“{column}”没有意义。"
                ),
                Text(
                    "Each part has the form column=name in the file.", "每一部分的形式是：列名=文件中的列名。"
                ),
                Text(
                    f'For example {MAP_VARIABLE}="basket_id=单号,item=商品".',
                    f'例如 {MAP_VARIABLE}="basket_id=单号,item=商品"。',
                ),
            )
    return {column.strip(): name.strip() for column, _, name in pairs}


def _check_mapping(mapping: Mapping[str, str], tables: Sequence[Table]) -> None:
    """A mapping without a column to apply to is a slip of the pen: say so."""
    known = {
        name
        for table in tables
        for c in table.columns_of_a_file
        for name in (c.name, f"{table.name}.{c.name}", *c.aliases)
    }
    for column in mapping:
        if tables and column not in known:
            listed = [c.name for table in tables for c in table.columns_of_a_file]
            raise LabkitError(
                Text(
                    f'No table that you replace has a column "{column}".', f"你替换的表里没有“{column}”列。"
                ),
                Text(f"Their columns: {', '.join(listed)}.", f"它们的列有：{'、'.join(listed)}。"),
                Text(
                    'The table\'s column comes first, then the file\'s: columns={"basket_id": "单号"} or --map basket_id=单号.',
                    '先写表的列名，再写文件的列名：columns={"basket_id": "单号"} 或 --map basket_id=单号。',
                ),
            )


def _answer_key(name: str) -> LabkitError:
    return LabkitError(
        Text(f"No file can stand in place of {name}.", f"不能用文件替换 {name}。"),
        Text("It is an answer key of the synthetic world.", "它是虚拟世界的答案键。"),
        Text("Replace a table of the data instead.", "请改为替换数据表。"),
    )


def _told_at_once(faults: Mapping[str, Sequence[Text]]) -> LabkitError:
    count = sum(map(len, faults.values()))
    names = list(faults)
    english = [
        f"{path}: {fault.en}" if len(names) > 1 else fault.en for path in names for fault in faults[path]
    ]
    chinese = [
        f"{path}：{fault.zh}" if len(names) > 1 else fault.zh for path in names for fault in faults[path]
    ]
    return LabkitError(
        Text(
            f"{', '.join(names)} cannot be used yet; faults found: {count}.",
            f"{'、'.join(names)} 还不能使用，发现 {count} 处问题。",
        ),
        Text(
            "\n  ".join(f"{i}. {line}" for i, line in enumerate(english, 1)),
            "\n  ".join(f"{i}. {line}" for i, line in enumerate(chinese, 1)),
        ),
        Text(
            "Mend the file or map its columns, then open the lab again.",
            "请修改文件或指明列的对应关系，然后重新打开实验。",
        ),
    )
