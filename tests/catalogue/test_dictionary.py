"""The data dictionary says what the catalogue says, in both languages."""

from __future__ import annotations

import pytest

from labkit import catalogue
from labkit.catalogue.dictionary import dictionary, dictionary_files
from labkit.locations import PROJECT


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_table_and_column_stands_in_it_with_its_description(language: str) -> None:
    page = dictionary(language)  # type: ignore[arg-type]
    for table in catalogue.all_tables().values():
        section = page.split(f"### `{table.name}` · {getattr(table.title, language)}")[1].split("\n### ")[0]
        for column in table.columns:
            row = next(line for line in section.splitlines() if line.startswith(f"| `{column.name}` |"))
            assert getattr(column.description, language).replace("|", "\\|") in row


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_row_of_a_table_has_as_many_cells_as_its_heading(language: str) -> None:
    blocks = [b for b in dictionary(language).split("\n\n") if b.startswith("|")]  # type: ignore[arg-type]
    assert len(blocks) == len(catalogue.all_tables())
    for block in blocks:
        widths = {line.replace("\\|", "").count("|") for line in block.splitlines()}
        assert len(widths) == 1


def test_it_does_not_depend_on_the_current_language(monkeypatch: pytest.MonkeyPatch) -> None:
    english = dictionary("en")
    monkeypatch.setattr("labkit.language._current", "zh")
    assert dictionary("en") == english


def test_the_dictionaries_of_the_repository_are_up_to_date() -> None:
    for path, content in dictionary_files(PROJECT / "datasets").items():
        assert path.read_bytes() == content
