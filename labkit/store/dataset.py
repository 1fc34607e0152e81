"""What a lab reads: a world, with a practitioner's own file in place of a table."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pandas as pd

from labkit import catalogue
from labkit.catalogue.dictionary import KIND_NAMES
from labkit.catalogue.schema import Table
from labkit.errors import LabkitError
from labkit.language import Text
from labkit.store import engine
from labkit.store.own_table import OwnTable, read_all
from labkit.store.storage import to_pandas
from labkit.world.streams import stream

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from labkit.store.making import Progress

YOUR_OWN = Text("A column of your own file", "你自己文件中的列")


class Stored(Protocol):
    """A world on disk as a data set reads it."""

    @property
    def seed(self) -> int:
        """The seed it is a function of."""

    @property
    def customers(self) -> int:
        """How many people live in it."""

    def files(self, table: str) -> list[Path]:
        """Paths of a table's files; empty if the world does not hold it."""

    def read(self, table: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Some columns of a table."""


class Dataset:
    """Tables by name: of a synthetic world, or of a practitioner's own files. First used in lab 3.3.

    Made by :meth:`open`. Two data sets are never equal, so one can stand for its content as a cache key.

    Attributes
    ----------
    scale, seed, customers
        Which world.
    own_notes : tuple of Text
        For each own file, which of its columns became which column of the table.
    """

    def __init__(
        self,
        scale: str | int,
        seed: int,
        stream_name: str,
        own: Mapping[str, OwnTable] | None = None,
        progress: Progress | None = None,
        world: Stored | None = None,
    ) -> None:
        self.scale = scale
        if world is None:
            from labkit.store.worlds import checked_seed, world_size  # makes worlds; not there in a jail

            self.customers, self.seed = world_size(scale), checked_seed(seed)
        else:
            self.customers, self.seed = world.customers, world.seed
            self._world = world
        self._stream_name = stream_name
        self.own_notes = tuple(table.how_read for table in (own or {}).values())
        self._own = {name: table.arrow for name, table in (own or {}).items()}
        self._progress = progress
        self._frames: dict[str, pd.DataFrame] = {}
        self._connection: duckdb.DuckDBPyConnection | None = None

    @classmethod
    def open(
        cls,
        scale: str | int = "lab",
        seed: int = 2026,
        *,
        data: Mapping[str, str | PathLike[str]] | None = None,
        columns: Mapping[str, str] | None = None,
        stream_name: str = "",
        progress: Progress | None = None,
    ) -> Dataset:
        """Open the tables of a world; make the world first if it is not there yet.

        Parameters
        ----------
        scale : {"tiny", "lab"} or int
            Customers of the world: 2 000, 20 000, or a multiple of 2 000.
        seed : int
            Which world.
        data : mapping of str to path, optional
            Table → own file. ``LABKIT_DATA_<TABLE>`` in the environment says the same.
        columns : mapping of str to str, optional
            Column of the table (or ``table.column``) → what it is called in the file. ``LABKIT_MAP`` in the
            environment says the same, as ``"basket_id=单号,item=商品"``.
        stream_name : str
            First part of the name of every random stream, the lab's id.
        progress : callable, optional
            ``progress(done, total)`` while the world is being made.

        Raises
        ------
        LabkitError
            Unknown scale, seed or table; no room for the world; every fault of an own file at once.
        """
        dataset = cls(scale, seed, stream_name, read_all(data or {}, columns or {}), progress)
        if dataset.has_truth:
            dataset._world  # noqa: B018 - made now, while a person is looking, rather than at the first table
        return dataset

    @property
    def own_tables(self) -> frozenset[str]:
        """Names of the tables that come from the practitioner's own files."""
        return frozenset(self._own)

    @property
    def has_truth(self) -> bool:
        """False as soon as one table is the practitioner's own: nobody planted anything there."""
        return not self._own

    def table(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return a fresh copy of a table, or of some of its columns in the order asked for.

        Raises
        ------
        LabkitError
            If there is no such table or column, or the table is an answer key.
        """
        table = catalogue.table(name)
        if table.truth:
            raise _is_answer_key(name)
        present = self._columns(table)
        wanted = present if columns is None else [columns] if isinstance(columns, str) else list(columns)
        for column in wanted:
            if column not in present:
                raise (
                    _not_in_file(name, column)
                    if self._lacks(table, column)
                    else _no_such_column(name, column, present)
                )
        return self._cached(name, wanted).copy()

    def sql(self, query: str) -> pd.DataFrame:
        """Return DuckDB's answer; every table is there under its own name, answer keys are not.

        Raises
        ------
        LabkitError
            If the query cannot be run; the reason in DuckDB's own words.
        """
        if self._connection is None:
            others = [table.name for table in catalogue.tables() if table.name not in self._own]
            stored = {name: self._world.files(name) for name in others}
            self._connection = engine.connect({k: v for k, v in stored.items() if v}, self._own)
        return engine.answer(self._connection, query)

    def truth(self, name: str) -> pd.DataFrame:
        """Return an answer key of the world.

        Raises
        ------
        LabkitError
            If a table is the practitioner's own, or the name is not that of an answer key.
        """
        if not self.has_truth:
            raise _no_truth(self.own_tables)
        if not catalogue.table(name).truth:
            raise _no_answer_key(name)
        return to_pandas(self._world.read(name))

    def describe(self, name: str) -> pd.DataFrame:
        """Return one row per column of a table: its description, unit and kind in the current language."""
        table = catalogue.table(name)
        known = {column.name: column for column in table.columns_of_a_file}
        rows = []
        for column_name in self._columns(table):
            column = known.get(column_name)
            if column is None:
                rows.append((column_name, str(YOUR_OWN), "", ""))
            else:
                unit = str(column.unit) if column.unit else ""
                rows.append((column_name, str(column.description), unit, str(KIND_NAMES[column.kind])))
        return pd.DataFrame(rows, columns=["column", "description", "unit", "kind"])

    def rng(self, name: str) -> np.random.Generator:
        """Return the lab's own random stream of that name, at its beginning."""
        return stream(self.seed, self._stream_name, name)

    @functools.cached_property
    def _world(self) -> Stored:
        from labkit.store.worlds import open_world

        return open_world(self.customers, self.seed, progress=self._progress)

    def _lacks(self, table: Table, column: str) -> bool:
        """Is it a column of the table that the practitioner's own file does not have?"""
        return table.name in self._own and column in [known.name for known in table.columns_of_a_file]

    def _columns(self, table: Table) -> list[str]:
        if table.name in self._own:
            return self._own[table.name].column_names
        return [column.name for column in table.columns]

    def _cached(self, name: str, wanted: Sequence[str]) -> pd.DataFrame:
        """The wanted columns of a table; each is read once."""
        frame = self._frames.get(name, pd.DataFrame())
        unread = [column for column in dict.fromkeys(wanted) if column not in frame.columns]
        if unread:
            arrow = self._own[name].select(unread) if name in self._own else self._world.read(name, unread)
            fresh = to_pandas(arrow)
            self._frames[name] = frame = pd.concat([frame, fresh], axis=1) if len(frame.columns) else fresh
        return frame[list(wanted)]


def _no_such_column(table: str, column: object, present: Sequence[str]) -> LabkitError:
    near = difflib.get_close_matches(str(column), present, n=3, cutoff=0.5) or list(present)
    return LabkitError(
        Text(f"The table {table} has no column {column!r}.", f"表 {table} 没有名为 {column!r} 的列。"),
        Text(f"Columns with a similar name: {', '.join(near)}.", f"名称相近的列：{'、'.join(near)}。"),
        Text(f'lab.describe("{table}") lists them all.', f'用 lab.describe("{table}") 可以列出全部的列。'),
    )


def _not_in_file(table: str, column: str) -> LabkitError:
    return LabkitError(
        Text(
            f"Your file for {table} has no column for {column!r}.",
            f"你的 {table} 文件里没有对应 {column!r} 的列。",
        ),
        Text("This step needs it.", "这一步需要它。"),
        Text(
            f'If the file has it under another name, write columns={{"{column}": "<column of the file>"}}; else skip this step.',
            f'如果文件里这一列叫别的名字，请写 columns={{"{column}": "<文件中的列>"}}；否则请跳过这一步。',
        ),
    )


def _is_answer_key(name: str) -> LabkitError:
    return LabkitError(
        Text(f"{name} is an answer key, not a table of the data.", f"{name} 是答案键，不是数据表。"),
        Text("It holds what was planted in the synthetic world.", "它记录虚拟世界里预埋的真相。"),
        Text(
            f'lab.truth("{name}") shows it once the exercises it would give away are answered.',
            f'完成相关练习后，用 lab.truth("{name}") 查看。',
        ),
    )


def _no_answer_key(name: str) -> LabkitError:
    listed = [table.name for table in catalogue.truth_tables()]
    return LabkitError(
        Text(f"{name} is not an answer key.", f"{name} 不是答案键。"),
        Text(f"Answer keys: {', '.join(listed)}.", f"现有的答案键：{'、'.join(listed)}。"),
        Text(f'lab.data("{name}") reads the table.', f'用 lab.data("{name}") 读取这张表。'),
    )


def _no_truth(own_tables: frozenset[str]) -> LabkitError:
    listed = sorted(own_tables)
    return LabkitError(
        Text("There is no answer key for your own data.", "你自己的数据没有答案键。"),
        Text(
            f"Your own files stand in place of: {', '.join(listed)}.",
            f"以下表已换成你自己的文件：{'、'.join(listed)}。",
        ),
        Text(
            "Compare with what you know of your business, or run the lab on the synthetic world.",
            "请与你对业务的了解相对照，或改用虚拟世界运行本实验。",
        ),
    )
