"""Which payments the fraud desk holds."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, wrong

from .profit import list_of, passed

ENOUGH = 0.85
HOLD_YUAN, MOST_YUAN = 12, 500


class TransactionsToHold(Exercise):
    name = "transactions_to_hold"
    needs_truth = True
    truths = ("fraud_truth", "fraud_episodes")
    hints = (
        Text(
            "What does the bank lose on average if it lets this payment pass? Compare that with the price of a call.",
            "放过这笔交易，银行平均损失多少？拿它和一通电话的价钱相比。",
        ),
        Text(
            "The bank's own loss is the amount, at most 500 yuan: `.clip(upper=most_yuan)`.",
            "银行自己承担的损失是交易金额，但最多 500 元：`.clip(upper=most_yuan)`。",
        ),
        Text(
            '`queue.loc[queue["chance"] * queue["amount_yuan"].clip(upper=most_yuan) > hold_yuan, "transaction_id"]`',
            '`queue.loc[queue["chance"] * queue["amount_yuan"].clip(upper=most_yuan) > hold_yuan, "transaction_id"]` 即可。',
        ),
    )
    matters = Text(
        "The cut-off is not a chance but a sum of money: chance times loss against the cost of looking.",
        "该定的临界值不是概率，而是一笔钱：概率乘以损失，与查一次的成本相比。",
    )
    mistakes = {
        "everything": Text(
            "You hold a large part of all payments. Each call to a customer who did nothing costs money and patience.",
            "你拦下了很大一部分交易。每打扰一位无辜的客户，都要花钱，也消耗耐心。",
        ),
        "large_amounts": Text(
            "You hold what is large. Most large payments are furniture and holidays; ask the model as well.",
            "你拦的是大额交易。大额多半是家具和旅游；也要问问模型。",
        ),
        "only_the_sure": Text(
            "Nearly all that you hold is fraud, but much fraud passes. A chance well below one half can be worth a call.",
            "你拦下的几乎都是欺诈，可放过的也很多。概率远低于二分之一的交易，也可能值得打电话。",
        ),
        "new_devices": Text(
            "You hold every new device, as today. Stolen cards and misused terminals show no new device.",
            "凡是新设备你都拦，和今天的做法一样。失窃的卡和被侧录的终端，不会显示新设备。",
        ),
        "too_many_innocent": Text(
            "Too many calls for what they save. Which of them have a chance times loss below the price of a call?",
            "打的电话太多，省下的太少。哪些交易的概率乘以损失，还不到一通电话的钱？",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        truth = gain_of_holds(given)
        chosen = list_of(answer, truth.index, "transaction_id")
        if isinstance(chosen, Verdict):
            return chosen
        share = truth["gain"].reindex(chosen).sum() / truth["gain"].clip(lower=0).sum()
        return passed(share, self.matters) if share >= ENOUGH else wrong(self._mistake(chosen, truth))

    @staticmethod
    def _mistake(chosen: pd.Index, truth: pd.DataFrame) -> str:
        held, frauds = truth.loc[chosen], int(truth["is_fraud"].sum())
        if held["new_device"].mean() > 0.95:
            return "new_devices"
        if len(held) > 0.05 * len(truth):
            return "large_amounts" if held["yuan"].min() > 0.5 * MOST_YUAN else "everything"
        if held["yuan"].min() > 0.5 * MOST_YUAN and held["is_fraud"].mean() < 0.2:
            return "large_amounts"
        sure = held["is_fraud"].mean() > 0.5 and held["is_fraud"].sum() < 0.9 * frauds
        return "only_the_sure" if sure else "too_many_innocent"

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        truth = gain_of_holds(given)
        fraud, innocent = truth[truth["is_fraud"]], truth[~truth["is_fraud"]]
        return {
            "everything": truth.index,
            "large_amounts": truth.index[truth["yuan"] > 400],
            "only_the_sure": fraud.index[::2],
            "new_devices": truth.index[truth["new_device"]].tolist(),
            "too_many_innocent": fraud.index.union(innocent.index[:: len(innocent) // (7 * len(fraud))]),
            "chances": truth["gain"].head(20) + 0.5,
            "empty": [],
        }


@functools.lru_cache(maxsize=4)
def gain_of_holds(given: Given) -> pd.DataFrame:
    """Approved payment of the quarter → amount, new device, fraud that a call reveals, and yuan that holding brings."""
    rows = given.sql(
        "SELECT transaction_id, amount_fen / 100 AS yuan, new_device FROM card_transactions "
        "WHERE happened_at >= '2025-10-01' AND approved"
    ).set_index("transaction_id")
    frauds = given.truth("fraud_truth")
    patterned = frauds.loc[frauds["typology"].astype(str) != "friendly_fraud", "transaction_id"]
    rows["is_fraud"] = rows.index.isin(patterned)
    rows["gain"] = rows["yuan"].clip(upper=MOST_YUAN) * rows["is_fraud"] - HOLD_YUAN
    return rows
