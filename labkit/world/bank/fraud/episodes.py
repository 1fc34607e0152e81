"""Episodes of fraud and their transactions: what all typologies share. First used in labs 2.10 and 4.9."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from labkit.world.bank.cards.kinds import Purchases, amounts
from labkit.world.bank.cards.purchases import holders, purchases
from labkit.world.bank.cards.rhythm import TICKS
from labkit.world.bank.cards.terminals import layout
from labkit.world.bank.fraud.typologies import Typology
from labkit.world.block import Block


class Episodes(NamedTuple):
    """One element per episode in each array; a moment counts ticks since 2024-01-01."""

    typology: np.ndarray
    """Position in ``TYPOLOGIES``."""
    card: np.ndarray
    """Position of the card that is misused; -1 where there are many."""
    terminal: np.ndarray
    """Position of the terminal that is misused; -1 where there are many."""
    starts: np.ndarray
    """Moment."""
    ends: np.ndarray
    """Moment."""


class Loot(NamedTuple):
    """Fraudulent transactions; one element each. ``episode`` counts within the typology."""

    episode: np.ndarray
    card: np.ndarray
    terminal: np.ndarray
    moment: np.ndarray
    amount: np.ndarray
    channel: np.ndarray


def moments(bought: Purchases, rows: np.ndarray) -> np.ndarray:
    """Moments of some rows, int64."""
    return bought.day[rows].astype(np.int64) * TICKS + bought.tick[rows]


def how_many(block: Block, typology: Typology) -> int:
    """Episodes of a typology in the block, in proportion to genuine purchases."""
    expected = typology.episodes * len(block.of(purchases).card) / 100_000
    return int(expected + block.rng("fraud", f"{typology.typology}_count").random())


def anchors(block: Block, typology: Typology, count: int, fits: np.ndarray) -> np.ndarray:
    """Positions of ``count`` random purchases at terminals that fit (bool per terminal)."""
    bought = block.of(purchases)
    rows = block.rng("fraud", f"{typology.typology}_anchor").integers(0, len(bought.card), 40 * count + 400)
    return rows[fits[bought.terminal[rows]]][:count]


def loot_of(
    block: Block,
    rng: np.random.Generator,
    typology: Typology,
    episode: np.ndarray,
    card: np.ndarray,
    terminal: np.ndarray,
    moment: np.ndarray,
    channel: np.ndarray,
) -> Loot:
    """Transactions with amounts that are large for the customer and the category."""
    factor = typology.amount_factor * rng.lognormal(0.0, typology.amount_sigma, len(card))
    median = block.of(holders).median_fen[card] * factor
    amount = amounts(median, block.of(layout).category[terminal], rng.integers(0, 65_536, len(card)))
    return Loot(episode, card, terminal, moment, amount, channel)
