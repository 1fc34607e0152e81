"""Which contacts may enter a plan: allowed, and worth more than everything they cost."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong

KEY = ["customer_id", "offer", "channel"]
WANTED_ROWS = Text(
    "Rows of `scores` are wanted, with the new column `net_yuan` in them.",
    "这里要返回 `scores` 的若干行，并带上新列 `net_yuan`。",
)


class Worthwhile(Exercise):
    name = "worthwhile"
    hints = (
        Text(
            "Three amounts, each once: what a contact brings, what it costs, what it risks.",
            "三笔账，各算一次：一次接触带来多少，花多少，冒多大的险。",
        ),
        Text(
            "The risk in yuan is `opt_out_yuan` times `opt_out_probability`. Then two conditions: not opted out, and above zero.",
            "风险折成元：`opt_out_yuan` 乘以 `opt_out_probability`。然后是两个条件：没有退订，而且净值大于零。",
        ),
        Text(
            '`valued = scores.assign(net_yuan=…)`, then `valued[~valued["opted_out"] & (valued["net_yuan"] > 0)]`.',
            '先 `valued = scores.assign(net_yuan=…)`，再 `valued[~valued["opted_out"] & (valued["net_yuan"] > 0)]`。',
        ),
    )
    matters = Text(
        "The plan can only be as right as this number. And whoever said no is not a bad bargain but a person with a right: such rows "
        "leave the table before anybody optimises.",
        "计划再精，也精不过这个数。而说过“不”的人不是“不划算”，而是有权拒绝：这些行要在优化之前就从表里拿掉。",
    )
    mistakes = {
        "opted_out_kept": Text(
            "Customers who opted out are still in it. That is not a question of profit: they must not be contacted at all.",
            "里面还有已退订的客户。这不是划不划算的问题：根本不允许再接触他们。",
        ),
        "losing_rows_kept": Text(
            "Some rows lose money. The plan would never want them, and they only slow the solver down.",
            "有些行是亏钱的。计划不会要它们，只会拖慢求解。",
        ),
        "cost_forgotten": Text("What does the contact itself cost?", "接触本身的成本呢？"),
        "fatigue_forgotten": Text(
            "You do not count what an opt-out costs. Then a push message looks almost free.",
            "你没有算退订的损失。这样一来，推送看上去几乎不要钱。",
        ),
        "fatigue_twice": Text(
            "You subtract the opt-outs twice. Each amount counts once.",
            "退订的损失被扣了两遍。每笔账只算一次。",
        ),
        "certain_opt_out": Text(
            "You subtract the whole loss, as if everybody opted out. It happens with `opt_out_probability` only.",
            "你扣掉了全部损失，好像人人都会退订。它只以 `opt_out_probability` 的概率发生。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        return compare.function(answer, self._cases(given))

    def _cases(self, given: Given) -> Iterator[tuple[tuple, Any]]:
        for number, price in enumerate((60, 150)):
            scores = self._scores(given, number)
            yield (scores, price), functools.partial(self._judge, scores.copy(), price)

    def _judge(self, scores: pd.DataFrame, price: float, result: Any) -> Verdict:
        if not isinstance(result, pd.DataFrame) or not {*KEY, "net_yuan"} <= set(result.columns):
            return wrong(WANTED_ROWS)
        found = result.set_index(KEY)["net_yuan"]
        expected = self._kept(scores, price)
        if _same(found, expected):
            return right()
        for name in self.mistakes:
            if _same(found, self._kept(scores, price, name)):
                return wrong(name)
        extra, missing = found.index.difference(expected.index), expected.index.difference(found.index)
        if len(extra) and scores.set_index(KEY)["opted_out"].reindex(extra).eq(True).any():
            return wrong("opted_out_kept")
        if len(extra):
            return wrong(compare.EXTRA_LABELS.fill(count=len(extra)))
        if len(missing):
            return wrong(compare.MISSING_LABELS.fill(count=len(missing)))
        return wrong(compare.VALUES_DIFFER.fill(count=len(found), total=len(expected)))

    @staticmethod
    def _scores(given: Given, number: int) -> pd.DataFrame:
        """Invented scores of forty customers, a fifth of whom opted out; every mistake shows in them."""
        rng = given.rng(f"worthwhile/{number}")
        rows = pd.MultiIndex.from_product(
            [rng.permutation(40), ["fund", "loan", "deposit"], ["call", "sms"]], names=KEY
        ).to_frame(index=False)
        by_call = rows["channel"] == "call"
        return rows.assign(
            margin_yuan=(rng.gamma(1.5, 6.0, len(rows)) * (1 + by_call)).round(2),
            cost_yuan=np.where(by_call, 8.0, 0.6),
            opt_out_probability=rng.uniform(0.002, 0.05, len(rows)).round(4),
            opted_out=rows["customer_id"] % 5 == 0,
        )

    @staticmethod
    def _kept(scores: pd.DataFrame, price: float, mistake: str = "") -> pd.Series:
        """Net yuan by customer, offer and channel, in plain arrays; with ``mistake``, what that leads to."""
        times = {"fatigue_forgotten": 0.0, "fatigue_twice": 2.0}.get(mistake, 1.0)
        chance = 1.0 if mistake == "certain_opt_out" else scores["opt_out_probability"].to_numpy()
        spent = 0.0 if mistake == "cost_forgotten" else scores["cost_yuan"].to_numpy()
        net = scores["margin_yuan"].to_numpy() - spent - times * price * chance
        keep = np.ones(len(net), dtype=bool) if mistake == "losing_rows_kept" else net > 0
        if mistake != "opted_out_kept":
            keep &= ~scores["opted_out"].to_numpy()
        return pd.Series(net[keep], index=pd.MultiIndex.from_frame(scores.loc[keep, KEY]))

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda scores, price: self._kept(scores, price, mistake).rename("net_yuan").reset_index()

        return {
            "opted_out_kept": made("opted_out_kept"),
            "losing_rows_kept": made("losing_rows_kept"),
            "cost_forgotten": made("cost_forgotten"),
            "fatigue_forgotten": made("fatigue_forgotten"),
            "fatigue_twice": made("fatigue_twice"),
            "certain_opt_out": made("certain_opt_out"),
            "all_rows": lambda scores, price: scores,
            "a_count": lambda scores, price: 17,
        }


def _same(found: pd.Series, expected: pd.Series) -> bool:
    """The same rows, in any order, with the same worth."""
    if len(found) != len(expected) or not found.index.is_unique:
        return False
    aligned = found.reindex(expected.index)
    return bool(np.allclose(aligned.astype(float), expected, rtol=1e-6, atol=1e-6))
