"""Which column of a practitioner's file is which column of the table."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence

from labkit.catalogue.schema import Column, Table
from labkit.language import Text

MOST_NAMES_LISTED = 12
LIST_MARKS = Text(", ", "、")
PLACEHOLDER = Text("column of the file", "文件中的列")

MISSING = Text(
    'No column for "{column}" ({description}). Columns in the file: {names}. If one of them is it, write '
    'columns={{"{column}": "{guess}"}} or --map {option}.',
    '缺少“{column}”列（{description}）。文件里的列：{names}。如果其中某一列就是它，请写 columns={{"{column}": "{guess}"}} '
    "或 --map {option}。",
)
NOT_IN_FILE = Text(
    'You mapped "{column}" to "{wanted}", and the file has no such column. Columns in the file: {names}. Write for example '
    'columns={{"{column}": "{guess}"}} or --map {option}.',
    "你把“{column}”对应到“{wanted}”，但文件里没有这一列。文件里的列：{names}。"
    '例如可以写 columns={{"{column}": "{guess}"}} 或 --map {option}。',
)
AMBIGUOUS = Text(
    '"{column}" could be any of these columns: {names}. Say which: columns={{"{column}": "{guess}"}} or --map {option}.',
    '“{column}”可能是这几列中的任何一列：{names}。请指明是哪一列：columns={{"{column}": "{guess}"}} 或 --map {option}。',
)


def plain(name: str) -> str:
    """A name without case, blanks, marks and full-width forms, for comparison."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


def match_columns(
    table: Table, file_columns: Sequence[str], mapping: Mapping[str, str]
) -> tuple[dict[str, str], list[Text]]:
    """Find the file's column for each column of the table.

    In this order: what the practitioner says; the same name; the same name but for case, blanks and marks;
    an alias; the description, or its part before the first mark, in either language.

    Parameters
    ----------
    table : Table
        What the file stands in place of.
    file_columns : sequence of str
        Names in the file, each once.
    mapping : mapping of str to str
        Column of the table, or ``table.column``, → name in the file.

    Returns
    -------
    dict of str to str
        Column of the table → name in the file, for those that were found.
    list of Text
        A sentence for each needed column that was not.
    """
    said = {column.name: _said(table, column, mapping) for column in table.columns_of_a_file}
    by_name = {c.name: _named(said[c.name] or c.name, file_columns) for c in table.columns_of_a_file}
    claimed = {name for names in by_name.values() for name in names}
    unclaimed = [name for name in file_columns if name not in claimed]
    found: dict[str, str] = {}
    faults: list[Text] = []
    for column in table.columns_of_a_file:
        candidates, wanted = by_name[column.name], said[column.name]
        if not candidates and wanted is None:
            aliases = [name for alias in column.aliases for name in _named(alias, unclaimed)]
            candidates = aliases or _described(column.description, unclaimed)
        if len(candidates) == 1:
            found[column.name] = candidates[0]
        elif wanted is not None or column.needed:
            holes = _suggestion(column.name, wanted or column.name, candidates or file_columns)
            sentence = AMBIGUOUS if candidates else MISSING if wanted is None else NOT_IN_FILE
            faults.append(
                sentence.fill(column=column.name, description=column.description, wanted=wanted, **holes)
            )
    return found, faults


def _said(table: Table, column: Column, mapping: Mapping[str, str]) -> str | None:
    """What the practitioner says the column is called; ``table.column`` counts before ``column`` and its aliases."""
    names = (f"{table.name}.{column.name}", column.name, *column.aliases)
    return next((mapping[name] for name in names if name in mapping), None)


def _named(name: str, file_columns: Sequence[str]) -> list[str]:
    if name in file_columns:
        return [name]
    return [other for other in file_columns if plain(name) and plain(other) == plain(name)]


def _described(description: Text, file_columns: Sequence[str]) -> list[str]:
    heads = [re.split(r"[:：;；,，(（]", text)[0] for text in description]
    texts = {plain(text) for text in (*description, *heads)} - {""}
    return [name for name in file_columns if plain(name) in texts]


def _suggestion(column: str, name: str, file_columns: Sequence[str]) -> dict[str, Text]:
    """The file's columns, those spelt like ``name`` first, and how to map one of them."""
    by_plain = {plain(other): other for other in reversed(file_columns)}
    near = [by_plain[n] for n in difflib.get_close_matches(plain(name), by_plain, n=3, cutoff=0.4)]
    ordered = near + [other for other in file_columns if other not in near]
    more = "…" if len(ordered) > MOST_NAMES_LISTED else ""
    names = Text(*(mark.join(ordered[:MOST_NAMES_LISTED]) + more for mark in LIST_MARKS))
    guess = Text(near[0], near[0]) if near else PLACEHOLDER
    option = Text(*(f"{column}={one}" for one in guess))
    if any(character in option.en for character in " &|<>();"):
        option = Text(*(f'"{one}"' for one in option))
    return {"names": names, "guess": guess, "option": option}
