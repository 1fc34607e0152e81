"""Lighthouse Bank: its customers and what they hold, spend, send and owe."""

from labkit.world.bank.accounts import accounts
from labkit.world.bank.customers import customers
from labkit.world.bank.laundering_key import laundering_cases, laundering_decoys, laundering_truth
from labkit.world.bank.transfers import transfers
from labkit.world.block import Domain

DOMAIN = Domain(
    "bank",
    per_block=(
        customers,
        accounts,
        transfers,
        laundering_truth,
        laundering_cases,
        laundering_decoys,
    ),
)
