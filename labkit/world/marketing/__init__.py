"""Campaigns: whom the bank addressed, how, and what came of it."""

from labkit.world.block import Domain
from labkit.world.marketing.campaigns import (
    campaign_experiment,
    campaign_observational,
    observational_truth,
    uplift_truth,
)
from labkit.world.marketing.contact_history import contact_history, fatigue_truth
from labkit.world.marketing.offer_scores import offer_scores
from labkit.world.marketing.offers import contact_channels
from labkit.world.marketing.pilot_responses import pilot_effects, pilot_responses, pilot_truth
from labkit.world.marketing.uplift import campaign_equations

DOMAIN = Domain(
    "marketing",
    once=(pilot_effects, campaign_equations, contact_channels, fatigue_truth),
    per_block=(
        pilot_responses,
        pilot_truth,
        campaign_experiment,
        campaign_observational,
        uplift_truth,
        observational_truth,
        offer_scores,
        contact_history,
    ),
)
