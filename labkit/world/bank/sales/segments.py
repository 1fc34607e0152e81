"""Answer keys about the six segments: who they are, and which product lines they hold. First used in lab 2.2."""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.language import Text
from labkit.world.bank.customers import customer_people
from labkit.world.bank.sales.affinity import KIND_NAMES, holding_probability
from labkit.world.bank.sales.app_purchases import allowed_weight
from labkit.world.bank.sales.app_use import app_users, year_until
from labkit.world.bank.sales.products import KINDS, LAUNCHED, LINE, LINES
from labkit.world.bank.sales.tastes import POSITION
from labkit.world.block import Block
from labkit.world.people.persons import AGE_BAND_SHARES, SEGMENT_SLUGS, SEGMENTS

PROFILES = {
    "young_digital": (
        Text("Young and digital", "数字新青年"),
        Text(
            "Under 35, lives on the phone; instalment credit, a money-market fund, a credit card.",
            "35 岁以下，手机办理一切；常用消费分期、货币基金和信用卡。",
        ),
    ),
    "family_builder": (
        Text("Family builders", "成家立业"),
        Text(
            "In their thirties and forties, with mortgage, insurance and children's plans.",
            "三四十岁，有房贷、保险和子女规划。",
        ),
    ),
    "affluent_investor": (
        Text("Affluent investors", "财富投资"),
        Text(
            "From the middle of life on, high income; wealth products and funds of higher risk.",
            "中年以上，收入高；持有理财产品和较高风险的基金。",
        ),
    ),
    "small_business": (
        Text("Small business owners", "小微业主"),
        Text(
            "Own a small enterprise; a business loan, much money on the current account.",
            "经营小微企业；有经营贷款，活期账户资金量大。",
        ),
    ),
    "steady_saver": (
        Text("Steady savers", "稳健储蓄"),
        Text(
            "Mostly over 55, averse to risk; time deposits and savings insurance.",
            "多在 55 岁以上，厌恶风险；以定期存款和储蓄型保险为主。",
        ),
    ),
    "basic_payroll": (
        Text("Basic payroll", "基础代发"),
        Text(
            "Of any age, receives the salary and spends it; hardly more than a current account.",
            "各年龄段都有，工资到账即花；基本只有活期账户。",
        ),
    ),
}


def segments(seed: int) -> pd.DataFrame:
    """The answer key ``segments``: one row per segment, the same in every world."""
    share = np.array([each.shares for each in SEGMENTS]) @ np.array(AGE_BAND_SHARES)
    names, profiles = zip(*(PROFILES[slug] for slug in SEGMENT_SLUGS), strict=True)
    return pd.DataFrame(
        {
            "segment": SEGMENT_SLUGS,
            "name_en": [name.en for name in names],
            "name_zh": [name.zh for name in names],
            "profile_en": [profile.en for profile in profiles],
            "profile_zh": [profile.zh for profile in profiles],
            "expected_share": share.round(4),
        }
    )


def segment_affinity(seed: int) -> pd.DataFrame:
    """The answer key ``segment_affinity``: expected share of each segment who hold each line, and the index.

    The expectation is taken over the people of the world's first block.
    """
    block = Block(seed, 0)
    probability = line_probability(block)
    segment = block.of(customer_people)["segment"].cat.codes.to_numpy()
    shares = np.array([probability[segment == code].mean(axis=0) for code in range(len(SEGMENTS))])
    return pd.DataFrame(
        {
            "segment": np.repeat(SEGMENT_SLUGS, len(LINES)),
            "line": np.tile(LINES, len(SEGMENTS)),
            "expected_share": shares.round(4).ravel(),
            "index": (100 * shares / probability.mean(axis=0)).round(1).ravel(),
        }
    )


def line_probability(block: Block) -> np.ndarray:
    """Probability that each customer holds some product of each line on 2025-12-31, customers × ``LINES``."""
    line_of_kind = np.array([KINDS[kind] for kind in KIND_NAMES])
    none = np.column_stack(
        [(1 - block.of(holding_probability)[:, line == line_of_kind]).prod(axis=1) for line in LINES]
    )
    users, weights = block.of(app_users), block.of(allowed_weight)
    left = 1 - np.maximum(year_until(users.since)[:, None], year_until(LAUNCHED[POSITION]))
    expected = users.purchases[:, None] * left * weights / weights.sum(axis=1, keepdims=True)
    per_line = np.column_stack([expected[:, line == LINE[POSITION]].sum(axis=1) for line in LINES])
    none[users.customer] *= np.exp(-per_line)
    return 1 - none
