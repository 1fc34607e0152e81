"""Lighthouse Bank: its customers and what they hold, spend, send and owe."""

from labkit.world.bank.customers import customers
from labkit.world.block import Domain

DOMAIN = Domain("bank", per_block=(customers,))
