"""A world of two domains, for tests that make many worlds and care for how, not for what."""

from __future__ import annotations

from labkit.world import people, retail

DOMAINS = (people.DOMAIN, retail.DOMAIN)
SMALL = "from labkit.world import generate; from tests.store import small; generate.DOMAINS = small.DOMAINS"
"""First line of a program that makes such a world; run it where the project is."""
