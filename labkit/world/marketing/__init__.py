"""Campaigns: whom the bank addressed, how, and what came of it."""

from labkit.world.block import Domain
from labkit.world.marketing.pilot_responses import pilot_effects, pilot_responses, pilot_truth

DOMAIN = Domain("marketing", once=(pilot_effects,), per_block=(pilot_responses, pilot_truth))
