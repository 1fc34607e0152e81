"""The learning months of the lab, found again from the log in use."""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.exercises import Given


def learning_months(moment: pd.Series, fraud: np.ndarray, given: Given) -> np.ndarray:
    """Which requests belong to the learning months, bool; from dates, counted back from the end of the log."""
    day = np.timedelta64(1, "D")
    at = moment.to_numpy().astype("datetime64[ms]")
    first = at.min().astype("datetime64[D]")
    end = at.max().astype("datetime64[D]") + day
    longest = _longest_delay(given)
    weeks = 3 if longest is None else int(np.clip(-(-longest // 7), 1, 8))
    wait = weeks * 7 * day
    if (end - first) / day >= 420:
        tested = end - wait if longest is not None else end
        tuned = (tested - 70 * day - wait - 42 * day).astype("datetime64[ms]")
        return (at >= first + (tuned - first) / 3) & (at < tuned - wait)
    tuned, tested = pd.Series(at[fraud]).quantile([0.5, 0.75]).to_numpy()
    shortest = min(
        wait.astype("timedelta64[ms]"), (end - first).astype("timedelta64[ms]") / 20, (tested - tuned) / 4
    )
    return (at >= first) & (at < tuned - shortest)


def _longest_delay(given: Given) -> int | None:
    """Days between the latest report and its fraud; None where no report has a date."""
    try:
        rows = given.sql(
            "SELECT max(date_diff('day', happened_at::DATE, reported_on::DATE)) AS days "
            "FROM card_transactions WHERE reported_fraud AND reported_on IS NOT NULL"
        )
    except Exception:  # a file of one's own may not have the column
        return None
    days = rows["days"].iloc[0]
    return None if pd.isna(days) else int(days)
