"""The retail world: what is planted is there, what is not planted is not, and the key tells the truth."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency

from labkit import catalogue
from labkit.store.storage import content_hash, to_arrow
from labkit.world.block import Block
from labkit.world.people.persons import people
from labkit.world.retail import DOMAIN, calendar, rules
from labkit.world.retail.baskets import baskets, contexts, fill, shoppers, visit, young_fathers
from labkit.world.retail.items import ITEMS, POSITION, SLUGS, items

BLOCKS = 6
FIVE_SIGMA = 5.0
BASKETS_OF_2026 = "8d0bfdd8d458da91a33ec23ed23a0a98f4ba90866439c3a07a2116ecff80389c"
SHARES = rules.context_shares(calendar.friday_evening_share(), calendar.SUMMER_SHARE)


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    blocks = [Block(2026, index) for index in range(BLOCKS)]
    return {
        make.__name__: pd.concat([block.of(make) for block in blocks], ignore_index=True)
        for make in DOMAIN.per_block
    }


@pytest.fixture(scope="module")
def drawn() -> tuple[np.ndarray, np.ndarray]:
    """Which items each basket holds, and the context it was filled in; several seeds together."""
    held, context = [], []
    for seed, index in [(2026, 0), (2026, 1), (7, 0), (7, 1), (8, 5), (9, 2)]:
        block = Block(seed, index)
        held.append(fill(block, block.of(visit).context))
        context.append(block.of(visit).context)
    return np.concatenate(held), np.concatenate(context)


def all_of(held: np.ndarray, items: tuple[str, ...]) -> np.ndarray:
    return held[:, [POSITION[item] for item in items]].all(axis=1)


def planted() -> pd.DataFrame:
    return rules.planted_rules(2026)


def itemset(rule: pd.Series) -> tuple[str, ...]:
    return (*rule["antecedent"].split("+"), rule["consequent"])


def test_tables_are_those_of_the_catalogue(tables):
    for name, frame in {**tables, **{make.__name__: make(1) for make in DOMAIN.once}}.items():
        assert to_arrow(catalogue.table(name), frame).num_rows == len(frame) > 0


def test_the_baskets_of_a_seed_are_the_same_on_every_computer():
    first = Block(2026, 0).of(baskets)
    assert content_hash(to_arrow(catalogue.table("baskets"), first)) == BASKETS_OF_2026


def test_one_member_per_shopper_with_the_age_of_the_person(tables):
    everybody = pd.concat([people(Block(2026, index)) for index in range(BLOCKS)])
    known = everybody[everybody["is_shopper"]]
    members = tables["members"]
    assert members["member_id"].tolist() == known["person_id"].tolist()
    assert (2025 - members["birth_year"]).tolist() == known["age"].tolist()


def test_baskets_are_numbered_in_the_order_of_time_without_gaps(tables):
    receipts = tables["baskets"].drop_duplicates("basket_id")
    block_number, within = np.divmod(receipts["basket_id"].to_numpy() - 1, 100_000)
    for index in range(BLOCKS):
        numbers = within[block_number == index]
        np.testing.assert_array_equal(numbers, np.arange(len(numbers)))
        assert receipts["bought_at"][block_number == index].is_monotonic_increasing


def test_a_receipt_is_one_visit_of_one_member_to_the_member_s_store(tables):
    lines = tables["baskets"]
    assert (lines.groupby("basket_id")[["member_id", "store_id", "bought_at"]].nunique() == 1).all(axis=None)
    assert (lines.groupby("member_id")["store_id"].nunique() == 1).all()
    assert lines["store_id"].between(1, 160).all()


def test_amounts_are_units_times_the_shelf_price(tables):
    price = items(1).set_index("item")["price_fen"]
    lines = tables["baskets"]
    assert (lines["amount_fen"] == lines["quantity"] * lines["item"].astype(str).map(price)).all()


def test_sizes_are_those_of_a_supermarket(tables):
    lines = tables["baskets"]
    receipts = lines["basket_id"].nunique()
    assert 9.5 < receipts / len(tables["members"]) < 10.8
    assert 6.0 < len(lines) / receipts < 7.5
    assert len(ITEMS) == 60


def test_the_key_has_twelve_rules_and_five_decoys():
    assert planted()["kind"].value_counts().to_dict() == {"rule": 12, "decoy_popular": 4, "decoy_simpson": 1}


def test_planted_pairs_lie_between_lift_1_4_and_5_and_keep_their_items_apart():
    pairs = [(rule.antecedent, rule.consequent) for rule in rules.PAIR_RULES]
    items = [
        item
        for pair in [*pairs, (*rules.TRIPLE_RULE[0], rules.TRIPLE_RULE[1]), rules.FRIDAY_PAIR]
        for item in pair
    ]
    assert len(items) == len(set(items))
    true = planted().query("kind == 'rule' and context == 'always'")
    assert true["lift"].between(1.39, 5.0).all()
    assert (true["support"] < 0.01).sum() == 3  # two pairs, and the rule with two items before the arrow


def test_every_item_belongs_to_exactly_one_cluster_of_proper_probabilities():
    known = rules.clusters()
    assert sorted(item for cluster in known for item in cluster.items) == sorted(SLUGS)
    for cluster in known:
        assert (cluster.joint >= 0).all()
        np.testing.assert_allclose(cluster.joint.reshape(len(SHARES), -1).sum(axis=1), 1.0)


def test_pairs_that_nobody_planted_have_lift_one_in_the_generator():
    """But for the rare empty basket, which is never written and moves every lift by less than 0.1 %."""
    known = rules.clusters()
    together = {frozenset(pair) for cluster in known for pair in combinations(cluster.items, 2)}
    alone = {item: rules.true_support((item,), known, SHARES) for item in SLUGS}
    for pair in combinations(SLUGS, 2):
        if frozenset(pair) not in together:
            lift = rules.true_support(pair, known, SHARES) / (alone[pair[0]] * alone[pair[1]])
            assert lift == pytest.approx(1.0, abs=0.001), pair


def test_only_both_items_together_pull_the_third():
    (first, second), third = rules.TRIPLE_RULE
    joint = rules.pulled_triple(0.1, 0.2, 0.3, 0.6)
    for kept in [(0, 1), (0, 2), (1, 2)]:
        (dropped,) = {0, 1, 2} - set(kept)
        pair = joint.sum(axis=dropped)
        np.testing.assert_allclose(pair, np.outer(pair.sum(axis=1), pair.sum(axis=0)))
    assert joint[1, 1, 1] / joint[1, 1].sum() == pytest.approx(0.6)
    key = planted().set_index("consequent").loc[third]
    assert key["antecedent"] == f"{first}+{second}"
    assert key["lift"] == pytest.approx(4.5, abs=0.01)


def test_the_simpson_decoy_turns_round_within_each_season():
    known = rules.clusters()
    decoy = planted().query("kind == 'decoy_simpson'").iloc[0]
    assert decoy["lift"] > 1.4
    for season in rules.SEASONS:
        within = SHARES * [when == season for when, _ in rules.CONTEXTS]
        within = within / within.sum()
        one, other = (rules.true_support((item,), known, within) for item in rules.SIMPSON_PAIR)
        assert rules.true_support(rules.SIMPSON_PAIR, known, within) / (one * other) < 0.95


def test_beer_and_diapers_pull_only_on_young_fathers_friday_evenings():
    friday = next(cluster for cluster in rules.clusters() if cluster.items == rules.FRIDAY_PAIR)
    assert planted().set_index("antecedent").loc["diapers", "lift"] > 3
    for (_, household), joint in zip(rules.CONTEXTS, friday.joint, strict=True):
        diapers, beer = joint.sum(axis=1)[1], joint.sum(axis=0)[1]
        lift = joint[1, 1] / (diapers * beer)
        if household == "young_father_friday_evening":
            assert lift > 1.3
        else:
            assert lift == pytest.approx(1.0)


@pytest.mark.parametrize(
    "rule", [row for _, row in planted().iterrows()], ids=lambda rule: rule["consequent"]
)
def test_drawn_baskets_recover_the_key_within_sampling_error(drawn, rule):
    held, _ = drawn
    held = held[held.any(axis=1)]
    *pullers, pulled = itemset(rule)
    n, before = len(held), all_of(held, tuple(pullers))
    support, confidence = rule["support"], rule["confidence"]
    assert abs(all_of(held, itemset(rule)).mean() - support) < FIVE_SIGMA * np.sqrt(support / n)
    spread = np.sqrt(confidence * (1 - confidence) / before.sum())
    assert abs(all_of(held, (pulled,))[before].mean() - confidence) < FIVE_SIGMA * spread


def test_contexts_come_up_as_often_as_the_key_assumes(drawn):
    """Members differ in how often they shop, so the shares vary more than independent draws would."""
    _, context = drawn
    share = np.bincount(context, minlength=len(SHARES)) / len(context)
    np.testing.assert_allclose(share, SHARES, atol=0.012)


def test_days_and_festivals_leave_season_and_weekday_independent():
    share = pd.Series(calendar.day_shares()).groupby([calendar.IS_SUMMER, calendar.WEEKDAY]).sum().unstack()
    np.testing.assert_allclose(share, np.outer([0.5, 0.5], calendar.WEEKDAY_SHARE))
    assert calendar.DAYS[0].item().weekday() == calendar.WEEKDAY[0]
    by_day = pd.Series(calendar.day_shares(), calendar.DAYS)
    assert by_day["2025-11-11"] > 1.2 * by_day["2025-11-18"]
    assert by_day["2025-10-05"] > 1.2 * by_day["2025-10-12"]


def test_season_does_not_depend_on_who_shops():
    parts = []
    for index in range(4):
        block = Block(3, index)
        visits = block.of(visit)
        father = young_fathers(block.of(shoppers))[visits.shopper]
        parts.append(pd.DataFrame({"father": father, "summer": visits.at < calendar.AUTUMN}))
    table = pd.concat(parts).value_counts().unstack()
    assert chi2_contingency(table).pvalue > 1e-6


def test_visits_keep_the_hours_of_the_shop_and_young_fathers_come_on_friday_evenings():
    block = Block(4, 0)
    visits = block.of(visit)
    at = pd.Series(visits.at).dt
    assert at.hour.between(8, 21).all()
    assert at.date.min().isoformat() >= "2025-07-01"
    assert at.date.max().isoformat() <= "2025-12-31"
    friday_evening = (at.day_of_week == 4) & at.hour.between(17, 20)
    father = young_fathers(block.of(shoppers))[visits.shopper]
    assert friday_evening[father].mean() == pytest.approx(calendar.friday_evening_share(), abs=0.08)
    assert friday_evening[~father].mean() == pytest.approx(0.15 * 0.43, abs=0.01)


def test_context_follows_from_season_shopper_and_time():
    customers = pd.DataFrame(
        {
            "sex": ["male", "male", "female", "male"],
            "age": [38, 39, 30, 30],
            "child_under_3": [True, True, True, False],
        }
    )
    friday = int(np.flatnonzero(np.datetime64("2025-10-17") == calendar.DAYS)[0])
    monday = int(np.flatnonzero(np.datetime64("2025-07-07") == calendar.DAYS)[0])
    shopper, day = np.array([0, 0, 0, 1, 2, 3]), np.array([friday, friday, monday, friday, friday, friday])
    hour = np.array([17, 21, 18, 18, 18, 18])
    named = [rules.CONTEXTS[each] for each in contexts(customers, shopper, day, hour)]
    assert named == [
        ("autumn", "young_father_friday_evening"), ("autumn", "parent"), ("summer", "parent"),
        ("autumn", "parent"), ("autumn", "parent"), ("autumn", "no_child"),
    ]  # fmt: skip
