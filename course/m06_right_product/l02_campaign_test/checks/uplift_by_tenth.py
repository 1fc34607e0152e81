"""The observed uplift of each tenth of the customers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong

from .scores import Scores, scores

WANTED = Text(
    "Ten shares are wanted, one for each tenth from 1 (highest predicted uplift) to 10.",
    "这里要十个比例，每一成一个，从 1（预测增量最高）到 10。",
)


class UpliftByTenth(Exercise):
    name = "uplift_by_tenth"
    hints = (
        Text(
            "First number the tenths: the rank by `uplift`, highest first, tells in which tenth a customer is.",
            "先给每一成编号：按 `uplift` 从高到低的名次，决定一位客户在第几成。",
        ),
        Text(
            '`np.ceil(10 * scored["uplift"].rank(ascending=False, method="first") / len(scored))` is the number; '
            '`groupby([tenth, "called"])["bought"].mean()` gives the shares.',
            '`np.ceil(10 * scored["uplift"].rank(ascending=False, method="first") / len(scored))` 就是编号；'
            '`groupby([tenth, "called"])["bought"].mean()` 给出占比。',
        ),
        Text(
            "`.unstack()` puts called and not called side by side; subtract the column False from the column True.",
            "`.unstack()` 把外呼与未外呼并排放好；用 True 一列减去 False 一列。",
        ),
    )
    matters = Text(
        "This is how an uplift model is proven: not by how well it predicts purchases, but by whether calls worked where it said they would.",
        "增量模型就要这样证明：不看它预测购买有多准，而看它说有效的地方，电话是否真的有效。",
    )
    mistakes = {
        "response_rate": Text(
            "These are response rates of the called customers. How many in the same tenth bought without a call?",
            "这是外呼客户的响应率。同一成里，没接到电话的人又买了多少？",
        ),
        "by_response": Text(
            "You ranked by the chance of buying. Likely buyers and persuadable customers are not the same people.",
            "你按购买概率排了序。可能购买的人和说得动的人，不是同一批人。",
        ),
        "seen_before": Text(
            "You ranked by `uplift_seen`: those models had seen how these very customers decided. Judge on unseen ones.",
            "你用 `uplift_seen` 排了序：那些模型早就看过这些客户的选择。要用没见过的来评判。",
        ),
        "lowest_first": Text(
            "Tenth 1 holds the *lowest* predicted uplift in your answer. Sort the other way.",
            "你的第 1 成是预测增量*最低*的。排序方向反了。",
        ),
        "predicted": Text(
            "This is what the models promise. Asked is what was observed: shares of customers who bought.",
            "这是模型的许诺。要的是观察到的：真正购买的占比。",
        ),
        "wrong_total": Text(
            "You divide by all customers of the tenth. The called are compared with the called, the others with the others.",
            "你用这一成的全部客户作分母。外呼的除以外呼的人数，未外呼的除以未外呼的人数。",
        ),
        "percent": Text(
            "Percent? Shares between −1 and 1 are wanted.", "写成了百分数？要的是 −1 到 1 之间的比例。"
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        ten = _as_ten(answer)
        if ten is None:
            return wrong(WANTED)
        known = scores(given)
        if _one_of(ten, _ways(known, known.uplift)):
            return right()
        for name in self.mistakes:
            if _one_of(ten, _mistaken(known, name)):
                return wrong(name)
        expected = next(_ways(known, known.uplift))
        return compare.values(dict(enumerate(ten, 1)), dict(enumerate(expected, 1)))

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        known = scores(given)

        def made(name: str) -> pd.Series:
            return pd.Series(next(_mistaken(known, name)), index=range(1, 11))

        return {
            "response_rate": made("response_rate"),
            "by_response": made("by_response"),
            "seen_before": made("seen_before"),
            "lowest_first": made("lowest_first"),
            "predicted": made("predicted"),
            "wrong_total": made("wrong_total"),
            "percent": made("percent"),
            "one_number": 0.03,
            "the_score": known.uplift[:10],
        }


def _cuts(score: np.ndarray) -> Iterator[np.ndarray]:
    """Each usual way to number tenths 0 to 9, highest score first; they differ by a customer at an edge."""
    size = len(score)
    for place in (
        np.argsort(-score, kind="stable").argsort(),
        size - 1 - np.argsort(score, kind="stable").argsort(),
    ):
        yield np.ceil(10 * (place + 1) / size).astype(int) - 1
        yield 10 * place // size
        yield np.repeat(np.arange(10), [len(some) for some in np.array_split(place, 10)])[place]
    edges = np.quantile(score, np.linspace(0, 1, 11))
    yield 9 - np.clip(np.searchsorted(edges, score, side="left") - 1, 0, 9)
    yield 9 - np.clip(np.searchsorted(edges, score, side="right") - 1, 0, 9)
    ascending = np.argsort(score, kind="stable").argsort()
    yield 9 - 10 * ascending // size


def _ways(known: Scores, score: np.ndarray, arm_share: str = "") -> Iterator[np.ndarray]:
    """Observed uplift of the ten tenths by counting, for each way to cut them."""
    for tenth in _cuts(score):
        called, others = (np.bincount(tenth[arm], minlength=10) for arm in (known.called, ~known.called))
        sold = np.bincount(tenth[known.called & known.bought], minlength=10)
        sold_not = np.bincount(tenth[~known.called & known.bought], minlength=10)
        with np.errstate(invalid="ignore", divide="ignore"):
            if arm_share == "response_rate":
                yield sold / called
            elif arm_share == "wrong_total":
                yield (sold - sold_not) / (called + others)
            elif arm_share == "predicted":
                yield np.bincount(tenth, weights=score, minlength=10) / (called + others)
            else:
                yield sold / called - sold_not / others


def _mistaken(known: Scores, name: str) -> Iterator[np.ndarray]:
    score = {"by_response": known.response, "seen_before": known.uplift_seen}.get(name, known.uplift)
    for ten in _ways(known, score, name):
        yield {"lowest_first": ten[::-1], "percent": 100 * ten}.get(name, ten)


def _one_of(ten: np.ndarray, ways: Iterator[np.ndarray]) -> bool:
    return any(np.allclose(ten, way, rtol=1e-6, atol=1e-9) for way in ways)


def _as_ten(answer: Any) -> np.ndarray | None:
    """Ten numbers in the order of the tenths: by label 1 to 10 or 0 to 9, or as a list."""
    if isinstance(answer, (pd.Series, pd.DataFrame, dict)):
        by_label = compare.labelled(answer)
        if by_label is None or len(by_label) != 10:
            return None
        labels = [compare.scalar(label) for label in by_label]
        if None not in labels and set(labels) in (set(range(1, 11)), set(range(10))):
            order = np.argsort(np.array(labels, dtype=float))
            return np.array(list(by_label.values()), dtype=float)[order]
        return np.array(list(by_label.values()), dtype=float)
    if isinstance(answer, np.ndarray):
        answer = answer.tolist()
    if not isinstance(answer, (list, tuple)) or len(answer) != 10:
        return None
    numbers = [compare.scalar(value) for value in answer]
    return None if any(number is None for number in numbers) else np.array(numbers, dtype=float)
