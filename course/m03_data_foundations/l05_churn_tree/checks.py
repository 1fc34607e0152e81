"""Checks of lab 3.5: label from raw tables, leak, riskiest leaf, pruning, profit of a call list."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong
from labkit.exercises.quiz import Option, Quiz

FEWEST_LEAVES, MOST_LEAVES = 4, 60
LEAK = "final_bill_flag"
WANTED_TREE = Text(
    "A fitted DecisionTreeClassifier is wanted, as `grown(…)` returns it.",
    "这里要一棵拟合好的 DecisionTreeClassifier，即 `grown(…)` 的返回值。",
)
NOT_FEATURES = ("subscriber_id", "snapshot_on", "churned")


class ChurnedNextMonth(Exercise):
    name = "churned_next_month"
    hints = (
        Text(
            "Begin with who is there at the end of the cut-off day: joined by then, and not yet gone.",
            "先确定截止日终谁在网：那时已经入网，而且还没有离开。",
        ),
        Text(
            "A missing `left_on` compares as False with everything, so `~(left_on <= cutoff)` keeps those who never left.",
            "缺失的 `left_on` 与任何日期比较都得 False，所以 `~(left_on <= cutoff)` 会保留从未离网的人。",
        ),
        Text(
            '`active = subscribers[was_there].set_index("subscriber_id")`, then compare `active["left_on"]` with '
            "`cutoff + pd.offsets.MonthEnd(1)`.",
            '先 `active = subscribers[was_there].set_index("subscriber_id")`，再把 `active["left_on"]` 与 '
            "`cutoff + pd.offsets.MonthEnd(1)` 相比较。",
        ),
    )
    matters = Text(
        "Half of all broken churn models are broken here: a label that contains people who could no longer leave, or a "
        "window that is not the month the desk can act in.",
        "出问题的离网模型，一半就坏在这里：标签里混进了已经走不了的人，或者时间段根本不是专席能行动的那个月。",
    )
    mistakes = {
        "had_already_left": Text(
            "Your answer contains customers who had already left by the cut-off. Nobody can leave twice.",
            "你的答案里有截止日之前就已离网的用户。没有人能走两次。",
        ),
        "not_yet_joined": Text(
            "Your answer contains people who joined after the cut-off. On that day nobody knew them.",
            "你的答案里有截止日之后才入网的人。那一天谁也不认识他们。",
        ),
        "only_leavers": Text(
            "Your answer holds leavers only. Those who stay belong in it too, with False.",
            "你的答案里只有离网的人。留下的人也要在内，值为 False。",
        ),
        "any_time_later": Text(
            "You count everybody who leaves at any time later. The outcome window is one calendar month.",
            "你把以后任何时候离网的都算了进来。表现期只有一个自然月。",
        ),
        "month_after_next": Text(
            "The window is a month too late: the outcome is the month directly after the cut-off.",
            "时间段晚了一个月：表现期是截止日之后紧接着的那个月。",
        ),
        "thirty_days": Text(
            "Thirty days are not a calendar month; look at a cut-off that is followed by a shorter or longer one.",
            "三十天不等于一个自然月；找一个后面跟着长月或短月的截止日看看。",
        ),
    }
    cutoffs = ("2025-01-31", "2025-06-30", "2025-10-31")

    def check(self, answer: Any, given: Given) -> Verdict:
        return compare.function(answer, [self._case(given, cutoff) for cutoff in self.cutoffs])

    def _case(self, given: Given, cutoff: str) -> tuple[tuple, Any]:
        expected = _labels(given, cutoff)
        mistakes = {name: functools.partial(_labels, given, cutoff, name) for name in self.mistakes}
        arguments = (given.table("subscribers"), pd.Timestamp(cutoff))
        return arguments, lambda result: _judge_labels(result, expected, mistakes)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda subscribers, cutoff: _labels(given, f"{cutoff:%Y-%m-%d}", mistake)

        return {
            "had_already_left": made("had_already_left"),
            "all_who_ever_joined": lambda subscribers, cutoff: (
                subscribers.set_index("subscriber_id")["left_on"] > cutoff
            ),
            "not_yet_joined": made("not_yet_joined"),
            "only_leavers": made("only_leavers"),
            "any_time_later": made("any_time_later"),
            "month_after_next": made("month_after_next"),
            "thirty_days": made("thirty_days"),
            "one_number": lambda subscribers, cutoff: 0.027,
            "raises": lambda subscribers: subscribers,
        }


def _labels(given: Given, cutoff: str, mistake: str = "") -> pd.Series:
    """Subscriber → left in the next month?, by SQL; with ``mistake``, what that mistake leads to."""
    there = {
        "had_already_left": "joined_on <= day",
        "not_yet_joined": "left_on IS NULL OR left_on > day",
        "only_leavers": "left_on > day AND left_on < first_day + INTERVAL 2 MONTH",
    }.get(mistake, "joined_on <= day AND (left_on IS NULL OR left_on > day)")
    outcome = {
        "any_time_later": "left_on > day",
        "month_after_next": "left_on >= first_day + INTERVAL 2 MONTH AND left_on < first_day + INTERVAL 3 MONTH",
        "thirty_days": "left_on > day AND left_on <= day + INTERVAL 30 DAY",
    }.get(mistake, "left_on < first_day + INTERVAL 2 MONTH")
    rows = given.sql(f"""
        WITH cut AS (SELECT TIMESTAMP '{cutoff}' AS day, date_trunc('month', TIMESTAMP '{cutoff}') AS first_day)
        SELECT subscriber_id, coalesce({outcome}, false) AS churned FROM subscribers, cut WHERE {there}
    """)
    return rows.set_index("subscriber_id")["churned"]


def _judge_labels(result: Any, expected: pd.Series, mistakes: Mapping[str, Any]) -> Verdict:
    """Who is in the answer first, then what it says about them."""
    given = _as_labels(result)
    if given is None:
        return wrong(compare.WANTED_VALUES.fill(kind=compare.kind_of(result)))
    missing, extra = expected.index.difference(given.index), given.index.difference(expected.index)
    if len(extra):
        for name in ("had_already_left", "not_yet_joined"):
            if extra.isin(mistakes[name]().index).any():
                return wrong(name)
        return wrong(compare.EXTRA_LABELS.fill(count=len(extra)))
    if len(missing):
        only_leavers = len(given) > 0 and given.all()
        return (
            wrong("only_leavers") if only_leavers else wrong(compare.MISSING_LABELS.fill(count=len(missing)))
        )
    given = given.reindex(expected.index)
    if given.equals(expected):
        return right()
    for name in ("any_time_later", "month_after_next", "thirty_days"):
        if given.equals(mistakes[name]().reindex(expected.index)):
            return wrong(name)
    return wrong(compare.VALUES_DIFFER.fill(count=int((given != expected).sum()), total=len(expected)))


def _as_labels(result: Any) -> pd.Series | None:
    """A Series by subscriber, also from a table with the columns subscriber_id and one more; None otherwise."""
    if isinstance(result, pd.DataFrame):
        table = result.set_index("subscriber_id") if "subscriber_id" in result else result
        result = table["churned"] if "churned" in table else table.iloc[:, 0] if table.shape[1] == 1 else None
    if not isinstance(result, pd.Series) or not result.index.is_unique or result.isna().any():
        return None
    if not (pd.api.types.is_bool_dtype(result) or pd.api.types.is_numeric_dtype(result)):
        return None
    return result.astype(float).eq(1.0)


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
    from sklearn.tree import DecisionTreeClassifier

    table = _labelled(given)
    features, churned = _features(table), table["churned"].to_numpy(dtype=bool)
    history, list_day = _history_and_list_day(table, given)
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


def _labelled(given: Given) -> pd.DataFrame:
    table = given.table("churn")
    return table[table["churned"].notna()].reset_index(drop=True)


def _features(table: pd.DataFrame) -> pd.DataFrame:
    """The lab's features: numbers as they are, categories as one yes/no column per value, no leak."""
    table = table.drop(columns=[*NOT_FEATURES, LEAK], errors="ignore")
    numbers = table.select_dtypes(["number", "bool", "boolean"])
    codes = table.select_dtypes(["category", "object", "string"])
    codes = codes.loc[:, codes.nunique().between(2, 20)]
    codes = pd.get_dummies(codes, prefix_sep="=") if codes.shape[1] else codes
    return pd.concat([numbers, codes], axis=1).astype("float32")


