"""The files to be merged away, judged by whose they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong

UNKNOWN = Text(
    "{count} of your numbers are no record_id of the delivery.", "你的答案里有 {count} 个编号不在送数记录中。"
)
MOST_MISJUDGED = 0.05


class Surplus(Exercise):
    name = "surplus"
    hints = (
        Text(
            "Look at the group at the right edge of the picture. How many edits do its names have, and how alike are its addresses?",
            "看图中右边缘的那一群：姓名差几个字？地址有多像？",
        ),
        Text(
            "Filter `candidates` with both measures. In each pair that is left, one file stays: list the other one.",
            "用两个度量一起筛选 `candidates`。剩下的每一对里，一份留下，列出另一份。",
        ),
        Text(
            '`candidates.query("name_edits <= 1 and address_alike >= 90")["record_id_b"].unique()`.',
            '`candidates.query("name_edits <= 1 and address_alike >= 90")["record_id_b"].unique()`。',
        ),
    )
    matters = Text(
        "Counted in files to remove, the number of customers comes out right; counted in pairs, it does not.",
        "按“应去掉几份档案”来数，客户总数才对得上；按“对”来数就对不上。",
    )
    mistakes = {
        "both_of_a_pair": Text(
            "You list every file of the pair: then the customer is gone altogether. One of them stays.",
            "你把一对里的两份都列上了：客户就彻底没了。要留下一份。",
        ),
        "namesakes": Text(
            "You merge people who only share a name. Namesakes are common; what else must agree?",
            "你把只是同名的人合并了。同名很常见；还有什么必须一致？",
        ),
        "households": Text(
            "You merge people who only share an address. These are families.",
            "你把只是住在一处的人合并了。那是一家人。",
        ),
        "same_day": Text(
            "You merge people who only share a birthday. `candidates` are pairs to look at, not duplicates.",
            "你把只是同一天出生的人合并了。`candidates` 是待比较的对，还不是重复。",
        ),
        "exact_only": Text(
            "You find the copies and miss the near duplicates: there the name differs in a character.",
            "你找到了完全相同的副本，漏掉了近似重复：它们的姓名差一个字。",
        ),
        "near_only": Text(
            "You find the near duplicates and miss the plain copies: no edits at all is alike, too.",
            "你找到了近似重复，漏掉了完全相同的副本：一个字都不差，当然也算相像。",
        ),
        "counted": Text(
            "A count is not a list: which files are they?", "这里要的不是个数，而是名单：是哪几份档案？"
        ),
    }
    needs_truth = True
    truths = ("record_owners", "quality_truth", "quality_defects")

    def check(self, answer: Any, given: Given) -> Verdict:
        if compare.scalar(answer) is not None and not isinstance(answer, (pd.Series, np.ndarray, pd.Index)):
            return wrong("counted")
        files = _files(given)
        listed = _listed(answer, files)
        if listed is None:
            return wrong(compare.WANTED_LABELS.fill(kind=compare.kind_of(answer)))
        unknown = listed - set(files.index)
        if unknown:
            return wrong(UNKNOWN.fill(count=len(unknown)))
        return _judged(files, files.index.isin(list(listed)))

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        files = _files(given)
        several = files["of_owner"] > 1
        later = files.duplicated("owner")

        def after_the_first(columns: list[str]) -> list[int]:
            return files.index[files.duplicated(columns)].tolist()

        return {
            "both_of_a_pair": files.index[several].tolist(),
            "namesakes": after_the_first(["name_zh"]),
            "households": after_the_first(["address_zh"]),
            "same_day": after_the_first(["birth_date"]),
            "exact_only": files.index[
                files.duplicated(["id_number", "name_zh", "phone", "address_zh"]) & later
            ].tolist(),
            "near_only": files.index[later & ~files["copied"]].tolist(),
            "counted": int(later.sum()),
            "nothing": [],
            "strangers": files.index[~several][: later.sum()].tolist(),
            "positions": {"a": 1},
        }


def _files(given: Given) -> pd.DataFrame:
    """Per record: what people compare by, whose it is, how many that owner has, is it one of two equal copies?"""
    columns = ["record_id", "name_zh", "address_zh", "birth_date", "id_number", "phone"]
    files = given.table("dirty_customers", columns).set_index("record_id")
    files["owner"] = given.truth("record_owners").set_index("record_id")["customer_id"]
    files["of_owner"] = files.groupby("owner")["name_zh"].transform("size")
    return files.assign(copied=files.duplicated(["owner", "id_number"], keep=False))


def _listed(answer: Any, files: pd.DataFrame) -> set | None:
    """The listed record numbers; from a mask of True and False as well."""
    if isinstance(answer, pd.DataFrame) and "record_id" in answer:
        answer = answer["record_id"]
    if isinstance(answer, pd.Series) and answer.dtype == bool:
        if len(answer) != len(files):
            return None
        return set(
            files.index[answer.to_numpy()]
            if answer.index.equals(pd.RangeIndex(len(files)))
            else answer.index[answer]
        )
    if isinstance(answer, (pd.Series, pd.Index, np.ndarray)):
        answer = answer.tolist()
    if not isinstance(answer, (list, tuple, set, frozenset)):
        return None
    if not all(type(number) in (int, float) or isinstance(number, np.number) for number in answer):
        return None
    return {int(number) if number == number and abs(number) < 2**53 else -1 for number in answer}


def _judged(files: pd.DataFrame, merged: np.ndarray) -> Verdict:
    """By whose files are merged away: a customer must keep one, and those with one must keep it."""
    several = files["of_owner"] > 1
    customers = (
        files.assign(merged=merged)[several]
        .groupby("owner")
        .agg(files=("merged", "size"), merged=("merged", "sum"), copied=("copied", "any"))
    )
    gone = (customers["merged"] == customers["files"]).mean()
    reduced = customers["merged"] == customers["files"] - 1
    strangers = merged & ~several.to_numpy()
    most = MOST_MISJUDGED * len(customers)
    if strangers.sum() > most:
        for mistake, column in (
            ("namesakes", "name_zh"),
            ("households", "address_zh"),
            ("same_day", "birth_date"),
        ):
            alike = files.duplicated(column, keep=False).to_numpy()
            others = files.duplicated("owner", keep=False).to_numpy()
            if (alike | others)[merged].all():
                return wrong(mistake)
        return wrong(compare.EXTRA_LABELS.fill(count=int(strangers.sum())))
    if gone > MOST_MISJUDGED:
        return wrong("both_of_a_pair")
    if reduced.mean() >= 1 - MOST_MISJUDGED:
        return right()
    by_kind = reduced.groupby(customers["copied"]).mean()
    if by_kind.get(True, 0) > 0.9 and by_kind.get(False, 1) < 0.1:
        return wrong("exact_only")
    if by_kind.get(False, 0) > 0.9 and by_kind.get(True, 1) < 0.1:
        return wrong("near_only")
    return wrong(compare.MISSING_LABELS.fill(count=int((~reduced).sum())))
