"""Wages, pensions, and what owners take out of their business."""

from __future__ import annotations

import numpy as np

from labkit.world.bank.payments.movements import (
    APP,
    BATCH,
    MONTH_START,
    MONTHS,
    Movements,
    any_day,
    moved,
    open_day_before,
    tidy,
    together,
)
from labkit.world.bank.payments.parties import in_the_same_city, parties
from labkit.world.block import Block
from labkit.world.people.employers import pay_day, work
from labkit.world.people.persons import people

PENSION_DAY, PENSION_AGE, PENSION_SHARE_OF_INCOME = 15, 60, 0.9
STAFF_SHARE, STAFF = 0.25, (2, 8)
"""Share of small businesses with paid help, and how many people help there."""


def wages(block: Block) -> Movements:
    """All income from work of the quarter."""
    return together([make(block) for make in (_salaries, _pensions, _help, _drawings)])


def _salaries(block: Block) -> Movements:
    """Every employer pays its people in one batch, on the pay day or the working day before."""
    each, to, income = block.of(work), block.of(parties), block.of(people)["income_fen"].to_numpy()
    paid = np.flatnonzero((each.employer >= 0) & (each.owner[each.employer] < 0))
    person, rng = np.tile(paid, 3), block.rng("transfers", "salary")
    month, employer = np.repeat(MONTHS, len(paid)), each.employer[person]
    day = open_day_before(MONTH_START[month] + block.of(pay_day)[person] - 1)
    fen = income[person] * rng.integers(960, 1_041, len(person)) // 1_000
    hour = rng.random((3, len(each.city)))[month, employer] * 0.95 + rng.random(len(person)) * 0.01
    return moved(day, hour, to.employer[employer], to.main[person], fen, BATCH, "salary")


def _pensions(block: Block) -> Movements:
    """Customers of sixty and more who own no business."""
    to, everybody = block.of(parties), block.of(people)
    old = (everybody["age"].to_numpy() >= PENSION_AGE) & everybody["is_customer"].to_numpy()
    person = np.tile(np.flatnonzero(old & (to.business < 0)), 3)
    month = np.repeat(MONTHS, len(person) // 3)
    day = open_day_before(MONTH_START[month] + PENSION_DAY - 1)
    fen = np.rint(everybody["income_fen"].to_numpy()[person] * PENSION_SHARE_OF_INCOME).astype(np.int64)
    hour = block.rng("transfers", "pension").random(len(person))
    return moved(day, hour, to.pension_fund, to.main[person], fen, BATCH, "pension")


def _help(block: Block) -> Movements:
    """Some small businesses pay a few people of their city on one day of each month."""
    to, rng = block.of(parties), block.rng("transfers", "help")
    owner = np.flatnonzero(to.business >= 0)
    owner = owner[rng.random(len(owner)) < STAFF_SHARE]
    day, staff = rng.integers(3, 28, len(owner)), rng.integers(*STAFF, len(owner))
    boss = np.repeat(np.arange(len(owner)), staff)
    person = in_the_same_city(block, owner[boss], np.arange(block.size), rng.random(len(boss)))
    fen = tidy(rng.lognormal(8.0, 0.4, len(boss)), rng.random(len(boss)))
    month, boss, person = np.repeat(MONTHS, len(boss)), np.tile(boss, 3), np.tile(person, 3)
    hour = rng.random((3, len(owner)))[month, boss] * 0.95 + rng.random(len(boss)) * 0.05
    payer = to.business[owner[boss]]
    return moved(MONTH_START[month] + day[boss], hour, payer, to.main[person], np.tile(fen, 3), APP, "salary")


def _drawings(block: Block) -> Movements:
    """Owners move what they live on from the business to themselves, in one to three parts a month."""
    to, income = block.of(parties), block.of(people)["income_fen"].to_numpy()
    rng = block.rng("transfers", "drawings")
    owner = np.flatnonzero(to.business >= 0)
    parts = rng.integers(1, 4, len(owner))
    owner = np.repeat(np.repeat(owner, parts), 3)
    yuan = income[owner] / 100 / np.repeat(np.repeat(parts, parts), 3) * rng.lognormal(0, 0.2, len(owner))
    fen = tidy(yuan, rng.random(len(owner)))
    day = any_day(rng.random(len(owner)))
    return moved(day, rng.random(len(owner)), to.business[owner], to.main[owner], fen, APP, "business")
