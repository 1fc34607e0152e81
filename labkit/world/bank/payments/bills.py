"""Payments that come again every month: rent, instalments, savings, wallet top-ups, and the debit cards' spending."""

from __future__ import annotations

import numpy as np

from labkit.world.bank.payments.movements import (
    APP,
    BATCH,
    DAYS,
    MONTH_START,
    MONTHS,
    Movements,
    any_day,
    moved,
    tidy,
    together,
)
from labkit.world.bank.payments.parties import in_the_same_city, parties
from labkit.world.block import Block
from labkit.world.people.persons import people

RENTER_AGE, RENTER_SHARE, RENT_OF_INCOME = 45, 0.32, (0.16, 0.34)
LANDLORDS_PER_CUSTOMER = 0.012
LANDLORD_IN_BLOCK_SHARE = 0.5
TENANTS_FROM_OUTSIDE = 4
"""Tenants of a landlord, on average, who bank elsewhere."""
HOME_LOAN_AGES, HOME_LOAN_SHARE = (27, 58), 0.16
SAVER_SHARE = 0.8
"""Owners of a savings account who put something aside each month."""
TOP_UPS = 1.6
"""Wallet top-ups in the quarter of somebody whose life is half online."""


def bills(block: Block) -> Movements:
    """All recurring payments of the quarter except the debit cards' settlement."""
    makers = (_rents, _rents_from_outside, _home_loans, _savings, _between_banks, _top_ups)
    return together([make(block) for make in makers])


def landlords(block: Block) -> np.ndarray:
    """Positions of customers of forty and more who let several flats."""
    everybody = block.of(people)
    eligible = np.flatnonzero(everybody["is_customer"] & (everybody["age"] >= 40))
    order = block.rng("transfers", "landlords").permutation(eligible)
    return order[: max(1, round(LANDLORDS_PER_CUSTOMER * block.customers))]


def _monthly(block: Block, name: str, person: np.ndarray, days: tuple[int, int]) -> tuple[np.ndarray, ...]:
    """Three payments of each person: their rows, days and uniform numbers for the hour; most on the same day."""
    rng = block.rng("transfers", name)
    month = np.repeat(MONTHS, len(person))
    day = np.tile(rng.integers(*days, len(person)), 3) + (rng.random(len(month)) < 0.2) * rng.integers(
        1, 3, len(month)
    )
    return np.tile(np.arange(len(person)), 3), MONTH_START[month] + day - 1, rng.random(len(month))


def _rents(block: Block) -> Movements:
    to, everybody, rng = block.of(parties), block.of(people), block.rng("transfers", "rent")
    young = everybody["is_customer"].to_numpy() & (everybody["age"].to_numpy() < RENTER_AGE)
    tenant = np.flatnonzero(young & (rng.random(block.size) < RENTER_SHARE))
    share = rng.uniform(*RENT_OF_INCOME, len(tenant))
    fen = np.rint(everybody["income_fen"].to_numpy()[tenant] * share / 5_000).astype(np.int64) * 5_000
    known = in_the_same_city(block, tenant, block.of(landlords), rng.random(len(tenant)) ** 1.5)
    inside = (rng.random(len(tenant)) < LANDLORD_IN_BLOCK_SHARE) & (known != tenant)
    payee = np.where(inside, to.main[known], rng.choice(to.strangers, len(tenant)))
    row, day, hour = _monthly(block, "rent_day", tenant, (1, 27))
    return moved(day, hour, to.main[tenant[row]], payee[row], fen[row], APP, "rent")


def _rents_from_outside(block: Block) -> Movements:
    to, rng = block.of(parties), block.rng("transfers", "rent_outside")
    landlord = np.repeat(block.of(landlords), rng.poisson(TENANTS_FROM_OUTSIDE, len(block.of(landlords))))
    tenant = rng.choice(to.strangers, len(landlord))
    fen = rng.integers(18, 90, len(landlord)) * 5_000
    row, day, hour = _monthly(block, "rent_outside_day", landlord, (1, 27))
    return moved(day, hour, tenant[row], to.main[landlord[row]], fen[row], APP, "rent")


