"""Lighthouse Bank: its customers and what they hold, spend, send and owe."""

from labkit.world.bank.cards.cards import cards
from labkit.world.bank.cards.monthly import card_monthly
from labkit.world.bank.cards.terminals import terminals
from labkit.world.bank.cards.transactions import card_transactions
from labkit.world.bank.credit.alternative_data import alternative_data
from labkit.world.bank.credit.applications import credit_applications
from labkit.world.bank.credit.repayments import repayments
from labkit.world.bank.credit.truth import credit_effects, credit_evidence, credit_truth
from labkit.world.bank.customers import customers
from labkit.world.bank.fraud.truth import fraud_episodes, fraud_truth
from labkit.world.bank.fraud.typologies import fraud_typologies
from labkit.world.bank.payments.accounts import accounts
from labkit.world.bank.payments.laundering_key import laundering_cases, laundering_decoys, laundering_truth
from labkit.world.bank.payments.transfers import transfers
from labkit.world.bank.sales.branch_sales import product_sequences
from labkit.world.bank.sales.holdings import holdings
from labkit.world.bank.sales.products import products
from labkit.world.bank.sales.segments import segment_affinity, segments
from labkit.world.bank.sales.tastes import product_tastes
from labkit.world.bank.sales.views import product_views
from labkit.world.bank.wallet.behaviour import wallet_behaviour
from labkit.world.block import Domain

DOMAIN = Domain(
    "bank",
    once=(
        products,
        product_tastes,
        product_sequences,
        segments,
        segment_affinity,
        credit_effects,
        credit_evidence,
        fraud_typologies,
    ),
    per_block=(
        customers,
        accounts,
        transfers,
        laundering_truth,
        laundering_cases,
        laundering_decoys,
        holdings,
        product_views,
        credit_applications,
        alternative_data,
        repayments,
        credit_truth,
        wallet_behaviour,
        cards,
        terminals,
        card_transactions,
        card_monthly,
        fraud_truth,
        fraud_episodes,
    ),
)
