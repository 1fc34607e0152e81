"""Good Neighbour supermarkets: members, items, and half a year of baskets. First used in lab 3.3."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from labkit.world.block import Block
from labkit.world.draws import pick
from labkit.world.people.persons import people
from labkit.world.people.places import CITY_TIERS
from labkit.world.retail import calendar
from labkit.world.retail.items import ITEMS, POSITION, SLUGS
from labkit.world.retail.rules import (
    CONTEXTS,
    HOUSEHOLDS,
    YOUNG_FATHER_ACTIVITY,
    YOUNG_FATHER_MAX_AGE,
    clusters,
)

BASKETS_PER_SHOPPER = (4, 8, 10, 12, 16)
"""Expected baskets in the half-year; a fifth of the shoppers each."""
STORES_PER_TIER = 40
QUANTITIES, QUANTITY_SHARES = (1, 2, 3), (0.80, 0.15, 0.05)
BASKET_NUMBERS_PER_BLOCK = 100_000


def shoppers(block: Block) -> pd.DataFrame:
    """The people of the block who hold a loyalty card."""
    everybody = block.of(people)
    return everybody[everybody["is_shopper"]].reset_index(drop=True)


def members(block: Block) -> pd.DataFrame:
    """The table ``members``: what the loyalty card knows, one row per shopper."""
    known = block.of(shoppers)
    return pd.DataFrame(
        {
            "member_id": known["person_id"],
            "sex": known["sex"],
            "birth_year": 2025 - known["age"],
            "child_under_3": known["child_under_3"],
            "city_tier": known["city_tier"],
        }
    )


@dataclass(frozen=True)
class Visits:
    """Visits to the till in the order of time; one element per visit in each array."""

    shopper: np.ndarray
    """Row number in the block's shoppers."""
    at: np.ndarray
    """datetime64[ms]."""
    context: np.ndarray
    """Position in ``CONTEXTS``."""


def baskets(block: Block) -> pd.DataFrame:
    """The table ``baskets``: one row per basket and item."""
    customers, visits = block.of(shoppers), block.of(visit)
    bought = fill(block, visits.context)
    row, item = np.nonzero(bought)
    quantity = block.rng("baskets", "quantity").choice(QUANTITIES, len(row), p=QUANTITY_SHARES)
    price = np.array([round(100 * each.price_yuan) for each in ITEMS])[item]
    shopper = visits.shopper[row]
    return pd.DataFrame(
        {
            "basket_id": number(block, bought.sum(axis=1) > 0)[row],
            "member_id": customers["person_id"].to_numpy()[shopper],
            "store_id": home_store(block, customers)[shopper],
            "bought_at": visits.at[row],
            "item": pd.Categorical.from_codes(item, pd.Index(SLUGS)),
            "quantity": quantity,
            "amount_fen": quantity * price,
        }
    )


def visit(block: Block) -> Visits:
    """Decide who comes to the till and when; young fathers come more often, and on Friday evenings."""
    customers = block.of(shoppers)
    is_young_father = young_fathers(customers)
    expected = block.rng("baskets", "activity").choice(BASKETS_PER_SHOPPER, len(customers)).astype(float)
    expected[is_young_father] *= YOUNG_FATHER_ACTIVITY
    visits = block.rng("baskets", "member_id").poisson(expected)
    shopper = np.repeat(np.arange(len(customers)), visits)
    day, hour = day_and_hour(block, is_young_father[shopper])
    second = block.rng("baskets", "second").integers(0, 3_600, len(shopper))
    at = calendar.DAYS[day].astype("datetime64[ms]") + (hour * 3_600 + second).astype("timedelta64[s]")
    order = np.lexsort((shopper, at))
    context = contexts(customers, shopper, day, hour)
    return Visits(shopper[order], at[order], context[order])


def young_fathers(customers: pd.DataFrame) -> np.ndarray:
    """Men of at most 38 with a child under three, bool per shopper."""
    young_man = (customers["sex"] == "male") & (customers["age"] <= YOUNG_FATHER_MAX_AGE)
    return (young_man & customers["child_under_3"]).to_numpy()


def day_and_hour(block: Block, is_young_father: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Position in ``calendar.DAYS`` and hour of each visit."""
    size = len(is_young_father)
    day_share, is_friday = calendar.day_shares(), calendar.WEEKDAY == calendar.FRIDAY
    day = block.rng("baskets", "day").choice(len(calendar.DAYS), size, p=day_share)
    hour = np.empty(size, dtype=np.int64)
    hour_draw = block.rng("baskets", "hour").random(size)
    for weekend in (False, True):
        those = (calendar.WEEKDAY[day] >= 5) == weekend
        hour[those] = pick(calendar.HOURS, calendar.hour_shares(weekend=weekend), hour_draw[those])
    moved = is_young_father & (
        block.rng("baskets", "friday").random(size) < calendar.YOUNG_FATHER_FRIDAY_SHARE
    )
    friday_draw = block.rng("baskets", "friday_day").random(size)
    for summer in (False, True):
        those = moved & (calendar.IS_SUMMER[day] == summer)
        fridays = np.flatnonzero(is_friday & (summer == calendar.IS_SUMMER))
        day[those] = pick(fridays, day_share[fridays], friday_draw[those])
    hour[moved] = pick(np.arange(*calendar.EVENING), calendar.evening_shares(), hour_draw[moved])
    return day, hour


def contexts(customers: pd.DataFrame, shopper: np.ndarray, day: np.ndarray, hour: np.ndarray) -> np.ndarray:
    """Position in ``CONTEXTS`` of each visit: season, and who shops when."""
    friday_evening = (calendar.WEEKDAY[day] == calendar.FRIDAY) & (hour >= calendar.EVENING[0])
    friday_evening &= hour < calendar.EVENING[1]
    household = customers["child_under_3"].to_numpy()[shopper].astype(np.int64)
    household[friday_evening & young_fathers(customers)[shopper]] = 2
    autumn = (~calendar.IS_SUMMER[day]).astype(np.int64)
    return autumn * len(HOUSEHOLDS) + household


def fill(block: Block, context: np.ndarray) -> np.ndarray:
    """Fill the baskets, bool of shape (baskets, items): each cluster's items one after the other.

    An item's probability is conditional on the items of its cluster that are in the basket already.
    """
    assert len(CONTEXTS) > context.max(initial=0)
    draw = block.rng("baskets", "item").random((len(context), len(SLUGS)))
    bought = np.zeros(draw.shape, dtype=bool)
    for cluster in clusters():
        known: tuple[np.ndarray, ...] = (context,)
        for place, item in enumerate(cluster.items):
            later = tuple(range(place + 2, cluster.joint.ndim))
            up_to_here = cluster.joint.sum(axis=later)
            share = up_to_here[..., 1] / up_to_here.sum(axis=-1)
            position = POSITION[item]
            bought[:, position] = draw[:, position] < share[known]
            known = (*known, bought[:, position].astype(np.intp))
    return bought


def number(block: Block, has_items: np.ndarray) -> np.ndarray:
    """Return basket numbers in the order of time, without a gap where a basket stayed empty."""
    return block.index * BASKET_NUMBERS_PER_BLOCK + np.cumsum(has_items)


def home_store(block: Block, customers: pd.DataFrame) -> np.ndarray:
    """Return each shopper's store, 1 to 160: one of the forty in towns of that size."""
    tier = pd.Categorical(customers["city_tier"], list(CITY_TIERS)).codes.astype(np.int64)
    within = block.rng("baskets", "store_id").integers(0, STORES_PER_TIER, len(customers))
    return tier * STORES_PER_TIER + within + 1
