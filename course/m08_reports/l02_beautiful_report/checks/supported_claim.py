"""Which headline the counts of a region and of the others support."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong

CLAIMS = ("above", "below", "in line")
SIZES = (500, 1700)


class SupportedClaim(Exercise):
    name = "supported_claim"
    hints = (
        Text(
            "Not two intervals side by side: one interval, of the difference. Where does zero lie?",
            "不是把两个区间摆在一起看，而是看差值的一个区间：零落在哪里？",
        ),
        Text(
            "`wilson(left, customers)` and `wilson(others_left, others)` give the four limits of the formula; "
            "`np.hypot(a, b)` is the square root of a² + b².",
            "`wilson(left, customers)` 和 `wilson(others_left, others)` 给出公式里的四个端点；`np.hypot(a, b)` 就是 a² + b² 的平方根。",
        ),
        Text(
            "`low = p1 - p2 - np.hypot(p1 - l1, u2 - p2)`; above if `low > 0`, below if `high < 0`, else in line.",
            "`low = p1 - p2 - np.hypot(p1 - l1, u2 - p2)`；`low > 0` 为高于，`high < 0` 为低于，否则持平。",
        ),
    )
    matters = Text(
        "Now the rule writes the headline, the same for every region and every month, and nobody has to be brave on Sunday night.",
        "从此由规则来写标题，对每个地区、每个月都一样，谁也不必在周日晚上硬着头皮拍板。",
    )
    mistakes = {
        "any_difference": Text(
            "You call every difference news. Two rates are never quite equal; ask whether chance explains the gap.",
            "你把任何差别都当成新闻。两个比率从来不会恰好相等，要问的是偶然能不能解释。",
        ),
        "overlap": Text(
            "You ask whether the two intervals overlap. That is too strict: they may overlap while zero lies outside the interval "
            "of the difference.",
            "你看的是两个区间有没有重叠。这样太严：区间有重叠，差值的区间也可能不含零。",
        ),
        "reversed": Text(
            "Above and below have changed places: the difference is the region less the others.",
            "高于和低于弄反了：差值是该地区减去其余地区。",
        ),
        "never_news": Text(
            "You never find news. There are regions whose gap chance does not explain.",
            "你从来没有新闻。有的地区，差距确实不是偶然能解释的。",
        ),
        "counts_compared": Text(
            "You compare numbers of leavers. A large city always has more of them; compare rates.",
            "你比较的是离网人数。大城市的人数总是更多；要比的是离网率。",
        ),
    }
    truths = ("churn_truth",)

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = _cases(given)
        said: list[Any] = []

        def note(result: Any) -> Verdict:
            said.append(result.strip().lower() if isinstance(result, str) and len(result) < 50 else None)
            return right()

        verdict = compare.function(answer, [(case, note) for case in cases])
        if verdict.status != "right":
            return verdict
        if any(word not in CLAIMS for word in said):
            return wrong(
                Text(
                    'One of three words is wanted: "above", "below" or "in line".',
                    "要返回三个词之一：“above”、“below”或“in line”。",
                )
            )
        if said == [_score_claim(*case) for case in cases]:
            return right()
        for name, rule in _mistaken().items():
            if said == [rule(*case) for case in cases]:
                return wrong(name)
        differ = sum(word != _score_claim(*case) for word, case in zip(said, cases, strict=True))
        return wrong(
            Text(
                f"{differ} of {len(cases)} headlines differ from what the interval of the difference supports.",
                f"{len(cases)} 个标题中有 {differ} 个，与差值区间支持的说法不同。",
            )
        )

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        rules = _mistaken()
        return {
            "any_difference": rules["any_difference"],
            "overlap": rules["overlap"],
            "reversed": rules["reversed"],
            "never_news": rules["never_news"],
            "counts_compared": rules["counts_compared"],
            "always_above": lambda left, customers, others_left, others: "above",
            "a_difference": lambda left, customers, others_left, others: (
                left / customers - others_left / others
            ),
        }


def _cases(given: Given) -> list[tuple[int, int, int, int]]:
    """Regions of two sizes around the rate of the data in use, at chosen distances; none is a close call."""
    rate = float(given.table("churn", ["churned"])["churned"].dropna().astype(bool).mean())
    rate = min(max(rate, 0.02), 0.4)
    others = 8_000
    others_left = round(rate * others)
    cases = []
    for size in SIZES:
        possible = np.arange(size // 2)
        scores = np.array([_score(left, size, others_left, others) for left in possible])
        for wanted in (-2.5, -1.0, 0.3, 1.1, 2.5, 4.5):
            left = int(possible[np.abs(scores - wanted).argmin()])
            if not 1.4 < abs(scores[left]) < 2.3:
                cases.append((left, size, others_left, others))
    return cases


def _score(left: int, customers: int, others_left: int, others: int) -> float:
    """The score statistic of two rates: how many standard errors they are apart, if they were equal."""
    pooled = (left + others_left) / (customers + others)
    error = np.sqrt(pooled * (1 - pooled) * (1 / customers + 1 / others))
    return (left / customers - others_left / others) / error


def _score_claim(*case: int) -> str:
    score = _score(*case)
    return "above" if score > 1.96 else "below" if score < -1.96 else "in line"


def _mistaken() -> dict[str, Callable[..., str]]:
    def any_difference(left: int, customers: int, others_left: int, others: int) -> str:
        return "above" if left / customers > others_left / others else "below"

    def overlap(left: int, customers: int, others_left: int, others: int) -> str:
        low, high = _limits(left, customers)
        others_low, others_high = _limits(others_left, others)
        return "above" if low > others_high else "below" if high < others_low else "in line"

    return {
        "any_difference": any_difference,
        "overlap": overlap,
        "reversed": lambda *case: {"above": "below", "below": "above"}.get(_score_claim(*case), "in line"),
        "never_news": lambda left, customers, others_left, others: "in line",
        "counts_compared": lambda left, customers, others_left, others: (
            "above" if left > others_left else "below"
        ),
    }


def _limits(left: int, customers: int) -> tuple[float, float]:
    """Wilson's limits as the roots of his quadratic, not by the formula that the lab gives."""
    z, rate = 1.96, left / customers
    roots = np.roots([1 + z**2 / customers, -(2 * rate + z**2 / customers), rate**2])
    return float(roots.real.min()), float(roots.real.max())
