"""The repair that is worth most in its first year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare

FIXES = {
    "ask": (
        (
            "phone_missing",
            "phone_ten_digits",
            "shared_phone",
            "occupation_unknown",
            "income_nines",
            "stale_review",
        ),
        0.8,
        12,
    ),
    "merge": (("exact_duplicate", "near_duplicate"), 0.95, 25),
    "id_check": (
        ("id_check_character", "birth_contradicts_id", "sex_contradicts_id", "swapped_fields"),
        0.9,
        30,
    ),
    "reload": (("name_mojibake", "negative_balance", "income_in_yuan"), 0.9, 40),
}
"""The repairs of the lab: what each cures, in which share of the cases, yuan per file."""


class BestFix(Exercise):
    name = "best_fix"
    hints = (
        Text(
            "Not the dearest defect, not the most frequent one: the repair with the largest worth.",
            "不是最贵的缺陷，也不是最多的缺陷，而是净收益最大的修复。",
        ),
        Text(
            'Saved: `fixes["damage_yuan"] * fixes["cure_share"]`. Spent: `fixes["files"] * fixes["yuan_per_file"]`. Sort the difference.',
            '省下：`fixes["damage_yuan"] * fixes["cure_share"]`；花掉：`fixes["files"] * fixes["yuan_per_file"]`。把两者之差排个序。',
        ),
    )
    matters = Text(
        "The best repair mends many cheap defects at once. No ranking of single defects would have shown it.",
        "最值得做的修复，是一次修好许多便宜缺陷的那一项。给单个缺陷排名，是看不出来的。",
    )
    mistakes = {
        "dearest_defect": Text(
            "This one cures the dearest of the defects that anybody can repair. Compare what each repair saves in all, and what it costs.",
            "这一项治的是修得了的缺陷里总损失最大的那一种。请比较每项修复总共省下多少、花掉多少。",
        ),
        "dearest_record": Text(
            "This one cures the defect with the highest price per record. How many records have it?",
            "这一项治的是单条记录最贵的缺陷。可这样的记录有几条？",
        ),
    }
    needs_truth = True

    def check(self, answer: Any, given: Given) -> Verdict:
        worth = _worth(given)
        return compare.choice(
            answer,
            str(worth.idxmax()),
            allowed=list(FIXES),
            mistakes={"dearest_defect": "merge", "dearest_record": "reload"},
        )

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        return {
            "dearest_defect": "merge",
            "dearest_record": "reload",
            "cheapest": str(_worth(given).idxmin()),
            "a_defect": "near_duplicate",
            "a_number": 74_000,
        }


def _worth(given: Given) -> pd.Series:
    """The worth of each repair from the planted defects and the costs of the answer key."""
    planted, costs = (
        given.truth("quality_truth"),
        given.truth("quality_defects").set_index("defect")["cost_fen"],
    )
    defect = planted["defect"].astype(str)
    worth = {}
    for name, (cures, share, yuan) in FIXES.items():
        concerned = planted[defect.isin(cures)]
        saved = defect[defect.isin(cures)].map(costs.to_dict()).sum() / 100 * share
        worth[name] = saved - concerned["record_id"].nunique() * yuan
    return pd.Series(worth)
