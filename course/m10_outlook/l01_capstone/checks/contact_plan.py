"""Who hears what through which channel in January."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, wrong

from .profit import passed

ENOUGH = 0.95
CALLS, CONTACTS, BUDGET_YUAN = 2, 3, 2.05
KEY = ["customer_id", "offer", "channel"]
PRICES = [(call, yuan) for call in (17, 18, 19) for yuan in (2.15, 2.3)]
"""Prices of a call and of a yuan. Any prices bound the profit from above; these are close to the best ones."""
WANTED = Text(
    "A table with the columns customer_id, offer and channel is wanted, not {kind}.",
    "这里要的是含 customer_id、offer、channel 三列的表，而不是 {kind}。",
)
NO_SUCH_ROWS = Text(
    "{count} row(s) are not a customer, offer and channel of `offer_scores`, or stand twice.",
    "有 {count} 行不是 `offer_scores` 中的客户、产品和渠道组合，或者重复了。",
)


class ContactPlan(Exercise):
    name = "contact_plan"
    needs_truth = True
    hints = (
        Text(
            "Play with the panel: a price that is too low breaks a limit, one that is too high leaves a limit unused.",
            "先玩旋钮：价格太低会突破上限，太高则上限用不满。",
        ),
        Text(
            "Calls run out first: raise their price until they fit, then the price of a yuan, then look at calls again.",
            "最先用光的是电话：先把电话的价格调到放得下，再调一元钱的价格，然后回头看电话。",
        ),
        Text(
            "`contact_plan = trimmed(plan_at(price_of_call, price_of_yuan))` with two numbers from the panel that nearly fit, "
            'or with those that `minimize(bound, (10, 1), method="Nelder-Mead").x` finds.',
            "`contact_plan = trimmed(plan_at(电话价格, 一元钱的价格))`，填入旋钮试出的、几乎放得下的两个数，"
            '或 `minimize(bound, (10, 1), method="Nelder-Mead").x` 找到的两个数。',
        ),
    )
    matters = Text(
        "A price tells every branch what a call costs the bank, without anybody seeing the whole list.",
        "有了价格，每个网点都知道一通电话对全行意味着多少钱，而谁也不必看到整份名单。",
    )
    mistakes = {
        "opted_out": Text(
            "The plan addresses customers who opted out. They are off every list.",
            "计划里有已经退订的客户。任何名单都不能有他们。",
        ),
        "too_many_calls": Text(
            "Somebody would be called more than twice in the month.", "有人一个月会接到两通以上的电话。"
        ),
        "too_many_contacts": Text(
            "Somebody would be contacted more than three times in the month.", "有人一个月会被接触三次以上。"
        ),
        "same_offer_twice": Text(
            "Somebody would hear of the same offer through two channels.",
            "有人会从两个渠道收到同一种产品的推荐。",
        ),
        "over_capacity": Text(
            "A channel is given more contacts than it can take. Its price is too low.",
            "有渠道的接触量超过了容量。它的价格太低。",
        ),
        "over_budget": Text(
            "The plan costs more than the budget. The price of a yuan is too low.",
            "计划的花费超过预算。一元钱的价格太低。",
        ),
        "money_left": Text(
            "Inside the policy, but calls or budget are left unused. Lower the prices a little.",
            "没有违反策略，但电话或预算没有用满。把价格调低一些。",
        ),
        "greedy": Text(
            "Inside the policy and everything is used, but on the wrong people: some calls go where a message would do almost as well.",
            "没有违反策略，也都用满了，但没用在该用的人身上：有些电话打给了发条消息就差不多的人。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        if not isinstance(answer, pd.DataFrame) or not set(KEY) <= set(answer.columns):
            return wrong(WANTED.fill(kind=compare.kind_of(answer)))
        problem = problem_of(given)
        plan = answer[KEY].astype({"offer": str, "channel": str}).merge(problem.scores, on=KEY)
        lost = len(answer) - len(plan) + int(plan.duplicated(KEY).sum())
        if lost or not len(plan):
            return wrong(NO_SUCH_ROWS.fill(count=lost))
        breach = problem.breach(plan)
        if breach:
            return wrong(breach)
        share = plan["net_yuan"].sum() / problem.bound
        if share >= ENOUGH:
            return passed(share, self.matters)
        use = problem.used(plan)
        return wrong("greedy" if max(use["call"], use["budget"]) > 0.97 else "money_left")

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        problem = problem_of(given)
        best = problem.plan_at(19, 2.4)
        scores, someone = problem.scores, best["customer_id"].iloc[0]
        calls = scores[(scores["channel"] == "call") & ~scores["customer_id"].isin(problem.opted_out)]
        three = calls[calls["customer_id"] == someone].head(3)
        return {
            "opted_out": pd.concat([best, scores[scores["customer_id"].isin(problem.opted_out)].head(1)]),
            "too_many_calls": three,
            "too_many_contacts": scores[scores["customer_id"] == someone].drop_duplicates(
                "offer", keep="last"
            ),
            "same_offer_twice": scores[scores["customer_id"] == someone].head(2),
            "over_capacity": calls.drop_duplicates("customer_id"),
            "over_budget": self._dear(problem),
            "money_left": best.head(len(best) // 2),
            "greedy": problem.greedy(),
            "a_list": best["customer_id"].tolist(),
            "empty": best.head(0),
        }

    @staticmethod
    def _dear(problem: Problem) -> pd.DataFrame:
        """As many calls as there is room for, and a message about another offer to everybody else's phone."""
        offers = problem.worth.columns.get_level_values("offer").unique()
        customers = problem.worth.index
        calls = pd.DataFrame({"customer_id": customers[: int(problem.limits["call"])], "channel": "call"})
        texts = pd.DataFrame({"customer_id": customers[: int(problem.limits["sms"])], "channel": "sms"})
        return pd.concat([calls.assign(offer=offers[0]), texts.assign(offer=offers[1])])


