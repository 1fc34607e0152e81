"""What the small tree says about its riskiest customers, on months it has not seen."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from labkit.exercises import Exercise, Given, Text, Verdict, compare

from .months import features_of, history_and_list_day, labelled


class RiskiestLeaf(Exercise):
    name = "riskiest_leaf"
    hints = (
        Text(
            "Two shares with two different totals: customers of the list day, and customers of the leaf.",
            "两个比例，分母不同：一个是出名单那天的全部用户，一个是这片叶里的用户。",
        ),
        Text(
            '`today["leaf"] == riskiest_number` is True for the customers of that leaf; the mean of True and False is a share.',
            '`today["leaf"] == riskiest_number` 对这片叶里的用户为 True；True/False 的均值就是比例。',
        ),
        Text(
            'The rate: `today.loc[today["leaf"] == riskiest_number, "churned"].mean()`.',
            '离网率：`today.loc[today["leaf"] == riskiest_number, "churned"].mean()`。',
        ),
    )
    matters = Text(
        "A leaf is an audience: a sentence that says who they are, how many they are and how risky they are. "
        "That is all that a colleague on the phone needs.",
        "一片叶就是一个客群：一句话说清他们是谁、有多少人、风险多高。打电话的同事需要的就是这些。",
    )
    mistakes = {
        "learning_months": Text(
            "These are rows of the learning months, where one customer counts again every month. Take the customers of the list day.",
            "这是学习月份的行，同一位用户每个月都会再算一次。请用出名单那天的用户。",
        ),
        "safest_leaf": Text(
            "This is the safest leaf. Which branch goes up in the picture?",
            "这是最安全的叶。图里往上走的是哪一枝？",
        ),
        "share_of_leavers": Text(
            "Your share is the share of all *leavers* that this leaf holds. Asked is its share of all customers.",
            "你的 share 是这片叶占全部*离网者*的比例。要的是占全部用户的比例。",
        ),
        "percent": Text(
            "Percent or share? Both numbers lie between 0 and 1.", "写成了百分数？两个数都应在 0 到 1 之间。"
        ),
        "swapped": Text("Share and rate have changed places.", "share 和 rate 的位置互换了。"),
    }
    truths = ("churn_drivers", "churn_truth")

    def check(self, answer: Any, given: Given) -> Verdict:
        if isinstance(answer, (tuple, list)) and len(answer) == 2:
            answer = dict(zip(("share", "rate"), answer, strict=True))
        expected = self._values(given)
        mistakes = {name: self._mistaken(given, name) for name in self.mistakes}
        return compare.values(answer, expected, rel=0.02, mistakes=mistakes)

    def _values(self, given: Given) -> dict[str, float]:
        leaf, churned, _, _ = _leaf_of_riskiest(given)
        return {"share": leaf.sum() / len(leaf), "rate": churned[leaf].sum() / leaf.sum()}

    def _mistaken(self, given: Given, name: str) -> dict[str, float]:
        leaf, churned, learning, safest = _leaf_of_riskiest(given)
        values = self._values(given)
        return {
            "learning_months": learning,
            "safest_leaf": safest,
            "share_of_leavers": values | {"share": churned[leaf].sum() / churned.sum()},
            "percent": {label: 100 * value for label, value in values.items()},
            "swapped": {"share": values["rate"], "rate": values["share"]},
        }[name]

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        return {
            "learning_months": self._mistaken(given, "learning_months"),
            "safest_leaf": self._mistaken(given, "safest_leaf"),
            "share_of_leavers": self._mistaken(given, "share_of_leavers"),
            "percent": self._mistaken(given, "percent"),
            "swapped": self._mistaken(given, "swapped"),
            "one_number": self._values(given)["rate"],
            "near_miss": {label: 1.1 * value for label, value in self._values(given).items()},
        }


@functools.lru_cache(maxsize=2)
def _leaf_of_riskiest(given: Given) -> tuple[np.ndarray, np.ndarray, dict[str, float], dict[str, float]]:
    """The tree of the lab grown again, its leaves read off the tree's own arrays.

    Returns who of the list day is in the riskiest leaf, who of them left, and the shares and rates that the
    learning months and the safest leaf would give.
    """

    table = labelled(given)
    features, churned = features_of(table), table["churned"].to_numpy(dtype=bool)
    history, list_day = history_and_list_day(table, given)
    tree = DecisionTreeClassifier(max_depth=3, min_samples_leaf=0.01, random_state=0)
    tree.fit(features[history], churned[history])
    arrays = tree.tree_
    is_leaf = arrays.children_left < 0
    rates = np.where(is_leaf, arrays.value[:, 0, 1] / arrays.value[:, 0].sum(axis=1), np.nan)
    riskiest, safest = int(np.nanargmax(rates)), int(np.nanargmin(rates))
    now = tree.apply(features[list_day])
    learning = {
        "share": arrays.n_node_samples[riskiest] / arrays.n_node_samples[0],
        "rate": float(rates[riskiest]),
    }
    in_safest = now == safest
    safe = {"share": in_safest.mean(), "rate": churned[list_day][in_safest].mean()}
    return now == riskiest, churned[list_day], learning, safe
