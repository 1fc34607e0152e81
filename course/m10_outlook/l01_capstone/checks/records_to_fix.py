"""Which records the data desk puts right."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, wrong

from .profit import list_of, passed

ENOUGH = 0.90
FIX_YUAN, DESK_SHARE = 15, 0.05


class RecordsToFix(Exercise):
    name = "records_to_fix"
    needs_truth = True
    truths = ("quality_truth", "quality_defects", "record_owners")
    hints = (
        Text(
            "A record is worth what all its faults cost together. Which column of yuan is not there yet?",
            "一条记录值多少，看它所有问题合计的损失。还缺哪一列“元”？",
        ),
        Text(
            "Multiply each column of `broken` by its price, then add up along each row.",
            "把 `broken` 的每一列乘以它的价格，再逐行相加。",
        ),
        Text(
            "`(broken * pd.Series(price_list)[broken.columns]).sum(axis=1)` gives yuan per record; `.nlargest(desk_records)` the dearest.",
            "`(broken * pd.Series(price_list)[broken.columns]).sum(axis=1)` 得到每条记录的元数，`.nlargest(desk_records)` 取最贵的。",
        ),
    )
    matters = Text(
        "A quality score counts faults; a budget asks which of them cost money.",
        "质量分数的是问题个数；预算问的是哪些问题费钱。",
    )
    mistakes = {
        "over_budget": Text(
            "More records than the desk can put right this quarter. Which would you take off again?",
            "超过了数据部门本季度能订正的数量。要去掉哪些？",
        ),
        "most_faults": Text(
            "You chose the records with the most faults. Three cheap faults can cost less than one dear one.",
            "你选的是问题最多的记录。三个便宜的问题加起来，可能还不如一个贵的。",
        ),
        "commonest_fault": Text(
            "Nearly all of your records have the fault that is most common. What does it cost a record, and what do others?",
            "你选的记录几乎都有最常见的那种问题。它每条损失多少？别的呢？",
        ),
        "as_it_came": Text(
            "These are the first records of the drop, as the desk takes them today. Most of them have nothing dear in them.",
            "这是按送达顺序排在最前面的记录，也就是今天的做法。其中大多数并没有费钱的问题。",
        ),
        "cheap_records": Text(
            "Much dearer records are left lying. Rank by yuan, over all faults of a record.",
            "还有贵得多的记录没选。请按元数排序，把一条记录的所有问题都算上。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        faults = faults_of_records(given)
        chosen = list_of(answer, faults.index, "record_id")
        if isinstance(chosen, Verdict):
            return chosen
        if len(chosen) > capacity(faults):
            return wrong("over_budget")
        share = (faults.loc[chosen, "yuan"] - FIX_YUAN).sum() / oracle_profit(given)
        return passed(share, self.matters) if share >= ENOUGH else wrong(self._mistake(chosen, faults))

    @staticmethod
    def _mistake(chosen: pd.Index, faults: pd.DataFrame) -> str:
        if len(chosen.intersection(faults.index[: len(chosen)])) > 0.9 * len(chosen):
            return "as_it_came"
        if faults.loc[chosen, "has_commonest"].mean() > 0.9:
            return "commonest_fault"
        most = faults["faults"].nlargest(len(chosen))
        return "most_faults" if faults.loc[chosen, "faults"].mean() > 0.9 * most.mean() else "cheap_records"

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        faults = faults_of_records(given)
        size = capacity(faults)
        return {
            "over_budget": faults["yuan"].nlargest(2 * size).index,
            "most_faults": faults["faults"].nlargest(size).index,
            "commonest_fault": faults.index[faults["has_commonest"]][:size].tolist(),
            "as_it_came": faults.index[:size],
            "cheap_records": faults["yuan"].nsmallest(size).index,
            "a_mask": (faults["yuan"] > 100).rename("record_id"),
            "unknown_numbers": [0, -1],
            "empty": [],
        }


@functools.lru_cache(maxsize=4)
def faults_of_records(given: Given) -> pd.DataFrame:
    """Record → yuan a year that its planted defects cost, how many there are, and whether the commonest is one."""
    price = given.truth("quality_defects").set_index("defect")["cost_fen"] / 100
    planted = given.truth("quality_truth").astype({"defect": str})
    planted["yuan"] = planted["defect"].map(price)
    commonest = planted["defect"].value_counts().idxmax()
    planted["has_commonest"] = planted["defect"] == commonest
    each = planted.groupby("record_id").agg(
        yuan=("yuan", "sum"), faults=("defect", "size"), has_commonest=("has_commonest", "any")
    )
    records = given.table("dirty_customers", ["record_id"])["record_id"]
    return (
        each.reindex(records)
        .fillna({"yuan": 0, "faults": 0, "has_commonest": False})
        .astype({"has_commonest": bool})
    )


def capacity(faults: pd.DataFrame) -> int:
    """Records that the desk can put right."""
    return round(DESK_SHARE * len(faults))


@functools.lru_cache(maxsize=4)
def oracle_profit(given: Given) -> float:
    """Yuan of the dearest records, less the work."""
    faults = faults_of_records(given)
    return float((faults["yuan"].nlargest(capacity(faults)) - FIX_YUAN).clip(lower=0).sum())
