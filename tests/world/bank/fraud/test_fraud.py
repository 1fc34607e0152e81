"""Card fraud: what is planted can be found by honest behaviour features, friendly fraud cannot."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import average_precision_score, roc_auc_score

from labkit.world.bank.cards.cards import cards
from labkit.world.bank.cards.terminals import terminals
from labkit.world.bank.cards.transactions import card_transactions
from labkit.world.bank.customers import customers
from labkit.world.bank.fraud.truth import fraud_episodes, fraud_truth
from labkit.world.bank.fraud.typologies import TYPOLOGY_SLUGS
from labkit.world.block import Block
from labkit.world.operations.map import grid_cells

BLOCKS = 5
TRAINED_UNTIL, TESTED_FROM, TESTED_UNTIL = (
    np.datetime64(day, "ms") for day in ("2025-09-09", "2025-10-01", "2025-12-10")
)
"""Fraud is reported within three weeks: the gap before the test, and before the end of the world."""
FIRST_TRAINED = np.datetime64("2024-07-01", "ms")
HOUR, DAY = 3_600_000, 86_400_000
NEGATIVES_KEPT = 0.05
PATTERNS = [slug for slug in TYPOLOGY_SLUGS if slug != "friendly_fraud"]


def world(seed: int, blocks: int = BLOCKS) -> dict[str, pd.DataFrame]:
    made = [Block(seed, index) for index in range(blocks)]
    parts = (customers, cards, terminals, card_transactions, fraud_truth, fraud_episodes)
    tables = {
        part.__name__: pd.concat([block.of(part) for block in made], ignore_index=True) for part in parts
    }
    return tables


class History:
    """Sums over the rows of the same group before each row, within a time or from the beginning."""

    def __init__(self, group: np.ndarray, at: np.ndarray) -> None:
        code = pd.factorize(group)[0].astype(np.int64)
        key = (code << 43) + at
        self.order = np.argsort(key, kind="stable")
        self.sorted_key, self.begin = key[self.order], code[self.order] << 43

    def sum(self, values: np.ndarray, window: int | None = None, lag: int = 0) -> np.ndarray:
        """Sum of ``values`` over earlier rows, from ``window`` to ``lag`` milliseconds ago."""
        total = np.concatenate([[0.0], np.cumsum(values[self.order])])
        place = np.arange(len(values))
        last = np.searchsorted(self.sorted_key, self.sorted_key - lag) if lag else place
        floor = self.begin if window is None else np.maximum(self.sorted_key - window, self.begin)
        first = np.searchsorted(self.sorted_key, floor)
        result = np.empty(len(values))
        result[self.order] = total[np.maximum(last, first)] - total[first]
        return result


def reported_before(table: pd.DataFrame, group: str, at: np.ndarray) -> np.ndarray:
    """Frauds of the same group that had been reported before the day of each row, within 60 days."""
    known = table[table["reported_on"].notna()]
    code = pd.factorize(pd.concat([table[group], known[group]]))[0].astype(np.int64) << 43
    reported = np.sort(code[len(table) :] + known["reported_on"].to_numpy().astype(np.int64) + DAY)
    now = code[: len(table)] + at
    return np.searchsorted(reported, now) - np.searchsorted(reported, now - 60 * DAY)


def distance_km(tables: dict[str, pd.DataFrame]) -> np.ndarray:
    """From the customer's home to the terminal; missing online and abroad."""
    rows, grid = tables["card_transactions"], grid_cells(0).set_index("grid_cell_id")
    home = tables["customers"].set_index("customer_id")["grid_cell_id"].reindex(rows["customer_id"])
    shop = (
        tables["terminals"]
        .set_index("terminal_id")["grid_cell_id"]
        .reindex(rows["terminal_id"])
        .astype(float)
    )
    east, north = (
        grid[axis].reindex(shop).to_numpy() - grid[axis].reindex(home).to_numpy()
        for axis in ("east_km", "north_km")
    )
    return np.hypot(east, north)


