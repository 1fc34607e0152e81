"""Where people work: public employers, companies, and the small enterprises that some own."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.world.block import Block
from labkit.world.calendar import PAY_DAYS
from labkit.world.people.persons import SEGMENT_SLUGS, identity, segment
from labkit.world.people.places import CITIES, CITY_SLUGS

INDUSTRIES = ("manufacturing", "trade", "services", "construction", "technology", "public")
INDUSTRY_SHARES = (0.26, 0.22, 0.22, 0.12, 0.10, 0.08)
WORKING_AGES = (20, 60)
EMPLOYED_SHARE = 0.88
PEOPLE_PER_COMPANY = 22
"""Working people of a city for each company of the block in it."""
EMPLOYERS_PER_BLOCK = 10_000


class Work(NamedTuple):
    """Employers of a block, and who works where."""

    employer: np.ndarray
    """Per person: position in the arrays below; -1 without work."""
    city: np.ndarray
    """Per employer: position in ``CITIES``."""
    owner: np.ndarray
    """Per employer: position of the person who owns the enterprise; -1 for a company."""


def work(block: Block) -> Work:
    """Give people of working age an employer in their city; owners of small businesses their own."""
    each = block.of(identity)
    is_owner = block.of(segment) == SEGMENT_SLUGS.index("small_business")
    works = (each.age >= WORKING_AGES[0]) & (each.age < WORKING_AGES[1]) & ~is_owner
    works &= block.rng("people", "employed").random(block.size) < EMPLOYED_SHARE
    employer, uniform = np.full(block.size, -1), block.rng("people", "employer_id").random(block.size)
    company_city: list[int] = []
    for place in range(len(CITIES)):
        here = np.flatnonzero(works & (each.city == place))
        companies = max(1, len(here) // PEOPLE_PER_COMPANY)
        # the square makes a few companies large and many small
        employer[here] = len(company_city) + (companies * uniform[here] ** 2).astype(np.int64)
        company_city += [place] * companies
    owners = np.flatnonzero(is_owner)
    employer[owners] = len(company_city) + np.arange(len(owners))
    return Work(
        employer,
        np.concatenate([np.array(company_city, dtype=np.int64), each.city[owners]]),
        np.concatenate([np.full(len(company_city), -1), owners]),
    )


def employer_ids(block: Block) -> np.ndarray:
    """Identifier of each employer of the block, in an order that tells nothing, int64."""
    order = block.rng("employers", "order").permutation(len(block.of(work).city))
    return block.index * EMPLOYERS_PER_BLOCK + order + 1


def pay_day(block: Block) -> np.ndarray:
    """Per person: day of the month on which the employer pays; 0 without work."""
    each = block.of(work)
    days = block.rng("employers", "pay_day").choice(PAY_DAYS, len(each.city))
    return np.where(each.employer >= 0, days[each.employer], 0)


def employers(block: Block) -> pd.DataFrame:
    """The answer key ``employers``: one row per company or small enterprise."""
    each = block.of(work)
    count = len(each.city)
    owned = each.owner >= 0
    industry = block.rng("employers", "industry").choice(INDUSTRIES, count, p=INDUSTRY_SHARES)
    table = pd.DataFrame(
        {
            "employer_id": block.of(employer_ids),
            "kind": np.where(owned, "small_enterprise", np.where(industry == "public", "public", "company")),
            "industry": np.where(owned & (industry == "public"), "trade", industry),
            "city": np.array(CITY_SLUGS)[each.city],
            "owner_id": pd.array(np.where(owned, block.person_id[each.owner], 0), dtype="Int64"),
            "employees": np.bincount(each.employer[each.employer >= 0], minlength=count),
        }
    )
    table["owner_id"] = table["owner_id"].mask(~owned)
    return table.sort_values("employer_id", ignore_index=True)
