"""Every table of the world, found by name."""

from __future__ import annotations

import difflib

from labkit.catalogue import (
    bank_cards,
    bank_credit,
    bank_credit_truth,
    bank_customers,
    bank_payments,
    bank_products,
    bank_wallet,
    marketing,
    marketing_pilot,
    operations,
    people,
    quality,
    retail,
    telecom,
    telecom_network,
    telecom_tariffs,
)
from labkit.catalogue.schema import Column, Kind, Table
from labkit.errors import LabkitError
from labkit.language import Text

DOMAINS = (
    people,
    bank_customers,
    bank_products,
    bank_cards,
    bank_payments,
    bank_credit,
    bank_credit_truth,
    bank_wallet,
    telecom,
    telecom_tariffs,
    telecom_network,
    retail,
    marketing,
    marketing_pilot,
    operations,
    quality,
)

__all__ = ["Column", "Kind", "Table", "all_tables", "table", "tables", "truth_tables"]


def all_tables() -> dict[str, Table]:
    """Return every table and answer key by name, in the order of the domains.

    Built at each call from the domains' ``TABLES``, so that the registry holds no state of its own.
    """
    declared = [table for domain in DOMAINS for table in domain.TABLES]
    by_name = {table.name: table for table in declared}
    if len(by_name) != len(declared):
        raise ValueError("two tables of the catalogue have the same name")
    return by_name


def tables() -> tuple[Table, ...]:
    """Return the tables that a notebook can read with ``lab.data`` and SQL."""
    return tuple(table for table in all_tables().values() if not table.truth)


def truth_tables() -> tuple[Table, ...]:
    """Return the answer keys, which are stored apart and shown only through ``lab.truth``."""
    return tuple(table for table in all_tables().values() if table.truth)


def table(name: str) -> Table:
    """Return the table or answer key of that name.

    Raises
    ------
    LabkitError
        If there is none; names the tables that are spelt most like it.
    """
    by_name = all_tables()
    if found := by_name.get(name):
        return found
    near = difflib.get_close_matches(str(name), by_name, n=3, cutoff=0.5) or list(by_name)
    listed = ", ".join(near)
    raise LabkitError(
        Text(f"There is no table called {name!r}.", f"没有名为 {name!r} 的表。"),
        Text(f"Tables with a similar name: {listed}.", f"名称相近的表：{'、'.join(near)}。"),
        Text(
            "Correct the name; the data dictionary in `datasets/` lists every table.",
            "请改正表名；`datasets/` 里的数据字典列有全部的表。",
        ),
    )
