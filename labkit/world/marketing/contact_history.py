"""Every contact of 2025, and who had enough: the planted fatigue, and the year-end push that broke the cap.

First used in lab 6.5.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.world import calendar
from labkit.world.bank.customers import customer_people, joined_on
from labkit.world.block import Block
from labkit.world.draws import pick, pick_by_row, shuffled
from labkit.world.marketing.chances import comes_true, millionths
from labkit.world.marketing.offers import CHANNEL_SLUGS, CHANNELS, OFFER_SLUGS, OFFERS, response_log_odds

DAYS = calendar.DAYS[calendar.MONTH >= 12]
"""The days of 2025: contacts are on file since contact management began, on 2025-01-01."""
WINDOW_DAYS = 30
PLANNED_PER_YEAR = (2, 5, 9, 15, 40)
"""Expected contacts of a customer in 2025; a fifth of the customers each."""
CHANNEL_SHARES = ((0.36, 0.54, 0.10), (0.06, 0.26, 0.68))
"""Shares of the channels for customers without any digital habit, and with a full one."""
WEEKEND, HOLIDAY, DECEMBER = 0.4, 0.1, 2.0
"""How busy such a day is, compared with another working day."""
OFFER_BASE = 0.5
"""An offer goes to a customer in proportion to this plus the customer's taste for it."""
OUTCOMES = ("no_reaction", "bought", "opted_out")
CONTACT_NUMBERS_PER_BLOCK = 100_000


OPT_OUT = -5.6
"""Log-odds of opting out after an app push, with a middling relation and no contact in the 30 days before."""
FATIGUE = 0.32
"""What each contact in the 30 days before adds."""
OPT_OUT_BY_RELATION = -1.0
"""What a perfect relation adds, compared with none; no data table has it."""


class Contacts(NamedTuple):
    """Planned contacts in the order of customer and day, one element each; at most one per customer and day."""

    customer: np.ndarray
    """Position in ``customer_people``."""
    day: np.ndarray
    """Position in :data:`DAYS`."""
    channel: np.ndarray
    offer: np.ndarray


def fatigue_truth(seed: int) -> pd.DataFrame:
    """The answer key ``fatigue_truth``: one row per parameter, the same in every world."""
    parameters = {
        "constant": OPT_OUT,
        "contacts_30d": FATIGUE,
        **{f"channel_{channel.slug}": channel.opt_out for channel in CHANNELS if channel.opt_out},
        "relation_health": OPT_OUT_BY_RELATION,
    }
    return pd.DataFrame({"parameter": list(parameters), "log_odds": list(parameters.values())})


def planned(block: Block) -> Contacts:
    """What the bank's departments plan for the year, each without asking the others."""
    who = block.of(customer_people)
    expected = block.rng("contact_history", "activity").choice(PLANNED_PER_YEAR, len(who))
    count = block.rng("contact_history", "customer_id").poisson(expected)
    customer = np.repeat(np.arange(len(who)), count)
    uniform = block.rng("contact_history", "contacted_on").random(len(customer))
    day = pick(np.arange(len(DAYS)), _business(), uniform)
    customer, day = np.divmod(np.unique(customer * len(DAYS) + day), len(DAYS))
    is_customer = block.of(joined_on)[customer] < DAYS[day]
    customer, day = customer[is_customer], day[is_customer]
    return Contacts(customer, day, _channels(block, who, customer), _offers(block, who, customer))


def _business() -> np.ndarray:
    """How many contacts each of :data:`DAYS` brings, compared with a working day."""
    this_year = calendar.MONTH >= 12
    weekend, holiday = calendar.WEEKDAY[this_year] >= 5, calendar.is_holiday()[this_year]
    december = calendar.MONTH[this_year] == 23
    return np.where(holiday, HOLIDAY, np.where(weekend, WEEKEND, 1.0)) * np.where(december, DECEMBER, 1.0)


def _channels(block: Block, who: pd.DataFrame, customer: np.ndarray) -> np.ndarray:
    analogue, digital = np.array(CHANNEL_SHARES)
    habit = who["digital_habit"].to_numpy()[:, None]
    shares = analogue + habit * (digital - analogue)
    return pick_by_row(shares[customer], block.rng("contact_history", "channel").random(len(customer)))


def _offers(block: Block, who: pd.DataFrame, customer: np.ndarray) -> np.ndarray:
    appeal = OFFER_BASE + who[[offer.taste for offer in OFFERS]].to_numpy()
    shares = appeal / appeal.sum(axis=1, keepdims=True)
    return pick_by_row(shares[customer], block.rng("contact_history", "offer").random(len(customer)))


def contacts_before(contacts: Contacts) -> np.ndarray:
    """Contacts of the same customer in the 30 days before each, int64; the day itself does not count."""
    moment = contacts.customer * (len(DAYS) + WINDOW_DAYS) + contacts.day
    return np.arange(len(moment)) - np.searchsorted(moment, moment - WINDOW_DAYS)


def wants_out(block: Block) -> np.ndarray:
    """After which of the planned contacts a customer would opt out, bool."""
    contacts = block.of(planned)
    by_channel = np.array([channel.opt_out for channel in CHANNELS])
    relation = block.of(customer_people)["relation_health"].to_numpy()[contacts.customer] - 0.5
    log_odds = OPT_OUT + FATIGUE * contacts_before(contacts) + OPT_OUT_BY_RELATION * relation
    log_odds += by_channel[contacts.channel]
    return comes_true(block.rng("contact_history", "opted_out"), millionths(log_odds))


def outcomes(block: Block) -> np.ndarray:
    """Position in :data:`OUTCOMES` of each planned contact."""
    contacts = block.of(planned)
    chance = millionths(block.of(response_log_odds)[contacts.customer, contacts.offer, contacts.channel])
    bought = comes_true(block.rng("contact_history", "bought"), chance)
    return np.where(
        block.of(wants_out), OUTCOMES.index("opted_out"), np.where(bought, OUTCOMES.index("bought"), 0)
    )


def before_opting_out(block: Block) -> np.ndarray:
    """Positions of the planned contacts that happen: up to the one after which the customer opts out."""
    contacts, out = block.of(planned), block.of(wants_out)
    last_day = np.full(len(block.of(customer_people)), len(DAYS))
    np.minimum.at(last_day, contacts.customer[out], contacts.day[out])
    return np.flatnonzero(contacts.day <= last_day[contacts.customer])


def contact_history(block: Block) -> pd.DataFrame:
    """The table ``contact_history``: one row per contact; their order tells nothing, not even the season."""
    contacts, customer_id = block.of(planned), block.of(customer_people)["person_id"].to_numpy()
    outcome, happened = block.of(outcomes), block.of(before_opting_out)
    order = happened[shuffled(block, "contact_history", len(happened))]
    return pd.DataFrame(
        {
            "contact_id": block.index * CONTACT_NUMBERS_PER_BLOCK + np.arange(len(order)) + 1,
            "customer_id": customer_id[contacts.customer[order]],
            "contacted_on": DAYS[contacts.day[order]].astype("datetime64[ms]"),
            "channel": pd.Categorical.from_codes(contacts.channel[order], pd.Index(CHANNEL_SLUGS)),
            "offer": pd.Categorical.from_codes(contacts.offer[order], pd.Index(OFFER_SLUGS)),
            "outcome": pd.Categorical.from_codes(outcome[order], pd.Index(OUTCOMES)),
        }
    )
