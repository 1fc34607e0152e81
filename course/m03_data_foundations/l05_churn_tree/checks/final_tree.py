"""The tree that is pruned enough and not too much, scored against the planted risk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, right, wrong

from .months import LEAK, features_of, history_and_list_day, labelled

FEWEST_LEAVES, MOST_LEAVES = 4, 60
WANTED_TREE = Text(
    "A fitted DecisionTreeClassifier is wanted, as `grown(…)` returns it.",
    "这里要一棵拟合好的 DecisionTreeClassifier，即 `grown(…)` 的返回值。",
)


class FinalTree(Exercise):
    name = "final_tree"
    hints = (
        Text(
            "The column `judging` of `pruning` was measured on a month that the tree had not seen.",
            "`pruning` 的 `judging` 一列，是在树没见过的月份上量出来的。",
        ),
        Text(
            "`idxmax()` gives the price with the best score; keep to trees of 4 to 60 leaves.",
            "`idxmax()` 给出得分最高的价格；只在 4 到 60 片叶的树里选。",
        ),
        Text(
            "Choosing is over: grow it again on all rows with a known label, `grown(alpha, history)`.",
            "选完之后，在所有标签已知的行上重新长一遍：`grown(alpha, history)`。",
        ),
    )
    matters = Text(
        "Chosen on later months, grown again on everything known, small enough to be read: a tree that you can defend.",
        "在更晚的月份上作选择，在全部已知的数据上重新生长，小到读得下来：这样的树才经得起质询。",
    )
    mistakes = {
        "leak": Text(
            "This tree may ask about the final bill, which nobody knows on the list day.",
            "这棵树会用到结清账单，而出名单那天谁也不知道它。",
        ),
        "unseen_months": Text(
            "This tree has seen rows of the list day or later: labels that do not exist yet on 1 November.",
            "这棵树见过出名单那天或更晚的行：11 月 1 日时这些标签还不存在。",
        ),
        "months_left_out": Text(
            "This tree was grown on part of the labelled rows only. The choice is made: use every month whose labels are known.",
            "这棵树只用了一部分有标签的行。既然已经选定，就把标签已知的月份全用上。",
        ),
        "too_many_leaves": Text(
            "Nobody can read a tree of that size, and most of its leaves only remember. Raise the price of a leaf.",
            "这么大的树没人读得下来，而且多数叶子只是在死记。把叶子的价格调高一些。",
        ),
        "pruned_away": Text(
            "Hardly anything is left of this tree. Lower the price of a leaf.",
            "这棵树快剪没了。把叶子的价格调低一些。",
        ),
        "sorts_badly": Text(
            "On customers it has not seen, this tree sorts clearly worse than a well-pruned one. Choose by later months.",
            "在没见过的用户上，这棵树的排序明显不如剪枝得当的树。请按更晚的月份来选。",
        ),
    }
    truths = ("churn_drivers", "churn_truth")

    def check(self, answer: Any, given: Given) -> Verdict:
        from sklearn.tree import DecisionTreeClassifier

        if not isinstance(answer, DecisionTreeClassifier) or not hasattr(answer, "tree_"):
            return wrong(WANTED_TREE)
        if LEAK in getattr(answer, "feature_names_in_", ()):
            return wrong("leak")
        table = labelled(given)
        history, list_day = history_and_list_day(table, given)
        rows = int(answer.tree_.n_node_samples[0])
        if rows != history.sum():
            return wrong("unseen_months" if rows > history.sum() else "months_left_out")
        leaves = answer.get_n_leaves()
        if not FEWEST_LEAVES <= leaves <= MOST_LEAVES:
            return wrong("pruned_away" if leaves < FEWEST_LEAVES else "too_many_leaves")
        return (
            right()
            if self._sorts_well(answer, table[list_day], given, int(table["churned"][history].sum()))
            else wrong("sorts_badly")
        )

    def _sorts_well(self, tree: Any, today: pd.DataFrame, given: Given, leavers_learnt: int) -> bool:
        """Does it reach the share of the oracle's AUC that so many leavers allow? Without a key: is it more than chance?

        The share is the curriculum's 0.90 for the 1 400 leavers of the ``lab`` world, less for fewer.
        """
        from sklearn.metrics import roc_auc_score

        features = features_of(today).reindex(columns=getattr(tree, "feature_names_in_", None), fill_value=0)
        risk = tree.predict_proba(features)[:, 1]
        if given.has_truth:
            truth = (
                today[["subscriber_id", "snapshot_on"]]
                .merge(given.truth("churn_truth"), how="left")["hazard"]
                .to_numpy()
            )
            return _expected_auc(risk, truth) >= (0.95 - 2 / np.sqrt(leavers_learnt)) * _expected_auc(
                truth, truth
            )
        churned = today["churned"].astype(bool)
        smaller = max(min(churned.sum(), (~churned).sum()), 1)
        return roc_auc_score(churned, risk) >= 0.5 + 0.5 / np.sqrt(smaller)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        from sklearn.tree import DecisionTreeClassifier

        table = labelled(given)
        churned, features = table["churned"].astype(bool), features_of(table)
        history, _ = history_and_list_day(table, given)

        def grown(rows: np.ndarray, columns: pd.DataFrame = features, **settings: Any) -> Any:
            return DecisionTreeClassifier(random_state=0, **settings).fit(columns[rows], churned[rows])

        half = history & (table.index.to_numpy() % 2 == 0)
        noise = features[["age", "plan_fee_fen"]]
        return {
            "leak": grown(history, features.assign(**{LEAK: table[LEAK]}), max_depth=4),
            "unseen_months": grown(np.ones(len(table), dtype=bool), max_depth=4, min_samples_leaf=50),
            "months_left_out": grown(half, max_depth=4, min_samples_leaf=50),
            "too_many_leaves": grown(history),
            "pruned_away": grown(history, max_depth=1),
            "sorts_badly": grown(history, noise, max_leaf_nodes=12),
            "not_fitted": DecisionTreeClassifier(),
            "the_price": 0.0001,
        }


def _expected_auc(risk: np.ndarray, hazard: np.ndarray) -> float:
    """AUC when every customer leaves with the true probability: each counts as leaver and as stayer by weight."""
    from sklearn.metrics import roc_auc_score

    outcome = np.repeat([1, 0], len(risk))
    weights = np.concatenate([hazard, 1 - hazard])
    return roc_auc_score(outcome, np.concatenate([risk, risk]), sample_weight=weights)
