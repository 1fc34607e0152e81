"""Exercises of lab 3.3. Expected values are counted in SQL; the lab counts them in pandas and on bits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong
from labkit.exercises.quiz import Option, Quiz

FAMOUS = ("diapers", "beer")
CHAIN_MEMBERS, RESPONDING = 800_000, 0.10
MIN_SUPPORT, SURPRISING = 0.003, 4.5
"""In standard deviations: stricter than Holm's bar for any number of pairs up to fifteen thousand."""
MOST_COMMON_ITEMS = 400
"""Pairs are counted among so many; an own file's rarer items make no pair that matters here."""
TWO_ITEMS = Text(
    'Two item codes are wanted here: `("item", "item")`.', '这里要的是两个商品代码：`("代码", "代码")`。'
)
UNKNOWN_ITEM = Text(
    "Two different codes of the column `item` in `baskets` are wanted.",
    "这里要的是 `baskets` 的 `item` 列里两个不同的代码。",
)


def remembered(count: Callable[[Given], Any]) -> Callable[[Given], Any]:
    """Count once per data set, and forget the numbers together with the data set."""
    known: WeakKeyDictionary[Given, Any] = WeakKeyDictionary()

    def counted(given: Given) -> Any:
        if given not in known:
            known[given] = count(given)
        return known[given]

    return counted


@remembered
def famous_pair(given: Given) -> tuple[str, str]:
    """Diapers and beer, or an own file's two best sellers."""
    sold = given.sql(
        "SELECT CAST(item AS VARCHAR) AS item, count(DISTINCT basket_id) AS n FROM baskets "
        "GROUP BY 1 ORDER BY n DESC, 1"
    )["item"]
    return FAMOUS if set(FAMOUS) <= set(sold) else tuple(sold[:2])  # type: ignore[return-value]


@remembered
def crossed(given: Given) -> dict[str, int]:
    """For the famous pair: baskets with the first, the second, either, both; all baskets, all lines."""
    first, second = (item.replace("'", "''") for item in famous_pair(given))
    counts = given.sql(
        f"""WITH receipts AS (SELECT bool_or(item = '{first}') AS one, bool_or(item = '{second}') AS other,
                              count(*) AS lines FROM baskets GROUP BY basket_id)
        SELECT count(*) FILTER (one) AS first, count(*) FILTER (other) AS second,
               count(*) FILTER (one OR other) AS either, count(*) FILTER (one AND other) AS both,
               count(*) AS baskets, sum(lines) AS lines FROM receipts"""
    )
    return {name: int(value) for name, value in counts.iloc[0].items()}


def counts_by_quarter(given: Given) -> pd.DataFrame:
    """Baskets with both, with each, and in all, for every pair of items and quarter."""
    dated = "bought_at" in given.sql("SELECT * FROM baskets LIMIT 0").columns
    part = "date_trunc('quarter', any_value(bought_at))" if dated else "0"
    receipts = f"SELECT basket_id, {part} AS part FROM baskets GROUP BY basket_id"
    n_items = given.sql("SELECT count(DISTINCT item) AS n FROM baskets")["n"].item()
    only_common = "SEMI JOIN common USING (item)" if n_items > MOST_COMMON_ITEMS else ""
    largest = given.sql(f"SELECT max(n) AS n FROM (SELECT count(*) AS n FROM ({receipts}) GROUP BY part)")
    return given.sql(
        f"""WITH receipts AS MATERIALIZED (
            SELECT *, CAST(row_number() OVER (PARTITION BY part) AS INTEGER) AS place FROM ({receipts})),
        common AS (SELECT item FROM baskets GROUP BY item ORDER BY count(*) DESC, item LIMIT {MOST_COMMON_ITEMS}),
        held AS MATERIALIZED (
            SELECT part, item, bitstring_agg(place, 1, {largest["n"].item()}) AS places
            FROM baskets {only_common} JOIN receipts USING (basket_id) GROUP BY ALL),
        counted AS MATERIALIZED (
            SELECT part, CAST(item AS VARCHAR) AS item, places, bit_count(places) AS n FROM held),
        size AS (SELECT part, count(*) AS n FROM receipts GROUP BY part)
        SELECT a.item AS first, b.item AS second, size.n AS n, a.n AS n_first, b.n AS n_second,
               bit_count(a.places & b.places) AS n_both
        FROM counted a JOIN counted b USING (part) JOIN size USING (part)
        WHERE a.item < b.item ORDER BY part, first, second"""
    )


