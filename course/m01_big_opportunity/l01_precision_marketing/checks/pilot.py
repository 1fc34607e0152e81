"""What the pilot cost and brought, counted in SQL."""

from __future__ import annotations

from dataclasses import dataclass

from labkit.exercises import Given, remembered

CONTACT_YUAN = 5.0
STAND_IN_MARGIN_FEN = 10_000
"""What a purchase counts where an own file does not say."""


@dataclass(frozen=True)
class Pilot:
    """Sums over the pilot.

    Parameters
    ----------
    asked, bought : int
        Customers.
    margin_yuan, amount_yuan : float
        What the purchases leave in a year, and what was invested.
    """

    asked: int
    bought: int
    margin_yuan: float
    amount_yuan: float


@remembered
def pilot(given: Given) -> Pilot:
    """Sums over all customers who were asked."""
    known = given.sql("SELECT * FROM pilot_responses LIMIT 0").columns
    margin = "margin_fen" if "margin_fen" in known else f"{STAND_IN_MARGIN_FEN} * CAST(responded AS INTEGER)"
    amount = "amount_fen" if "amount_fen" in known else f"({margin})"
    row = given.sql(
        f"""SELECT count(*) AS asked, count(*) FILTER (responded) AS bought,
                   sum({margin}) / 100.0 AS margin, sum({amount}) / 100.0 AS amount FROM pilot_responses"""
    ).iloc[0]
    return Pilot(int(row["asked"]), int(row["bought"]), float(row["margin"]), float(row["amount"]))
