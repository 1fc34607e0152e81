"""Who leaves Swift Mobile, and why: the planted hazard, and the month-end modelling table.

Once a month every active subscriber leaves with a probability that five drivers raise, one step per
driver. The drivers are read off the same month-end features that the table ``churn`` publishes, so a
model that finds the thresholds can reach the oracle.
First used in lab 3.5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from labkit.world.block import Block
from labkit.world.telecom.joining import FIRST_MONTH, LAST_MONTH, month_start
from labkit.world.telecom.service import MONTHS, service
from labkit.world.telecom.subscribers import contracts

SNAPSHOTS = np.arange(2025 * 12 + 2, 2025 * 12 + 11)
"""Months at whose end the modelling table takes a picture: March to November 2025."""

FLAGGED_LEAVERS, FLAGGED_OTHERWISE = 0.88, 0.002
"""How often ``final_bill_flag`` is set: the closing bill of a leaver, and a slip of the billing desk."""


@dataclass(frozen=True)
class Driver:
    """A cause of leaving: where ``column`` is on ``side`` of ``threshold``, the odds are multiplied.

    Parameters
    ----------
    driver : str
        What happens, in words.
    column, side, threshold : str, str, float
        The condition, ``"<="`` or ``">="``, on a column of ``churn``.
    odds_multiplier : float
        Factor on the odds of leaving.
    together_with : str, optional
        Column of another driver; where both are on, the odds are multiplied again.
    together_multiplier : float
        That second factor.
    """

    driver: str
    column: str
    side: str
    threshold: float
    odds_multiplier: float
    together_with: str | None = None
    together_multiplier: float = 1.0

    def on(self, values: np.ndarray) -> np.ndarray:
        """Where the condition holds; never where the value is missing."""
        return values <= self.threshold if self.side == "<=" else values >= self.threshold


DRIVERS = (
    Driver("contract is about to end", "contract_months_left", "<=", 1, 4.5),
    Driver("repeated complaints", "complaints_3m", ">=", 2, 5.0),
    Driver("use moves elsewhere", "data_trend", "<=", 0.6, 4.5),
    Driver("bill shock", "bill_shock", ">=", 1.4, 4.0, "contract_months_left", 1.6),
    Driver("bad network", "dropped_call_rate", ">=", 0.03, 4.5),
)
BASE_ODDS = 0.0062
MOVES_AWAY_SHARE, MOVES_AWAY_ODDS = 0.015, 5.0
"""Some people move to another province, which no table records: the cause that nobody can find."""


def churn_drivers(seed: int) -> pd.DataFrame:
    """The answer key ``churn_drivers``: one row per planted driver, the same in every world."""
    return pd.DataFrame([vars(driver) for driver in DRIVERS])


def month_end_features(block: Block) -> dict[str, np.ndarray]:
    """Everything the warehouse knows at each month's end, each subscribers × :data:`MONTHS`.

    Ratios are rounded to thousandths in integers before anything is decided on them, so that no
    subscriber's fate hangs on the last bit of a float. Missing values (too few full months) are NaN.
    """
    months, subscribers = block.of(service), block.of(contracts)
    full = months.served
    recent, before = _window(months.data * full, 3), _window(months.data * full, 3, lag=3)
    earlier_bills = _window(months.bill * full, 3, lag=1)
    joined = subscribers["joined_month"].to_numpy()[:, None]
    term = subscribers["contract_months"].to_numpy()[:, None]
    return {
        "tenure_months": MONTHS - joined,
        "contract_months_left": np.where(term > 0, (joined - MONTHS - 1) % np.maximum(term, 1), 0),
        "data_gb_3m": recent / 100,
        "data_trend": _where(_window(full, 6) == 6, _thousandths(recent, before)),
        "voice_minutes_3m": _window(months.voice * full, 3),
        "bill_3m_fen": _window(months.bill * full, 3),
        "bill_shock": _where(_window(full, 4) == 4, _thousandths(3 * months.bill, earlier_bills)),
        "dropped_call_rate": _where(full, months.dropped / 10_000),
        "complaints_3m": _window(months.complaints * full, 3),
        "tickets_3m": _window((months.complaints + months.questions) * full, 3),
        "roaming_days_3m": _window(months.roaming * full, 3),
        "app_logins_3m": _window(months.logins * full, 3),
    }


def _window(values: np.ndarray, months: int, lag: int = 0) -> np.ndarray:
    """Sum over the last ``months`` months up to ``lag`` months ago, subscribers × MONTHS."""
    total = np.cumsum(values, axis=1, dtype=np.int64)
    padded = np.concatenate([np.zeros((len(values), months + lag), dtype=np.int64), total], axis=1)
    width = values.shape[1]
    return padded[:, months : months + width] - padded[:, :width]


def _thousandths(numerator: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    """The ratio rounded half up to three decimals, decided in integers."""
    denominator = np.maximum(denominator, 1)
    return (2_000 * numerator + denominator) // (2 * denominator) / 1_000


def _where(known: np.ndarray, values: np.ndarray) -> np.ndarray:
    return np.where(known, values, np.nan)


def moves_away(block: Block) -> np.ndarray:
    """Who moves out of the province in the month after each month's end, subscribers × MONTHS."""
    size = (len(block.of(contracts)), len(MONTHS))
    return block.rng("churn", "moves_away").random(size) < MOVES_AWAY_SHARE


