"""What pulls what into the basket: the planted rules, their decoys, and the answer key about both.

Within a context (season × who shops when) the items of a basket fall into *clusters* that are
independent of each other. A cluster is the joint distribution of its items, an array of shape
``(2,) * n_items`` whose entry ``[1, 0]`` is the probability of the first without the second. A basket
is drawn from these arrays, and the answer key is summed from the same arrays, so that the true
support, confidence and lift are exact and not estimates.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.world.people.persons import AGE_BAND_SHARES, AGE_BANDS, parent_shares
from labkit.world.retail import calendar
from labkit.world.retail.items import ITEMS

SEASONS = ("summer", "autumn")
"""July to September, October to December."""
HOUSEHOLDS = ("no_child", "parent", "young_father_friday_evening")
"""Who shops when; the second is any parent of a child under three at any other time."""
CONTEXTS = tuple((season, household) for season in SEASONS for household in HOUSEHOLDS)
YOUNG_FATHER_MAX_AGE = 38
YOUNG_FATHER_ACTIVITY = 1.3
"""Young fathers shop this many times as often as others."""


class PairRule(NamedTuple):
    """``antecedent → consequent`` with this lift, in every context; both keep their probability."""

    antecedent: str
    consequent: str
    lift: float


PAIR_RULES = (
    PairRule("thermos", "goji_berries", 5.0),
    PairRule("cat_food", "lint_roller", 4.5),
    PairRule("hair_conditioner", "shampoo", 3.5),
    PairRule("toy_car", "batteries", 3.2),
    PairRule("wonton_wrappers", "minced_pork", 3.0),
    PairRule("steak", "red_wine", 2.8),
    PairRule("instant_noodles", "ham_sausage", 2.2),
    PairRule("playing_cards", "peanuts", 1.8),
    PairRule("chilli_sauce", "steamed_buns", 1.6),
    PairRule("oatmeal", "bananas", 1.4),
)
TRIPLE_RULE = (("hotpot_base", "lamb_slices"), "sesame_paste")
TRIPLE_CONFIDENCE = 0.54
FRIDAY_PAIR = ("diapers", "beer")
BEER_SHARE = 0.12
DIAPERS_SHARE = {"no_child": 0.004, "parent": 0.13, "young_father_friday_evening": 0.60}
FRIDAY_BEER_SHARE = {"without_diapers": 0.10, "with_diapers": 0.80}
SIMPSON_PAIR = ("ice_cream", "mosquito_repellent")
SIMPSON_SHARES = {"summer": (0.30, 0.22), "autumn": (0.035, 0.025)}
SIMPSON_LIFT = {"summer": 0.90, "autumn": 0.60}
"""Below one within each season; over both together it is well above."""
POPULAR_PAIRS = (
    ("milk", "leafy_greens"),
    ("eggs", "leafy_greens"),
    ("milk", "eggs"),
    ("pork", "leafy_greens"),
)
SHARE = {item.slug: item.probability for item in ITEMS}


class Cluster(NamedTuple):
    """Items that are drawn together: ``joint`` has one array of shape ``(2,) * n`` per context."""

    items: tuple[str, ...]
    joint: np.ndarray


def pair(first: float, second: float, lift: float = 1.0) -> np.ndarray:
    """Joint distribution of two items with given shares and lift, shape (2, 2)."""
    both = lift * first * second
    return np.array([[1 - first - second + both, second - both], [first - both, both]])


def pulled_pair(first: float, second_without: float, second_with: float) -> np.ndarray:
    """Joint distribution of two items, by the second one's share without and with the first."""
    without, with_ = 1 - first, first
    return np.array(
        [
            [without * (1 - second_without), without * second_without],
            [with_ * (1 - second_with), with_ * second_with],
        ]
    )


def pulled_triple(first: float, second: float, third: float, confidence: float) -> np.ndarray:
    """Joint distribution in which only both first items together pull the third, shape (2, 2, 2).

    Every pair of the three has lift 1. For the first item, P(third | first) = third means
    ``second * confidence + (1 - second) * x = third``, which gives x, the third one's share with the
    first alone; likewise for the second, and then for neither.
    """
    with_first = (third - second * confidence) / (1 - second)
    with_second = (third - first * confidence) / (1 - first)
    with_neither = (third - second * with_second) / (1 - second)
    pull = np.array([[with_neither, with_second], [with_first, confidence]])
    before = np.outer([1 - first, first], [1 - second, second])
    return np.stack([before * (1 - pull), before * pull], axis=-1)


def clusters() -> tuple[Cluster, ...]:
    """Return every cluster: the ordinary items one by one, then all that is planted."""
    planted = tuple(chain(_pair_clusters(), [_triple_cluster(), _friday_cluster(), _simpson_cluster()]))
    in_a_rule = set(chain.from_iterable(cluster.items for cluster in planted))
    singles = (
        Cluster((slug,), _same_everywhere(np.array([1 - share, share])))
        for slug, share in SHARE.items()
        if slug not in in_a_rule
    )
    return (*singles, *planted)


