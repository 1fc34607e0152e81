"""DuckDB over a world: every table a view under its own name, the answer as a frame."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from labkit import catalogue
from labkit.errors import LabkitError
from labkit.language import Text
from labkit.store.storage import to_pandas

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


def connect(stored: Mapping[str, Iterable[Path]], own: Mapping[str, pa.Table]) -> duckdb.DuckDBPyConnection:
    """Return a connection in memory in which tables are views.

    Parameters
    ----------
    stored : mapping of str to paths
        Name of a table → its Parquet files.
    own : mapping of str to pyarrow.Table
        A practitioner's own tables.
    """
    import duckdb

    connection = duckdb.connect(":memory:")
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET python_enable_replacements = false")  # only the tables, no variables of ours
    connection.execute("SET autoinstall_known_extensions = false")  # nothing is fetched from the network
    for name, paths in stored.items():
        listed = ", ".join(_quoted_path(path) for path in paths)
        connection.execute(f"CREATE VIEW {_quoted(name)} AS SELECT * FROM read_parquet([{listed}])")
    for name, table in own.items():
        connection.register(name, _without_dictionaries(table))
    return connection


def answer(connection: duckdb.DuckDBPyConnection, query: str) -> pd.DataFrame:
    """Run a query; whole numbers come back as int64, dates and times as ``datetime64[ms]``.

    Raises
    ------
    LabkitError
        If DuckDB refuses the query; says why in its words, and names the tables there are.
    """
    import duckdb

    try:
        relation: duckdb.DuckDBPyRelation | None = connection.sql(query)  # None for a statement without rows
        if relation is None:
            return pd.DataFrame()
        _refuse_repeated_names(relation.columns)
        return to_pandas(_plain(relation.to_arrow_table()))
    except duckdb.Error as error:
        raise _refused(error) from None


def _refuse_repeated_names(names: Sequence[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise LabkitError(
                Text(f"Two columns of the answer are called {name}.", f"查询结果里有两列都叫 {name}。"),
                Text("A table needs one name per column.", "表里每一列的名称不能重复。"),
                Text(f"Rename one of them: … AS other_{name}.", f"请给其中一列改名：… AS other_{name}。"),
            )


def _plain(table: pa.Table) -> pa.Table:
    """Cast what pandas has no good type for: wide integers, decimals, dates, enumerations."""
    return type(table).from_arrays([_plain_column(column) for column in table.columns], table.column_names)


def _plain_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa

    kind = column.type
    if pa.types.is_decimal(kind):
        try:
            return column.cast(pa.int64() if kind.scale == 0 else pa.float64())
        except pa.ArrowInvalid:  # wider than 64 bits
            return column.cast(pa.float64())
    if pa.types.is_date(kind) or (pa.types.is_timestamp(kind) and kind.tz is None):
        return column.cast(pa.timestamp("ms"), safe=False)
    return column


def _without_dictionaries(table: pa.Table) -> pa.Table:
    import pyarrow as pa

    kinds = [
        field.type.value_type if pa.types.is_dictionary(field.type) else field.type for field in table.schema
    ]
    return table.cast(pa.schema(zip(table.column_names, kinds, strict=True)))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _quoted_path(path: Path) -> str:
    """A path as a SQL literal in which no character is a wildcard."""
    literal = re.sub(r"([\[*?])", r"[\1]", path.as_posix())
    return "'" + literal.replace("'", "''") + "'"


def _refused(error: Exception) -> LabkitError:
    reason = str(error).strip()
    names = [table.name for table in catalogue.tables()]
    hidden = [table.name for table in catalogue.truth_tables() if re.search(rf"\b{table.name}\b", reason)]
    if hidden:
        do = Text(
            f'"{hidden[0]}" is an answer key; it is shown by lab.truth("{hidden[0]}") once its exercises are answered.',
            f'“{hidden[0]}”是答案键：完成相关练习后，用 lab.truth("{hidden[0]}") 查看。',
        )
    else:
        named = re.search(r"Table with name (\w+)", reason)
        near = difflib.get_close_matches(named[1], names, n=3) if named else []
        listed = near or names
        do = Text(f"Tables: {', '.join(listed)}.", f"可用的表：{'、'.join(listed)}。")
    return LabkitError(
        Text("DuckDB could not answer the query.", "DuckDB 无法执行这条查询。"), Text(reason, reason), do
    )
