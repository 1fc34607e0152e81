"""The bill of a year of alarms, judged in windows."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare

GRACE_DAYS = 2
TERMS = ({"event_yuan": 1_200, "saved_share": 0.5}, {"event_yuan": 3_000, "saved_share": 0.4})


class AlarmCost(Exercise):
    name = "alarm_cost"
    hints = (
        Text(
            "Two sums: all events, and the incidents that no event found.",
            "两个总和：所有的事件，以及没有被任何事件找到的事故。",
        ),
        Text(
            "Two stretches of days overlap if each begins before the other ends. Add two days to the end of the incident.",
            "两段日子重叠，当且仅当各自都在对方结束之前开始。事故的结束日要再加两天。",
        ),
        Text(
            '`((events["first"] <= end) & (events["last"] >= begin)).any()` says whether an incident was found.',
            '`((events["first"] <= end) & (events["last"] >= begin)).any()` 就是这次事故有没有被找到。',
        ),
    )
    matters = Text(
        "With the bill as a function, a limit is no longer a matter of taste.",
        "账单写成了函数，界限就不再是凭感觉的事。",
    )
    mistakes = {
        "only_false_alarms_cost": Text(
            "You pay for false alarms only. Whoever gets up for a true one works half a day as well.",
            "你只为误报付钱。警报是真的，起来查的人同样要花半天。",
        ),
        "no_grace": Text(
            "An event that begins one or two days after the incident finds it as well.",
            "在事故结束后一两天内开始的事件，也算找到。",
        ),
        "found_twice_saves_twice": Text(
            "An incident that two events find is saved once.", "被两个事件找到的事故，也只省一次。"
        ),
        "all_of_the_damage": Text(
            "An alarm saves only `saved_share` of the damage; the rest is done by the time it rings.",
            "警报只能省下损失的 `saved_share`；其余在响铃之前已经发生。",
        ),
        "begins_inside": Text(
            "An event may begin before the incident's first day and still overlap it.",
            "事件也可以在事故首日之前开始，同样与它重叠。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = []
        for number, terms in enumerate(TERMS):
            events, incidents = self._year(given, number)
            judge = functools.partial(self._judge, events.copy(), incidents.copy(), terms)
            cases.append(((events, incidents, dict(terms)), judge))
        return compare.function(answer, cases)

    def _judge(self, events: pd.DataFrame, incidents: pd.DataFrame, terms: Mapping, result: Any) -> Verdict:
        mistakes = {name: self._cost(events, incidents, terms, name) for name in self.mistakes}
        return compare.number(result, self._cost(events, incidents, terms), rel=1e-4, mistakes=mistakes)

    @staticmethod
    def _year(given: Given, number: int) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Six incidents: found inside, from before, late, twice, too late, not at all; and two false alarms."""
        rng = given.rng(f"year/{number}")
        begin = pd.Timestamp("2025-01-10") + pd.to_timedelta(np.arange(6) * 50, "D")
        end = begin + pd.to_timedelta(rng.integers(6, 15, 6), "D")
        yuan = rng.permutation(np.arange(1, 7)) * 10_000 + 7_000
        incidents = pd.DataFrame({"first_day": begin, "last_day": end, "yuan": yuan})
        day = pd.Timedelta(days=1)
        spans = [
            (begin[0] + day, begin[0] + 2 * day),
            (begin[1] - 3 * day, begin[1] + day),
            (end[2] + 2 * day, end[2] + 4 * day),
            (begin[3], begin[3] + day),
            (begin[3] + 4 * day, end[3]),
            (end[4] + 3 * day, end[4] + 5 * day),
            (end[0] + 20 * day, end[0] + 21 * day),
        ]
        return pd.DataFrame(spans, columns=["first", "last"]), incidents

    @staticmethod
    def _cost(events: pd.DataFrame, incidents: pd.DataFrame, terms: Mapping, mistake: str = "") -> float:
        """By sets of days, where the solution compares ends."""
        grace = pd.Timedelta(days=0 if mistake == "no_grace" else GRACE_DAYS)
        windows = [set(pd.date_range(i.first_day, i.last_day + grace)) for i in incidents.itertuples()]
        days = [set(pd.date_range(e.first, e.last)) for e in events.itertuples()]
        if mistake == "begins_inside":
            days = [{e.first} for e in events.itertuples()]
        hits = np.array([[bool(window & each) for window in windows] for each in days])
        paid = (~hits.any(axis=1)).sum() if mistake == "only_false_alarms_cost" else len(events)
        yuan = incidents["yuan"].to_numpy()
        missed = yuan[~hits.any(axis=0)].sum()
        if mistake == "found_twice_saves_twice":
            missed = yuan.sum() - (hits.sum(axis=0) * yuan).sum()
        share = 1.0 if mistake == "all_of_the_damage" else terms["saved_share"]
        return float(terms["event_yuan"] * paid + share * missed)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda events, incidents, terms: self._cost(events, incidents, terms, mistake)

        return {
            "only_false_alarms_cost": made("only_false_alarms_cost"),
            "no_grace": made("no_grace"),
            "found_twice_saves_twice": made("found_twice_saves_twice"),
            "all_of_the_damage": made("all_of_the_damage"),
            "begins_inside": made("begins_inside"),
            "a_table": lambda events, incidents, terms: events,
            "nothing": lambda events, incidents, terms: 0.0,
        }
