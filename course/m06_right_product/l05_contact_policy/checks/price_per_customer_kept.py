"""What a tighter cap gives up for each customer it keeps."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare


class PricePerCustomerKept(Exercise):
    name = "price_per_customer_kept"
    hints = (
        Text(
            "Two differences between the same two rows of the table: one in yuan, one in customers.",
            "同样两行之间的两个差：一个以元计，一个以客户数计。",
        ),
        Text(
            "Which column has the opt-outs *not* subtracted yet? Otherwise you count them in the numerator and the denominator.",
            "哪一列*还没有*扣过退订损失？否则分子和分母都算了一遍退订。",
        ),
        Text(
            '`(tradeoff.loc[loose, "earned_yuan"] - tradeoff.loc[tight, "earned_yuan"])` divided by the same difference of `opt_outs`.',
            '`(tradeoff.loc[loose, "earned_yuan"] - tradeoff.loc[tight, "earned_yuan"])` 除以 `opt_outs` 的同样的差。',
        ),
    )
    matters = Text(
        "Every cap puts a price on a customer's patience, whether anybody says it or not. Now it can be said, and the board can agree or disagree.",
        "任何频次上限都给客户的耐心定了价，不管有没有人说出来。现在可以说出来了，管理层可以同意，也可以不同意。",
    )
    mistakes = {
        "fatigue_twice": Text(
            "You use the profit, from which opt-outs have been subtracted already: they count twice. Take what was earned.",
            "你用的是利润，里面已经扣过退订损失，等于算了两遍。请用收益。",
        ),
        "upside_down": Text(
            "This is customers per yuan. Asked are yuan per customer.",
            "这是每元对应的客户数。要的是每位客户对应的元。",
        ),
        "average": Text(
            "This is an average over everybody who opts out at the loose cap. Only those whom the tighter cap keeps are asked for.",
            "这是宽松上限下全部退订客户的平均。只应除以收紧后多留住的那些人。",
        ),
        "not_divided": Text(
            "This is what is given up altogether. For how many customers?",
            "这是一共放弃的金额。为了多少位客户？",
        ),
        "wrong_sign": Text(
            "Both differences go the same way: from `loose` to `tight`.",
            "两个差的方向要一致：都从 `loose` 到 `tight`。",
        ),
        "always_the_same_caps": Text(
            "Your answer does not depend on `loose` and `tight`.", "你的答案没有随 `loose` 和 `tight` 变化。"
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        return compare.function(answer, self._cases(given))

    def _cases(self, given: Given) -> Iterator[tuple[tuple, Any]]:
        for number, (loose, tight) in enumerate(((4, 3), (3, 1))):
            table = self._table(given, number)
            yield (table, loose, tight), functools.partial(self._judge, table.copy(), loose, tight)

    def _judge(self, table: pd.DataFrame, loose: int, tight: int, result: Any) -> Verdict:
        mistakes = {name: self._price(table, loose, tight, name) for name in self.mistakes}
        return compare.number(result, self._price(table, loose, tight), rel=1e-6, mistakes=mistakes)

    @staticmethod
    def _table(given: Given, number: int) -> pd.DataFrame:
        """Invented earnings and opt-outs by cap; each contact earns less and silences more than the one before."""
        rng = given.rng(f"kept/{number}")
        earned = np.cumsum(np.sort(rng.uniform(300, 9_000, 4))[::-1])
        silenced = np.cumsum(np.sort(rng.uniform(4, 15, 4)))
        caps = pd.Index([1, 2, 3, 4], name="contacts")
        table = pd.DataFrame({"earned_yuan": earned, "opt_outs": silenced}, index=caps)
        return table.assign(profit_yuan=table["earned_yuan"] - 60 * table["opt_outs"])

    @staticmethod
    def _price(table: pd.DataFrame, loose: int, tight: int, mistake: str = "") -> float:
        """The slope between two points of the curve, from plain arrays."""
        if mistake == "always_the_same_caps":
            loose, tight = 4, 3 if (loose, tight) != (4, 3) else 2
        column = "profit_yuan" if mistake == "fatigue_twice" else "earned_yuan"
        earned, silenced = table[column].to_numpy(), table["opt_outs"].to_numpy()
        given_up, kept = earned[loose - 1] - earned[tight - 1], silenced[loose - 1] - silenced[tight - 1]
        return float(
            {
                "upside_down": kept / given_up,
                "average": earned[loose - 1] / silenced[loose - 1],
                "not_divided": given_up,
                "wrong_sign": -given_up / kept,
            }.get(mistake, given_up / kept)
        )

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda table, loose, tight: self._price(table, loose, tight, mistake)

        return {
            "fatigue_twice": made("fatigue_twice"),
            "upside_down": made("upside_down"),
            "average": made("average"),
            "not_divided": made("not_divided"),
            "wrong_sign": made("wrong_sign"),
            "always_the_same_caps": lambda table, loose, tight: self._price(table, 4, 3),
            "the_table": lambda table, loose, tight: table,
        }
