"""A new customer lands in the segment of the nearest centre, on the old customers' scale."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong

WANTED_LABELS = Text(
    "One segment's label per newcomer is wanted, with the index of `newcomers`.",
    "每位新客户要有一个客群标签，索引与 `newcomers` 相同。",
)
SOME_DIFFER = Text(
    "{count} of {total} newcomers land elsewhere.", "{total} 位新客户中有 {count} 位归错了群。"
)


class Assigned(Exercise):
    name = "assigned"
    hints = (
        Text(
            "Three steps: the old scale, columns in the order of `centres`, the nearest centre.",
            "三步：用老尺度，按 `centres` 的列顺序排好，找最近的中心。",
        ),
        Text(
            "`((newcomers - mean) / std)[centres.columns].fillna(0)`: on this scale zero is the average.",
            "`((newcomers - mean) / std)[centres.columns].fillna(0)`：在这把尺子上，零就是平均。",
        ),
        Text(
            "`scipy.spatial.distance.cdist(on_scale, centres).argmin(axis=1)` gives positions in `centres.index`.",
            "`scipy.spatial.distance.cdist(on_scale, centres).argmin(axis=1)` 给出在 `centres.index` 中的位置。",
        ),
    )
    matters = Text(
        "A segmentation that cannot place tomorrow's customer is a poster. This one can run at the counter.",
        "不能安置明天客户的分群，只是一张海报。这一个可以放到柜台上用。",
    )
    mistakes = {
        "scaled_on_newcomers": Text(
            "You scaled the newcomers by their own mean and standard deviation. Ten rich newcomers then look average.",
            "你用新客户自己的均值和标准差做了尺度变换。这样十位富裕的新客户看起来就成了普通人。",
        ),
        "not_scaled": Text(
            "The centres stand on the old customers' scale; the newcomers do not yet.",
            "中心在老客户的尺度上，而新客户还没有换过来。",
        ),
        "column_order": Text(
            "The newcomers' columns stand in another order, and you compared age with money. Match columns by name.",
            "新客户的列顺序不同，你把年龄和金额比了起来。请按列名对齐。",
        ),
        "missing_is_zero": Text(
            "You filled missing values with 0 before scaling. Zero yuan or zero years is not unknown; the average is.",
            "你在变换之前就用 0 填了缺失值。零元、零岁并不等于未知；这里未知按平均。",
        ),
        "missing_ignored": Text(
            "A newcomer with a missing value has no nearest centre in your code and falls to the first one.",
            "有缺失值的新客户，在你的代码里算不出距离，就落到了第一个中心。",
        ),
        "farthest": Text("This is the farthest centre.", "这是最远的中心。"),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        return compare.function(answer, (self._case(given, number) for number in range(2)))

    def _case(self, given: Given, number: int) -> tuple[tuple, Callable[[Any], Verdict]]:
        """The arguments, and a judge with a copy of its own that the answer cannot change."""
        return _customers(given, number), functools.partial(self._judge, _customers(given, number))

    def _judge(self, arguments: tuple, result: Any) -> Verdict:
        index, expected = arguments[0].index, _labels(*arguments)
        labels = _as_labels(result, index)
        if labels is None:
            return wrong(WANTED_LABELS)
        if labels == expected:
            return right()
        for name in self.mistakes:
            if labels == _labels(*arguments, mistake=name):
                return wrong(name)
        differing = sum(one != other for one, other in zip(labels, expected, strict=True))
        return wrong(SOME_DIFFER.fill(count=differing, total=len(expected)))

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            def answer(
                newcomers: pd.DataFrame, mean: pd.Series, std: pd.Series, centres: pd.DataFrame
            ) -> Any:
                return pd.Series(_labels(newcomers, mean, std, centres, mistake), newcomers.index)

            return answer

        return {
            "scaled_on_newcomers": made("scaled_on_newcomers"),
            "not_scaled": made("not_scaled"),
            "column_order": made("column_order"),
            "missing_is_zero": made("missing_is_zero"),
            "missing_ignored": made("missing_ignored"),
            "farthest": made("farthest"),
            "positions": lambda newcomers, mean, std, centres: list(range(len(newcomers))),
            "everybody_first": lambda newcomers, mean, std, centres: pd.Series(
                centres.index[0], newcomers.index
            ),
        }


def _customers(given: Given, number: int) -> tuple[pd.DataFrame, pd.Series, pd.Series, pd.DataFrame]:
    """Sixty newcomers, richer and younger than the bank's customers; some values missing, columns in another order."""
    rng = given.rng(f"assigned/{number}")
    columns = ["balance", "age", "products"]
    mean, std = pd.Series([9.0, 45.0, 4.0], columns), pd.Series([2.0, 15.0, 2.0], columns)
    centres = pd.DataFrame(
        [[1.2, 0.3, 0.9], [-0.8, -1.0, -0.2], [-0.3, 1.3, -0.6], [0.1, -0.1, 1.6]],
        index=list("ABCD"),
        columns=columns,
    )
    values = mean.to_numpy() + (0.6 + rng.normal(size=(60, 3))) * std.to_numpy()
    newcomers = pd.DataFrame(values, index=rng.permutation(60) + 5_000, columns=columns)
    newcomers = newcomers.mask(rng.random((60, 3)) < 0.12)
    return newcomers[["age", "products", "balance"]], mean, std, centres


def _labels(
    newcomers: pd.DataFrame, mean: pd.Series, std: pd.Series, centres: pd.DataFrame, mistake: str = ""
) -> list[str]:
    """Labels one newcomer after the other, where the solution took all at once."""
    names = list(newcomers.columns if mistake == "column_order" else centres.columns)
    table = newcomers[names].fillna(0) if mistake == "missing_is_zero" else newcomers[names]
    centre, spread = mean[names].to_numpy(), std[names].to_numpy()
    if mistake == "scaled_on_newcomers":
        centre, spread = table.mean().to_numpy(), table.std().to_numpy()
    if mistake == "not_scaled":
        centre, spread = np.zeros(len(names)), np.ones(len(names))
    labels = []
    for values in (table.to_numpy() - centre) / spread:
        if np.isnan(values).any() and mistake == "missing_ignored":
            labels.append(centres.index[0])
            continue
        squares = ((centres.to_numpy() - np.nan_to_num(values)) ** 2).sum(axis=1)
        labels.append(centres.index[squares.argmax() if mistake == "farthest" else squares.argmin()])
    return labels


def _as_labels(result: Any, index: pd.Index) -> list[str] | None:
    """Labels in the order of ``index``, from a Series, a dict, a list or an array."""
    if isinstance(result, pd.DataFrame) and result.shape[1] == 1:
        result = result.iloc[:, 0]
    if isinstance(result, dict):
        result = pd.Series(result)
    if isinstance(result, pd.Series):
        if set(result.index) == set(index) and result.index.is_unique:
            result = result.loc[index]
        result = result.tolist()
    if isinstance(result, (np.ndarray, pd.Index)):
        result = result.tolist()
    if not isinstance(result, (list, tuple)) or len(result) != len(index):
        return None
    return list(result) if all(type(label) is str for label in result) else None
