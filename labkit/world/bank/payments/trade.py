"""Trade: small shops and their customers and suppliers, companies, and the one large purchase of the quarter."""

from __future__ import annotations

import numpy as np

from labkit.world.bank.payments.movements import (
    APP,
    DAYS,
    PURPOSES,
    WEB,
    WEEKDAY,
    Movements,
    any_day,
    moved,
    tidy,
    together,
    transfer_channel,
)
from labkit.world.bank.payments.parties import Parties, in_the_same_city, parties
from labkit.world.block import Block
from labkit.world.draws import pick
from labkit.world.people.employers import work
from labkit.world.people.persons import people

PURCHASES = 1.3
"""Transfers in the quarter to a small shop, per customer."""
GUESTS_PER_SHOP = 5
"""Payments from people of other banks, per shop."""
SUPPLIERS_PER_SHOP, ORDERS_PER_SHOP = 3, 7
TRADE_IN_BLOCK_SHARE = 0.15
"""Orders that go to another small business of the block."""
RECEIPTS_PER_COMPANY = 9
LARGE_TRANSFERS = 0.25
"""Large transfers in the quarter per customer: a car, a renovation, help with the first flat."""
LARGE_YUAN, LARGE_SPREAD = 12_000, 0.9
LARGE_PURPOSES, LARGE_PURPOSE_SHARES = ("purchase", "other", "family", "business"), (0.4, 0.3, 0.2, 0.1)
FESTIVAL_DAYS = np.where(
    (np.datetime64("2025-11-08") <= DAYS) & (np.datetime64("2025-11-12") > DAYS), 1.6, 1.0
)
SHOPPING_DAYS = np.where(WEEKDAY >= 5, 1.5, 1.0) * FESTIVAL_DAYS


def trade(block: Block) -> Movements:
    """All trade of the quarter."""
    return together([make(block) for make in (_purchases, _guests, _orders, _companies, _large)])


def large_purpose(uniform: np.ndarray) -> np.ndarray:
    """What people write on a large transfer: position in ``PURPOSES``."""
    codes = np.array([PURPOSES.index(each) for each in LARGE_PURPOSES])
    return pick(codes, LARGE_PURPOSE_SHARES, uniform)


def _shops(to: Parties) -> np.ndarray:
    return np.flatnonzero(to.business >= 0)


def _till(rng: np.random.Generator, size: int) -> np.ndarray:
    """Amounts at a small shop: mostly lunch or a haircut, now and then a kitchen; never a round sum by habit."""
    large = rng.random(size) < 0.03
    yuan = np.where(large, 6_000, 90) * rng.lognormal(0, 0.8, size)
    return tidy(yuan, 0.5 + rng.random(size) / 2)


def _purchases(block: Block) -> Movements:
    to, rng = block.of(parties), block.rng("transfers", "purchase")
    buyer = np.repeat(
        np.arange(block.size), rng.poisson(PURCHASES * block.of(people)["is_customer"].to_numpy())
    )
    shop = in_the_same_city(
        block, buyer, _shops(to), rng.random(len(buyer)) ** 1.6
    )  # a few shops are popular
    buyer, shop = buyer[shop != buyer], shop[shop != buyer]
    day = any_day(rng.random(len(buyer)), SHOPPING_DAYS)
    fen = _till(rng, len(buyer))
    return moved(day, rng.random(len(buyer)), to.main[buyer], to.business[shop], fen, APP, "purchase")


def _guests(block: Block) -> Movements:
    to, rng = block.of(parties), block.rng("transfers", "guests")
    shop = np.repeat(_shops(to), rng.poisson(GUESTS_PER_SHOP * rng.lognormal(-0.3, 0.8, len(_shops(to)))))
    payer = rng.choice(to.strangers, len(shop))
    day, fen = any_day(rng.random(len(shop)), SHOPPING_DAYS), _till(rng, len(shop))
    return moved(day, rng.random(len(shop)), payer, to.business[shop], fen, APP, "purchase")


def _orders(block: Block) -> Movements:
    """Shops order from a few suppliers, some of them shops of the block."""
    to, rng = block.of(parties), block.rng("transfers", "orders")
    shops = _shops(to)
    supplier = rng.choice(to.strangers, (len(shops), SUPPLIERS_PER_SHOP))
    neighbour = rng.random(supplier.shape) < TRADE_IN_BLOCK_SHARE
    supplier = np.where(neighbour, to.business[rng.choice(shops, supplier.shape)], supplier)
    shop = np.repeat(np.arange(len(shops)), rng.poisson(ORDERS_PER_SHOP, len(shops)))
    payer, payee = to.business[shops[shop]], supplier[shop, rng.integers(0, SUPPLIERS_PER_SHOP, len(shop))]
    usual = rng.lognormal(7.9, 0.6, len(shops))
    fen = tidy(usual[shop] * rng.lognormal(0, 0.4, len(shop)), rng.random(len(shop)))
    day, hour = any_day(rng.random(len(shop)), np.where(WEEKDAY < 5, 1.0, 0.3)), rng.random(len(shop))
    real = payer != payee
    return moved(day[real], hour[real], payer[real], payee[real], fen[real], WEB, "business")


def _companies(block: Block) -> Movements:
    """Companies are paid by their customers, elsewhere, about what their people cost."""
    to, each, rng = block.of(parties), block.of(work), block.rng("transfers", "companies")
    income = block.of(people)["income_fen"].to_numpy()
    works = each.employer >= 0
    payroll = np.bincount(each.employer[works], income[works], len(each.city)) * 3 / 100
    company = np.flatnonzero((to.employer < to.own) & (payroll > 0))
    row = np.repeat(company, rng.poisson(RECEIPTS_PER_COMPANY, len(company)))
    yuan = payroll[row] / RECEIPTS_PER_COMPANY * rng.lognormal(0.0, 0.6, len(row))
    day = any_day(rng.random(len(row)), np.where(WEEKDAY < 5, 1.0, 0.1))
    payer, fen = rng.choice(to.strangers, len(row)), tidy(yuan, rng.random(len(row)))
    return moved(day, rng.random(len(row)), payer, to.employer[row], fen, WEB, "business")


def _large(block: Block) -> Movements:
    """Large sums between people: half with somebody outside the block, either way."""
    to, everybody, rng = block.of(parties), block.of(people), block.rng("transfers", "large")
    person = np.repeat(
        np.arange(block.size), rng.poisson(LARGE_TRANSFERS * everybody["is_customer"].to_numpy())
    )
    size = len(person)
    other = np.where(
        rng.random(size) < 0.5, rng.choice(to.strangers, size), to.main[rng.integers(0, block.size, size)]
    )
    comes = (rng.random(size) < 0.4) & (other >= to.own)
    payer, payee = np.where(comes, other, to.main[person]), np.where(comes, to.main[person], other)
    day, fen = (
        any_day(rng.random(size)),
        tidy(LARGE_YUAN * rng.lognormal(0, LARGE_SPREAD, size), rng.random(size)),
    )
    channel = transfer_channel(everybody["digital_habit"].to_numpy()[person], rng.random(size), day)
    purpose, hour, real = large_purpose(rng.random(size)), rng.random(size), payer != payee
    return moved(day[real], hour[real], payer[real], payee[real], fen[real], channel[real], purpose[real])
