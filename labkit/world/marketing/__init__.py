"""Campaigns: whom the bank addressed, how, and what came of it."""

from labkit.world.block import Domain

DOMAIN = Domain("marketing")
