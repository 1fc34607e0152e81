"""The table that CONTRIBUTING.md adds as an example really is added by what it says."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from labkit import catalogue
from labkit.catalogue.schema import Column, Table
from labkit.language import Text
from labkit.locations import PROJECT
from labkit.store.dataset import Dataset
from labkit.world import generate, retail
from labkit.world.block import Block, Domain
from labkit.world.retail.baskets import baskets


@pytest.fixture
def written() -> dict[str, object]:
    """What the two Python blocks of the section define."""
    guide = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = guide.split("## A table in an hour")[1].split("\n## ")[0]
    names: dict[str, object] = {
        "Block": Block, "Column": Column, "Table": Table, "Text": Text, "baskets": baskets, "pd": pd
    }  # fmt: skip
    for code in re.findall(r"```python\n(.*?)```", section, flags=re.DOTALL):
        exec(code, names)
    return names


def test_declaration_and_function_are_all_a_table_needs(
    written: dict[str, object], home: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    domain = Domain("retail", retail.DOMAIN.once, (*retail.DOMAIN.per_block, written["member_points"]))
    monkeypatch.setattr(
        "labkit.catalogue.retail.TABLES", (*catalogue.retail.TABLES, written["MEMBER_POINTS"])
    )
    monkeypatch.setattr(
        generate, "DOMAINS", tuple(domain if d.name == "retail" else d for d in generate.DOMAINS)
    )
    generate.fingerprint.cache_clear()
    try:
        points = Dataset.open("tiny", 5).table("member_points")
    finally:
        generate.fingerprint.cache_clear()
    assert (points["points"] >= 0).all()
    assert 1_000 < len(points) <= 2_000
