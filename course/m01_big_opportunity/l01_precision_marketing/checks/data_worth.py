"""What knowing the wallet is worth, per customer, above what the account form earns."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from labkit.exercises import Exercise, Given, Text, Verdict, compare


class DataWorth(Exercise):
    name = "data_worth"
    hints = (
        Text(
            "Two lists, two profits. The data are worth what the better list earns *more*.",
            "两份名单，两个利润。数据的价值，是更好的那份名单*多赚*的部分。",
        ),
        Text(
            "To choose whom to ask, the wallet of *everybody* has to be known, not only of those who end up on the list.",
            "要挑出该问谁，得先了解*所有人*的钱包，而不只是最后进了名单的人。",
        ),
        Text(
            "The difference of the two profits, divided by one of the two counts. Never below 0: nobody has to buy.",
            "两个利润之差，除以两个人数中的一个。不会低于 0：没有人非买不可。",
        ),
    )
    matters = Text(
        "This is how a data budget is argued: not by terabytes, but by the profit that a decision gains per customer.",
        "数据预算就该这样论证：不论有多少 TB，只论决策在每位客户身上多赚多少。",
    )
    mistakes = {
        "per_name_on_the_list": Text(
            "You divided by the names on the list. The data of everybody had to be bought to make it.",
            "你除的是名单上的人数。要出这份名单，所有人的数据都得先买下来。",
        ),
        "all_of_the_profit": Text(
            "You credit the wallet with all of the profit. A part of it the form would have earned without it.",
            "你把全部利润都记在钱包头上了。其中一部分，只凭开户表也能赚到。",
        ),
        "in_total": Text(
            "This is for the whole pilot. The price is per customer.",
            "这是整个试点的总数。价格要按每位客户算。",
        ),
        "pays_to_know_less": Text(
            "If the form earns more than the wallet, the data are worth nothing: nobody has to buy them.",
            "如果开户表赚得更多，数据就一文不值：没有人非买不可。",
        ),
    }
    settings = ((20_000.0, 7_000.0, 1_900, 8_000), (3_000.0, 2_400.0, 250, 1_200), (800.0, 950.0, 90, 500))
    """Profit with the wallet and with the form in yuan, names on the list, customers who were judged."""

    def check(self, answer: Any, given: Given) -> Verdict:
        return compare.function(
            answer, [(setting, functools.partial(self._judge, setting)) for setting in self.settings]
        )

    def _judge(self, setting: tuple[float, float, int, int], result: Any) -> Verdict:
        mistakes = {name: self._worth(*setting, mistake=name) for name in self.mistakes}
        return compare.number(result, self._worth(*setting), mistakes=mistakes)

    @staticmethod
    def _worth(wallet: float, form: float, names: int, customers: int, mistake: str = "") -> float:
        gained = wallet if mistake == "all_of_the_profit" else wallet - form
        shared_by = {"per_name_on_the_list": names, "in_total": 1}.get(mistake, customers)
        worth = gained / shared_by
        return worth if mistake == "pays_to_know_less" else max(worth, 0.0)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda *setting: self._worth(*setting, mistake=mistake)

        return {
            "per_name_on_the_list": made("per_name_on_the_list"),
            "all_of_the_profit": made("all_of_the_profit"),
            "in_total": made("in_total"),
            "pays_to_know_less": made("pays_to_know_less"),
            "in_fen": lambda *setting: 100 * self._worth(*setting),
            "a_number": 1.6,
        }
