"""Whom the second score lets in and the first did not."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare

CUTS = ((550, 545), (530, 560))


class NewlyApproved(Exercise):
    name = "newly_approved"
    hints = (
        Text(
            "Two conditions at once: the second score reaches its cut-off, the first does not reach its own.",
            "两个条件同时成立：第二个分数达到它的临界值，第一个分数没有达到自己的临界值。",
        ),
        Text(
            "Write each condition as a comparison of a column, in brackets, and join them with `&`.",
            "每个条件写成一列与一个数的比较，放在括号里，用 `&` 连起来。",
        ),
        Text(
            '`applicants.loc[…, "application_id"]` with the joined condition in place of the dots.',
            '`applicants.loc[…, "application_id"]`，把连好的条件写在省略号处。',
        ),
    )
    matters = Text(
        "Two scores with the same bad rate can be two different banks. The swap set says whose bank.",
        "坏账率相同的两个分数，可以是两家完全不同的银行。换进换出的名单说明：是谁的银行。",
    )
    mistakes = {
        "all_of_the_second": Text(
            "This is everybody whom the second score lets in. Newly means: the first score did not.",
            "这是第二个分数放进来的所有人。“新放进来”的意思是：第一个分数没放。",
        ),
        "newly_refused": Text(
            "These are those who lose their loan: let in by the first score only.",
            "这是借不到了的人：只有第一个分数放他们进来。",
        ),
        "one_cut_for_both": Text(
            "Each score has a cut-off of its own; here one cut-off is used for both.",
            "两个分数各有自己的临界值；你对两者用了同一个。",
        ),
        "border": Text(
            "Look at those exactly at a cut-off: whoever reaches it is let in.",
            "看看恰好在临界值上的人：达到即放款。",
        ),
        "rows_not_ids": Text(
            "These are positions in the table, not the numbers in `application_id`.",
            "这是表里的行号，而不是 `application_id` 里的编号。",
        ),
    }
    truths = ("credit_truth", "credit_evidence")

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = []
        for number, cuts in enumerate(CUTS):
            applicants = self._applicants(given, number)
            cases.append(((applicants, *cuts), functools.partial(self._judge, applicants.copy(), cuts)))
        return compare.function(answer, cases)

    def _judge(self, applicants: pd.DataFrame, cuts: tuple[int, int], result: Any) -> Verdict:
        if isinstance(result, pd.DataFrame) and "application_id" in result:
            result = result["application_id"]
        mistakes = {name: self._ids(applicants, cuts, name) for name in self.mistakes}
        return compare.labels(result, self._ids(applicants, cuts), mistakes=mistakes)

    @staticmethod
    def _applicants(given: Given, number: int) -> pd.DataFrame:
        """Invented applicants with scores in steps of five, so that some stand exactly at a cut-off."""
        rng = given.rng(f"swap/{number}")
        first = 5 * rng.integers(90, 130, 400)
        second = first + 5 * rng.integers(-12, 13, 400)
        ids = rng.permutation(np.arange(7_000, 7_400))
        return pd.DataFrame({"application_id": ids, "first": first, "second": second})

    @staticmethod
    def _ids(applicants: pd.DataFrame, cuts: tuple[int, int], mistake: str = "") -> set[int]:
        """As a difference of two sets; the solution joined two conditions."""
        ids, first, second = (applicants[name].to_numpy() for name in ("application_id", "first", "second"))
        first_cut, second_cut = cuts
        if mistake == "one_cut_for_both":
            second_cut = first_cut
        by_first = set(ids[first >= first_cut].tolist())
        by_second = set(ids[second >= second_cut].tolist())
        if mistake == "border":
            by_first, by_second = set(ids[first > first_cut].tolist()), set(ids[second > second_cut].tolist())
        if mistake == "rows_not_ids":
            return set(np.flatnonzero(np.isin(ids, list(by_second - by_first))).tolist())
        return {"all_of_the_second": by_second, "newly_refused": by_first - by_second}.get(
            mistake, by_second - by_first
        )

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda applicants, *cuts: self._ids(applicants, cuts, mistake)

        return {
            "all_of_the_second": made("all_of_the_second"),
            "newly_refused": made("newly_refused"),
            "one_cut_for_both": made("one_cut_for_both"),
            "border": made("border"),
            "rows_not_ids": made("rows_not_ids"),
            "how_many": lambda applicants, *cuts: len(self._ids(applicants, cuts)),
            "a_list": [7_001, 7_002],
        }
