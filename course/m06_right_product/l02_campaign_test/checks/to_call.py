"""Whom to call, and so how many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong

from .scores import Scores, scores

WANTED = Text(
    "True or False for every row of `scored` is wanted, not {kind}.",
    "这里要的是 `scored` 每一行的 True 或 False，而不是 {kind}。",
)
NEARLY_ALL = 0.97
"""Share of the best list's expected profit from which a list is accepted."""


class ToCall(Exercise):
    name = "to_call"
    hints = (
        Text(
            "What does a call to one customer bring? The chance it adds, times what a plan is worth.",
            "给一位客户打电话能带来多少？它增加的概率，乘以一份计划的毛利。",
        ),
        Text(
            "Both sides in yuan: gain on the one side, `call_yuan` on the other. Customers between zero and the break-even lose money.",
            "两边都用元：一边是收益，一边是 `call_yuan`。增量在零与保本点之间的客户，打了就亏。",
        ),
        Text(
            'In one line: `scored["uplift"] * plan_yuan > call_yuan`',
            '一行写完：`scored["uplift"] * plan_yuan > call_yuan`',
        ),
    )
    matters = Text(
        "Call until the next call costs what it brings, and stop there. How many customers that is follows; nobody has to guess a share.",
        "打到下一通电话的收益正好等于成本为止，就停。该打多少人由此而来，谁也不用去猜一个比例。",
    )
    mistakes = {
        "everybody": Text(
            "You call everybody. Some customers buy less when called, and each of them costs a call as well.",
            "你打给了所有人。有些客户接到电话反而买得更少，而且每通都要花钱。",
        ),
        "nobody": Text(
            "You call nobody. Are both amounts in yuan? There are customers in whom a call brings more than it costs.",
            "你谁也不打。两个金额都是元吗？有些客户，电话带来的比花掉的多。",
        ),
        "call_is_free": Text(
            "You call wherever the uplift is positive, as if a call were free. Between zero and the break-even it loses money.",
            "增量为正你就打，好像电话不要钱。在零与保本点之间，打了就亏。",
        ),
        "likely_buyers": Text(
            "You call the customers who are likely to buy. Most of them buy without a call, too.",
            "你打给了可能购买的人。他们大多不打电话也会买。",
        ),
        "seen_before": Text(
            "You use `uplift_seen`. In December no model will have seen what the customer decides; choose by `uplift`.",
            "你用了 `uplift_seen`。到了 12 月，没有模型见过客户会怎么选；请用 `uplift`。",
        ),
        "those_who_bought": Text(
            "You choose by `bought`, which is known only afterwards.",
            "你按 `bought` 来选，可它事后才知道。",
        ),
        "upside_down": Text(
            "You call those with the lowest uplift: the sleeping dogs.", "你打给了增量最低的人：正是勿扰型。"
        ),
        "too_few": Text(
            "The order is right, but you stop too early: the next customers would still bring more than a call costs.",
            "顺序对了，但停得太早：后面的客户带来的仍然比电话费多。",
        ),
        "too_many": Text(
            "The order is right, but you go on too long: the last customers bring less than a call costs.",
            "顺序对了，但打得太多：最后那些客户带来的还不够付电话费。",
        ),
    }
    truths = ("uplift_truth",)

    def check(self, answer: Any, given: Given) -> Verdict:
        known = scores(given)
        chosen = _as_choice(answer, len(known.called))
        if chosen is None:
            return wrong(WANTED.fill(kind=compare.kind_of(answer)))
        gain = known.uplift * known.plan_yuan - known.call_yuan
        best = gain > 0
        if np.array_equal(chosen, best) or (not given.has_truth and _at_own_price(known.uplift, chosen)):
            return right()
        for name, mistaken in _mistaken(known, int(chosen.sum())).items():
            if np.array_equal(chosen, mistaken):
                return wrong(name)
        if gain[chosen].sum() >= NEARLY_ALL * gain[best].sum():
            return right()
        if _is_top(known.uplift, chosen):
            return wrong("too_few" if chosen.sum() < best.sum() else "too_many")
        return wrong(
            Text(
                "By the models' own predictions this list earns clearly less than the best one. Compare, for each customer, gain with cost.",
                "按模型自己的预测，这份名单明显不如最好的那份。请对每位客户比较收益与成本。",
            )
        )

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        known = scores(given)
        count = int((known.uplift * known.plan_yuan > known.call_yuan).sum())
        made = _mistaken(known, count)
        return {
            "everybody": made["everybody"],
            "nobody": made["nobody"],
            "call_is_free": made["call_is_free"],
            "likely_buyers": made["likely_buyers"],
            "seen_before": made["seen_before"],
            "those_who_bought": made["those_who_bought"],
            "upside_down": made["upside_down"],
            "too_few": _top(known.uplift, count // 8),
            "too_many": _top(known.uplift, round(0.95 * len(known.called))),
            "how_many": count,
            "every_other": np.arange(len(known.called)) % 2 == 0,
        }


def _mistaken(known: Scores, count: int) -> dict[str, np.ndarray]:
    """The lists that typical mistakes lead to; those by rank as long as the answer's."""
    everybody = np.ones(len(known.called), dtype=bool)
    return {
        "everybody": everybody,
        "nobody": ~everybody,
        "call_is_free": known.uplift > 0,
        "likely_buyers": _top(known.response, count),
        "seen_before": known.uplift_seen * known.plan_yuan > known.call_yuan,
        "those_who_bought": known.bought,
        "upside_down": _top(-known.uplift, count),
    }


def _top(score: np.ndarray, count: int) -> np.ndarray:
    chosen = np.zeros(len(score), dtype=bool)
    chosen[np.argsort(-score, kind="stable")[:count]] = True
    return chosen


def _is_top(score: np.ndarray, chosen: np.ndarray) -> bool:
    return bool(chosen.any() and (~chosen).any() and score[chosen].min() >= score[~chosen].max())


def _at_own_price(uplift: np.ndarray, chosen: np.ndarray) -> bool:
    """Is this the list at a cost or margin that only the practitioner knows: from the top, and not down to zero?"""
    return _is_top(uplift, chosen) and uplift[chosen].min() > 0 and not np.array_equal(chosen, uplift > 0)


def _as_choice(answer: Any, size: int) -> np.ndarray | None:
    """A yes or no for each customer; from a Series or array of True/False or 1/0, or a table of chosen rows."""
    if isinstance(answer, pd.DataFrame):
        if answer.shape[1] != 1 and answer.index.is_unique and pd.api.types.is_integer_dtype(answer.index):
            places = answer.index.to_numpy()
            if not len(places) or places.min() < 0 or places.max() >= size:
                return None
            return np.isin(np.arange(size), places)
        answer = answer.iloc[:, 0] if answer.shape[1] == 1 else None
    if isinstance(answer, (list, tuple)):
        answer = pd.Series(answer)
    if not isinstance(answer, (pd.Series, np.ndarray)) or len(answer) != size or np.ndim(answer) != 1:
        return None
    if isinstance(answer, pd.Series) and answer.index.is_unique and set(answer.index) == set(range(size)):
        answer = answer.sort_index()
    values = pd.Series(np.asarray(answer))
    if not (pd.api.types.is_bool_dtype(values) or pd.api.types.is_numeric_dtype(values)):
        return None
    return values.to_numpy(dtype=bool) if values.isin([0, 1]).all() else None
