"""The world as the domains generate it: complete, consistent, and without hints in its numbering."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from scipy.stats import spearmanr

from labkit import catalogue
from labkit.store.storage import content_hash, to_arrow
from labkit.world import generate
from labkit.world.block import Block, Domain
from labkit.world.generate import block_tables, fingerprint, reference_tables

SEED = 2026
ONE_IN_A_MILLION = 1e-6
TODAY = pd.Timestamp("2026-01-01")
AGREED = {"contract_end_on", "due_on"}
PLACES = {"grid_cell_id", "branch_id"}
TABLES = catalogue.all_tables()
REFERENCES = [(t, c) for t in TABLES.values() for c in t.columns if c.refers_to]


@pytest.fixture(scope="module")
def tiny() -> dict[str, pd.DataFrame]:
    return reference_tables(SEED) | block_tables(Block(SEED, 0))


def test_every_table_of_the_catalogue_is_generated_and_no_other(tiny: dict[str, pd.DataFrame]) -> None:
    assert set(tiny) == set(TABLES)


def test_no_table_is_made_both_once_and_per_block() -> None:
    assert not set(reference_tables(SEED)) & set(block_tables(Block(SEED, 0)))


@pytest.mark.parametrize("name", TABLES)
def test_every_written_column_is_in_the_catalogue_and_the_other_way_round(
    name: str, tiny: dict[str, pd.DataFrame]
) -> None:
    assert list(tiny[name].columns) == [column.name for column in TABLES[name].columns]


@pytest.mark.parametrize("name", TABLES)
def test_values_are_of_the_kinds_of_the_catalogue(name: str, tiny: dict[str, pd.DataFrame]) -> None:
    assert to_arrow(TABLES[name], tiny[name]).num_rows == len(tiny[name]) > 0


@pytest.mark.parametrize("name", TABLES)
def test_the_key_tells_every_row_apart(name: str, tiny: dict[str, pd.DataFrame]) -> None:
    key = list(TABLES[name].key)
    assert tiny[name][key].notna().all(axis=None)
    assert not tiny[name].duplicated(key).any()


@pytest.mark.parametrize(("table", "column"), REFERENCES, ids=lambda part: part.name)
def test_every_reference_leads_to_a_row(
    table: catalogue.Table, column: catalogue.Column, tiny: dict[str, pd.DataFrame]
) -> None:
    other, _, other_column = str(column.refers_to).partition(".")
    values = tiny[table.name][column.name].dropna().astype(str).unique()
    assert set(values) <= set(tiny[other][other_column].astype(str))


def test_blocks_share_no_identifier() -> None:
    first, second = block_tables(Block(SEED, 0)), block_tables(Block(SEED, 1))
    for name, frame in first.items():
        merged = frame[list(TABLES[name].key)].merge(second[name][list(TABLES[name].key)])
        assert merged.empty, name


@pytest.mark.parametrize("part", ["block", "reference"])
def test_the_same_seed_gives_the_same_content(part: str) -> None:
    make = (lambda: block_tables(Block(7, 1))) if part == "block" else (lambda: reference_tables(7))
    assert hashes(make()) == hashes(make())


def test_tables_come_out_the_same_in_whatever_order_they_are_made() -> None:
    forwards = block_tables(Block(7, 0))
    block = Block(7, 0)
    backwards = {name: block_tables(block, [name])[name] for name in reversed(forwards)}
    assert hashes(backwards) == hashes(forwards)


def test_a_part_is_worked_out_once_per_block() -> None:
    calls = []

    def part(block: Block) -> int:
        calls.append(block.index)
        return block.index

    block = Block(SEED, 3)
    assert [block.of(part), block.of(part), Block(SEED, 4).of(part)] == [3, 3, 4]
    assert calls == [3, 4]


def test_only_the_tables_that_were_asked_for_are_made() -> None:
    assert set(block_tables(Block(SEED, 0), ["people"])) == {"people"}
    assert set(reference_tables(SEED, ["items"])) == {"items"}


def test_another_seed_gives_another_world() -> None:
    one, other = block_tables(Block(1, 0)), block_tables(Block(2, 0))
    assert all(hashes(one)[name] != hashes(other)[name] for name in one)


def test_what_happens_happens_in_the_two_years_of_the_world(tiny: dict[str, pd.DataFrame]) -> None:
    for table in catalogue.tables():
        for column in (c for c in table.columns if c.kind == "time"):
            when = tiny[table.name][column.name].dropna()
            assert when.between("2024-01-01", "2025-12-31 23:59:59.999").all(), (table.name, column.name)


def test_nothing_is_dated_after_today_but_what_is_agreed_for_later(tiny: dict[str, pd.DataFrame]) -> None:
    for table in catalogue.tables():
        for column in (c for c in table.columns if c.kind == "date" and c.name not in AGREED):
            assert tiny[table.name][column.name].max() < TODAY, (table.name, column.name)


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if not table.truth])
def test_no_column_of_the_data_is_a_constant(name: str, tiny: dict[str, pd.DataFrame]) -> None:
    constant = [column for column in tiny[name] if tiny[name][column].nunique(dropna=False) == 1]
    assert constant == []


def test_identifiers_carry_nothing_latent(tiny: dict[str, pd.DataFrame]) -> None:
    latent = [(i, v) for name in TABLES if TABLES[name].truth for i, v in pairs(TABLES[name], tiny[name])]
    assert latent
    for identifiers, values in latent:
        assert spearmanr(identifiers, values).pvalue > ONE_IN_A_MILLION, (identifiers.name, values.name)
        for digit in (2, 10):
            p_value = spearmanr(identifiers % digit, values).pvalue
            assert p_value > ONE_IN_A_MILLION, (identifiers.name, values.name, digit)


def pairs(table: catalogue.Table, frame: pd.DataFrame) -> list[tuple[pd.Series, pd.Series]]:
    """Each identifier of an answer key beside each latent value, one row per identifier; where a place is, is no secret."""
    integers = [c.name for c in table.columns if c.kind == "integer" and c.name.endswith("_id")]
    told = {"text", "date", "time"}  # events are numbered in the order of time
    values = [c.name for c in table.columns if c.name not in (*table.key, *integers) and c.kind not in told]
    coded = frame.assign(**{v: pd.factorize(frame[v], sort=True)[0] for v in values})
    found = []
    for identifier in set(integers) - PLACES:
        once = coded.sample(frac=1, random_state=1).dropna(subset=[identifier]).drop_duplicates(identifier)
        found += [(once[identifier], once[v]) for v in values if once[v].nunique() > 1]
    return found


def test_two_domains_may_not_generate_the_same_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def people(block: Block) -> pd.DataFrame:
        raise AssertionError("never made")

    monkeypatch.setattr(generate, "DOMAINS", (*generate.DOMAINS, Domain("other", per_block=(people,))))
    with pytest.raises(ValueError, match="two domains generate"):
        block_tables(Block(SEED, 0))


def test_the_fingerprint_changes_with_the_code_and_not_with_its_line_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generate, "__file__", str(tmp_path / "generate.py"))
    (tmp_path / "people.py").write_bytes(b"SHARE = 0.7\n")
    before = fingerprint.__wrapped__()
    (tmp_path / "people.py").write_bytes(b"SHARE = 0.7\r\n")
    assert fingerprint.__wrapped__() == before
    (tmp_path / "people.py").write_bytes(b"SHARE = 0.8\n")
    assert fingerprint.__wrapped__() != before


def hashes(tables: dict[str, pd.DataFrame]) -> dict[str, str]:
    return {name: content_hash(to_arrow(TABLES[name], frame)) for name, frame in tables.items()}
