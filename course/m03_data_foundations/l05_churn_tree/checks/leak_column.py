"""The column that knows the future."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, right, wrong

from .months import NOT_FEATURES


class LeakColumn(Exercise):
    name = "leak_column"
    hints = (
        Text("Look at the top of the figure: which column is too good?", "看图的最上面：哪一列好得过分？"),
        Text(
            "Of each strong column ask: on the evening of the cut-off, could the warehouse have known this?",
            "对每个强列都问：截止日当晚，数据仓库有可能知道这个信息吗？",
        ),
        Text(
            "A *final* bill is written when an account is closed. Before or after the customer leaves?",
            "“结清”账单是销户时才出的。它在用户离网之前还是之后？",
        ),
    )
    matters = Text(
        'A leak makes every score on paper better and every list in practice worse. The question "when is this known?" '
        "costs nothing and finds most of them.",
        "信息泄漏会让纸面上的分数都变好、实际的名单都变差。“这个信息什么时候才能知道？”这一问不花一分钱，却能抓住大多数泄漏。",
    )
    mistakes = {
        "known_in_time": Text(
            "This column is known by the cut-off, and it does not separate leavers from stayers suspiciously well.",
            "这一列在截止日之前就能知道，而且它区分离网与留下的能力并没有好得可疑。",
        ),
        "the_label": Text(
            "That is the label itself. Which *feature* knows it in advance?",
            "那是标签本身。是哪个*特征*提前知道了它？",
        ),
        "none_found": Text(
            "There is one. One column separates leavers from stayers far better than any honest one can.",
            "是有的。有一列把离网和留下分得太开，诚实的列做不到。",
        ),
    }
    suspicious = 0.8

    def check(self, answer: Any, given: Given) -> Verdict:
        if isinstance(answer, (list, tuple)) and len(answer) == 1:
            answer = answer[0]
        table = given.table("churn")
        if answer is None or (type(answer) is str and answer.strip().lower() == "none"):
            leaks = [
                name
                for name in table.columns
                if name not in NOT_FEATURES and self._auc(table, name) > self.suspicious
            ]
            return wrong("none_found") if leaks else right()
        if type(answer) is not str or answer.strip() not in table.columns:
            return wrong(
                Text("The name of one column of `churn` is wanted.", "这里要填 `churn` 表中一列的列名。")
            )
        column = answer.strip()
        if column in NOT_FEATURES:
            return wrong("the_label" if column == "churned" else "known_in_time")
        return right() if self._auc(table, column) > self.suspicious else wrong("known_in_time")

    @staticmethod
    def _auc(table: pd.DataFrame, column: str) -> float:
        """AUC from the mean rank of leavers (Mann and Whitney), every category by its own churn rate."""
        churned, values = table["churned"].astype(bool), table[column]
        if not pd.api.types.is_numeric_dtype(values):
            if values.nunique() > 20:
                return 0.5
            values = values.astype(str).map(churned.groupby(values.astype(str)).mean())
        ranks = values.astype(float).fillna(values.astype(float).median()).rank()
        leavers, stayers = churned.sum(), (~churned).sum()
        auc = (ranks[churned].mean() - (leavers + 1) / 2) / stayers
        return max(auc, 1 - auc)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        return {
            "known_in_time": "complaints_3m",
            "the_label": "churned",
            "none_found": None,
            "not_a_column": "final bill",
            "an_identifier": "subscriber_id",
        }