def _same_everywhere(joint: np.ndarray) -> np.ndarray:
    return np.stack([joint] * len(CONTEXTS))


def _pair_clusters() -> Iterator[Cluster]:
    for rule in PAIR_RULES:
        joint = pair(SHARE[rule.antecedent], SHARE[rule.consequent], rule.lift)
        yield Cluster((rule.antecedent, rule.consequent), _same_everywhere(joint))


def _triple_cluster() -> Cluster:
    (first, second), third = TRIPLE_RULE
    joint = pulled_triple(SHARE[first], SHARE[second], SHARE[third], TRIPLE_CONFIDENCE)
    return Cluster((first, second, third), _same_everywhere(joint))


def _friday_cluster() -> Cluster:
    by_household = {who: pair(share, BEER_SHARE) for who, share in DIAPERS_SHARE.items()}
    by_household["young_father_friday_evening"] = pulled_pair(
        DIAPERS_SHARE["young_father_friday_evening"],
        FRIDAY_BEER_SHARE["without_diapers"],
        FRIDAY_BEER_SHARE["with_diapers"],
    )
    return Cluster(FRIDAY_PAIR, np.stack([by_household[household] for _, household in CONTEXTS]))


def _simpson_cluster() -> Cluster:
    by_season = {season: pair(*shares, SIMPSON_LIFT[season]) for season, shares in SIMPSON_SHARES.items()}
    return Cluster(SIMPSON_PAIR, np.stack([by_season[season] for season, _ in CONTEXTS]))


def context_shares(friday_evening_share: float, summer_share: float) -> np.ndarray:
    """Share of baskets, empty ones included, in each of :data:`CONTEXTS`.

    Parameters
    ----------
    friday_evening_share : float
        Share of a young father's baskets that he buys on a Friday evening.
    summer_share : float
        Share of baskets bought from July to September; it is the same for everybody.
    """
    parents, young_fathers = _parent_shares()
    weight = {
        "no_child": 1 - parents,
        "parent": parents
        - young_fathers
        + young_fathers * YOUNG_FATHER_ACTIVITY * (1 - friday_evening_share),
        "young_father_friday_evening": young_fathers * YOUNG_FATHER_ACTIVITY * friday_evening_share,
    }
    season = {"summer": summer_share, "autumn": 1 - summer_share}
    shares = np.array([season[when] * weight[who] for when, who in CONTEXTS])
    return shares / shares.sum()


def _parent_shares() -> tuple[float, float]:
    """Share of people with a child under three, and of young fathers (half of the young parents)."""
    parents = young_parents = 0.0
    for (first, after_last), band_share in zip(AGE_BANDS, AGE_BAND_SHARES, strict=True):
        age = np.arange(first, after_last)
        share = parent_shares(age) * band_share / len(age)
        parents += share.sum()
        young_parents += share[age <= YOUNG_FATHER_MAX_AGE].sum()
    return parents, young_parents / 2


def planted_rules(seed: int) -> pd.DataFrame:
    """The answer key ``planted_rules``: twelve rules and the decoys, with their true measures; alike in every world.

    Empty baskets are never written, so they leave the denominator.
    """
    shares = context_shares(calendar.friday_evening_share(), calendar.SUMMER_SHARE)
    rules = [
        (FRIDAY_PAIR[:1], FRIDAY_PAIR[1], "rule", "friday_evening_young_fathers"),
        *(((rule.antecedent,), rule.consequent, "rule", "always") for rule in PAIR_RULES),
        (*TRIPLE_RULE, "rule", "always"),
        (SIMPSON_PAIR[:1], SIMPSON_PAIR[1], "decoy_simpson", "season"),
        *(((first,), second, "decoy_popular", "always") for first, second in POPULAR_PAIRS),
    ]
    known = clusters()
    rows = []
    for antecedent, consequent, kind, context in rules:
        both = true_support((*antecedent, consequent), known, shares)
        confidence = both / true_support(antecedent, known, shares)
        lift = confidence / true_support((consequent,), known, shares)
        rows.append(("+".join(antecedent), consequent, kind, both, confidence, lift, context))
    columns = ["antecedent", "consequent", "kind", "support", "confidence", "lift", "context"]
    key = pd.DataFrame(rows, columns=columns)
    key.insert(0, "rule", np.arange(1, len(key) + 1))
    return key


def true_support(items: tuple[str, ...], known: tuple[Cluster, ...], shares: np.ndarray) -> float:
    """Probability that a basket which is not empty holds all the items, over all contexts."""
    hold_all, empty = shares.copy(), shares.copy()
    for cluster in known:
        empty *= cluster.joint.reshape(len(shares), -1)[:, 0]
        held = tuple(1 if item in items else slice(None) for item in cluster.items)
        hold_all *= cluster.joint[(slice(None), *held)].reshape(len(shares), -1).sum(axis=1)
    return float(hold_all.sum() / (1 - empty.sum()))
