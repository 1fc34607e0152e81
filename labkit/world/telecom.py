"""The telecom domain: Swift Mobile, its subscribers, what they use, say and why they leave.

One simulated month after the other would be slow; here every subscriber's months are drawn as if
nobody ever left, the month of leaving follows from them, and everything after it is cut off.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.catalogue import telecom as catalogue
from labkit.world import telecom_churn as leaving
from labkit.world.block import Block, Domain, Tables
from labkit.world.telecom_service import MONTHS, Service, monthly_service
from labkit.world.telecom_subscribers import (
    FIRST_MONTH,
    LAST_MONTH,
    contract_end,
    month_start,
    subscribers_before_leaving,
)
from labkit.world.telecom_tickets import tickets


def reference(seed: int) -> Tables:
    """The drivers of leaving, the same in every world."""
    return {"churn_drivers": leaving.churn_drivers()}


def block(block: Block, people: pd.DataFrame) -> Tables:
    """Tables of one block of customers."""
    subscribers = subscribers_before_leaving(block, people)
    same_people = people.set_index("person_id").loc[subscribers["subscriber_id"]].reset_index()
    service = monthly_service(block, same_people, subscribers)
    features = leaving.month_end_features(subscribers, service)
    moves = leaving.moves_away(block, subscribers)
    left_month = leaving.leaving_month(block, subscribers, leaving.hazard(features, moves))
    return {
        "subscribers": _subscribers(block, subscribers, left_month),
        "usage_monthly": _usage_monthly(subscribers, service, left_month),
        "tickets": tickets(block, subscribers, service, left_month),
        **leaving.churn_tables(block, subscribers, features, moves, left_month),
    }


def _subscribers(block: Block, subscribers: pd.DataFrame, left_month: np.ndarray) -> pd.DataFrame:
    """The subscriber list as it stands on the last day: who left and when, how long contracts run."""
    first, after = month_start(left_month), month_start(left_month + 1)
    day = block.rng("subscribers", "left_day").integers(0, (after - first).astype(np.int64))
    left_on = np.where(left_month <= LAST_MONTH, first + day, np.datetime64("NaT"))
    until = np.where(np.isnat(left_on), month_start(LAST_MONTH + 1) - 1, left_on)
    term = subscribers["contract_months"].to_numpy()
    table = subscribers.assign(
        left_on=left_on.astype("datetime64[ms]"),
        contract_end_on=contract_end(subscribers["joined_on"], term, until),
    )
    return table[[column.name for column in catalogue.SUBSCRIBERS.columns]]


def _usage_monthly(subscribers: pd.DataFrame, service: Service, left_month: np.ndarray) -> pd.DataFrame:
    """One row per subscriber and full month of service inside the world."""
    there = service.served & (MONTHS >= FIRST_MONTH) & (left_month[:, None] > MONTHS)
    person, month = np.nonzero(there)
    return pd.DataFrame(
        {
            "subscriber_id": subscribers["subscriber_id"].to_numpy()[person],
            "month": month_start(MONTHS[month]).astype("datetime64[ms]"),
            "data_gb": service.data[there] / 100,
            "voice_minutes": service.voice[there],
            "bill_fen": service.bill[there],
            "dropped_call_rate": service.dropped[there] / 10_000,
            "roaming_days": service.roaming[there],
            "app_logins": service.logins[there],
        }
    )


DOMAIN = Domain("telecom", reference, block)