def features(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """What a bank can know at the moment of each request, and nothing later."""
    rows = tables["card_transactions"]
    at = rows["happened_at"].to_numpy().astype(np.int64)
    amount, one = rows["amount_fen"].to_numpy() / 100.0, np.ones(len(rows))
    customer, terminal = rows["customer_id"].to_numpy(), rows["terminal_id"].to_numpy()
    category, channel = rows["category"].cat.codes.to_numpy(), rows["channel"].cat.codes.to_numpy()
    magstripe = (rows["channel"] == "magstripe").to_numpy().astype(float)
    new_device = rows["new_device"].to_numpy().astype(float)
    log = np.log(amount)
    of_customer, of_terminal = History(customer, at), History(terminal, at)
    of_habit = History(customer * 100 + category, at)
    of_pair = History(customer * 100_000_000 + terminal, at)
    by_category = np.bincount(category, log) / np.bincount(category)
    before = of_customer.sum(one)
    habit = of_customer.sum(log - by_category[category]) / (before + 3)
    surprise = log - by_category[category] - habit
    in_category = of_habit.sum(one)
    opened = (
        tables["terminals"]
        .set_index("terminal_id")["opened_on"]
        .reindex(terminal)
        .to_numpy()
        .astype(np.int64)
    )
    week, month = of_terminal.sum(one, 7 * DAY), of_terminal.sum(one, 60 * DAY)
    return pd.DataFrame(
        {
            "log_amount": log,
            "category": category,
            "channel": channel,
            "hour": at % DAY / HOUR,
            "is_abroad": rows["is_abroad"].to_numpy(),
            "new_device": new_device,
            "magstripe": magstripe,
            "surprise": surprise,
            "surprise_in_category": log
            - (of_habit.sum(log) + by_category[category] + habit) / (in_category + 1),
            "before": before,
            "share_of_category": in_category / (before + 1),
            "visits": of_pair.sum(one),
            "visits_7d": of_pair.sum(one, 7 * DAY),
            "count_1h": of_customer.sum(one, HOUR),
            "count_6h": of_customer.sum(one, 6 * HOUR),
            "count_48h": of_customer.sum(one, 48 * HOUR),
            "surprise_6h": of_customer.sum(surprise, 6 * HOUR),
            "surprise_48h": of_customer.sum(surprise, 48 * HOUR),
            "new_device_48h": of_customer.sum(new_device, 48 * HOUR),
            "distance_km": distance_km(tables),
            "terminal_age": (at - opened) / DAY,
            "terminal_1d": of_terminal.sum(one, DAY),
            "terminal_7d": week,
            "terminal_60d": month,
            "terminal_burst": (of_terminal.sum(one, 3 * DAY) + 1) / (month + 5),
            "terminal_surprise_7d": of_terminal.sum(surprise, 7 * DAY) / (week + 1),
            "terminal_magstripe_14d": of_terminal.sum(magstripe, 14 * DAY),
            "terminal_reported": reported_before(rows, "terminal_id", at),
            "terminal_risk": reported_before(rows, "terminal_id", at) / (month + 5),
            "card_reported": reported_before(rows, "card_id", at),
        }
    )


def latent(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The planted dangers: is the card, the account or the terminal in an episode of each typology?"""
    rows = tables["card_transactions"]
    at, states = rows["happened_at"].to_numpy(), {}
    for typology in PATTERNS:
        episodes = tables["fraud_episodes"].query("typology == @typology")
        where = "card_id" if episodes["card_id"].notna().all() else "terminal_id"
        inside = np.zeros(len(rows), dtype=bool)
        member = np.flatnonzero(rows[where].isin(episodes[where]))
        joined = (
            rows.iloc[member][[where]]
            .assign(row=member)
            .merge(episodes[[where, "starts_at", "ends_at"]], on=where)
        )
        moment = at[joined["row"]]
        now = (joined["starts_at"].to_numpy() <= moment) & (moment <= joined["ends_at"].to_numpy())
        inside[joined["row"].to_numpy()[now]] = True
        states[typology] = inside
    return pd.DataFrame(states)


class Trial:
    """A model of honest features and one that knows the planted dangers, trained on the past, tested after a gap."""

    def __init__(self, seed: int) -> None:
        tables = world(seed)
        rows = tables["card_transactions"]
        at, reported = rows["happened_at"].to_numpy(), rows["reported_fraud"].to_numpy()
        truth = tables["fraud_truth"].set_index("transaction_id")["typology"].astype(str)
        typology = truth.reindex(rows["transaction_id"]).to_numpy()
        kept = reported | (np.random.default_rng(seed).random(len(rows)) < NEGATIVES_KEPT)
        train = (at >= FIRST_TRAINED) & (at < TRAINED_UNTIL) & kept
        test = (at >= TESTED_FROM) & (at < TESTED_UNTIL)
        weight = np.where(reported[train], 1, 1 / NEGATIVES_KEPT)
        honest = features(tables)
        self.typology, self.is_fraud = typology[test], pd.notna(typology[test])
        self.honest, self.oracle = (
            self.model().fit(x[train], reported[train], sample_weight=weight).predict_proba(x[test])[:, 1]
            for x in (honest, pd.concat([honest, latent(tables)], axis=1))
        )
        self.alerts = self.honest >= np.sort(self.honest)[-self.is_fraud.sum()]

    @staticmethod
    def model() -> HistGradientBoostingClassifier:
        return HistGradientBoostingClassifier(
            max_iter=90, learning_rate=0.1, l2_regularization=1.0, early_stopping=False, random_state=1
        )

    def recall(self, typology: str) -> float:
        """Share of the typology among as many alerts as there are frauds."""
        return float(self.alerts[self.typology == typology].mean())


@pytest.fixture(
    scope="module", params=[2026, 1, *(pytest.param(s, marks=pytest.mark.slow) for s in (2, 3, 4, 5))]
)
def trial(request: pytest.FixtureRequest) -> Trial:
    return Trial(request.param)


def test_honest_features_reach_what_the_planted_dangers_reach(trial: Trial) -> None:
    honest = average_precision_score(trial.is_fraud, trial.honest)
    oracle = average_precision_score(trial.is_fraud, trial.oracle)
    assert oracle > 0.8
    assert honest >= 0.95 * oracle


@pytest.mark.parametrize("typology", PATTERNS)
def test_fraud_with_a_pattern_is_found(trial: Trial, typology: str) -> None:
    assert trial.recall(typology) >= 0.75


def test_friendly_fraud_is_missed_even_by_who_knows_the_dangers(trial: Trial) -> None:
    friendly = trial.typology == "friendly_fraud"
    assert friendly.sum() > 20
    assert trial.recall("friendly_fraud") <= 0.05
    either = friendly | ~trial.is_fraud
    spread = (12 * friendly.sum()) ** -0.5  # of an AUC where there is nothing to find and one group is small
    assert abs(roc_auc_score(friendly[either], trial.oracle[either]) - 0.5) < 3 * spread