@remembered
def pairs(given: Given) -> pd.DataFrame:
    """Every pair of items, by frozenset: support, lift, surprise, yuan a month, and yuan in one lump.

    Also ``first`` and ``second``, the rarer one first: that direction has the higher confidence.
    """
    counts = counts_by_quarter(given)
    total = counts.groupby(["first", "second"], as_index=False).sum()
    n, one, other = total["n"], total["n_first"], total["n_second"]
    by_chance = one * other / n
    total["support"], total["lift"] = total["n_both"] / n, total["n_both"] / by_chance
    total["surprise"] = (total["n_both"] - by_chance) / np.sqrt(by_chance * (1 - one / n) * (1 - other / n))
    month = RESPONDING * CHAIN_MEMBERS / np.prod(months_and_members(given))
    within = (
        counts["first"].to_frame().assign(second=counts["second"], yuan=month * shelf_yuan(counts, given))
    )
    total["yuan"] = within.groupby(["first", "second"])["yuan"].sum().to_numpy()
    total["in_lump"] = month * shelf_yuan(total, given)
    swapped = one > other
    total.loc[swapped, ["first", "second"]] = total.loc[swapped, ["second", "first"]].to_numpy()
    both = zip(total["first"], total["second"], strict=True)
    return total.set_index(pd.Index([frozenset(pair) for pair in both], tupleize_cols=False))


def shelf_yuan(counts: pd.DataFrame, given: Given) -> pd.Series:
    """Margin of the buyers of one item alone who would add the other if all of the pull responded."""
    margin = margins(given)
    yuan = pd.Series(0.0, index=counts.index)
    for puller, pulled in (("first", "second"), ("second", "first")):
        pull = counts["n_both"] / counts[f"n_{puller}"] - counts[f"n_{pulled}"] / counts["n"]
        yuan += (counts[f"n_{puller}"] - counts["n_both"]) * pull * counts[pulled].map(margin).fillna(1.0)
    return yuan


def margins(given: Given) -> pd.Series:
    """Gross margin of one unit in yuan; empty where the items table does not say."""
    items = given.table("items")
    if not {"price_fen", "margin_share"} <= set(items.columns):
        return pd.Series(dtype=float)
    return (items["price_fen"] * items["margin_share"] / 100).set_axis(items["item"].astype(str))


@remembered
def months_and_members(given: Given) -> tuple[int, int]:
    """What the receipts cover; one month and the whole chain where they do not say."""
    known = given.sql("SELECT * FROM baskets LIMIT 0").columns
    months = "count(DISTINCT date_trunc('month', bought_at))" if "bought_at" in known else "1"
    members = "count(DISTINCT member_id)" if "member_id" in known else str(CHAIN_MEMBERS)
    row = given.sql(f"SELECT {months} AS months, {members} AS members FROM baskets").iloc[0]
    return int(row["months"]), int(row["members"])


def chosen_pair(answer: Any, given: Given) -> frozenset[str] | Verdict:
    """Read a pair of item codes from any collection, or return the verdict on its form."""
    if isinstance(answer, (pd.Series, pd.Index, np.ndarray)):
        answer = answer.tolist()
    if not isinstance(answer, (tuple, list, set, frozenset)) or len(answer) != 2:
        return wrong(TWO_ITEMS)
    if not all(type(item) in {str, np.str_} for item in answer):
        return wrong(TWO_ITEMS)
    pair = frozenset(map(str, answer))
    return pair if pair in pairs(given).index else wrong(UNKNOWN_ITEM)


def in_order(pair: frozenset[str]) -> tuple[str, ...]:
    """The two items in the order of the alphabet."""
    return tuple(sorted(pair))


