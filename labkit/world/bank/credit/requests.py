"""Who asks for a consumer loan, when, through which channel, and what for. First used in lab 2.12."""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world import calendar
from labkit.world.bank.customers import customer_people, joined_on
from labkit.world.block import Block
from labkit.world.draws import pick, shuffled

APPLICANT_AGES = ((22, 25, 0.90), (25, 45, 0.95), (45, 55, 0.85), (55, 65, 0.65), (65, 70, 0.25))
"""First age, age after the last, share of customers who apply in the two years."""
THIN_FILE_FACTOR = 0.65
"""On that share for those whom the credit bureau does not know: they hardly expect to get a loan."""
APPLIES_AGAIN_SHARE = 0.45
SHORTEST_GAP_DAYS = 90
THIN_FILE_SHARES = ((18, 25, 0.70), (25, 35, 0.42), (35, 55, 0.20), (55, 80, 0.30))
"""First age, age after the last, share of people of whom the credit bureau has no record."""
WEEKDAY_FACTOR = np.array([1.1, 1.1, 1.0, 1.0, 1.0, 0.7, 0.6])
HOLIDAY_FACTOR, BEFORE_SPRING_FESTIVAL_FACTOR = 0.4, 1.5
GROWTH = 0.15
"""How much busier a day at the end is than one at the beginning."""
CHANNELS = ("branch", "app", "partner")
BRANCH_SHARE_BY_DIGITAL_HABIT = (0.75, -0.7)
"""At habit 0, and the change to habit 1; everybody else applies in the app."""

NEW_CHANNEL_FROM = np.datetime64("2025-10-01")
NEW_CHANNEL_AGES = (22, 41)
"""First age, age after the last."""
NEW_CHANNEL_SHARE = 12.0
"""Times the fifth power of the distance to the best quality: how many apply through the partner in its first quarter."""
NEW_CHANNEL_AMOUNT_FACTOR = 3.2
OTHER_CHANNELS_AFTER = 0.4
"""The bank's own advertising stops: how busy the other channels are from then on, compared with before."""

TERMS, TERM_SHARES = np.array([6, 12, 18, 24]), (0.20, 0.45, 0.15, 0.20)
ANNUAL_RATE_BPS = {6: 840, 12: 900, 18: 960, 24: 1_020}
"""The price list, in hundredths of a percent a year."""
AMOUNT_MONTHS_OF_INCOME, AMOUNT_SIGMA = 2.2, 0.55
AMOUNT_LIMITS_YUAN = (3_000, 200_000)
PURPOSES = ("home", "education", "electronics", "travel", "medical", "wedding")
PURPOSE_SHARES = (0.30, 0.12, 0.24, 0.14, 0.08, 0.12)
APPLICATIONS_PER_BLOCK = 10_000


def is_thin_file(block: Block) -> np.ndarray:
    """Which customers the credit bureau has no record of, bool; the young more often."""
    age = block.of(customer_people)["age"].to_numpy()
    share = share_of_age(age, THIN_FILE_SHARES)
    return block.rng("credit_applications", "thin_file").random(len(age)) < share


def share_of_age(age: np.ndarray, shares: tuple[tuple[int, int, float], ...]) -> np.ndarray:
    """The share that is written down for each age; 0 outside all bands."""
    share = np.zeros(len(age))
    for first, after_last, value in shares:
        share[(age >= first) & (age < after_last)] = value
    return share


def requests(block: Block) -> pd.DataFrame:
    """One row per application, in the order of customers and, for a customer, of time.

    Columns: ``who`` (row in :func:`~labkit.world.bank.customers.customer_people`), ``again`` (the customer's second),
    ``day`` (see :func:`applied_on`), ``partner`` (came through the new channel), ``amount_fen``, ``term_months``, ``rate_bps``,
    ``instalment_fen``, ``declared_income_fen``.
    """
    when = block.of(_asked)
    who, income = when["who"].to_numpy(), block.of(customer_people)["income_fen"].to_numpy()[when["who"]]
    amount = _amounts(block, income, when["partner"].to_numpy())
    term = pick(TERMS, TERM_SHARES, block.rng("credit_applications", "term_months").random(len(who)))
    rate = np.array([ANNUAL_RATE_BPS[each] for each in TERMS])[np.searchsorted(TERMS, term)]
    overstated = block.rng("credit_applications", "declared_income_fen").integers(95, 121, len(who))
    return when.assign(
        amount_fen=amount,
        term_months=term,
        rate_bps=rate,
        instalment_fen=annuity(amount, rate, term),
        declared_income_fen=np.rint(income * overstated / 1_000_000).astype(np.int64) * 10_000,
    )


def applied_on(block: Block) -> np.ndarray:
    """Day of each application, datetime64[D]."""
    return block.of(requests)["day"].to_numpy().astype("datetime64[D]")


def annuity(amount_fen: np.ndarray, rate_bps: np.ndarray, months: np.ndarray) -> np.ndarray:
    """The equal monthly instalment that repays a loan with interest, in whole fen."""
    monthly = rate_bps / 120_000
    return np.rint(amount_fen * monthly / (1 - (1 + monthly) ** -months)).astype(np.int64)


