"""Who buys, who buys because of a call, and whom relationship managers like to call: the planted equations.

Each equation gives log-odds as a sum over features. A call adds the second equation to the first, so those
who live in the app, were contacted often or have complained buy less when called.
First used in lab 6.2.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

KINDS = ("persuadable", "sure_thing", "lost_cause", "sleeping_dog")
PERSUADABLE_FROM, SLEEPING_DOG_UP_TO = 40_000, -30_000
"""Effect of a call on the probability, in millionths; a call of 8 yuan pays from four points."""
SURE_THING_FROM = 150_000
"""Probability without a call, in millionths, where the effect lies between the two."""


class Weight(NamedTuple):
    """One term of an equation: ``log_odds × (feature - centre)``; the constant's feature is 1.

    Parameters
    ----------
    equation : str
        ``buys`` without a call, ``effect_of_call``, or ``manager_calls``.
    feature : str
        A column of :func:`~labkit.world.marketing.features.eve_features`, or ``constant``.
    centre : float
        Value of the feature at which the term is 0.
    log_odds : float
        What one unit of the feature adds.
    """

    equation: str
    feature: str
    centre: float
    log_odds: float


WEIGHTS = (
    Weight("buys", "constant", 0, -2.75),
    Weight("buys", "wealth_band", 3, 0.45),
    Weight("buys", "asked_for_advice", 0, 2.3),
    Weight("buys", "app_logins_30d", 15, 0.03),
    Weight("buys", "relation_health", 0.5, 1.2),
    Weight("effect_of_call", "constant", 0, 0.63),
    Weight("effect_of_call", "app_logins_30d", 15, -0.07),
    Weight("effect_of_call", "contacts_90d", 1, -0.3),
    Weight("effect_of_call", "complained_12m", 0, -0.9),
    Weight("effect_of_call", "asked_for_advice", 0, -0.55),
    Weight("manager_calls", "constant", 0, -1.1),
    Weight("manager_calls", "wealth_band", 3, 0.45),
    Weight("manager_calls", "asked_for_advice", 0, 1.6),
    Weight("manager_calls", "relation_health", 0.5, 1.6),
)


def campaign_equations(seed: int) -> pd.DataFrame:
    """The answer key ``campaign_equations``: one row per term, the same in every world."""
    return pd.DataFrame(WEIGHTS)


def log_odds(equation: str, features: pd.DataFrame) -> np.ndarray:
    """Value of an equation for each row of features, float64."""
    total = np.zeros(len(features))
    for weight in WEIGHTS:
        if weight.equation == equation:
            constant = weight.feature == "constant"
            value = 1.0 if constant else features[weight.feature].to_numpy(dtype=float) - weight.centre
            total += weight.log_odds * value
    return total


def kinds(if_called: np.ndarray, if_not: np.ndarray) -> pd.Categorical[str]:
    """Tell the four kinds apart by both probabilities, in millionths."""
    effect = if_called - if_not
    conditions = [effect >= PERSUADABLE_FROM, effect <= SLEEPING_DOG_UP_TO, if_not >= SURE_THING_FROM]
    code = np.select(conditions, [0, 3, 1], default=2)
    return pd.Categorical.from_codes(code, pd.Index(KINDS))
