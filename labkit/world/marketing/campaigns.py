"""Two campaigns for the same monthly savings plan, and the probabilities behind them.

In May 2024 relationship managers called whom they liked; in October 2024 a coin decided who was called
among those who had not bought in May. First used in lab 6.2.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from labkit.world.bank.customers import customer_people, joined_on
from labkit.world.block import Block
from labkit.world.marketing.chances import MILLION, comes_true, millionths
from labkit.world.marketing.features import eve_features
from labkit.world.marketing.uplift import kinds, log_odds

OBSERVATIONAL_DAY, EXPERIMENT_DAY = np.datetime64("2024-05-01"), np.datetime64("2024-10-01")
ADULT = 18
CALLED_SHARE = 0.5
"""Of the experiment's customers."""
PLAN_MARGINS_FEN = (8_000, 16_000, 32_000, 80_000)
PLAN_MARGIN_SHARES = (0.42, 0.32, 0.19, 0.07)
"""A year's margin of the four sizes of plan; who buys and who was called says nothing about the size."""


class Campaign(NamedTuple):
    """One element per customer of the block in each array, whether or not the campaign was for them."""

    features: pd.DataFrame
    eligible: np.ndarray
    """bool: of age, a customer by then, and in the experiment without the plan."""
    call_chance: np.ndarray
    """Probability of being called, in millionths."""
    called: np.ndarray
    """bool."""
    if_called: np.ndarray
    """Probability of buying when called, in millionths."""
    if_not: np.ndarray
    """The same without a call."""
    bought: np.ndarray
    """bool."""


def observational(block: Block) -> Campaign:
    """The campaign of May 2024, in which managers chose."""
    features = eve_features(block, "campaign_observational", OBSERVATIONAL_DAY)
    since = block.of(joined_on)
    call_chance = millionths(log_odds("manager_calls", features))
    return _run(block, "campaign_observational", features, since < OBSERVATIONAL_DAY, call_chance)


def experiment(block: Block) -> Campaign:
    """The experiment of October 2024, among those who had not bought in May."""
    features = eve_features(block, "campaign_experiment", EXPERIMENT_DAY)
    earlier = block.of(observational)
    eligible = (block.of(joined_on) < EXPERIMENT_DAY) & ~(earlier.eligible & earlier.bought)
    call_chance = np.full(len(features), round(CALLED_SHARE * MILLION))
    return _run(block, "campaign_experiment", features, eligible, call_chance)


def _run(
    block: Block, name: str, features: pd.DataFrame, eligible: np.ndarray, call_chance: np.ndarray
) -> Campaign:
    """Draw who is called and who buys."""
    without = log_odds("buys", features)
    if_not = millionths(without)
    if_called = millionths(without + log_odds("effect_of_call", features))
    called = comes_true(block.rng(name, "called"), call_chance)
    bought = comes_true(block.rng(name, "bought"), np.where(called, if_called, if_not))
    eligible = eligible & (features["age"] >= ADULT).to_numpy()
    return Campaign(features, eligible, call_chance, called, if_called, if_not, bought)


def campaign_experiment(block: Block) -> pd.DataFrame:
    """The table ``campaign_experiment``: one row per customer of the experiment."""
    return _published(block, "campaign_experiment", block.of(experiment))


def campaign_observational(block: Block) -> pd.DataFrame:
    """The table ``campaign_observational``: one row per customer of the bank in May 2024."""
    return _published(block, "campaign_observational", block.of(observational))


def _published(block: Block, name: str, campaign: Campaign) -> pd.DataFrame:
    """What the bank has on file, of the campaign's customers."""
    size = len(campaign.bought)
    plan = block.rng(name, "margin_fen").choice(PLAN_MARGINS_FEN, size, p=PLAN_MARGIN_SHARES)
    everybody = campaign.features.drop(columns="relation_health")
    everybody.insert(0, "customer_id", block.of(customer_people)["person_id"])
    everybody["called"], everybody["bought"] = campaign.called, campaign.bought
    everybody["margin_fen"] = np.where(campaign.bought, plan, 0)
    return everybody[campaign.eligible].reset_index(drop=True)


def uplift_truth(block: Block) -> pd.DataFrame:
    """The answer key ``uplift_truth``: both probabilities of every customer of the experiment."""
    return _truth(block, block.of(experiment))


def observational_truth(block: Block) -> pd.DataFrame:
    """The answer key ``observational_truth``: the same for May 2024, with what made managers call."""
    campaign = block.of(observational)
    truth = _truth(block, campaign)
    truth.insert(1, "probability_of_call", campaign.call_chance[campaign.eligible] / MILLION)
    truth.insert(2, "relation_health", campaign.features["relation_health"][campaign.eligible].to_numpy())
    return truth


def _truth(block: Block, campaign: Campaign) -> pd.DataFrame:
    eligible = campaign.eligible
    return pd.DataFrame(
        {
            "customer_id": block.of(customer_people)["person_id"].to_numpy()[eligible],
            "probability_if_called": campaign.if_called[eligible] / MILLION,
            "probability_if_not": campaign.if_not[eligible] / MILLION,
            "kind": kinds(campaign.if_called[eligible], campaign.if_not[eligible]),
        }
    )