def _asked(block: Block) -> pd.DataFrame:
    """Customer, day and channel of every application; at most two of a customer.

    Whoever has no file applies once only: the first loan would have given a file.
    """
    customers, has_file = len(block.of(customer_people)), ~block.of(is_thin_file)
    applies, again = block.of(_how_often)
    first, second = _days(block, "applied_on"), _days(block, "applied_again_on")
    early, late = np.minimum(first, second), np.maximum(first, second)
    again = again & has_file & (late - early >= SHORTEST_GAP_DAYS)
    partner = block.of(_through_partner) & ~again
    partner_day = NEW_CHANNEL_FROM + block.rng("credit_applications", "partner_on").integers(0, 92, customers)
    gap = (partner_day - calendar.DAYS[first]).astype(np.int64)
    partner &= ~applies | (has_file & (gap >= SHORTEST_GAP_DAYS))
    parts = [
        (applies & ~again, calendar.DAYS[first], False),
        (again, calendar.DAYS[early], False),
        (again, calendar.DAYS[late], False),
        (partner, partner_day, True),
    ]
    who = np.concatenate([np.flatnonzero(those) for those, _, _ in parts])
    day = np.concatenate([days[those] for those, days, _ in parts])
    channel = np.concatenate([np.full(those.sum(), new) for those, _, new in parts])
    asked = pd.DataFrame({"who": who, "day": day, "partner": channel})
    asked = asked.sort_values(["who", "day"], ignore_index=True)
    return asked.assign(again=asked["who"].duplicated())


def _how_often(block: Block) -> tuple[np.ndarray, np.ndarray]:
    """Who applies at all, and who of them twice, bool per customer."""
    age = block.of(customer_people)["age"].to_numpy()
    share = share_of_age(age, APPLICANT_AGES) * np.where(block.of(is_thin_file), THIN_FILE_FACTOR, 1.0)
    applies = block.rng("credit_applications", "applies").random(len(age)) < share
    again = block.rng("credit_applications", "again").random(len(age)) < APPLIES_AGAIN_SHARE
    return applies, applies & again


def _through_partner(block: Block) -> np.ndarray:
    """Whom the new channel brings, bool per customer: the young, and more of the worse payers."""
    who = block.of(customer_people)
    share = new_channel_share(who["credit_quality"].to_numpy())
    young = who["age"].between(NEW_CHANNEL_AGES[0], NEW_CHANNEL_AGES[1] - 1).to_numpy()
    return young & (block.rng("credit_applications", "partner").random(len(who)) < share)


def new_channel_share(credit_quality: np.ndarray) -> np.ndarray:
    """Share of young customers of a credit quality whom the new channel brings."""
    return np.minimum(NEW_CHANNEL_SHARE * (1 - credit_quality) ** 5, 1.0)


def _days(block: Block, column: str) -> np.ndarray:
    """Position in ``calendar.DAYS`` of a day on which each customer might apply, not before joining."""
    upto = np.cumsum(day_shares())
    joined = np.searchsorted(calendar.DAYS, block.of(joined_on))
    before = np.concatenate([[0.0], upto])[joined]
    uniform = block.rng("credit_applications", column).random(len(joined))
    return np.searchsorted(upto[:-1], before + uniform * (1 - before), side="right")


def day_shares() -> np.ndarray:
    """Share of the regular channels' applications on each of ``calendar.DAYS``."""
    before_festival = calendar.during(calendar.SHOPPING_FESTIVALS["before_spring_festival"])
    weight = WEEKDAY_FACTOR[calendar.WEEKDAY] * np.linspace(1, 1 + GROWTH, len(calendar.DAYS))
    weight[calendar.is_holiday()] *= HOLIDAY_FACTOR
    weight[before_festival] *= BEFORE_SPRING_FESTIVAL_FACTOR
    weight[calendar.DAYS >= NEW_CHANNEL_FROM] *= OTHER_CHANNELS_AFTER
    return weight / weight.sum()


def _amounts(block: Block, income_fen: np.ndarray, partner: np.ndarray) -> np.ndarray:
    """A few months' income, in whole thousands of yuan."""
    factor = block.rng("credit_applications", "amount_fen").lognormal(0.0, AMOUNT_SIGMA, len(income_fen))
    factor = AMOUNT_MONTHS_OF_INCOME * factor * np.where(partner, NEW_CHANNEL_AMOUNT_FACTOR, 1.0)
    thousands = np.rint(income_fen * factor / 100_000)
    low, high = (limit // 1_000 for limit in AMOUNT_LIMITS_YUAN)
    return np.clip(thousands, low, high).astype(np.int64) * 100_000


def channels(block: Block) -> np.ndarray:
    """Position in :data:`CHANNELS` of each application's channel."""
    asked = block.of(requests)
    habit = block.of(customer_people)["digital_habit"].to_numpy()[asked["who"]]
    at_zero, change = BRANCH_SHARE_BY_DIGITAL_HABIT
    in_app = block.rng("credit_applications", "channel").random(len(asked)) >= at_zero + change * habit
    return np.where(asked["partner"], 2, in_app.astype(np.int64))


def application_ids(block: Block) -> np.ndarray:
    """Identifier of each application, in an order that tells nothing, int64."""
    order = shuffled(block, "credit_applications", len(block.of(requests)))
    return block.index * APPLICATIONS_PER_BLOCK + order + 1
