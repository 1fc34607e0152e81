"""Fraud with a card or an account: stolen-card sprees and account takeovers.

Every episode begins after a purchase that somebody really made, so that fraud is spread over time and over cards
as purchases are. First used in lab 2.10.
"""

from __future__ import annotations

import numpy as np

from labkit.world.bank.cards.kinds import CASH, CHIP, CONTACTLESS, MAGSTRIPE, ONLINE
from labkit.world.bank.cards.purchases import purchases
from labkit.world.bank.cards.rhythm import TICKS, TICKS_PER_HOUR, tick_quantiles
from labkit.world.bank.cards.spending import CATEGORIES
from labkit.world.bank.cards.terminals import ONLINE as WEB
from labkit.world.bank.cards.terminals import layout
from labkit.world.bank.cards.trips import count_up
from labkit.world.bank.fraud.episodes import Episodes, Loot, anchors, how_many, loot_of, moments
from labkit.world.bank.fraud.typologies import SPREE, TAKEOVER, TYPOLOGIES, Typology, category_of_loot
from labkit.world.block import Block
from labkit.world.people.places import CITIES

SPREE_ELSEWHERE_SHARE, SPREE_ELSEWHERE_HOURS = 0.5, 2.0
"""Some thieves go to another city, which takes time."""
SPREE_CHANNELS = {CHIP: 0.25, CONTACTLESS: 0.50, MAGSTRIPE: 0.25}
NIGHT_TAKEOVER_SHARE = 0.5


def sprees(block: Block) -> tuple[Episodes, Loot]:
    """A card is stolen after a purchase in a shop, and used up in shops of the city or of another."""
    bought, each, rng = block.of(purchases), block.of(layout), block.rng("fraud", SPREE.typology)
    start = anchors(
        block, SPREE, how_many(block, SPREE), (each.place < len(CITIES)) & (each.category != CASH)
    )
    count = len(start)
    elsewhere = rng.random(count) < SPREE_ELSEWHERE_SHARE
    place = (each.place[bought.terminal[start]] + elsewhere * rng.integers(1, len(CITIES), count)) % len(
        CITIES
    )
    hours = 0.3 + rng.exponential(2.0, count) + SPREE_ELSEWHERE_HOURS * elsewhere
    first = moments(bought, start) + np.rint(hours * TICKS_PER_HOUR).astype(np.int64)
    episode, moment = _steps(rng, SPREE, first)
    category = category_of_loot(SPREE, rng.random(len(episode)))
    terminal = _any_terminal(block, place[episode], category, rng.random(len(episode)))
    channel = rng.choice(list(SPREE_CHANNELS), len(episode), p=list(SPREE_CHANNELS.values()))
    loot = loot_of(block, rng, SPREE, episode, bought.card[start][episode], terminal, moment, channel)
    return _card_episodes(SPREE, bought.card[start], moments(bought, start) + 1, loot), loot


def takeovers(block: Block) -> tuple[Episodes, Loot]:
    """Somebody learns the password of a customer who buys online, and buys from a device of their own."""
    bought, each, rng = block.of(purchases), block.of(layout), block.rng("fraud", TAKEOVER.typology)
    start = anchors(block, TAKEOVER, how_many(block, TAKEOVER), each.place == WEB)
    first = moments(bought, start) + np.rint(rng.exponential(24.0, len(start)) * TICKS_PER_HOUR).astype(
        np.int64
    )
    at_night = tick_quantiles("night")[rng.integers(0, TICKS, len(start))]
    by_night = first // TICKS * TICKS + at_night
    moves = (rng.random(len(start)) < NIGHT_TAKEOVER_SHARE) & (by_night > moments(bought, start))
    episode, moment = _steps(rng, TAKEOVER, np.where(moves, by_night, first))
    category = category_of_loot(TAKEOVER, rng.random(len(episode)))
    terminal = _any_terminal(block, np.full(len(episode), WEB), category, rng.random(len(episode)))
    channel = np.full(len(episode), ONLINE)
    loot = loot_of(block, rng, TAKEOVER, episode, bought.card[start][episode], terminal, moment, channel)
    return _card_episodes(TAKEOVER, bought.card[start], moments(bought, start) + 1, loot), loot


def _steps(rng: np.random.Generator, typology: Typology, first: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Episode and moment of each transaction of episodes that begin at these moments."""
    least, most = typology.transactions
    size = rng.integers(least, most + 1, len(first))
    episode = np.repeat(np.arange(len(first)), size)
    gap = np.rint((0.05 + rng.exponential(typology.gap_hours, len(episode))) * TICKS_PER_HOUR).astype(
        np.int64
    )
    gap[count_up(size) == 0] = 0
    passed = np.cumsum(gap)
    begin = np.cumsum(size) - size
    return episode, first[episode] + passed - passed[begin][episode]


def _any_terminal(block: Block, place: np.ndarray, category: np.ndarray, uniform: np.ndarray) -> np.ndarray:
    """A terminal of that place and category, all alike but for the fronts."""
    each = block.of(layout)
    group = np.where(each.is_front, -1, each.place * len(CATEGORIES) + each.category)
    order = np.argsort(group, kind="stable")
    wanted = place * len(CATEGORIES) + category
    begin = np.searchsorted(group[order], wanted)
    size = np.searchsorted(group[order], wanted, side="right") - begin
    return order[begin + (uniform * size).astype(np.int64)]


def _card_episodes(typology: Typology, card: np.ndarray, starts: np.ndarray, loot: Loot) -> Episodes:
    """Episodes that end an hour after their last transaction, when the card is blocked."""
    ends = starts.copy()
    np.maximum.at(ends, loot.episode, loot.moment)
    number = np.full(len(card), TYPOLOGIES.index(typology))
    return Episodes(number, card, np.full(len(card), -1), starts, ends + round(TICKS_PER_HOUR))
