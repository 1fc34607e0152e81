"""How many customers were called more often than promised."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from labkit.exercises import Exercise, Given, Text, Verdict, compare


class DecemberBreaches(Exercise):
    name = "december_breaches"
    hints = (
        Text(
            "Three filters and one question: which channel, which month, and how many rows does each customer have?",
            "两个筛选，一个计数：哪个渠道？哪个月？每位客户各有几行？",
        ),
        Text(
            "`value_counts()` on `customer_id` gives the calls of each customer; compare with 2.",
            "对 `customer_id` 用 `value_counts()` 得到每位客户的外呼数，再与 2 比较。",
        ),
        Text(
            "Count with `value_counts().gt(2).sum()`, on "
            '`history[(history["channel"] == "call") & (history["contacted_on"] >= "2025-12-01")]["customer_id"]`.',
            '对 `history[(history["channel"] == "call") & (history["contacted_on"] >= "2025-12-01")]["customer_id"]` '
            "用 `value_counts().gt(2).sum()` 来数。",
        ),
    )
    matters = Text(
        "A promise is made to a customer for a month. Counted by rows, it looks broken more often and can be argued away; counted by "
        "customers, it is a list of people to apologise to.",
        "承诺是对客户按月作出的。按行数，数字虽大却说不清是谁；按客户数，就是一份需要道歉的名单。",
    )
    mistakes = {
        "excess_calls": Text(
            "You counted the calls beyond the second. One customer called five times is one broken promise.",
            "你数的是第二通之后的外呼。一位客户接了五通，只算一次违约。",
        ),
        "rows": Text(
            "You counted rows: all calls of the customers concerned. Count the customers.",
            "你数的是行，即这些客户的全部外呼。要数的是客户。",
        ),
        "every_channel": Text(
            "You counted contacts through every channel. The promise is about calls.",
            "你把所有渠道的接触都算了进去。承诺针对的是外呼。",
        ),
        "whole_year": Text(
            "You counted the calls of the whole year. Two calls a month make twenty-four a year.",
            "你数的是全年的外呼。每月两通，一年可以有二十四通。",
        ),
        "every_month": Text(
            "You counted every month of the year. Asked is December.",
            "你把全年各月都算了进去。题目只问 12 月。",
        ),
        "two_or_more": Text(
            "Two calls are allowed. The promise is broken with the third.", "两通是允许的，第三通才算违约。"
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        mistakes = {name: self._count(given, name) for name in self.mistakes}
        return compare.number(answer, self._count(given), rel=0, mistakes=mistakes)

    def _count(self, given: Given, mistake: str = "") -> int:
        return _counts(given)[mistake]

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        return {
            "excess_calls": self._count(given, "excess_calls"),
            "rows": self._count(given, "rows"),
            "every_channel": self._count(given, "every_channel"),
            "whole_year": self._count(given, "whole_year"),
            "every_month": self._count(given, "every_month"),
            "two_or_more": self._count(given, "two_or_more"),
            "near_miss": self._count(given) + 1,
            "a_list": [self._count(given)] * 2,
        }


@functools.lru_cache(maxsize=2)
def _counts(given: Given) -> dict[str, int]:
    """The answer under the empty name, and what each mistake leads to; one query over customers and months."""
    row = given.sql("""
        WITH monthly AS (
            SELECT customer_id, date_trunc('month', contacted_on) AS month, count(*) AS contacts,
                   count(*) FILTER (channel = 'call') AS calls
            FROM contact_history GROUP BY ALL),
        december AS (SELECT * FROM monthly WHERE month >= '2025-12-01'),
        yearly AS (SELECT customer_id, sum(calls) AS calls FROM monthly GROUP BY ALL)
        SELECT (SELECT count(*) FROM december WHERE calls > 2) AS answer,
               (SELECT coalesce(sum(calls - 2), 0) FROM december WHERE calls > 2) AS excess_calls,
               (SELECT coalesce(sum(calls), 0) FROM december WHERE calls > 2) AS rows,
               (SELECT count(*) FROM december WHERE contacts > 2) AS every_channel,
               (SELECT count(*) FROM yearly WHERE calls > 2) AS whole_year,
               (SELECT count(*) FROM monthly WHERE calls > 2) AS every_month,
               (SELECT count(*) FROM december WHERE calls >= 2) AS two_or_more
    """).iloc[0]
    counts = {str(name): int(value) for name, value in row.items()}
    return {"": counts.pop("answer"), **counts}
