"""Which service package each customer gets."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, wrong

from .profit import passed

ENOUGH = 0.85
PACKAGES = {
    "wealth_review": ("affluent_investor", 50, 12),
    "business_desk": ("small_business", 48, 12),
    "family_cover": ("family_builder", 22, 7),
    "savings_plus": ("steady_saver", 18, 9),
    "app_club": ("young_digital", 10, 3),
}
"""Package → whom it suits, value and cost in yuan a year."""
NAMES = pd.Index([*PACKAGES, "none"])
WANTED = Text(
    "A Series is wanted, with customer_id as index and the names of packages (or none) as values, not {kind}.",
    "这里要的是以 customer_id 为索引、以服务包名称（或 none）为值的 Series，而不是 {kind}。",
)
NOT_A_PACKAGE = Text(
    "{count} value(s) are neither the name of a package nor none.",
    "有 {count} 个值既不是服务包名称，也不是 none。",
)


class PackageOfCustomer(Exercise):
    name = "package_of_customer"
    needs_truth = True
    truths = ("people", "segments", "segment_affinity")
    hints = (
        Text(
            "Five packages, and people for whom none of them is made: how many groups is that at least?",
            "五个服务包，再加上哪个都不适合的人：至少要分几组？",
        ),
        Text(
            "Draw `portrait(k)` for the `k` with the best silhouette, and read off which trait marks each group.",
            "对轮廓系数最高的 `k` 画 `portrait(k)`，读出每一组最突出的特征。",
        ),
        Text(
            '`packages_by_group(k, app_club=("age", "lowest"), family_cover=("cover", "highest"), …)` names five groups; '
            "the sixth stays without.",
            '`packages_by_group(k, app_club=("age", "lowest"), family_cover=("cover", "highest"), …)` 给五组命名，第六组不给。',
        ),
    )
    matters = Text(
        "Whom to leave alone was the sixth decision, and the one that most plans forget.",
        "“谁都不打扰”是第六个决定，也是多数方案忘掉的那一个。",
    )
    mistakes = {
        "one_for_all": Text(
            "Everybody gets the same. For most customers that is a cost without a value.",
            "所有人给的都一样。对多数客户来说，这只有成本没有价值。",
        ),
        "nothing_for_anybody": Text(
            "Nobody gets anything: no cost, and no profit either.", "谁都不给：没有成本，也没有收益。"
        ),
        "nobody_left_out": Text(
            "Hardly anybody is left out. Some customers have little more than a current account: which package pays for them?",
            "几乎没有人被排除在外。有些客户除了活期账户几乎什么都没有：哪个服务包对他们划算？",
        ),
        "names_swapped": Text(
            "At least one package goes mostly to people of another kind. Look at the portrait of the group again.",
            "至少有一个服务包给到的多半是另一类人。请再看看那一组的画像。",
        ),
        "too_coarse": Text(
            "The groups are too mixed or too many are passed over. Try another number of groups.",
            "各组混得太杂，或者漏掉的人太多。换个组数试试。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        segment = segment_of_customer(given)
        chosen = self._as_series(answer, segment.index)
        if isinstance(chosen, Verdict):
            return chosen
        share = package_profit(chosen, segment) / package_profit(best_packages(segment), segment)
        return passed(share, self.matters) if share >= ENOUGH else wrong(self._mistake(chosen, segment))

    @staticmethod
    def _as_series(answer: Any, customers: pd.Index) -> pd.Series | Verdict:
        if isinstance(answer, dict):
            answer = pd.Series(answer, dtype=object)
        if isinstance(answer, pd.DataFrame) and answer.shape[1] == 2 and "customer_id" in answer:
            answer = answer.set_index("customer_id").iloc[:, 0]
        if not isinstance(answer, pd.Series) or not answer.index.is_unique or not len(answer):
            return wrong(WANTED.fill(kind=compare.kind_of(answer)))
        words = answer.astype(object).where(answer.notna(), "none").map(str)
        foreign = int((~words.isin(NAMES)).sum())
        if foreign:
            return wrong(NOT_A_PACKAGE.fill(count=foreign))
        if len(words.index.difference(customers)):
            return wrong(compare.EXTRA_LABELS.fill(count=len(words.index.difference(customers))))
        missing = len(customers.difference(words.index))
        return wrong(compare.MISSING_LABELS.fill(count=missing)) if missing else words

    @staticmethod
    def _mistake(chosen: pd.Series, segment: pd.Series) -> str:
        given = chosen[chosen != "none"]
        if not len(given):
            return "nothing_for_anybody"
        if chosen.nunique() == 1:
            return "one_for_all"
        mostly = {name: segment[rows.index].value_counts().idxmax() for name, rows in given.groupby(given)}
        swapped = [name for name, kind in mostly.items() if kind not in (PACKAGES[name][0], "basic_payroll")]
        if swapped:
            return "names_swapped"
        payroll = segment.index[segment == "basic_payroll"]
        return "nobody_left_out" if (chosen[payroll] != "none").mean() > 0.5 else "too_coarse"

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        segment = segment_of_customer(given)
        best = best_packages(segment)
        passed_over = pd.Series(range(len(best)), best.index) % 7 == 0
        return {
            "one_for_all": pd.Series("app_club", segment.index),
            "nothing_for_anybody": pd.Series("none", segment.index),
            "nobody_left_out": best.replace("none", "savings_plus").mask(passed_over, "none"),
            "names_swapped": best.replace({"family_cover": "business_desk", "business_desk": "family_cover"}),
            "too_coarse": best.replace({"wealth_review": "none"}),
            "group_numbers": pd.Series(range(len(segment)), segment.index) % 6,
            "some_missing": best.iloc[:-5],
            "a_word": "app_club",
        }


@functools.lru_cache(maxsize=4)
def segment_of_customer(given: Given) -> pd.Series:
    """Customer → planted segment."""
    people = given.truth("people").set_index("person_id")["segment"].astype(str)
    return people.reindex(given.table("customers", ["customer_id"])["customer_id"])


def best_packages(segment: pd.Series) -> pd.Series:
    """What the oracle gives."""
    return segment.map({kind: name for name, (kind, _, _) in PACKAGES.items()}).fillna("none")


def package_profit(chosen: pd.Series, segment: pd.Series) -> float:
    """Yuan a year of these packages."""
    chosen = chosen.reindex(segment.index)
    counts = pd.crosstab(chosen, segment)
    earned = sum(value * counts.get(kind, {}).get(name, 0) for name, (kind, value, _) in PACKAGES.items())
    spent = sum(cost * (chosen == name).sum() for name, (_, _, cost) in PACKAGES.items())
    return float(earned - spent)
