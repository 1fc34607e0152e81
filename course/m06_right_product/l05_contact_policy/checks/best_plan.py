"""The best plan under constraints, handed to a solver the right way round."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import LinearConstraint, OptimizeResult

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong

WANTED_CHOICE = Text(
    "One value per row is wanted: 1 where it is chosen, 0 where it is not.",
    "每行要一个值：选中为 1，不选为 0。",
)
CUSTOMERS, CALLS = 30, 7
BUDGET = 75.5


class BestPlan(Exercise):
    name = "best_plan"
    hints = (
        Text(
            "`milp` makes `c @ x` as *small* as it can. You want the sum of `net_yuan` as large as it can be.",
            "`milp` 让 `c @ x` 尽量*小*，而你要让 `net_yuan` 之和尽量大。",
        ),
        Text(
            "`integrality` wants a 1 for each variable that must be whole; `constraints` takes the list as it is.",
            "`integrality` 中，必须取整的变量填 1；`constraints` 直接传入即可。",
        ),
        Text(
            '`milp(c=-rows["net_yuan"].to_numpy(), integrality=np.ones(len(rows)), constraints=constraints, options={…})`, '
            "then return `.x.round()`.",
            '`milp(c=-rows["net_yuan"].to_numpy(), integrality=np.ones(len(rows)), constraints=constraints, options={…})`，'
            "再返回 `.x.round()`。",
        ),
    )
    matters = Text(
        "The solver knows nothing of customers. What it hands back is only as good as the sign, the whole numbers and the promises that you wrote.",
        "求解器不认识客户。它交回来的计划，好坏全看你写的正负号、整数要求和承诺。",
    )
    mistakes = {
        "minimised": Text(
            "Your plan is empty. The cheapest way to earn as little as possible is to do nothing: mind the sign.",
            "你的计划是空的。要赚得最少，什么都不做就行：注意正负号。",
        ),
        "fractions": Text(
            "Your plan contacts somebody by a fraction. Which variables must be whole numbers?",
            "你的计划里有人被接触了“零点几次”。哪些变量必须取整数？",
        ),
        "promise_broken": Text(
            "Your plan breaks a constraint. Rounding a fractional plan does that, and so does leaving a constraint out.",
            "你的计划违反了某条约束。把小数解四舍五入会这样，漏掉一条约束也会这样。",
        ),
        "not_the_best": Text(
            "Your plan keeps every promise, but a better one exists by more than a thousandth. A sorted list stops here too.",
            "你的计划没有违规，但还有比它好千分之一以上的。排序名单也只能做到这一步。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        return compare.function(answer, self._cases(given))

    def _cases(self, given: Given) -> Iterator[tuple[tuple, Any]]:
        for number in range(2):
            rows = self._rows(given, number)
            arguments = (rows, list(_promises(rows).values()))
            yield arguments, functools.partial(self._judge, rows.copy())

    def _judge(self, rows: pd.DataFrame, result: Any) -> Verdict:
        chosen = _as_choice(result, len(rows))
        if chosen is None:
            return wrong(WANTED_CHOICE)
        if np.abs(chosen - chosen.round()).max() > 1e-5:
            return wrong("fractions")
        chosen = chosen.round()
        promises = _promises(rows).values()
        if chosen.min() < 0 or any((each.A @ chosen > each.ub + 1e-6).any() for each in promises):
            return wrong("promise_broken")
        earned = float(rows["net_yuan"].to_numpy() @ chosen)
        if earned >= (1 - 1e-3) * _optimum(rows):
            return right()
        return wrong("minimised" if not chosen.any() else "not_the_best")

    @staticmethod
    def _rows(given: Given, number: int) -> pd.DataFrame:
        """Thirty invented customers with a call and a message each; half a yuan of the budget fits nothing."""
        rng = given.rng(f"best_plan/{number}")
        customer = np.repeat(np.arange(CUSTOMERS), 2)
        by_call = np.tile([True, False], CUSTOMERS)
        taste = np.repeat(rng.gamma(2.0, 4.0, CUSTOMERS), 2)
        net = taste * np.where(by_call, rng.uniform(1.1, 3.0, 2 * CUSTOMERS), 1.0)
        return pd.DataFrame(
            {
                "customer_id": customer,
                "offer": "fund",
                "channel": np.where(by_call, "call", "sms"),
                "cost_yuan": np.where(by_call, 8.0, 1.0),
                "net_yuan": net.round(2),
            }
        )

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        from scipy.optimize import milp

        def relaxed(rows: pd.DataFrame, constraints: Any) -> np.ndarray:
            return milp(-rows["net_yuan"].to_numpy(), constraints=constraints).x

        def minimised(rows: pd.DataFrame, constraints: Any) -> np.ndarray:
            return milp(
                rows["net_yuan"].to_numpy(), integrality=np.ones(len(rows)), constraints=constraints
            ).x

        return {
            "minimised": minimised,
            "fractions": relaxed,
            "promise_broken": lambda rows, constraints: np.ceil(relaxed(rows, constraints) - 1e-6),
            "not_the_best": _greedy,
            "everything": lambda rows, constraints: np.ones(len(rows)),
            "the_profit": lambda rows, constraints: 12.5,
        }


def _promises(rows: pd.DataFrame) -> dict[str, LinearConstraint]:
    """One contact per customer, so many calls, so much money."""
    customer = rows["customer_id"].to_numpy()
    each = (np.unique(customer)[:, None] == customer[None, :]).astype(float)
    by_call = (rows["channel"] == "call").to_numpy(float)[None, :]
    return {
        "one contact": LinearConstraint(each, -np.inf, 1),
        "calls": LinearConstraint(by_call, -np.inf, CALLS),
        "budget": LinearConstraint(rows["cost_yuan"].to_numpy()[None, :], -np.inf, BUDGET),
    }


def _optimum(rows: pd.DataFrame) -> float:
    """The best profit by dynamic programming over customers, calls and whole yuan: no solver needed."""
    money = int(BUDGET)
    best = np.zeros((CALLS + 1, money + 1))
    for _, pair in rows.groupby("customer_id"):
        call, message = pair.set_index("channel")["net_yuan"][["call", "sms"]]
        more = best.copy()
        more[:, 1:] = np.maximum(more[:, 1:], best[:, :-1] + message)
        more[1:, 8:] = np.maximum(more[1:, 8:], best[:-1, :-8] + call)
        best = more
    return float(best[-1, -1])


def _greedy(rows: pd.DataFrame, constraints: Any) -> np.ndarray:
    """Down the list by net yuan, whatever still fits."""
    chosen = np.zeros(len(rows))
    for row in rows["net_yuan"].to_numpy().argsort()[::-1]:
        chosen[row] = 1
        if any((each.A @ chosen > each.ub).any() for each in constraints):
            chosen[row] = 0
    return chosen


def _as_choice(result: Any, rows: int) -> np.ndarray | None:
    """Ones and zeros, also from a solver's result, a list, a Series or True and False; None for anything else."""
    if isinstance(result, OptimizeResult):
        result = result.get("x")
    if not isinstance(result, (list, tuple, np.ndarray, pd.Series)) or np.shape(result) != (rows,):
        return None
    chosen = np.asarray(result)
    if chosen.dtype.kind not in "biuf":
        return None
    chosen = chosen.astype(float)
    return chosen if np.isfinite(chosen).all() else None
