"""All fraud of a block: which transactions it adds, which it disputes, and when it is reported.

First used in labs 2.10 and 4.9.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from labkit.world.bank.cards.cards import wallet
from labkit.world.bank.cards.kinds import CASH, Purchases
from labkit.world.bank.cards.purchases import purchases, within_limit
from labkit.world.bank.cards.rhythm import TICKS
from labkit.world.bank.cards.terminals import layout, opened_by
from labkit.world.bank.fraud.by_card import sprees, takeovers
from labkit.world.bank.fraud.by_merchant import bust_outs, compromised, covers
from labkit.world.bank.fraud.episodes import Episodes, Loot, how_many
from labkit.world.bank.fraud.typologies import (
    DECLINED_SHARE,
    FRIENDLY,
    LONGEST_DELAY_DAYS,
    TAKEOVER,
    TYPOLOGIES,
)
from labkit.world.block import Block


class Fraud(NamedTuple):
    """What is planted in a block; ``added`` holds transactions beside the genuine ones, ``disputed`` genuine ones."""

    episodes: Episodes
    added: Purchases
    episode: np.ndarray
    """Position in ``episodes`` of each added transaction."""
    reported: np.ndarray
    """Day on which each added transaction is reported, position in ``calendar.DAYS`` or beyond."""
    disputed: np.ndarray
    """Positions in ``purchases`` of the transactions of friendly fraud."""
    disputed_reported: np.ndarray
    """Day on which each of them is."""


def fraud(block: Block) -> Fraud:
    """Plant the five typologies."""
    made = [block.of(make) for make in (sprees, compromised, takeovers, bust_outs)]
    episodes = Episodes(*(np.concatenate(column) for column in zip(*(each for each, _ in made), strict=True)))
    before = np.cumsum([0, *(len(each.starts) for each, _ in made)])
    loot = [
        each._replace(episode=each.episode + first) for (_, each), first in zip(made, before, strict=False)
    ]
    stolen = Loot(*(np.concatenate(column) for column in zip(*loot, strict=True)))
    stolen = _possible(block, stolen)
    disputed, disputed_reported = _friendly(block)
    return Fraud(
        episodes,
        _added(block, episodes, stolen),
        stolen.episode,
        _reported(block, episodes, stolen),
        disputed,
        disputed_reported,
    )


def _possible(block: Block, loot: Loot) -> Loot:
    """Without what would happen after the last day, or after the card was closed."""
    inside = loot.moment // TICKS < block.of(wallet).after_last_day[loot.card]
    return Loot(*(column[inside] for column in loot))


def _added(block: Block, episodes: Episodes, loot: Loot) -> Purchases:
    day, tick = (part.astype(np.uint16) for part in np.divmod(loot.moment, TICKS))
    terminal = loot.terminal.astype(np.uint16)
    typology = episodes.typology[loot.episode]
    approved = block.rng("fraud", "approved").random(len(day)) >= DECLINED_SHARE
    return Purchases(
        loot.card.astype(np.int32),
        np.where(block.of(layout).is_front[terminal], terminal, opened_by(block, terminal, day)),
        day,
        tick,
        loot.amount,
        loot.channel.astype(np.int8),
        typology == TYPOLOGIES.index(TAKEOVER),
        approved & within_limit(block, loot.card, loot.amount),
    )


def _reported(block: Block, episodes: Episodes, loot: Loot) -> np.ndarray:
    """A card's owner reports all transactions of an episode on one day; owners do so each on their own day."""
    rng = block.rng("fraud", "reported_on")
    together = episodes.card >= 0
    of_episode = episodes.ends // TICKS + _delays(rng, len(together))
    alone = loot.moment // TICKS + _delays(rng, len(loot.moment))
    day = np.where(together[loot.episode], of_episode[loot.episode], alone)
    return np.minimum(day, loot.moment // TICKS + LONGEST_DELAY_DAYS)


def _delays(rng: np.random.Generator, count: int) -> np.ndarray:
    """Days until a report: 1 to 14, a week and a half day on average, now and then a week more."""
    late = 7 * (rng.random(count) < 0.08)
    return rng.integers(1, 8, count) + rng.integers(0, 8, count) + late


def _friendly(block: Block) -> tuple[np.ndarray, np.ndarray]:
    """Any approved purchases whatever, which the customer disputes; and the days of the reports."""
    bought, rng = block.of(purchases), block.rng("fraud", FRIENDLY.typology)
    count = how_many(block, FRIENDLY)
    front = block.of(covers)[0]
    rows = np.unique(rng.integers(0, len(bought.card), 2 * count + 10))
    eligible = bought.approved[rows] & (block.of(layout).category[bought.terminal[rows]] != CASH)
    rows = rng.permutation(np.setdiff1d(rows[eligible], front))[:count]
    return rows, bought.day[rows] + _delays(rng, len(rows))
