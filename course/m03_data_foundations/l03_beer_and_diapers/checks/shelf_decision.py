"""Which pair to put together, and what it brings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, wrong

from .chosen import chosen_pair, in_order
from .counted import SURPRISING, famous_pair, pairs

MIN_SUPPORT = 0.003


class ShelfDecision(Exercise):
    """Decide and defend: which pair, and what it brings."""

    name = "shelf_decision"
    truths = ("planted_rules",)
    hints = (
        Text(
            "Compute the extra margin of every candidate and compare. In one lump, or within parts?",
            "算出每个候选组合的新增毛利再比较。笼统地算，还是分部分算？",
        ),
        Text(
            "A pair that only shares a season has no pull within a quarter: pass `by_season`, or the finer list.",
            "只是同季热销的组合，在季度内部没有拉力：请传入 `by_season`，或更细的那个列表。",
        ),
        Text(
            "Almost the code: `max(((*pair, extra_margin(*pair, …)) for pair in candidates), key=lambda each: each[2])`",
            "代码大致是：`max(((*pair, extra_margin(*pair, …)) for pair in candidates), key=lambda each: each[2])`",
        ),
    )
    matters = Text(
        "You chose the pair that still pulls when the season is taken out, and put a price on it. That is a decision "
        "you can defend: anybody who doubts it can move the slider.",
        "你选的是剔除季节之后仍有拉力的一对，并且给出了价钱。这样的决定经得起质疑：谁不相信，就让他自己拖滑块。",
    )
    mistakes = {
        "season": Text(
            "This pair leads only when all baskets are thrown together. Compute it within the quarters and look again.",
            "只有把全部购物篮混在一起算，这一对才领先。请在各季度内部计算后再看。",
        ),
        "popular": Text(
            "Nothing pulls here: side by side or not, people take both or neither as chance has it.",
            "这一对没有拉力：摆不摆在一起，顾客买不买全凭巧合。",
        ),
        "highest_lift": Text(
            "The highest lift is not the most money: few baskets, or little margin on what they would add.",
            "提升度最高不等于赚得最多：涉及的购物篮少，或者加买商品的毛利薄。",
        ),
        "less_money": Text(
            "A real pull, but another pair brings more money a month.",
            "拉力是真的，但还有别的组合每月赚得更多。",
        ),
        "amount": Text(
            "The pair is right, the amount is not: is it a month, the whole chain, a tenth of the pull, in yuan?",
            "组合选对了，金额不对：是不是每月、全连锁、拉力的十分之一、以元为单位？",
        ),
    }
    wanted = Text(
        'Two items and the yuan a month are wanted here: `("item", "item", 1234.5)`.',
        '这里要的是两种商品加每月的金额（元）：`("代码", "代码", 1234.5)`。',
    )

    def check(self, answer: Any, given: Given) -> Verdict:
        if not isinstance(answer, (tuple, list)) or len(answer) != 3 or compare.scalar(answer[2]) is None:
            return wrong(self.wanted)
        pair = chosen_pair(list(answer[:2]), given)
        if isinstance(pair, Verdict):
            return pair
        ranked = candidates(given)
        if pair != ranked.index[0]:
            return wrong(self._why_not(pair, ranked))
        verdict = compare.number(answer[2], ranked["yuan"].iloc[0], rel=0.05)
        return verdict if verdict.status == "right" else wrong("amount")

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        ranked = candidates(given)
        best, yuan = in_order(ranked.index[0]), ranked["yuan"].iloc[0]
        highest_lift = ranked["lift"][1:].idxmax()
        others = ranked.index.drop([most_seasonal(ranked), highest_lift])
        return {
            "season": (*in_order(most_seasonal(ranked)), yuan),
            "popular": (*in_order(pairs(given)["support"].idxmax()), yuan),
            "highest_lift": (*in_order(highest_lift), yuan),
            "less_money": (*in_order(others[1]), yuan),
            "amount": (*best, yuan * 6),
            "amount_in_fen": (*best, yuan * 100),
            "no_amount": best,
        }

    def _why_not(self, pair: frozenset[str], ranked: pd.DataFrame) -> str:
        if pair not in ranked.index:
            return "popular"
        if pair == most_seasonal(ranked):
            return "season"
        return "highest_lift" if pair == ranked["lift"][1:].idxmax() else "less_money"


def candidates(given: Given) -> pd.DataFrame:
    """Pairs beyond chance, the most money first; the famous pair if there are none."""
    frequent = pairs(given)[pairs(given)["support"] >= MIN_SUPPORT]
    beyond_chance = frequent[frequent["surprise"] > SURPRISING]
    if beyond_chance.empty:
        beyond_chance = pairs(given).loc[[frozenset(famous_pair(given))]]
    return beyond_chance.sort_values("yuan", ascending=False)


def most_seasonal(ranked: pd.DataFrame) -> frozenset[str]:
    """The pair that loses most money when the quarters are kept apart."""
    return (ranked["in_lump"] - ranked["yuan"]).idxmax()