def hazard(block: Block) -> np.ndarray:
    """Probability of leaving in the month that follows each month's end, subscribers × MONTHS."""
    features, moves = block.of(month_end_features), block.of(moves_away)
    on = {driver.column: driver.on(features[driver.column]) for driver in DRIVERS}
    odds = np.where(moves, BASE_ODDS * MOVES_AWAY_ODDS, BASE_ODDS)
    for driver in DRIVERS:
        odds = np.where(on[driver.column], odds * driver.odds_multiplier, odds)
        if driver.together_with:
            odds = np.where(
                on[driver.column] & on[driver.together_with], odds * driver.together_multiplier, odds
            )
    return odds / (1 + odds)


def left_month(block: Block) -> np.ndarray:
    """Month number in which each subscriber leaves; ``LAST_MONTH + 1`` for those who stay."""
    joined, probability = block.of(contracts)["joined_month"].to_numpy()[:, None], block.of(hazard)
    leaves = block.rng("subscribers", "left_on").random(probability.shape) < probability
    decides = (MONTHS >= FIRST_MONTH - 1) & (MONTHS < LAST_MONTH)  # at December's end for January, and so on
    decided = leaves & (joined <= MONTHS) & decides
    return np.where(decided.any(axis=1), MONTHS[decided.argmax(axis=1)] + 1, LAST_MONTH + 1)


def _snapshots(block: Block) -> pd.DataFrame:
    """Where the modelling table takes a picture: row of the subscriber and month number, in its order."""
    joined, left = block.of(contracts)["joined_month"].to_numpy(), block.of(left_month)
    active = (joined[:, None] <= SNAPSHOTS) & (left[:, None] > SNAPSHOTS)
    snapshot, person = np.nonzero(active.T)
    return pd.DataFrame({"person": person, "month": SNAPSHOTS[snapshot]})


def _identity(block: Block) -> dict[str, np.ndarray]:
    rows = block.of(_snapshots)
    return {
        "subscriber_id": block.of(contracts)["subscriber_id"].to_numpy()[rows["person"]],
        "snapshot_on": (month_start(rows["month"].to_numpy() + 1) - 1).astype("datetime64[ms]"),
    }


def churn(block: Block) -> pd.DataFrame:
    """The table ``churn``: features from up to each snapshot, the label from the calendar month after it."""
    rows = block.of(_snapshots)
    person, at = rows["person"].to_numpy(), rows["month"].to_numpy() - MONTHS[0]
    who = block.of(contracts).iloc[person]
    churned = block.of(left_month)[person] == rows["month"].to_numpy() + 1
    return pd.DataFrame(
        {
            **_identity(block),
            "age": 2025 - who["birth_year"].to_numpy(),
            **{
                name: who[name].to_numpy() for name in ("sex", "city_tier", "plan", "plan_fee_fen", "autopay")
            },
            **{name: values[person, at] for name, values in block.of(month_end_features).items()},
            "final_bill_flag": _final_bill_flag(block, rows, churned),
            "churned": churned,
        }
    )


def churn_truth(block: Block) -> pd.DataFrame:
    """The answer key ``churn_truth``: the true risk of each row of ``churn``."""
    rows = block.of(_snapshots)
    person, at = rows["person"].to_numpy(), rows["month"].to_numpy() - MONTHS[0]
    truth = {"hazard": block.of(hazard)[person, at], "moves_away": block.of(moves_away)[person, at]}
    return pd.DataFrame({**_identity(block), **truth})


def _final_bill_flag(block: Block, rows: pd.DataFrame, churned: np.ndarray) -> np.ndarray:
    """The leak: billing sets it with the closing bill, which is after the subscriber has gone."""
    drawn = block.rng("churn", "final_bill_flag").random((len(block.of(contracts)), len(SNAPSHOTS)))
    drawn = drawn[rows["person"], rows["month"] - SNAPSHOTS[0]]
    return drawn < np.where(churned, FLAGGED_LEAVERS, FLAGGED_OTHERWISE)