class Problem:
    """Scores, limits and the bound that no plan inside the policy can pass."""

    def __init__(self, given: Given) -> None:
        channels = given.table("contact_channels").astype({"channel": str}).set_index("channel")
        self.cost = channels["cost_fen"].astype(float) / 100
        scores = given.table("offer_scores").astype({"offer": str, "channel": str})
        scores["net_yuan"] = scores["expected_margin_fen"].astype(float) / 100 - scores["channel"].map(
            self.cost
        )
        self.scores = scores[[*KEY, "net_yuan"]]
        gone = given.sql("SELECT DISTINCT customer_id FROM contact_history WHERE outcome = 'opted_out'")
        self.opted_out = pd.Index(gone["customer_id"])
        on_file = scores["customer_id"].nunique()
        self.limits = (channels["capacity_per_1000"] * on_file // 1_000).astype(float)
        self.limits["budget"] = BUDGET_YUAN * on_file
        self.worth = self.scores[~self.scores["customer_id"].isin(self.opted_out)].pivot(
            index="customer_id", columns=["offer", "channel"], values="net_yuan"
        )
        self.bound = min(self._bound(*prices) for prices in PRICES)

    @functools.cached_property
    def bundles(self) -> np.ndarray:
        """Bundles that the policy allows one customer, rows × columns of ``worth``."""
        offers = list(dict.fromkeys(offer for offer, _ in self.worth.columns))
        rows = [
            [bundle[offers.index(offer)] == channel for offer, channel in self.worth.columns]
            for bundle in itertools.product([None, *self.cost.index], repeat=len(offers))
            if bundle.count("call") <= CALLS and len(bundle) - bundle.count(None) <= CONTACTS
        ]
        return np.array(rows, dtype="float32")

    def _priced(self, call: float, yuan: float) -> np.ndarray:
        price = [call * (channel == "call") + yuan * self.cost[channel] for _, channel in self.worth.columns]
        return (self.worth.to_numpy() - np.array(price)).astype("float32") @ self.bundles.T

    def _bound(self, call: float, yuan: float) -> float:
        best = self._priced(call, yuan).max(axis=1).sum(dtype=float)
        return float(best + call * self.limits["call"] + yuan * self.limits["budget"])

    def plan_at(self, call: float, yuan: float) -> pd.DataFrame:
        """Everybody's best bundle at these prices."""
        chosen = self.bundles[self._priced(call, yuan).argmax(axis=1)].astype(bool)
        row, column = np.nonzero(chosen)
        return self.worth.columns[column].to_frame(index=False).assign(customer_id=self.worth.index[row])

    def greedy(self) -> pd.DataFrame:
        """Down the list of net values, each offer and customer once, until calls and budget are used up."""
        rows = self.scores[~self.scores["customer_id"].isin(self.opted_out) & (self.scores["net_yuan"] > 0)]
        rows = rows.sort_values("net_yuan", ascending=False).drop_duplicates(["customer_id", "offer"])
        is_call = rows["channel"] == "call"
        rows = rows[~is_call | (is_call.groupby(rows["customer_id"]).cumsum() <= CALLS)]
        rows = rows.groupby("customer_id").head(CONTACTS)
        rows = rows[rows.groupby("channel").cumcount() < rows["channel"].map(self.limits)]
        return rows[rows["channel"].map(self.cost).cumsum() <= self.limits["budget"]]

    def used(self, plan: pd.DataFrame) -> pd.Series:
        """Share of each limit that a plan uses."""
        amounts = plan["channel"].value_counts().reindex(self.limits.index).fillna(0)
        amounts["budget"] = plan["channel"].map(self.cost).sum()
        return amounts / self.limits

    def breach(self, plan: pd.DataFrame) -> str:
        """Name of the first rule that a plan breaks; empty if none."""
        use = self.used(plan)
        calls = plan[plan["channel"] == "call"].groupby("customer_id").size()
        broken = {
            "opted_out": plan["customer_id"].isin(self.opted_out).any(),
            "same_offer_twice": plan.duplicated(["customer_id", "offer"]).any(),
            "too_many_calls": bool(len(calls)) and calls.max() > CALLS,
            "too_many_contacts": plan.groupby("customer_id").size().max() > CONTACTS,
            "over_capacity": (use.drop("budget") > 1 + 1e-9).any(),
            "over_budget": use["budget"] > 1 + 1e-9,
        }
        return next((name for name, is_broken in broken.items() if is_broken), "")


@functools.lru_cache(maxsize=4)
def problem_of(given: Given) -> Problem:
    """The planning problem of the data in use."""
    return Problem(given)