def _history_and_list_day(table: pd.DataFrame, given: Given) -> tuple[np.ndarray, np.ndarray]:
    """Rows with a known label, and rows of the list day: the lab's split."""
    if "snapshot_on" in table and table["snapshot_on"].nunique() >= 7:
        month = table["snapshot_on"].rank(method="dense").to_numpy()
        return month <= month.max() - 3, month == month.max() - 1
    place = (
        pd.Series(given.rng("split").random(len(table)))
        .groupby(table["churned"].astype(bool))
        .rank(pct=True)
        .to_numpy()
    )
    return place <= 0.7, place > 0.7


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
        table = _labelled(given)
        history, list_day = _history_and_list_day(table, given)
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

        features = _features(today).reindex(columns=getattr(tree, "feature_names_in_", None), fill_value=0)
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

        table = _labelled(given)
        churned, features = table["churned"].astype(bool), _features(table)
        history, _ = _history_and_list_day(table, given)

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


class CampaignProfit(Exercise):
    name = "campaign_profit"
    hints = (
        Text(
            "Three steps: who is called, what the saved ones bring in, what all the called ones cost.",
            "三步：打给谁，留住的人带来多少，所有接到电话的人一共花多少。",
        ),
        Text(
            '`scored.nlargest(round(share * len(scored)), "risk")` is the list; `churned.sum()` counts its leavers.',
            '`scored.nlargest(round(share * len(scored)), "risk")` 就是名单；`churned.sum()` 数出其中的离网者。',
        ),
        Text(
            "Earned: leavers × save rate × margin × months. Spent: everybody called × (call + offer).",
            "赚到：离网者 × 挽留成功率 × 毛利 × 月数。花掉：所有接到电话的人 ×（电话 + 优惠）。",
        ),
    )
    matters = Text(
        "Now every score, list and assumption can be compared in one unit that the board understands.",
        "现在，任何评分、名单和假设都能用董事会听得懂的同一个单位来比较了。",
    )
    mistakes = {
        "safest_called": Text(
            "You call the *safest* customers. Sort the other way.", "你打给了*最安全*的用户。排序方向反了。"
        ),
        "not_sorted": Text(
            "You call the first rows of the table. The list goes by risk, highest first.",
            "你打给了表里最前面的行。名单要按风险从高到低排。",
        ),
        "all_saved": Text(
            "You count every leaver as saved. Only the stated share lets itself be persuaded.",
            "你把所有离网者都算作留住了。只有假设的那个比例会被劝住。",
        ),
        "offer_only_if_saved": Text(
            "You pay for the offer only where it worked. Everybody who is called gets it.",
            "你只给被留住的人算了优惠成本。凡是接到电话的人都会拿到优惠。",
        ),
        "one_month": Text(
            "A saved customer pays for more than one month.", "留住的用户贡献的不止一个月的毛利。"
        ),
        "everybody_called": Text(
            "You call everybody. Only the given share is called.", "你打给了所有人。只该打给指定的那个比例。"
        ),
        "no_costs": Text("What do the calls and offers cost?", "电话和优惠不要钱吗？"),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        cases = []
        for number, (share, terms) in enumerate(self._settings()):
            scored = self._scored(given, number)
            cases.append(
                ((scored, share, terms), functools.partial(self._judge, scored.copy(), share, terms))
            )
        return compare.function(answer, cases)

    def _judge(self, scored: pd.DataFrame, share: float, terms: dict[str, float], result: Any) -> Verdict:
        mistakes = {name: self._profit(scored, share, terms, name) for name in self.mistakes}
        return compare.number(result, self._profit(scored, share, terms), rel=1e-6, mistakes=mistakes)

    @staticmethod
    def _settings() -> list[tuple[float, dict[str, float]]]:
        return [
            (0.10, {"call_yuan": 5, "offer_yuan": 8, "save_rate": 0.30, "margin_yuan": 45, "months": 12}),
            (0.25, {"call_yuan": 3, "offer_yuan": 21, "save_rate": 0.55, "margin_yuan": 31, "months": 9}),
        ]

    @staticmethod
    def _scored(given: Given, number: int) -> pd.DataFrame:
        """A thousand invented customers in random order, all with a risk of their own."""
        rng = given.rng(f"profit/{number}")
        risk = rng.permutation(np.arange(1, 1_001)) / 1_001
        return pd.DataFrame(
            {"subscriber_id": rng.permutation(1_000), "risk": risk, "churned": rng.random(1_000) < risk / 3}
        )

    @staticmethod
    def _profit(scored: pd.DataFrame, share: float, terms: Mapping[str, float], mistake: str = "") -> float:
        """The profit from counts above a threshold on risk, where the solution sorted the table."""
        churned, risk = scored["churned"].to_numpy(), scored["risk"].to_numpy()
        called = risk >= np.quantile(risk, 1 - share, method="higher")
        if mistake == "safest_called":
            called = risk <= np.quantile(risk, share, method="lower")
        if mistake == "not_sorted":
            called = np.arange(len(risk)) < share * len(risk)
        if mistake == "everybody_called":
            called = np.ones(len(risk), dtype=bool)
        size = round(share * len(risk)) if mistake != "everybody_called" else len(risk)
        saved = churned[called][:size].sum() * (1 if mistake == "all_saved" else terms["save_rate"])
        earned = saved * terms["margin_yuan"] * (1 if mistake == "one_month" else terms["months"])
        offers = saved if mistake == "offer_only_if_saved" else size
        spent = size * terms["call_yuan"] + offers * terms["offer_yuan"]
        return float(earned - (0 if mistake == "no_costs" else spent))

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda scored, share, terms: self._profit(scored, share, terms, mistake)

        return {
            "safest_called": made("safest_called"),
            "not_sorted": made("not_sorted"),
            "all_saved": made("all_saved"),
            "offer_only_if_saved": made("offer_only_if_saved"),
            "one_month": made("one_month"),
            "everybody_called": made("everybody_called"),
            "no_costs": made("no_costs"),
            "a_table": lambda scored, share, terms: scored,
        }


EXERCISES = (ChurnedNextMonth(), LeakColumn(), RiskiestLeaf(), FinalTree(), CampaignProfit())

QUIZZES = (
    Quiz(
        "gap",
        Text(
            "A colleague splits all rows of `churn` at random into two halves, drops the final bill, and is delighted with her tree. "
            "What is wrong with her test?",
            "一位同事把 `churn` 的所有行随机分成两半，删掉了结清账单，对她的树非常满意。她的检验错在哪里？",
        ),
        (
            Option(
                Text(
                    "The same customer, a month older, stands in both halves, and the test lies before the training in time",
                    "同一位用户只差一个月，两半里都有；而且检验数据的时间在训练数据之前",
                ),
                Text(
                    "Yes. The test rewards remembering customers, and the model is asked about a past that its training has already seen.",
                    "对。这样的检验奖励的是“记住用户”，而且考的是训练时已经见过的过去。",
                ),
                right=True,
            ),
            Option(
                Text("Half of the rows is too little to train on", "一半的行太少，不够训练"),
                Text(
                    "She has tens of thousands. The halves are large; they are just not independent.",
                    "她有几万行。两半都够大，只是彼此不独立。",
                ),
            ),
            Option(
                Text("A random split changes the churn rate", "随机切分会改变离网率"),
                Text(
                    "Hardly, with so many rows. And AUC does not depend on the rate.",
                    "行数这么多，几乎不会变。而且 AUC 与离网率高低无关。",
                ),
            ),
            Option(
                Text("Nothing, the leak is gone", "没有问题，泄漏已经去掉了"),
                Text("One leak is gone. Time itself is the other.", "去掉的只是一处泄漏，时间本身是另一处。"),
            ),
        ),
    ),
    Quiz(
        "memory",
        Text(
            "Next month's tree starts with another question than this month's, yet its AUC is the same. What do you tell Lin Yue?",
            "下个月重新长出来的树，第一个问题和这个月的不同，AUC 却一样。你怎么向林悦解释？",
        ),
        (
            Option(
                Text(
                    "Several drivers are about equally strong; chance decides which one is asked first, so do not read a ranking of causes into it",
                    "几个驱动因素强度相近，谁排第一由偶然决定，所以不要把问题的先后当成原因的排名",
                ),
                Text(
                    "Yes. The list hardly changes, only the story told about it.",
                    "对。名单几乎没变，变的只是讲故事的顺序。",
                ),
                right=True,
            ),
            Option(
                Text(
                    "Customers have changed their minds, so the campaign must change",
                    "用户的想法变了，营销活动也要跟着变",
                ),
                Text(
                    "Then the old tree would sort the new month badly. Test that before you say it.",
                    "真是那样，旧树在新月份上就会排得很差。先检验，再下结论。",
                ),
            ),
            Option(
                Text("One of the two trees has a bug", "两棵树里有一棵写错了"),
                Text(
                    "Equal AUC on unseen customers is what two good trees look like.",
                    "在没见过的用户上 AUC 相同，正是两棵好树的样子。",
                ),
            ),
            Option(
                Text(
                    "The first question is the most important one, so use the newer tree",
                    "第一个问题最重要，所以用新的那棵",
                ),
                Text(
                    "First means best by a hair on these rows, not most important.",
                    "排第一，只说明在这些行上略胜一筹，不等于最重要。",
                ),
            ),
        ),
    ),
    Quiz(
        "save_rate",
        Text(
            "A pilot shows that the save rate is half of what was assumed. Everything else holds. What happens to the list?",
            "试点表明，挽留成功率只有假设的一半，其他都不变。名单应该怎么办？",
        ),
        (
            Option(
                Text(
                    "It gets shorter: the churn rate from which a call pays doubles, so fewer customers are above it",
                    "缩短：打电话不亏所需的离网率翻倍，高于它的用户变少",
                ),
                Text(
                    "Yes. The ranking stays, the place where it is cut moves up.",
                    "对。排序不变，截断的位置上移。",
                ),
                right=True,
            ),
            Option(
                Text("It gets longer, to make up for the customers who are lost", "加长，以弥补留不住的用户"),
                Text(
                    "Every customer added has a lower risk than those before, and each call now pays less.",
                    "后加的用户风险都更低，而现在每通电话赚得更少。",
                ),
            ),
            Option(
                Text("It stays, only the profit halves", "不变，只是利润减半"),
                Text(
                    "The earnings halve, the costs do not; so customers near the edge now lose money.",
                    "减半的是收入，成本不减；处在边缘的用户现在是亏的。",
                ),
            ),
            Option(
                Text("It has to be ranked again, because the risks have changed", "要重新排序，因为风险变了"),
                Text(
                    "Nobody's risk of leaving depends on how well the desk persuades.",
                    "谁会走，与专席劝得好不好无关。",
                ),
            ),
        ),
    ),
)
