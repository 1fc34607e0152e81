"""Fraud at a merchant: compromised terminals, and fronts that bust out. First used in lab 2.10."""

from __future__ import annotations

import numpy as np

from labkit.world.bank.cards.cards import wallet
from labkit.world.bank.cards.habits import days_in_use, home_cells
from labkit.world.bank.cards.kinds import CASH, CHIP, CONTACTLESS, KINDS, MAGSTRIPE, ONLINE, ticks
from labkit.world.bank.cards.purchases import purchases
from labkit.world.bank.cards.rhythm import TICKS, TICKS_PER_HOUR, tick_quantiles
from labkit.world.bank.cards.spending import CATEGORIES
from labkit.world.bank.cards.terminals import ONLINE as WEB
from labkit.world.bank.cards.terminals import layout
from labkit.world.bank.fraud.episodes import Episodes, Loot, anchors, how_many, loot_of, moments
from labkit.world.bank.fraud.typologies import BUST_OUT, TERMINAL, TYPOLOGIES
from labkit.world.block import Block
from labkit.world.calendar import DAYS
from labkit.world.people.places import CITIES, cells

COMPROMISED_DAYS = (21, 43)
COMPROMISED_QUANTILE = 0.85
"""Terminals are tampered with where many cards pass: only the busiest ones."""
VICTIM_SHARE = 0.6
"""Share of payments at a compromised terminal whose card is charged again."""
CLONE_MAGSTRIPE_SHARE = 0.85
"""A clone has no chip."""
LONGEST_CLONE_HOURS = 140
BURST_DAYS = (3, 8)
BURST_CHANNELS = {CHIP: 0.5, CONTACTLESS: 0.3, MAGSTRIPE: 0.2}
CARDS_TRIED = 1_000
"""Purchases looked at to find the cards that a front charges."""
COVER = (8, 21)
"""Genuine sales of a front before it busts out."""


def compromised(block: Block) -> tuple[Episodes, Loot]:
    """A terminal copies cards for some weeks; many are charged there again within days."""
    bought, each, rng = block.of(purchases), block.of(layout), block.rng("fraud", TERMINAL.typology)
    visits = np.bincount(bought.terminal, minlength=len(each.place))
    shop = (each.place < len(CITIES)) & (each.category != CASH)
    busy = shop & (visits >= np.quantile(visits[shop], COMPROMISED_QUANTILE))
    start = anchors(block, TERMINAL, how_many(block, TERMINAL), busy)
    _, once = np.unique(bought.terminal[start], return_index=True)
    start = start[np.sort(once)]
    starts = bought.day[start].astype(np.int64) * TICKS
    ends = starts + rng.integers(*COMPROMISED_DAYS, len(start)) * TICKS
    number = np.full(len(each.place), -1)
    number[bought.terminal[start]] = np.arange(len(start))
    visit = np.flatnonzero((number >= 0).take(bought.terminal))
    episode, moment = number[bought.terminal[visit]], moments(bought, visit)
    inside = (moment >= starts[episode]) & (moment < ends[episode]) & (rng.random(len(visit)) < VICTIM_SHARE)
    loot = _clones(block, rng, episode[inside], visit[inside], moment[inside])
    many = np.full(len(start), -1)
    kind = np.full(len(start), TYPOLOGIES.index(TERMINAL))
    return Episodes(kind, many, bought.terminal[start].astype(np.int64), starts, ends + 7 * TICKS), loot


