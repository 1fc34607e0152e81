"""Who pays and who is paid: the accounts of the bank, and those at other banks that its customers deal with.

A *party* is a position: the bank's own accounts come first, accounts at other banks after them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from labkit.world.bank.customers import joined_on
from labkit.world.block import Block
from labkit.world.people.employers import work
from labkit.world.people.persons import SEGMENT_SLUGS, identity, people, segment
from labkit.world.people.places import branches_of_bank, nearest_branch

ACCOUNT_KINDS = ("current", "savings", "business", "corporate", "cash_desk", "settlement")
BANKS = ("lighthouse", "paper_kite", "moon_gate", "tea_leaf", "wild_goose")
OTHER_BANK_SHARES = (0.40, 0.28, 0.20, 0.12)
SAVINGS_SHARE = 0.30
"""Customers who keep a savings account beside the current one."""
BANKS_ELSEWHERE_TOO_SHARE = 0.15
"""Customers who move money from and to an own account at another bank."""
COMPANY_SHARE = 0.70
"""Companies whose account is with Lighthouse Bank."""
STRANGERS_PER_CUSTOMER = 0.75
"""People and firms from outside the block that pay or are paid."""
NUMBERS_PER_BLOCK = 10_000
FIRST_NUMBER_ELSEWHERE = 5_000_000_000
"""Account numbers at other banks begin here; those of Lighthouse Bank at 1."""


class Accounts(NamedTuple):
    """The accounts of the bank, one element per account in each array."""

    kind: np.ndarray
    """Position in :data:`ACCOUNT_KINDS`."""
    person: np.ndarray
    """Position of the person; -1 for companies and the bank's own accounts."""
    branch: np.ndarray
    """Position of the branch; -1 for the settlement accounts of the head office."""
    opened: np.ndarray
    """datetime64[D]."""


class Parties(NamedTuple):
    """Parties by what they are to each other; -1 where a person has no such account."""

    main: np.ndarray
    """Per person: the current account of a customer, everybody else's account elsewhere."""
    savings: np.ndarray
    """Per person."""
    business: np.ndarray
    """Per person."""
    elsewhere: np.ndarray
    """Per person: a customer's own account at another bank."""
    employer: np.ndarray
    """Per employer: the account from which wages come."""
    cash_desk: np.ndarray
    """Per branch of the bank."""
    cards: int
    """Where the spending on debit cards is settled."""
    loans: int
    """Where instalments are paid."""
    pension_fund: int
    """At another bank."""
    wallet: int
    """The payment company's account, at another bank."""
    strangers: np.ndarray
    """Accounts at other banks."""
    own: int
    """How many parties are accounts of the bank."""
    number: np.ndarray
    """Per party: account number."""
    bank: np.ndarray
    """Per party: position in :data:`BANKS`."""


def bank_accounts(block: Block) -> Accounts:
    """All accounts of the bank in this block: the customers' in the order of persons, then the others."""
    everybody, kind = block.of(people), block.of(segment)
    customer = everybody["is_customer"].to_numpy()
    holders = np.flatnonzero(customer)
    saves = block.rng("accounts", "savings").random(block.size) < SAVINGS_SHARE
    owners = np.flatnonzero(customer & (kind == SEGMENT_SLUGS.index("small_business")))
    savers, companies = np.flatnonzero(customer & saves), block.of(companies_of_bank)
    tills = len(branches_of_bank().city)
    person = np.concatenate([holders, savers, owners, np.full(len(companies) + tills + 2, -1)])
    near = nearest_branch()[everybody["grid_cell_id"].to_numpy() - 1]
    branch = np.concatenate(
        [near[person[person >= 0]], _branch_of(block, companies), np.arange(tills), [-1, -1]]
    )
    sizes = (len(holders), len(savers), len(owners), len(companies), tills, 2)
    codes = np.repeat(np.arange(len(ACCOUNT_KINDS)), sizes)
    return Accounts(codes, person, branch, _opened(block, codes, person))


def companies_of_bank(block: Block) -> np.ndarray:
    """Employers with an account at the bank that are no one's small enterprise."""
    each = block.of(work)
    here = block.rng("accounts", "company").random(len(each.city)) < COMPANY_SHARE
    return np.flatnonzero(here & (each.owner < 0))


