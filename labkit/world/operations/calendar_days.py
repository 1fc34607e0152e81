"""The table ``calendar_days``: holidays, festivals and pay days, which explain much of a bank's daily figures.

First used in lab 7.4.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from labkit.world import calendar
from labkit.world.calendar import DAYS
from labkit.world.operations.kpi_expected import is_month_end


def calendar_days(seed: int) -> pd.DataFrame:
    """The table ``calendar_days``: one row per day of the world; the same in every world."""
    return pd.DataFrame(
        {
            "day": DAYS.astype("datetime64[ms]"),
            "weekday": calendar.WEEKDAY + 1,
            "holiday": _named(calendar.HOLIDAYS),
            "festival": _named(calendar.SHOPPING_FESTIVALS),
            "is_pay_day": np.isin(calendar.DAY_OF_MONTH, calendar.PAY_DAYS),
            "is_month_end": is_month_end(),
        }
    )


def _named(periods: Mapping[str, tuple[tuple[str, str], ...]]) -> np.ndarray:
    """Name of the period each day belongs to; None for ordinary days."""
    name = np.full(len(DAYS), None, dtype=object)
    for each, when in periods.items():
        name[calendar.during(when)] = each
    return name