def _clones(
    block: Block, rng: np.random.Generator, episode: np.ndarray, visit: np.ndarray, moment: np.ndarray
) -> Loot:
    """One or two further charges for each of these visits, in the opening hours of the days after."""
    bought = block.of(purchases)
    least, most = TERMINAL.transactions
    size = rng.integers(least, most + 1, len(visit))
    repeat = np.repeat(np.arange(len(visit)), size)
    hours = 2.0 + rng.exponential(TERMINAL.gap_hours, len(repeat))
    later = moment[repeat] + np.rint(np.minimum(hours, LONGEST_CLONE_HOURS) * TICKS_PER_HOUR).astype(np.int64)
    terminal = bought.terminal[visit][repeat]
    tick = ticks(block.of(layout).category[terminal], rng.integers(0, TICKS, len(repeat)))
    in_hours = later // TICKS * TICKS + tick
    later = np.where(in_hours > moment[repeat], in_hours, later)
    channel = np.where(rng.random(len(repeat)) < CLONE_MAGSTRIPE_SHARE, MAGSTRIPE, CHIP)
    return loot_of(
        block, rng, TERMINAL, episode[repeat], bought.card[visit][repeat], terminal, later, channel
    )


def bust_outs(block: Block) -> tuple[Episodes, Loot]:
    """A front charges many cards much in a few days, and is gone."""
    each, rng = block.of(layout), block.rng("fraud", BUST_OUT.typology)
    front = np.flatnonzero(each.is_front)
    days = rng.integers(*BURST_DAYS, len(front))
    parts = [_burst(block, rng, number, terminal, days[number]) for number, terminal in enumerate(front)]
    starts = each.bust[front] * TICKS
    many, kind = np.full(len(front), -1), np.full(len(front), TYPOLOGIES.index(BUST_OUT))
    rows = Loot(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    return Episodes(kind, many, front, starts, starts + days * TICKS), rows


def _burst(block: Block, rng: np.random.Generator, episode: int, front: np.int64, days: np.int64) -> Loot:
    """The charges of one front, each on a card that is in use."""
    each, least, most = block.of(layout), *BUST_OUT.transactions
    day = each.bust[front] + rng.integers(0, days, rng.integers(least, most + 1))
    card = _customers_of_front(block, rng, each.place[front], day)
    used = (day < len(DAYS)) & block.of(days_in_use).on(card, np.minimum(day, len(DAYS) - 1))
    card, day = card[used], day[used]
    online, count = each.place[front] == WEB, len(day)
    rhythm = "online" if online else KINDS[CATEGORIES[each.category[front]]].rhythm
    tick = tick_quantiles(rhythm)[rng.integers(0, TICKS, count)]
    at_shop = rng.choice(list(BURST_CHANNELS), count, p=list(BURST_CHANNELS.values()))
    channel = np.full(count, ONLINE) if online else at_shop
    terminal = np.full(count, front)
    return loot_of(block, rng, BUST_OUT, np.full(count, episode), card, terminal, day * TICKS + tick, channel)


def _customers_of_front(block: Block, rng: np.random.Generator, place: int, day: np.ndarray) -> np.ndarray:
    """A card for each day, of somebody who lives in that city, or of anybody online; the frequent ones more often."""
    bought, home = block.of(purchases), cells().city[block.of(home_cells)]
    card = bought.card[rng.integers(0, len(bought.card), CARDS_TRIED)]
    card = card[(home[block.of(wallet).customer[card]] == place) | (place == WEB)]
    return card[(rng.random(len(day)) * len(card)).astype(np.int64)]


def covers(block: Block) -> tuple[np.ndarray, np.ndarray]:
    """Positions in ``purchases`` of sales that a front made before it busted out, and the position of the front."""
    each, bought, rng = block.of(layout), block.of(purchases), block.rng("fraud", "cover")
    group = each.place * len(CATEGORIES) + each.category
    taken = np.isin(np.arange(len(group)), block.of(compromised)[0].terminal)
    alike = np.flatnonzero((np.isin(group, group[each.is_front]) & ~taken).take(bought.terminal))
    rows, terminals = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for front in np.flatnonzero(each.is_front):
        there = alike[group[bought.terminal[alike]] == group[front]]
        day = bought.day[there].astype(np.int64)
        there = rng.permutation(there[(day >= each.opened[front]) & (day < each.bust[front])])
        rows.append(there[: rng.integers(*COVER)])
        terminals.append(np.full(len(rows[-1]), front))
    return np.concatenate(rows), np.concatenate(terminals)