def _branch_of(block: Block, companies: np.ndarray) -> np.ndarray:
    """A branch in the city of each company."""
    branches, city = branches_of_bank(), block.of(work).city[companies]
    first = np.searchsorted(branches.city, city)
    count = np.searchsorted(branches.city, city, side="right") - first
    return first + (block.rng("accounts", "branch_id").random(len(city)) * count).astype(np.int64)


def _opened(block: Block, kind: np.ndarray, person: np.ndarray) -> np.ndarray:
    """Day of opening, datetime64[D]: current accounts with the customer, further ones later; before October 2025."""
    customer_row = np.cumsum(block.of(people)["is_customer"].to_numpy()) - 1
    since = np.where(person >= 0, block.of(joined_on)[customer_row[person]], np.datetime64("2008-01-01"))
    until = np.datetime64("2025-09-30")
    later = block.rng("accounts", "opened_on").random(len(kind)) * (until - since).astype(np.int64)
    of_bank = np.array([name in ("current", "cash_desk", "settlement") for name in ACCOUNT_KINDS])
    return since + np.where(of_bank[kind], 0, later.astype(np.int64))


def parties(block: Block) -> Parties:
    """Everybody who pays or is paid in this block, and under which number."""
    own, each = block.of(bank_accounts), block.of(work)
    customer = block.of(people)["is_customer"].to_numpy()
    current, savings, business = (_by_person(block, own, kind) for kind in ("current", "savings", "business"))
    both = customer & (block.rng("accounts", "elsewhere").random(block.size) < BANKS_ELSEWHERE_TOO_SHARE)
    elsewhere, after = _next(len(own.kind), both)
    others, after = _next(after, ~customer)
    employer, after = _next(after, np.ones(len(each.city), dtype=bool))
    employer[block.of(companies_of_bank)] = np.flatnonzero(own.kind == ACCOUNT_KINDS.index("corporate"))
    strangers = np.arange(round(STRANGERS_PER_CUSTOMER * block.customers)) + after + 2
    number, bank = _numbers(block, len(own.kind), strangers[-1] + 1)
    return Parties(
        main=np.where(customer, current, others),
        savings=savings,
        business=business,
        elsewhere=elsewhere,
        employer=employer,
        cash_desk=np.flatnonzero(own.kind == ACCOUNT_KINDS.index("cash_desk")),
        cards=len(own.kind) - 2,
        loans=len(own.kind) - 1,
        pension_fund=after,
        wallet=after + 1,
        strangers=strangers,
        own=len(own.kind),
        number=number,
        bank=bank,
    )


def _by_person(block: Block, own: Accounts, kind: str) -> np.ndarray:
    party = np.full(block.size, -1)
    those = np.flatnonzero(own.kind == ACCOUNT_KINDS.index(kind))
    party[own.person[those]] = those
    return party


def _next(first: int, has: np.ndarray) -> tuple[np.ndarray, int]:
    """Parties from ``first`` on for those who have one, else -1; and the first party after them."""
    return np.where(has, first + np.cumsum(has) - 1, -1), first + int(has.sum())


def _numbers(block: Block, own: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Account numbers in an order that tells nothing, and the bank of each."""
    rng, first = block.rng("accounts", "account_id"), block.index * NUMBERS_PER_BLOCK + 1
    here = first + rng.permutation(NUMBERS_PER_BLOCK)[:own]
    there = FIRST_NUMBER_ELSEWHERE + first + rng.permutation(NUMBERS_PER_BLOCK)[: count - own]
    bank = block.rng("accounts", "bank").choice(np.arange(1, len(BANKS)), count - own, p=OTHER_BANK_SHARES)
    return np.concatenate([here, there]), np.concatenate([np.zeros(own, dtype=np.int64), bank])


def in_the_same_city(block: Block, person: np.ndarray, among: np.ndarray, uniform: np.ndarray) -> np.ndarray:
    """For each person one of ``among`` who lives in the same city, chosen by ``uniform``; anybody where none does."""
    city = block.of(identity).city
    order = among[np.argsort(city[among], kind="stable")]
    first = np.searchsorted(city[order], city[person])
    count = np.searchsorted(city[order], city[person], side="right") - first
    alone = count == 0
    first, count = np.where(alone, 0, first), np.where(alone, len(order), count)
    return order[first + (uniform * count).astype(np.int64)]