def _home_loans(block: Block) -> Movements:
    to, everybody, rng = block.of(parties), block.of(people), block.rng("transfers", "home_loan")
    age = everybody["age"].to_numpy()
    of_age = everybody["is_customer"].to_numpy() & (age >= HOME_LOAN_AGES[0]) & (age < HOME_LOAN_AGES[1])
    person = np.flatnonzero(of_age & (rng.random(block.size) < HOME_LOAN_SHARE))
    fen = np.rint(everybody["income_fen"].to_numpy()[person] * rng.uniform(0.2, 0.42, len(person))).astype(
        np.int64
    )
    month, person, fen = np.repeat(MONTHS, len(person)), np.tile(person, 3), np.tile(fen, 3)
    return moved(
        MONTH_START[month] + 19, rng.random(len(person)), to.main[person], to.loans, fen, BATCH, "loan"
    )


def _savings(block: Block) -> Movements:
    """Every month something goes to the savings account; now and then some of it comes back."""
    to, income = block.of(parties), block.of(people)["income_fen"].to_numpy()
    rng = block.rng("transfers", "savings")
    saver = np.flatnonzero(to.savings >= 0)
    saver = saver[rng.random(len(saver)) < SAVER_SHARE]
    fen = tidy(income[saver] / 100 * rng.lognormal(-2.0, 0.6, len(saver)), rng.random(len(saver)))
    row, day, hour = _monthly(block, "savings_day", saver, (2, 28))
    there = moved(day, hour, to.main[saver[row]], to.savings[saver[row]], fen[row], APP, "savings")
    back = saver[rng.random(len(saver)) < 0.3]
    fen = tidy(income[back] / 100 * rng.lognormal(-1.0, 0.8, len(back)), rng.random(len(back)))
    day = any_day(rng.random(len(back)))
    return together(
        [there, moved(day, rng.random(len(back)), to.savings[back], to.main[back], fen, APP, "savings")]
    )


def _between_banks(block: Block) -> Movements:
    """Customers with an account elsewhere move money there, and half as often from there."""
    to, income = block.of(parties), block.of(people)["income_fen"].to_numpy()
    rng = block.rng("transfers", "between_banks")
    person = np.flatnonzero(to.elsewhere >= 0)
    person = np.repeat(person, rng.poisson(2.5, len(person)))
    here, there = to.main[person], to.elsewhere[person]
    comes = rng.random(len(person)) < 1 / 3
    fen = tidy(income[person] / 100 * rng.lognormal(-1.2, 1.0, len(person)), rng.random(len(person)))
    payer, payee = np.where(comes, there, here), np.where(comes, here, there)
    return moved(any_day(rng.random(len(person))), rng.random(len(person)), payer, payee, fen, APP, "savings")


def _top_ups(block: Block) -> Movements:
    """Money for the phone's wallet, more before and during the shopping festival of 11.11."""
    to, everybody, rng = block.of(parties), block.of(people), block.rng("transfers", "wallet_top_up")
    rate = everybody["digital_habit"].to_numpy() * everybody["is_customer"].to_numpy() * 2 * TOP_UPS
    person = np.repeat(np.arange(block.size), rng.poisson(rate))
    festival = np.where(
        (np.datetime64("2025-11-07") <= DAYS) & (np.datetime64("2025-11-12") > DAYS), 2.5, 1.0
    )
    day, yuan = any_day(rng.random(len(person)), festival), rng.lognormal(5.6, 0.9, len(person))
    fen = tidy(yuan, rng.random(len(person)))
    return moved(day, rng.random(len(person)), to.main[person], to.wallet, fen, APP, "wallet_top_up")
