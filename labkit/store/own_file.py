"""Any file a practitioner has, read as a table of text: CSV and its relatives, Excel, Parquet.

Values are left as they are written; :mod:`labkit.store.own_values` reads them by the catalogue.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labkit.errors import LabkitError
from labkit.language import Text

if TYPE_CHECKING:
    import pyarrow as pa

DELIMITERS = (",", ";", "\t", "|")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ENCODINGS = ("utf-8", "gb18030")
SAMPLE_CHARACTERS = 200_000
SAMPLE_ROWS = 20

UNEVEN_ROWS = Text(
    "Rows that do not have {expected} values as the header does: {count}, for example: {example}",
    "有 {count} 行的值个数与表头的 {expected} 列不符，例如：{example}",
)


def read_as_text(path: Path) -> tuple[pa.Table, list[Text]]:
    """Return a file's table with every value as text, and a sentence per fault of its shape.

    Blank rows and nameless empty columns are left out; a name that stands twice gets a number.

    Raises
    ------
    LabkitError
        If there is no table to be had from the file at all.
    """
    head = _head(path)
    if not head:
        raise unreadable(path, Text("The file is empty.", "文件是空的。"))
    if head.startswith(b"PAR1"):
        return _parquet(path), []
    if head.startswith(b"PK\x03\x04"):
        return _excel(path), []
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise unreadable(
            path, Text("It is in the old Excel format (.xls).", "这是旧版 Excel 格式（.xls）。"), SAVE_AS
        )
    return _delimited(path)


SAVE_AS = Text(
    'Save it from Excel as "CSV UTF-8" or as .xlsx, and give that file.',
    "请在 Excel 里另存为“CSV UTF-8”或 .xlsx，再使用那个文件。",
)
INSTALL_OPENPYXL = Text(
    'Install it with "pip install openpyxl", or save the sheet from Excel as "CSV UTF-8" and give that file.',
    "请运行 pip install openpyxl 安装，或在 Excel 里另存为“CSV UTF-8”，再使用那个文件。",
)


def unreadable(path: Path, why: Text, do: Text = SAVE_AS) -> LabkitError:
    """No table can be had from the file."""
    return LabkitError(Text(f"{path} cannot be read as a table.", f"无法把 {path} 读成一张表。"), why, do)


def _head(path: Path) -> bytes:
    """The first bytes of a file; LabkitError if it is missing, a folder, or closed to the reader."""
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except FileNotFoundError:
        why = Text("There is no such file.", "找不到这个文件。")
    except OSError as error:
        reason = error.strerror or str(error)
        why = Text(f"The system says: {reason}.", f"系统的说法是：{reason}。")
        if path.is_dir():
            why = Text("It is a folder.", "它是一个文件夹。")
    check = Text(
        f"Check the path; it is looked for from {Path.cwd()}.",
        f"请检查路径；相对路径从 {Path.cwd()} 开始查找。",
    )
    raise unreadable(path, why, check)


# ---- text ---------------------------------------------------------------------------------------


def _delimited(path: Path) -> tuple[pa.Table, list[Text]]:
    import pyarrow as pa
    import pyarrow.csv as arrow_csv

    text = _decoded(path).lstrip("\ufeff\r\n")
    if not text.strip():
        raise unreadable(path, Text("The file is empty.", "文件是空的。"))
    delimiter, width = find_delimiter(text[:SAMPLE_CHARACTERS])
    uneven: list[Any] = []

    def remember(row: Any) -> str:
        uneven.append(row)
        return "skip"

    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(text.encode()),
            read_options=arrow_csv.ReadOptions(autogenerate_column_names=True),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, invalid_row_handler=remember
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types={f"f{i}": pa.string() for i in range(width)}, null_values=[]
            ),
        )
    except pa.ArrowInvalid as error:
        raise unreadable(
            path, Text(f"Its rows cannot be told apart: {error}", f"无法分清各行：{error}")
        ) from None
    header = [column[0].as_py() or "" for column in table.columns]
    return _tidy(table.slice(1), header), _uneven_rows(uneven)


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    marked = [encoding for mark, encoding in BYTE_ORDER_MARKS if raw.startswith(mark)]
    for encoding in marked or ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise unreadable(
        path,
        Text("It is neither UTF-8 nor GBK/GB 18030 text.", "它既不是 UTF-8 文本，也不是 GBK/GB 18030 文本。"),
    )


def find_delimiter(sample: str) -> tuple[str, int]:
    """Return what separates values in the first rows, and how many values the first row has.

    The delimiter by which most of the rows have as many values as the first; among equals, the one with
    more values.
    """

    def evidence(delimiter: str) -> tuple[float, int]:
        rows = _first_rows(sample, delimiter)
        width = len(rows[0])
        even = sum(len(row) == width for row in rows) / len(rows)
        return (even if width > 1 else 0.0, width)

    best = max(DELIMITERS, key=evidence)
    return best, len(_first_rows(sample, best)[0])


def _first_rows(sample: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if row:
                rows.append(row)
            if len(rows) > SAMPLE_ROWS:
                break
    except csv.Error:  # a field longer than the reader's limit
        pass
    return rows or [[sample]]


def _uneven_rows(rows: Sequence[Any]) -> list[Text]:
    if not rows:
        return []
    example = " ".join(rows[0].text.split())[:60]
    return [UNEVEN_ROWS.fill(count=len(rows), expected=rows[0].expected_columns, example=example)]


def _tidy(table: pa.Table, header: Sequence[str]) -> pa.Table:
    """Name the columns, leave out blank rows and nameless empty columns."""
    import pyarrow as pa
    import pyarrow.compute as pc

    table = table.filter(_has_a_value(table))
    names: list[str] = []
    columns: list[pa.ChunkedArray] = []
    for position, (name, column) in enumerate(zip(header, table.columns, strict=True), start=1):
        name = name.strip(" \t\r\n\ufeff\u3000\"'")
        if not name and not pc.any(pc.not_equal(pc.utf8_trim_whitespace(column), "")).as_py():
            continue
        names.append(_free_name(name or f"column {position}", names))
        columns.append(column)
    return pa.table(columns, names=names)


def _free_name(name: str, taken: Sequence[str]) -> str:
    free, number = name, 2
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def _has_a_value(table: pa.Table) -> pa.Array:
    """For each row, whether any of its values is more than blanks; boolean."""
    import pyarrow as pa
    import pyarrow.compute as pc

    filled = pa.repeat(False, table.num_rows)
    for column in table.columns:
        filled = pc.or_(filled, pc.fill_null(pc.not_equal(pc.utf8_trim_whitespace(column), ""), False))
        if pc.all(filled).as_py():
            break
    return filled


# ---- typed files --------------------------------------------------------------------------------


def _parquet(path: Path) -> pa.Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowException) as error:
        raise unreadable(
            path, Text(f"The Parquet file is damaged: {error}", f"Parquet 文件已损坏：{error}")
        ) from None
    try:
        columns = [_as_text(column) for column in table.columns]
    except pa.ArrowException as error:
        why = Text(f"A column holds more than plain values: {error}", f"有的列不是普通的值：{error}")
        raise unreadable(path, why) from None
    return _tidy(pa.table(columns, names=[str(i) for i in range(len(columns))]), table.column_names)


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_timestamp(column.type) and column.type.tz is not None:
        column = pc.local_timestamp(column)
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), None, column)
    return column.cast(pa.string())


def _excel(path: Path) -> pa.Table:
    """The first sheet of a workbook; its first row with a value is the header."""
    import pyarrow as pa

    try:
        import openpyxl
    except ImportError:
        why = Text("Reading Excel files needs the package openpyxl.", "读取 Excel 文件需要 openpyxl 包。")
        raise unreadable(path, why, INSTALL_OPENPYXL) from None
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = [row for row in sheet.iter_rows(values_only=True) if any(cell is not None for cell in row)]
        book.close()
    except Exception as error:  # the library raises whatever its parsers do
        why = Text(
            f"It is not an Excel workbook that can be opened: {error}",
            f"它不是可以打开的 Excel 工作簿：{error}",
        )
        raise unreadable(path, why) from None
    if not rows:
        raise unreadable(path, Text("Its first sheet is empty.", "它的第一张工作表是空的。"))
    width = max(map(len, rows))
    cells = [[_cell_text(row[i] if i < len(row) else None) for row in rows] for i in range(width)]
    table = pa.table(
        [pa.array(column[1:], pa.string()) for column in cells], names=[str(i) for i in range(width)]
    )
    return _tidy(table, [column[0] for column in cells])


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value)
