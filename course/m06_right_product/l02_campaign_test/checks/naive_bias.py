"""How much of the managers' difference comes from whom they called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labkit.exercises import Exercise, Given, Text, Verdict, compare


class NaiveBias(Exercise):
    name = "naive_bias"
    hints = (
        Text(
            "Each row of `like_with_like` has two means: with and without a call. Their difference is that row's effect.",
            "`like_with_like` 每一行有两个均值：外呼的和未外呼的。两者之差就是这一行的效果。",
        ),
        Text(
            "`np.average(…, weights=…)` averages the rows; how many the managers called stands under `size`, `True`.",
            "`np.average(…, weights=…)` 对各行加权平均；客户经理外呼了多少人，在 `size` 的 `True` 一列。",
        ),
        Text(
            'In one line: `naive - np.average(like_with_like["mean"][True] - like_with_like["mean"][False], weights=like_with_like["size"][True])`',
            '一行写完：`naive - np.average(like_with_like["mean"][True] - like_with_like["mean"][False], weights=like_with_like["size"][True])`',
        ),
    )
    matters = Text(
        "Most of spring's success was on the list before the first call. Whoever budgets by the plain difference pays for sales that come anyway.",
        "春季的大部分“战果”，在第一通电话拨出之前就已经在名单上了。按直接差异来定预算，就是为自己会来的生意付钱。",
    )
    mistakes = {
        "unweighted": Text(
            "All rows count alike in your average, however few customers they hold. Weight them.",
            "你让每一行同等重要，不管里面有多少客户。要加权。",
        ),
        "all_customers": Text(
            "You weight by all customers. The claim is about those whom the managers called; weight by them.",
            "你按全部客户加权。那句话说的是客户经理外呼的人，要按他们加权。",
        ),
        "those_not_called": Text(
            "You weight by the customers who were *not* called.", "你按*未*外呼的客户加权了。"
        ),
        "what_is_left": Text(
            "This is what is left of the effect. Asked is the part that is *not* the call: take it from `naive`.",
            "这是剩下的效果。要的是*不是*电话功劳的那部分：用 `naive` 去减它。",
        ),
        "upside_down": Text(
            "The right size, the wrong sign: Spring says too much, so the bias is positive.",
            "大小对了，符号反了：春季说多了，所以偏差是正的。",
        ),
        "autumn": Text(
            "You compare with autumn. Those customers are others (whoever bought in spring was not asked again): stay within spring.",
            "你拿秋季来比。那是另一批客户（春季买了的人没有再问）：请只在春季内部比较。",
        ),
        "percent": Text(
            "In percent? A share is wanted: two points are 0.02.",
            "写成了百分数？要的是比例：两个百分点写成 0.02。",
        ),
    }
    truths = ("observational_truth",)

    def check(self, answer: Any, given: Given) -> Verdict:
        values = _values(given)
        mistakes = {name: values[name] for name in self.mistakes}
        return compare.number(answer, values["right"], rel=0.002, mistakes=mistakes)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        values = _values(given)
        return {
            "unweighted": values["unweighted"],
            "all_customers": values["all_customers"],
            "those_not_called": values["those_not_called"],
            "what_is_left": values["what_is_left"],
            "upside_down": values["upside_down"],
            "autumn": values["autumn"],
            "percent": values["percent"],
            "near_miss": 1.05 * values["right"],
            "a_table": given.table("campaign_observational").head(3),
        }


def _values(given: Given) -> dict[str, float]:
    """The bias, and what each mistake leads to, in one query."""
    row = (
        given.sql("""
        WITH groups AS (
            SELECT avg(bought::INT) FILTER (called) - avg(bought::INT) FILTER (NOT called) AS gap,
                   count(*) FILTER (called) AS n_called, count(*) FILTER (NOT called) AS n_not
            FROM campaign_observational GROUP BY wealth_band, asked_for_advice),
        usable AS (SELECT * FROM groups WHERE n_called > 0 AND n_not > 0)
        SELECT sum(gap * n_called) / sum(n_called) AS by_called, sum(gap * n_not) / sum(n_not) AS by_not,
               sum(gap * (n_called + n_not)) / sum(n_called + n_not) AS by_all, avg(gap) AS alike,
               (SELECT avg(bought::INT) FILTER (called) - avg(bought::INT) FILTER (NOT called)
                FROM campaign_observational) AS naive,
               (SELECT avg(bought::INT) FILTER (called) - avg(bought::INT) FILTER (NOT called)
                FROM campaign_experiment) AS autumn
        FROM usable
    """)
        .iloc[0]
        .astype(float)
    )
    bias = row["naive"] - row["by_called"]
    return {
        "right": bias,
        "unweighted": row["naive"] - row["alike"],
        "all_customers": row["naive"] - row["by_all"],
        "those_not_called": row["naive"] - row["by_not"],
        "what_is_left": row["by_called"],
        "upside_down": -bias,
        "autumn": row["naive"] - row["autumn"],
        "percent": 100 * bias,
    }
