"""What calling a share of the customers earns."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare


class CampaignProfit(Exercise):
    name = "campaign_profit"
    hints = (
        Text(
            "Three steps: who is called, what the saved ones bring in, what all the called ones cost.",
            "三步：打给谁，留住的人带来多少，所有接到电话的人一共花多少。",
        ),
        Text(
            '`scored.nlargest(round(share * len(scored)), "risk")` is the list; `churned.sum()` counts its leavers.',
            '`scored.nlargest(round(share * len(scored)), "risk")` 就是名单；`churned.sum()` 数出其中的离网者。',
        ),
        Text(
            "Earned: leavers × save rate × margin × months. Spent: everybody called × (call + offer).",
            "赚到：离网者 × 挽留成功率 × 毛利 × 月数。花掉：所有接到电话的人 ×（电话 + 优惠）。",
        ),
    )
    matters = Text(
        "Now every score, list and assumption can be compared in one unit that the board understands.",
        "现在，任何评分、名单和假设都能用董事会听得懂的同一个单位来比较了。",
    )
    mistakes = {
        "safest_called": Text(
            "You call the *safest* customers. Sort the other way.", "你打给了*最安全*的用户。排序方向反了。"
        ),
        "not_sorted": Text(
            "You call the first rows of the table. The list goes by risk, highest first.",
            "你打给了表里最前面的行。名单要按风险从高到低排。",
        ),
        "all_saved": Text(
            "You count every leaver as saved. Only the stated share lets itself be persuaded.",
            "你把所有离网者都算作留住了。只有假设的那个比例会被劝住。",
        ),
        "offer_only_if_saved": Text(
            "You pay for the offer only where it worked. Everybody who is called gets it.",
            "你只给被留住的人算了优惠成本。凡是接到电话的人都会拿到优惠。",
        ),
        "one_month": Text(
            "A saved customer pays for more than one month.", "留住的用户贡献的不止一个月的毛利。"
        ),
        "everybody_called": Text(
            "You call everybody. Only the given share is called.", "你打给了所有人。只该打给指定的那个比例。"
        ),
        "no_costs": Text("What do the calls and offers cost?", "电话和优惠不要钱吗？"),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = []
        for number, (share, terms) in enumerate(self._settings()):
            scored = self._scored(given, number)
            cases.append(
                ((scored, share, terms), functools.partial(self._judge, scored.copy(), share, terms))
            )
        return compare.function(answer, cases)

    def _judge(self, scored: pd.DataFrame, share: float, terms: dict[str, float], result: Any) -> Verdict:
        mistakes = {name: self._profit(scored, share, terms, name) for name in self.mistakes}
        return compare.number(result, self._profit(scored, share, terms), rel=1e-6, mistakes=mistakes)

    @staticmethod
    def _settings() -> list[tuple[float, dict[str, float]]]:
        return [
            (0.10, {"call_yuan": 5, "offer_yuan": 8, "save_rate": 0.30, "margin_yuan": 45, "months": 12}),
            (0.25, {"call_yuan": 3, "offer_yuan": 21, "save_rate": 0.55, "margin_yuan": 31, "months": 9}),
        ]

    @staticmethod
    def _scored(given: Given, number: int) -> pd.DataFrame:
        """A thousand invented customers in random order, all with a risk of their own."""
        rng = given.rng(f"profit/{number}")
        risk = rng.permutation(np.arange(1, 1_001)) / 1_001
        return pd.DataFrame(
            {"subscriber_id": rng.permutation(1_000), "risk": risk, "churned": rng.random(1_000) < risk / 3}
        )

    @staticmethod
    def _profit(scored: pd.DataFrame, share: float, terms: Mapping[str, float], mistake: str = "") -> float:
        """The profit from counts above a threshold on risk, where the solution sorted the table."""
        churned, risk = scored["churned"].to_numpy(), scored["risk"].to_numpy()
        called = risk >= np.quantile(risk, 1 - share, method="higher")
        if mistake == "safest_called":
            called = risk <= np.quantile(risk, share, method="lower")
        if mistake == "not_sorted":
            called = np.arange(len(risk)) < share * len(risk)
        if mistake == "everybody_called":
            called = np.ones(len(risk), dtype=bool)
        size = round(share * len(risk)) if mistake != "everybody_called" else len(risk)
        saved = churned[called][:size].sum() * (1 if mistake == "all_saved" else terms["save_rate"])
        earned = saved * terms["margin_yuan"] * (1 if mistake == "one_month" else terms["months"])
        offers = saved if mistake == "offer_only_if_saved" else size
        spent = size * terms["call_yuan"] + offers * terms["offer_yuan"]
        return float(earned - (0 if mistake == "no_costs" else spent))

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda scored, share, terms: self._profit(scored, share, terms, mistake)

        return {
            "safest_called": made("safest_called"),
            "not_sorted": made("not_sorted"),
            "all_saved": made("all_saved"),
            "offer_only_if_saved": made("offer_only_if_saved"),
            "one_month": made("one_month"),
            "everybody_called": made("everybody_called"),
            "no_costs": made("no_costs"),
            "a_table": lambda scored, share, terms: scored,
        }
