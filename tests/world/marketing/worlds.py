"""The tables of the campaigns, of several blocks together."""

from __future__ import annotations

import functools

import pandas as pd

from labkit.world.block import Block
from labkit.world.marketing.campaigns import (
    campaign_experiment,
    campaign_observational,
    observational_truth,
    uplift_truth,
)
from labkit.world.marketing.contact_history import contact_history

MAKERS = (campaign_experiment, campaign_observational, uplift_truth, observational_truth, contact_history)


@functools.cache
def campaigns(seed: int, blocks: int = 10) -> dict[str, pd.DataFrame]:
    """Every table of the campaigns, as many blocks as ``lab`` has."""
    world = [Block(seed, index) for index in range(blocks)]
    return {make.__name__: pd.concat([make(block) for block in world], ignore_index=True) for make in MAKERS}
