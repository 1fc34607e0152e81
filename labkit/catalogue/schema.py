"""What a table is: columns, units, keys and descriptions, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from labkit.language import Text

Kind = Literal["integer", "number", "flag", "category", "text", "money", "date", "time"]
"""integer, number (float), flag (bool), category (few codes), text, money (integer fen),
date (midnight) and time (both as milliseconds, no time zone)."""


@dataclass(frozen=True)
class Column:
    """One column: its name in code, its kind, and what it means to a person.

    Parameters
    ----------
    name : str
        English, as written in code in both editions.
    kind : Kind
        Decides the storage type and how a practitioner's own column is read.
    description : Text
        What the value says, in both languages.
    unit : Text, optional
        Unit of the value (``fen``, ``GB``, ``months``).
    refers_to : str, optional
        ``table.column`` that every value must be found in.
    nullable : bool
        May a value be missing in the synthetic world?
    needed : bool
        Must a practitioner's own file have this column? Others are used when they are there.
    aliases : tuple of str
        Other names that a practitioner's file, or a mapping, may use for it.
    """

    name: str
    kind: Kind
    description: Text
    unit: Text | None = None
    refers_to: str | None = None
    nullable: bool = False
    needed: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table of the world, or one answer key (``truth=True``).

    Parameters
    ----------
    name : str
        The name used in ``lab.data`` and in SQL.
    title : Text
        A short name for people.
    row : Text
        What one row means: the first question of every analyst.
    key : tuple of str
        Columns that together identify a row.
    columns : tuple of Column
        In the order of the file.
    truth : bool
        An answer key, stored apart from the data and shown only through ``lab.truth``.
    free_columns : bool
        May a practitioner's own file bring any further columns of its own?
    repeats : bool
        May a practitioner's own file repeat a key? A till prints a line each time an item is scanned.
    own_columns : tuple of Column
        What only a practitioner's own file has: the world keeps it elsewhere, as the outcome of a loan in its
        repayments.
    """

    name: str
    title: Text
    row: Text
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    truth: bool = False
    free_columns: bool = False
    repeats: bool = False
    own_columns: tuple[Column, ...] = ()

    @property
    def columns_of_a_file(self) -> tuple[Column, ...]:
        """What a practitioner's own file may have: the table's columns, then those only a file has."""
        return self.columns + self.own_columns

    def column(self, name: str) -> Column:
        """Return the column of that name; KeyError if the table has none."""
        for column in self.columns_of_a_file:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name!r}")