class PairSupport(Exercise):
    """Read it off: one share."""

    name = "pair_support"
    hints = (
        Text(
            "The numerator: baskets that are in both sets. The denominator: all baskets.",
            "分子：同时属于两个集合的购物篮；分母：全部购物篮。",
        ),
        Text(
            "`a & b` is what two sets have in common; `len` counts.",
            "`a & b` 是两个集合的交集，`len` 用来计数。",
        ),
        Text(
            "Almost the code: `len(with_antecedent & with_consequent) / …`",
            "代码大致是：`len(with_antecedent & with_consequent) / …`",
        ),
    )
    matters = Text(
        "Support says how big the effect can be at most: nobody moves a shelf for a handful of baskets.",
        "支持度决定了效果最多能有多大：没有人会为寥寥几个购物篮去动货架。",
    )
    mistakes = {
        "divided_by_lines": Text(
            "You divided by the lines of the table. One basket has many lines: count receipts.",
            "你除以了表的行数。一个购物篮有很多行，请数小票。",
        ),
        "either": Text(
            "That is the share with at least one of the two (`|`); both is wanted (`&`).",
            "这是至少含其中一种（`|`）的占比，这里要的是两种都有（`&`）。",
        ),
        "confidence": Text(
            "You divided by the baskets with one of the items: that is a confidence. Divide by all baskets.",
            "你除以了含其中一种商品的购物篮数，那是置信度；支持度的分母是全部购物篮。",
        ),
        "other_confidence": Text(
            "You divided by the baskets with the consequent. Divide by all baskets.",
            "你除以了含后项的购物篮数；支持度的分母是全部购物篮。",
        ),
        "count": Text(
            "That is a count; a share between 0 and 1 is wanted.", "这是个数，这里要的是 0 到 1 之间的占比。"
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        wrong_values = {
            name: value for name, value in self.wrong_answers(given).items() if name in self.mistakes
        }
        n = crossed(given)
        return compare.number(answer, n["both"] / n["baskets"], rel=1e-4, share=True, mistakes=wrong_values)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        n = crossed(given)
        return {
            "divided_by_lines": n["both"] / n["lines"],
            "either": n["either"] / n["baskets"],
            "confidence": n["both"] / n["first"],
            "other_confidence": n["both"] / n["second"],
            "count": n["both"],
            "in_percent": 100 * n["both"] / n["baskets"],
            "slightly_off": 1.02 * n["both"] / n["baskets"],
        }


class BothConfidences(Exercise):
    """The direction of a rule: same numerator, two denominators."""

    name = "both_confidences"
    hints = (
        Text(
            "Both confidences have the same numerator. Which baskets does each one divide by?",
            "两个置信度的分子相同，各自除以哪些购物篮？",
        ),
        Text(
            "The rule that starts from diapers looks only at baskets with diapers.",
            "从尿布出发的规则，只看含尿布的购物篮。",
        ),
        Text(
            "Almost the code: `{antecedent: len(… & …) / len(with_antecedent), consequent: …}`",
            "代码大致是：`{antecedent: len(… & …) / len(with_antecedent), consequent: …}`",
        ),
    )
    matters = Text(
        "The two directions differ by as much as the two items differ in popularity. Whoever quotes one number "
        "without its direction has told you half of it.",
        "两个方向相差的倍数，正好是两种商品热销程度相差的倍数。只报一个数而不说方向，等于只说了一半。",
    )
    mistakes = {
        "swapped": Text(
            "Right numbers under the wrong names: the rule that starts from an item divides by that item's baskets.",
            "两个数都算对了，但放反了：从某商品出发的规则，应除以含该商品的购物篮数。",
        ),
        "supports": Text(
            "Both are divided by all baskets: that is the support. A confidence divides by the antecedent's baskets.",
            "两个都除以了全部购物篮，那是支持度。置信度要除以含前项的购物篮数。",
        ),
        "lifts": Text(
            "That is the lift: do not divide by the other item's share yet.",
            "这是提升度：这里还不需要再除以另一种商品的占比。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        (first, second), n = famous_pair(given), crossed(given)
        expected = {first: n["both"] / n["first"], second: n["both"] / n["second"]}
        wrong_values = {
            name: value for name, value in self.wrong_answers(given).items() if name in self.mistakes
        }
        return compare.values(answer, expected, rel=1e-4, mistakes=wrong_values)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        (first, second), n = famous_pair(given), crossed(given)
        forward, backward = n["both"] / n["first"], n["both"] / n["second"]
        support, lift = n["both"] / n["baskets"], forward * n["baskets"] / n["second"]
        return {
            "swapped": {first: backward, second: forward},
            "supports": {first: support, second: support},
            "lifts": {first: lift, second: lift},
            "only_one": {first: forward},
            "in_percent": {first: 100 * forward, second: 100 * backward},
            "slightly_off": {first: forward, second: 1.02 * backward},
        }


class PopularPair(Exercise):
    """High support, high confidence, no information."""

    name = "popular_pair"
    hints = (
        Text("Which number in `popular` says that nothing pulls?", "`popular` 里哪一个数表示毫无拉动？"),
        Text("Look for the row whose lift is closest to 1.", "找出提升度最接近 1 的那一行。"),
        Text(
            'Almost the code: `popular.loc[(popular["lift"] - 1).abs().idxmin(), …]`',
            '代码大致是：`popular.loc[(popular["lift"] - 1).abs().idxmin(), …]`',
        ),
    )
    matters = Text(
        "A best seller is in every list of “what customers also buy”. Without lift, a recommendation is only the "
        "best-seller list in disguise.",
        "畅销品会出现在每一张“顾客还买了”的榜单里。不看提升度，推荐就只是换了包装的畅销榜。",
    )
    mistakes = {
        "not_popular": Text(
            "This pair is not among the twenty most common: it would never make it onto a poster.",
            "这一对不在最常见的二十对之列，根本上不了海报。",
        ),
        "has_pull": Text(
            "This pair's lift is not near 1: it does mean something.",
            "这一对的提升度并不接近 1：它是有意义的。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        pair = chosen_pair(answer, given)
        if isinstance(pair, Verdict):
            return pair
        popular = pairs(given).nlargest(20, "support", keep="all")
        distance = (popular["lift"] - 1).abs()
        if pair in popular.index[(distance <= 0.05) | (distance == distance.min())]:
            return right()
        return wrong("has_pull" if pairs(given)["surprise"][pair] > SURPRISING else "not_popular")

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        ranked = pairs(given).sort_values("support", ascending=False)
        return {
            "not_popular": in_order((ranked["surprise"][20:].abs() < 1).idxmax()),
            "has_pull": in_order(ranked["surprise"].idxmax()),
            "one_item": (famous_pair(given)[0],) * 2,
            "not_a_code": ("a thing", "nobody sells"),
        }


class StrongestRule(Exercise):
    """The highest lift among pairs that are common enough."""

    name = "strongest_rule"
    truths = ("planted_rules",)
    hints = (
        Text("First keep the pairs that are big enough, then rank.", "先留下够大的组合，再排序。"),
        Text(
            "`pairs` has both directions. Sort by lift first and by confidence second.",
            "`pairs` 里两个方向都有。先按提升度、再按置信度排序。",
        ),
        Text(
            'Almost the code: `pairs[pairs["support"] >= …].sort_values(["lift", "confidence"]).iloc[-1]`',
            '代码大致是：`pairs[pairs["support"] >= …].sort_values(["lift", "confidence"]).iloc[-1]`',
        ),
    )
    matters = Text(
        "A threshold on support is a business decision: it says how small a finding may be and still be worth a meeting.",
        "支持度门槛是业务决策：它规定了一个发现至少要多大，才值得开会讨论。",
    )
    mistakes = {
        "too_rare": Text(
            "This pair has a fine lift, but fewer baskets hold it than `big_enough` asks for.",
            "这一对的提升度很漂亮，但含它的购物篮达不到 `big_enough` 的要求。",
        ),
        "direction": Text(
            "The right pair, the wrong way round: compare the two confidences.",
            "组合选对了，方向反了：比较两个方向的置信度。",
        ),
        "most_common": Text(
            "This is the pair with the highest support. Common is not the same as pulling.",
            "这是支持度最高的一对。常见不等于有拉动。",
        ),
        "not_the_strongest": Text(
            "Common enough, but another pair that is common enough has a higher lift.",
            "够常见，但够常见的组合里还有提升度更高的。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        pair = chosen_pair(answer, given)
        if isinstance(pair, Verdict):
            return pair
        enough = big_enough(given)
        if pair == enough["lift"].idxmax():
            best = enough.loc[[pair]].iloc[0]
            turned = not isinstance(answer, (set, frozenset)) and list(answer) == [
                best["second"],
                best["first"],
            ]
            return wrong("direction") if turned and best["n_first"] != best["n_second"] else right()
        if pair not in enough.index:
            return wrong("too_rare")
        return wrong("most_common" if pair == enough["support"].idxmax() else "not_the_strongest")

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        enough = big_enough(given)
        best = enough.nlargest(1, "lift").iloc[0]
        return {
            "too_rare": in_order(pairs(given).drop(enough.index)["n_both"].idxmax()),
            "direction": (best["second"], best["first"]),
            "most_common": in_order(enough["support"].idxmax()),
            "not_the_strongest": in_order(enough["lift"].nlargest(2).index[1]),
            "a_number": 3.5,
        }


def big_enough(given: Given) -> pd.DataFrame:
    """Pairs in a hundredth of the baskets; in fewer where an own file has less than twenty such pairs."""
    support = pairs(given)["support"]
    return pairs(given)[support >= min(0.01, support.nlargest(20).min()) - 1e-9]


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


EXERCISES = (PairSupport(), BothConfidences(), PopularPair(), StrongestRule(), ShelfDecision())

QUIZZES = (
    Quiz(
        "q1",
        question=Text(
            "Of the baskets with tea, 30% hold coffee. Of all baskets, 40% hold coffee. With millions of receipts there is "
            "no doubt about either number. What do tea drinkers tell you about the coffee shelf?",
            "有茶叶的购物篮中 30% 有咖啡，全部购物篮中 40% 有咖啡。小票有几百万张，两个数都毫无疑问。关于咖啡货架，茶客说明了什么？",
        ),
        options=(
            Option(
                Text(
                    "Who takes tea is less likely to take coffee: keep the shelves apart or do not care",
                    "买茶的人更不爱买咖啡：两个货架分开，或者无所谓",
                ),
                Text(
                    "Lift is 0.75. Three in ten looks like a lot until you see that anybody else does it more often.",
                    "提升度是 0.75。十个里有三个看着不少，可别的顾客买得更多。",
                ),
                right=True,
            ),
            Option(
                Text(
                    "Nearly a third of tea baskets hold coffee: a strong rule, shelve them together",
                    "将近三分之一的茶叶购物篮有咖啡：规则很强，应当摆在一起",
                ),
                Text(
                    "A confidence means something only beside the consequent's own share.",
                    "置信度只有与后项自身的占比对照才有意义。",
                ),
            ),
            Option(
                Text(
                    "Nothing: without the share of tea one cannot say",
                    "什么也说明不了：不知道茶叶的占比，无法判断",
                ),
                Text(
                    "Tea's share would give the support. The direction of the pull is already in these two numbers.",
                    "茶叶的占比只影响支持度。拉动的方向，这两个数已经说明了。",
                ),
            ),
        ),
    ),
    Quiz(
        "q2",
        question=Text(
            "The chain doubles its assortment. Everybody goes on buying steak and red wine exactly as before, on the same "
            "number of receipts. What happens to this rule under Holm's correction?",
            "连锁超市的品种翻了一番。大家买牛排和红酒的方式和以前完全一样，小票数量也不变。在 Holm 校正下，这条规则会怎样？",
        ),
        options=(
            Option(
                Text(
                    "Its p-value stays, but the bar gets about four times as high for pairs",
                    "p 值不变，但针对两两组合的门槛会严格到原来的约四倍",
                ),
                Text(
                    "Twice the items make about four times the pairs, and every pair is a question asked of the same receipts.",
                    "品种翻倍，两两组合约为四倍；每一个组合都是向同一批小票多问的一个问题。",
                ),
                right=True,
            ),
            Option(
                Text("Nothing: neither its support nor its lift has changed", "不变：支持度和提升度都没变"),
                Text(
                    "The rule has not changed; the number of chances to be fooled has.",
                    "规则没变，但被巧合骗到的机会变多了。",
                ),
            ),
            Option(
                Text("It becomes more certain, because there is more data", "更可信了，因为数据更多"),
                Text(
                    "More kinds of goods, not more receipts: not one basket was added.",
                    "多的是品种，不是小票：购物篮一个也没增加。",
                ),
            ),
        ),
    ),
    Quiz(
        "q3",
        question=Text(
            "Rice wine and crab: lift 1.4 over the whole chain, 0.9 among the city stores and 0.9 among the county stores. "
            "The regional manager says: “1.4 is the number with the most data, let us go by it.” Your answer?",
            "黄酒与螃蟹：全连锁提升度 1.4，城市门店 0.9，县域门店 0.9。区域经理说：“1.4 用的数据最多，就按它定。”你怎么回答？",
        ),
        options=(
            Option(
                Text(
                    "No store is “the whole chain”: every shelf stands where the lift is 0.9",
                    "没有哪家店是“全连锁”：每个货架都摆在提升度 0.9 的地方",
                ),
                Text(
                    "The 1.4 says that both sell in the same kind of store. A shelf acts inside one store.",
                    "1.4 只说明两样东西在同一类门店好卖。货架只在一家店里起作用。",
                ),
                right=True,
            ),
            Option(
                Text(
                    "Agreed: the two parts have fewer receipts, so 0.9 is just noise twice",
                    "同意：分开后小票更少，两个 0.9 只是噪声",
                ),
                Text(
                    "Noise would not turn both parts round while the total stays high. Mixing unlike stores does just that.",
                    "噪声不会让两个部分都反过来而总体依然很高；把不同类型的门店混在一起才会这样。",
                ),
            ),
            Option(
                Text("Take the average of the three numbers", "取三个数的平均"),
                Text(
                    "The three answer different questions, and only one of them is about a shelf.",
                    "三个数回答的是不同的问题，只有分门店的那个与货架有关。",
                ),
            ),
        ),
    ),
)
