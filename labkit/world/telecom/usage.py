"""The subscriber list as it stands at the end, and what every subscriber used and paid, month by month.

One simulated month after the other would be slow; every subscriber's months are drawn as if nobody ever
left, the month of leaving follows from them, and everything after it is cut off here.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.catalogue.telecom import SUBSCRIBERS
from labkit.world.block import Block
from labkit.world.telecom.churn import left_month
from labkit.world.telecom.joining import FIRST_MONTH, LAST_MONTH, month_start
from labkit.world.telecom.service import MONTHS, service
from labkit.world.telecom.subscribers import contract_end, contracts


def subscribers(block: Block) -> pd.DataFrame:
    """The table ``subscribers`` as it stands on the last day: who left and when, how long contracts run."""
    joined, month = block.of(contracts), block.of(left_month)
    first, after = month_start(month), month_start(month + 1)
    day = block.rng("subscribers", "left_day").integers(0, (after - first).astype(np.int64))
    left_on = np.where(month <= LAST_MONTH, first + day, np.datetime64("NaT"))
    until = np.where(np.isnat(left_on), month_start(LAST_MONTH + 1) - 1, left_on)
    term = joined["contract_months"].to_numpy()
    table = joined.assign(
        left_on=left_on.astype("datetime64[ms]"),
        contract_end_on=contract_end(joined["joined_on"], term, until),
    )
    return table[[column.name for column in SUBSCRIBERS.columns]]


def usage_monthly(block: Block) -> pd.DataFrame:
    """The table ``usage_monthly``: one row per subscriber and full month of service inside the world."""
    months = block.of(service)
    there = months.served & (MONTHS >= FIRST_MONTH) & (block.of(left_month)[:, None] > MONTHS)
    person, month = np.nonzero(there)
    return pd.DataFrame(
        {
            "subscriber_id": block.of(contracts)["subscriber_id"].to_numpy()[person],
            "month": month_start(MONTHS[month]).astype("datetime64[ms]"),
            "data_gb": months.data[there] / 100,
            "voice_minutes": months.voice[there],
            "dropped_call_rate": months.dropped[there] / 10_000,
            "roaming_days": months.roaming[there],
            "extra_fen": months.extra[there],
            "bill_fen": months.bill[there],
            "app_logins": months.logins[there],
        }
    )
