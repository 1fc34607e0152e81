"""The promise as a constraint: nobody is called too often."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import LinearConstraint

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong

from .branch import called_channel

WANTED_CONSTRAINT = Text(
    "A `LinearConstraint` with one column per row of the table is wanted, as `at_most(…)` returns it.",
    "这里要一个 `LinearConstraint`，表的每一行对应它的一列，即 `at_most(…)` 的返回值。",
)
OTHER_PROMISE = Text(
    "Choose contacts that keep your constraint, and some customers are still called too often, or others are kept from a call that is allowed.",
    "按你的约束去选，仍会有客户被呼得太多，或者有本来允许的外呼被挡掉。",
)
Rules = set[frozenset[tuple[int, float]]]


class CallCap(Exercise):
    name = "call_cap"
    hints = (
        Text("To whom is the promise made? That is the group.", "承诺是对谁作出的？那就是分组。"),
        Text(
            "A call weighs 1, every other contact 0: a comparison of the channel with `called` says just that.",
            "外呼的权重是 1，其他接触是 0：把渠道与 `called` 比较一下，得到的正是这个。",
        ),
        Text(
            'One line: `at_most(calls, rows["customer_id"], rows["channel"] == called)`.',
            '一行就够：`at_most(calls, rows["customer_id"], rows["channel"] == called)`。',
        ),
    )
    matters = Text(
        "A promise to each customer is one row per customer. Written once, the solver keeps it in every plan, and nobody has to count afterwards.",
        "对每位客户的承诺，就是每位客户一行约束。写进去一次，求解器在任何计划里都会守住它，事后不用再数。",
    )
    mistakes = {
        "per_row": Text(
            "Your constraint looks at each row of the table by itself. No single row ever breaks the promise; a customer's rows together do.",
            "你的约束逐行来看。单独一行永远不会违约；违约的是同一位客户的几行合在一起。",
        ),
        "per_offer": Text(
            "Your cap holds for each offer of a customer. Four offers, each within its cap, still make many calls.",
            "你的上限是按每位客户的每种产品算的。四种产品各不超限，合起来仍然很多通。",
        ),
        "whole_bank": Text(
            "Your cap holds for all customers together. That is the capacity of the call centre, not the promise to each customer.",
            "你的上限是所有客户合起来的。那是外呼中心的承载量，不是对每位客户的承诺。",
        ),
        "every_channel": Text(
            "Your cap counts every channel. The promise is about calls only.",
            "你的上限把所有渠道都算了进去。承诺只针对外呼。",
        ),
        "always_two": Text("Your cap does not move with `calls`.", "你的上限没有随 `calls` 变化。"),
        "exactly": Text(
            "Your constraint forces that many calls on people. A cap has no lower end.",
            "你的约束强迫每人都接这么多通。上限不该有下限。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        return compare.function(answer, self._cases(given))

    def _cases(self, given: Given) -> Iterator[tuple[tuple, Any]]:
        for number, calls in enumerate((1, 3)):
            rows = self._rows(given, number)
            yield (rows, calls), functools.partial(self._judge, given, rows.copy(), calls)

    def _judge(self, given: Given, rows: pd.DataFrame, calls: int, result: Any) -> Verdict:
        if isinstance(result, (list, tuple)) and len(result) == 1:
            result = result[0]
        if not isinstance(result, LinearConstraint) or np.shape(result.A)[-1] != len(rows):
            return wrong(WANTED_CONSTRAINT)
        if (np.asarray(result.lb, dtype=float) > 0).any():
            return wrong("exactly")
        found, called = _rules(result), called_channel(given)
        if _binding(found) == _binding(_rules(_cap(rows, calls, called))):
            return right()
        for name in self.mistakes:
            mistaken = _cap(rows, calls, called, name)
            alike = name != "per_row" or np.shape(result.A)[0] == len(rows)
            if name != "exactly" and alike and found == _rules(mistaken):
                return wrong(name)
        return wrong(OTHER_PROMISE)

    @staticmethod
    def _rows(given: Given, number: int) -> pd.DataFrame:
        """Candidates of a dozen invented customers in random order; most have more calls than the cap allows."""
        rng = given.rng(f"call_cap/{number}")
        called = called_channel(given)
        rows = pd.MultiIndex.from_product(
            [range(701, 713), ["fund", "loan", "deposit", "cover"], [called, f"not {called}", "mail"]],
            names=["customer_id", "offer", "channel"],
        ).to_frame(index=False)
        kept = rows[rng.random(len(rows)) < 0.9]
        return kept.iloc[rng.permutation(len(kept))].reset_index(drop=True)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        called = called_channel(given)

        def made(mistake: str) -> Any:
            return lambda rows, calls: _cap(rows, calls, called, mistake)

        return {
            "per_row": made("per_row"),
            "per_offer": made("per_offer"),
            "whole_bank": made("whole_bank"),
            "every_channel": made("every_channel"),
            "always_two": made("always_two"),
            "exactly": made("exactly"),
            "other_channels": lambda rows, calls: _cap(
                rows.replace({"channel": {called: "x"}}), calls, "mail"
            ),
            "a_matrix": lambda rows, calls: _cap(rows, calls, called).A,
        }


def _cap(rows: pd.DataFrame, calls: int, called: str, mistake: str = "") -> LinearConstraint:
    """The cap by a table of ones and zeros; with ``mistake``, what that mistake leads to."""
    group = {
        "per_row": np.arange(len(rows)),
        "per_offer": rows.groupby(["customer_id", "offer"]).ngroup().to_numpy(),
        "whole_bank": np.zeros(len(rows)),
    }.get(mistake, rows["customer_id"].to_numpy())
    weight = np.ones(len(rows)) if mistake == "every_channel" else (rows["channel"] == called).to_numpy(float)
    matrix = (np.unique(group)[:, None] == group[None, :]) * weight
    limit = 2 if mistake == "always_two" else calls
    return LinearConstraint(matrix, limit if mistake == "exactly" else -np.inf, limit)


def _rules(constraint: LinearConstraint) -> Rules:
    """Each row as the set of its columns with their weights, as shares of its limit; empty rows say nothing."""
    matrix = sparse.csr_array(constraint.A)
    limits = np.broadcast_to(np.asarray(constraint.ub, dtype=float), matrix.shape[0])
    rules = set()
    for row, limit in enumerate(limits):
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        weights = matrix.data[part] / limit
        columns = matrix.indices[part]
        rules.add(frozenset((int(c), round(float(w), 9)) for c, w in zip(columns, weights, strict=True) if w))
    return rules - {frozenset()}


def _binding(rules: Rules) -> Rules:
    """Those that some choice of contacts could break; the others may be left out or not."""
    return {rule for rule in rules if sum(weight for _, weight in rule) > 1 + 1e-6}
