"""What an attribute gives away about a person's credit quality, and what can be concluded back from it.

Credit quality is the one trait that nobody sees. Every attribute of a credit file is drawn from it with noise, and
independently of the other attributes; so Bayes' rule gives the best possible guess from any set of attributes, and with
it the best possible probability of default: the oracle that a scorecard is measured against.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from labkit.world.bank.customers import customer_people
from labkit.world.block import Block

SPREAD = 24**-0.5
"""Standard deviation of a disposition: the mean of two even draws between 0 and 1."""
QUALITY_GRID = (np.arange(40) + 0.5) / 40
"""The values of credit quality that Bayes' rule weighs against each other."""
GRID = (QUALITY_GRID - 0.5) / SPREAD
"""The same in standard deviations from the middle."""


def quality(block: Block) -> np.ndarray:
    """Credit quality of each customer in standard deviations from the middle, float64."""
    return (block.of(customer_people)["credit_quality"].to_numpy() - 0.5) / SPREAD


def logistic(log_odds: np.ndarray) -> np.ndarray:
    """Probability of the log-odds."""
    return 1 / (1 + np.exp(-log_odds))


class Score(NamedTuple):
    """A measurement on a normal scale: ``slope`` per standard deviation of quality, noise of variance 1."""

    slope: float

    @property
    def strength(self) -> float:
        """Change per standard deviation of quality, in standard deviations of the noise."""
        return self.slope

    def draw(self, rng: np.random.Generator, quality: np.ndarray) -> np.ndarray:
        """One value per row, float64."""
        return self.slope * quality + rng.normal(size=len(quality))

    def log_likelihood(self, value: np.ndarray) -> np.ndarray:
        """Of each value at each point of :data:`GRID`, up to a constant per row."""
        expected = self.slope * GRID
        return np.outer(value, expected) - expected**2 / 2


class Count(NamedTuple):
    """A Poisson count with ``mean`` at middling quality; its logarithm changes by ``slope``."""

    mean: float
    slope: float

    @property
    def strength(self) -> float:
        """Change per standard deviation of quality, in standard deviations of the noise."""
        return self.slope * self.mean**0.5

    def draw(self, rng: np.random.Generator, quality: np.ndarray) -> np.ndarray:
        """One value per row, int64."""
        return rng.poisson(np.rint(1_000 * self.mean * np.exp(self.slope * quality)) / 1_000)

    def log_likelihood(self, value: np.ndarray) -> np.ndarray:
        """Of each value at each point of :data:`GRID`, up to a constant per row."""
        return np.outer(value, self.slope * GRID) - self.mean * np.exp(self.slope * GRID)


class Hits(NamedTuple):
    """How many of some trials succeed; log-odds ``middle`` at middling quality, changing by ``slope``."""

    trials: int
    """At most; a row may have fewer."""
    middle: float
    slope: float

    @property
    def strength(self) -> float:
        """Change per standard deviation of quality, in standard deviations of the noise."""
        share = 1 / (1 + np.exp(-self.middle))
        return float(self.slope * (self.trials * share * (1 - share)) ** 0.5)

    def draw(self, rng: np.random.Generator, quality: np.ndarray, trials: np.ndarray) -> np.ndarray:
        """One value per row, int64."""
        hit = rng.random((len(quality), self.trials)) < logistic(self.middle + self.slope * quality)[:, None]
        return (hit & (np.arange(self.trials) < trials[:, None])).sum(axis=1)

    def log_likelihood(self, value: np.ndarray, trials: np.ndarray) -> np.ndarray:
        """Of each value at each point of :data:`GRID`, up to a constant per row."""
        log_odds = self.middle + self.slope * GRID
        return np.outer(value, log_odds) - np.outer(trials, np.logaddexp(0, log_odds))
