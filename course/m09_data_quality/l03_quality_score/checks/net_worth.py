"""What a repair saves in a year, less what it costs."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare

RULES = ("no_phone", "no_job", "stale", "wrong_unit", "twice")


class NetWorth(Exercise):
    name = "net_worth"
    hints = (
        Text(
            "Two sums: the damage of every cured *defect*, and the cost of every touched *file*. They count different things.",
            "两个和：治愈的每一处*缺陷*省下的损失，以及动过的每一份*档案*的费用。两者数的不是同一样东西。",
        ),
        Text(
            '`concerned = broken[fix["cures"]]`; its column sums count defects, `concerned.any(axis=1).sum()` counts files.',
            '`concerned = broken[fix["cures"]]`；按列求和数的是缺陷，`concerned.any(axis=1).sum()` 数的是档案。',
        ),
        Text(
            '`(concerned.sum() * prices[fix["cures"]]).sum() * fix["cure_share"] - concerned.any(axis=1).sum() * fix["yuan_per_file"]`.',
            '`(concerned.sum() * prices[fix["cures"]]).sum() * fix["cure_share"] - concerned.any(axis=1).sum() * fix["yuan_per_file"]`。',
        ),
    )
    matters = Text(
        "Defects are what hurts, files are what costs. Mixing the two makes the repair that mends most at once look too dear.",
        "造成损失的是缺陷，产生费用的是档案。两者一混，一次能修好最多的那项措施就会显得太贵。",
    )
    mistakes = {
        "paid_per_defect": Text(
            "A file that breaks two rules of the repair is paid for twice. It is opened once.",
            "同一份档案违反这项措施下的两条规则，你付了两次钱。档案只打开一次。",
        ),
        "saved_per_file": Text(
            "A file with two defects saves you the damage of both; you count it once.",
            "一份档案有两处缺陷，修好就省下两份损失；你只算了一份。",
        ),
        "all_cured": Text(
            "Not every case is cured: where is `cure_share`?", "不是每一例都能治愈：`cure_share` 用在哪里了？"
        ),
        "paid_if_cured": Text(
            "You pay only for the files that were cured. The clerk opens the others, too.",
            "你只为治愈的档案付了钱。没治愈的那些，柜员也打开过。",
        ),
        "no_costs": Text("What does the repair cost?", "修复不要钱吗？"),
        "all_rules": Text(
            'You count every rule. This repair cures those in `fix["cures"]` only.',
            '你把所有规则都算上了。这项措施只治愈 `fix["cures"]` 里的那些。',
        ),
        "counted_not_priced": Text(
            "You count defects without their prices.", "你数了缺陷的个数，却没有乘上单价。"
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        return compare.function(answer, [self._case(given, number) for number in (0, 1)])

    def _case(self, given: Given, number: int) -> tuple[tuple, Callable[[Any], Verdict]]:
        broken, prices, fix = _setting(given, number)
        return (broken.copy(), prices.copy(), fix.copy()), functools.partial(self._judge, broken, prices, fix)

    def _judge(self, broken: pd.DataFrame, prices: pd.Series, fix: pd.Series, answer: Any) -> Verdict:
        mistakes = {name: _worth(broken, prices, fix, name) for name in self.mistakes}
        return compare.number(answer, _worth(broken, prices, fix), rel=1e-6, mistakes=mistakes)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda broken, prices, fix: _worth(broken, prices, fix, mistake)

        return {
            "paid_per_defect": made("paid_per_defect"),
            "saved_per_file": made("saved_per_file"),
            "all_cured": made("all_cured"),
            "paid_if_cured": made("paid_if_cured"),
            "no_costs": made("no_costs"),
            "all_rules": made("all_rules"),
            "counted_not_priced": made("counted_not_priced"),
            "a_table": lambda broken, prices, fix: broken,
        }


def _setting(given: Given, number: int) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Eight hundred invented files with five rules, and a repair of two or three of them."""
    rng = given.rng(f"net_worth/{number}")
    broken = pd.DataFrame(rng.random((800, 5)) < [0.2, 0.15, 0.3, 0.1, 0.05], columns=list(RULES))
    prices = pd.Series(dict(zip(RULES, (64, 9, 23, 71, 98), strict=True)))
    cures = [["no_phone", "no_job", "stale"], ["stale", "wrong_unit"]][number]
    fix = {"says": "", "cures": cures, "cure_share": (0.8, 0.65)[number], "yuan_per_file": (14, 21)[number]}
    return broken, prices, pd.Series(fix, dtype=object)


def _worth(broken: pd.DataFrame, prices: pd.Series, fix: pd.Series, mistake: str = "") -> float:
    """Row by row with plain sums, where the solution summed columns; with ``mistake``, what that mistake gives."""
    cures = list(RULES) if mistake == "all_rules" else list(fix["cures"])
    share = 1.0 if mistake == "all_cured" else fix["cure_share"]
    saved = spent = 0.0
    for flags in broken[cures].to_numpy():
        damages = [
            1 if mistake == "counted_not_priced" else prices[rule]
            for rule, flag in zip(cures, flags, strict=True)
            if flag
        ]
        saved += (max(damages, default=0) if mistake == "saved_per_file" else sum(damages)) * share
        opened = len(damages) if mistake == "paid_per_defect" else min(len(damages), 1)
        spent += opened * fix["yuan_per_file"] * (share if mistake == "paid_if_cured" else 1)
    return float(saved - (0 if mistake == "no_costs" else spent))
