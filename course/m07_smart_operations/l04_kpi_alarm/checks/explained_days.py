"""Alarms that a holiday or a festival explains."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare


class ExplainedDays(Exercise):
    name = "explained_days"
    hints = (
        Text(
            "A day is special if it has a holiday, or a festival, or both.",
            "某天有节假日，或有购物节，或两者都有，就是特殊日子。",
        ),
        Text(
            '`calendar["holiday"].notna() | calendar["festival"].notna()` marks them; `calendar.loc[…, "day"]` are their dates.',
            '`calendar["holiday"].notna() | calendar["festival"].notna()` 标出它们；`calendar.loc[…, "day"]` 是对应日期。',
        ),
        Text(
            "Keep those of `alarm_days` that are among these dates.",
            "保留 `alarm_days` 中落在这些日期里的那些天。",
        ),
    )
    matters = Text(
        "An alarm that the calendar explains teaches people not to listen; each one you remove makes the others louder.",
        "日历就能解释的警报，只会教人充耳不闻；每去掉一个，其余的就响亮一分。",
    )
    mistakes = {
        "holidays_only": Text(
            "Shopping festivals are missing: orders rise then, and that rings too.",
            "漏了购物节：那几天订单上涨，同样会响。",
        ),
        "festivals_only": Text("Public holidays are missing.", "漏了法定节假日。"),
        "both_at_once": Text(
            "You ask for days that are both at once. One of the two is enough.",
            "你要的是两者同时出现的日子。有其中一个就够了。",
        ),
        "the_rest": Text(
            "These are the days that nothing explains. The others are wanted.",
            "这些是什么也解释不了的日子。要的是另外那些。",
        ),
        "whole_calendar": Text(
            "You return special days on which no alarm rang.", "你返回了没有响铃的特殊日子。"
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        calendar = given.table("calendar_days")
        cases = []
        for number in range(2):
            days = self._days(given, calendar, number)
            judge = functools.partial(self._judge, given, list(days))
            cases.append(((days, calendar.copy()), judge))
        return compare.function(answer, cases)

    def _judge(self, given: Given, days: list[pd.Timestamp], result: Any) -> Verdict:
        mistakes = {name: self._expected(given, days, name) for name in self.mistakes}
        if isinstance(result, (pd.Series, pd.Index)):
            result = result.tolist()
        if isinstance(result, (list, tuple, set)):
            result = [self._read(day) for day in result]
        return compare.labels(result, self._expected(given, days), mistakes=mistakes)

    @staticmethod
    def _read(day: Any) -> Any:
        try:
            return str(pd.Timestamp(day).date())
        except (TypeError, ValueError, OverflowError):
            return day

    @staticmethod
    def _days(given: Given, calendar: pd.DataFrame, number: int) -> list[pd.Timestamp]:
        """Forty days, some of each kind."""
        rng = given.rng(f"days/{number}")
        kinds = [
            calendar["holiday"].notna(),
            calendar["festival"].notna(),
            calendar["holiday"].isna() & calendar["festival"].isna(),
        ]
        chosen = [rng.choice(calendar["day"][kind].to_numpy(), size, replace=False)
                  for kind, size in zip(kinds, (12, 8, 20), strict=True)]  # fmt: skip
        return sorted({pd.Timestamp(day) for days in chosen for day in days})

    @staticmethod
    def _expected(given: Given, days: list[pd.Timestamp], mistake: str = "") -> list[str]:
        """By SQL, where the solution filters a table."""
        special = {
            "holidays_only": "holiday IS NOT NULL",
            "festivals_only": "festival IS NOT NULL",
            "both_at_once": "holiday IS NOT NULL AND festival IS NOT NULL",
            "the_rest": "holiday IS NULL AND festival IS NULL",
        }.get(mistake, "holiday IS NOT NULL OR festival IS NOT NULL")
        listed = ", ".join(f"DATE '{day:%Y-%m-%d}'" for day in days)
        among = "" if mistake == "whole_calendar" else f"AND CAST(day AS DATE) IN ({listed})"
        found = given.sql(
            f"SELECT CAST(CAST(day AS DATE) AS VARCHAR) AS day FROM calendar_days WHERE ({special}) {among}"
        )
        return found["day"].tolist()

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda days, calendar: self._expected(given, days, mistake)

        return {
            "holidays_only": made("holidays_only"),
            "festivals_only": made("festivals_only"),
            "both_at_once": made("both_at_once"),
            "the_rest": made("the_rest"),
            "whole_calendar": made("whole_calendar"),
            "a_count": lambda days, calendar: len(self._expected(given, days)),
        }
