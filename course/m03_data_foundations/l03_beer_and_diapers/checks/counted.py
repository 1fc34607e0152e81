"""Baskets counted in SQL; the lab counts them in pandas and on bits."""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.exercises import Given, remembered

FAMOUS = ("diapers", "beer")
CHAIN_MEMBERS, RESPONDING = 800_000, 0.10
SURPRISING = 4.5
"""In standard deviations: stricter than Holm's bar for any number of pairs up to fifteen thousand."""
MOST_COMMON_ITEMS = 400
"""Pairs are counted among so many; an own file's rarer items make no pair that matters here."""


@remembered
def famous_pair(given: Given) -> tuple[str, str]:
    """Diapers and beer, or an own file's two best sellers."""
    sold = given.sql(
        "SELECT CAST(item AS VARCHAR) AS item, count(DISTINCT basket_id) AS n FROM baskets "
        "GROUP BY 1 ORDER BY n DESC, 1"
    )["item"]
    return FAMOUS if set(FAMOUS) <= set(sold) else tuple(sold[:2])  # type: ignore[return-value]


@remembered
def crossed(given: Given) -> dict[str, int]:
    """For the famous pair: baskets with the first, the second, either, both; all baskets, all lines."""
    first, second = (item.replace("'", "''") for item in famous_pair(given))
    counts = given.sql(
        f"""WITH receipts AS (SELECT bool_or(item = '{first}') AS one, bool_or(item = '{second}') AS other,
                              count(*) AS lines FROM baskets GROUP BY basket_id)
        SELECT count(*) FILTER (one) AS first, count(*) FILTER (other) AS second,
               count(*) FILTER (one OR other) AS either, count(*) FILTER (one AND other) AS both,
               count(*) AS baskets, sum(lines) AS lines FROM receipts"""
    )
    return {name: int(value) for name, value in counts.iloc[0].items()}


def counts_by_quarter(given: Given) -> pd.DataFrame:
    """Baskets with both, with each, and in all, for every pair of items and quarter."""
    dated = "bought_at" in given.sql("SELECT * FROM baskets LIMIT 0").columns
    part = "date_trunc('quarter', any_value(bought_at))" if dated else "0"
    receipts = f"SELECT basket_id, {part} AS part FROM baskets GROUP BY basket_id"
    n_items = given.sql("SELECT count(DISTINCT item) AS n FROM baskets")["n"].item()
    only_common = "SEMI JOIN common USING (item)" if n_items > MOST_COMMON_ITEMS else ""
    largest = given.sql(f"SELECT max(n) AS n FROM (SELECT count(*) AS n FROM ({receipts}) GROUP BY part)")
    return given.sql(
        f"""WITH receipts AS MATERIALIZED (
            SELECT *, CAST(row_number() OVER (PARTITION BY part) AS INTEGER) AS place FROM ({receipts})),
        common AS (SELECT item FROM baskets GROUP BY item ORDER BY count(*) DESC, item LIMIT {MOST_COMMON_ITEMS}),
        held AS MATERIALIZED (
            SELECT part, item, bitstring_agg(place, 1, {largest["n"].item()}) AS places
            FROM baskets {only_common} JOIN receipts USING (basket_id) GROUP BY ALL),
        counted AS MATERIALIZED (
            SELECT part, CAST(item AS VARCHAR) AS item, places, bit_count(places) AS n FROM held),
        size AS (SELECT part, count(*) AS n FROM receipts GROUP BY part)
        SELECT a.item AS first, b.item AS second, size.n AS n, a.n AS n_first, b.n AS n_second,
               bit_count(a.places & b.places) AS n_both
        FROM counted a JOIN counted b USING (part) JOIN size USING (part)
        WHERE a.item < b.item ORDER BY part, first, second"""
    )


@remembered
def pairs(given: Given) -> pd.DataFrame:
    """Every pair of items, by frozenset: support, lift, surprise, yuan a month, and yuan in one lump.

    Also ``first`` and ``second``, the rarer one first: that direction has the higher confidence.
    """
    counts = counts_by_quarter(given)
    total = counts.groupby(["first", "second"], as_index=False).sum()
    n, one, other = total["n"], total["n_first"], total["n_second"]
    by_chance = one * other / n
    total["support"], total["lift"] = total["n_both"] / n, total["n_both"] / by_chance
    total["surprise"] = (total["n_both"] - by_chance) / np.sqrt(by_chance * (1 - one / n) * (1 - other / n))
    month = RESPONDING * CHAIN_MEMBERS / np.prod(months_and_members(given))
    within = (
        counts["first"].to_frame().assign(second=counts["second"], yuan=month * shelf_yuan(counts, given))
    )
    total["yuan"] = within.groupby(["first", "second"])["yuan"].sum().to_numpy()
    total["in_lump"] = month * shelf_yuan(total, given)
    swapped = one > other
    total.loc[swapped, ["first", "second"]] = total.loc[swapped, ["second", "first"]].to_numpy()
    both = zip(total["first"], total["second"], strict=True)
    return total.set_index(pd.Index([frozenset(pair) for pair in both], tupleize_cols=False))


def shelf_yuan(counts: pd.DataFrame, given: Given) -> pd.Series:
    """Margin of the buyers of one item alone who would add the other if all of the pull responded."""
    margin = margins(given)
    yuan = pd.Series(0.0, index=counts.index)
    for puller, pulled in (("first", "second"), ("second", "first")):
        pull = counts["n_both"] / counts[f"n_{puller}"] - counts[f"n_{pulled}"] / counts["n"]
        yuan += (counts[f"n_{puller}"] - counts["n_both"]) * pull * counts[pulled].map(margin).fillna(1.0)
    return yuan


def margins(given: Given) -> pd.Series:
    """Gross margin of one unit in yuan; empty where the items table does not say."""
    items = given.table("items")
    if not {"price_fen", "margin_share"} <= set(items.columns):
        return pd.Series(dtype=float)
    return (items["price_fen"] * items["margin_share"] / 100).set_axis(items["item"].astype(str))


@remembered
def months_and_members(given: Given) -> tuple[int, int]:
    """What the receipts cover; one month and the whole chain where they do not say."""
    known = given.sql("SELECT * FROM baskets LIMIT 0").columns
    months = "count(DISTINCT date_trunc('month', bought_at))" if "bought_at" in known else "1"
    members = "count(DISTINCT member_id)" if "member_id" in known else str(CHAIN_MEMBERS)
    row = given.sql(f"SELECT {months} AS months, {members} AS members FROM baskets").iloc[0]
    return int(row["months"]), int(row["members"])
