"""PageRank as a function of a matrix of calls."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from labkit.exercises import Exercise, Given, Text, Verdict, compare, wrong

WANTED = Text("An array with one number for each person is wanted here.", "这里要的是一个数组，每人一个数。")


class PageRank(Exercise):
    name = "pagerank"
    hints = (
        Text(
            "Two steps in a loop: everybody hands on what they have in proportion to their calls; then mix in the fresh start.",
            "循环里两步：每个人把手里的重要性按通话比例分出去；再掺入“重新开始”的那部分。",
        ),
        Text(
            "`total = calls_between.sum(axis=0)` is what each person has to share among. Divide by it *before* multiplying with the matrix.",
            "`total = calls_between.sum(axis=0)` 是每个人的通话总数。要*先*除以它，再与矩阵相乘。",
        ),
        Text(
            "In the loop: `importance = (1 - damping) / len(total) + damping * (calls_between @ (importance / total))`.",
            "循环里：`importance = (1 - damping) / len(total) + damping * (calls_between @ (importance / total))`。",
        ),
    )
    matters = Text(
        "Four lines, and the idea by which web search learnt to rank pages. On calls it ranks first whom well-placed people keep in touch with.",
        "四行代码，网页搜索就是靠这个想法学会给网页排序的。用在通话上，它把“重要的人常与之联系”的人排到前面。",
    )
    mistakes = {
        "only_degree": Text(
            "These are shares of all calls. That is where the formula ends without a fresh start; where is your damping?",
            "这是每人通话次数的占比。公式里若没有“重新开始”，结果正是如此；你的 damping 去哪儿了？",
        ),
        "one_round": Text(
            "That is the formula applied once. Apply it until nothing changes any more.",
            "公式只代入了一次。要反复代入，直到不再变化。",
        ),
        "not_shared": Text(
            "Everybody hands on all they have to each contact. Divide by the person's own total first.",
            "每个人把全部重要性给了每一位联系人。应先除以这个人自己的总数。",
        ),
        "received_divided": Text(
            "You divide by the calls of whoever *receives*. The one who hands on shares it out.",
            "你除的是*收到*的人的通话总数。该由给出的人来分。",
        ),
        "damping_swapped": Text(
            "Damping is the probability of going on, not of starting again.",
            "damping 是继续走下去的概率，不是重新开始的概率。",
        ),
        "adds_to_everybody": Text(
            "The fresh start is shared by all: divide it by the number of people.",
            "“重新开始”由所有人均分：别忘了除以人数。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases: list[tuple[tuple, Callable[[Any], Verdict]]] = []
        for size, damping in ((30, 0.85), (45, 0.6)):
            dense = _invented(given, size)
            cases.append(((csr_array(dense), damping), functools.partial(self._judge, dense, damping)))
        return compare.function(answer, cases)

    def _judge(self, dense: np.ndarray, damping: float, result: Any) -> Verdict:
        try:
            values = np.asarray(result, dtype=float).reshape(-1)
        except (TypeError, ValueError):
            return wrong(WANTED)
        if len(values) != len(dense):
            return wrong(WANTED)
        expected = pd.Series(_solved(dense, damping))
        mistakes = {name: pd.Series(_mistaken(dense, damping, name)) for name in self.mistakes}
        return compare.values(pd.Series(values), expected, rel=1e-3, mistakes=mistakes)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def making(name: str) -> Callable[[Any, float], np.ndarray]:
            return lambda matrix, damping=0.85: _mistaken(matrix.toarray(), damping, name)

        return {
            "only_degree": making("only_degree"),
            "one_round": making("one_round"),
            "not_shared": making("not_shared"),
            "received_divided": making("received_divided"),
            "damping_swapped": making("damping_swapped"),
            "adds_to_everybody": making("adds_to_everybody"),
            "one_number": lambda matrix, damping=0.85: 0.5,
            "words": lambda matrix, damping=0.85: "much",
        }


def _invented(given: Given, size: int) -> np.ndarray:
    """Calls between invented people, on a ring with shortcuts; symmetric, nobody alone."""
    rng = given.rng(f"pagerank/{size}")
    calls = np.triu(rng.poisson(0.4, (size, size)), 1)
    calls[np.arange(size - 1), np.arange(1, size)] += 1 + rng.poisson(2, size - 1)
    return (calls + calls.T).astype(float)


def _solved(dense: np.ndarray, damping: float) -> np.ndarray:
    """The fixed point from linear equations, where the solution iterates."""
    handed_on = dense / dense.sum(axis=0)
    size = len(dense)
    return np.linalg.solve(np.eye(size) - damping * handed_on, np.full(size, (1 - damping) / size))


def _mistaken(dense: np.ndarray, damping: float, name: str) -> np.ndarray:
    size, total = len(dense), dense.sum(axis=0)
    start, fresh = np.full(size, 1 / size), np.full(size, (1 - damping) / size)
    received = np.linalg.solve(np.eye(size) - damping * dense / total[:, None], fresh)
    unshared = start
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(100):
            unshared = fresh + damping * dense @ unshared
    return {
        "only_degree": total / total.sum(),
        "one_round": fresh + damping * dense @ (start / total),
        "not_shared": unshared,
        "received_divided": received,
        "damping_swapped": _solved(dense, 1 - damping),
        "adds_to_everybody": _solved(dense, damping) * size,
    }[name]
