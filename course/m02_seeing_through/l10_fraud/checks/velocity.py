"""How many payments the same card made in the hours before."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from labkit.exercises import Exercise, Given, Text, Verdict, compare, right, wrong

WINDOWS = (6, 36)
"""Hours; the second is longer than a day, so that calendar days cannot pass for it."""


class Velocity(Exercise):
    name = "velocity"
    hints = (
        Text(
            "Sort by time, take each card by itself, and look back from each payment; the payment itself is not before itself.",
            "按时间排序，每张卡单独看，从每笔交易往回看；一笔交易不在它自己之前。",
        ),
        Text(
            '`closed="left"` leaves the present row out of the window; `.count()` counts. The result is sorted by card and time.',
            '`closed="left"` 把当前行留在窗口之外；`.count()` 用来计数。结果按卡和时间排序。',
        ),
        Text(
            '`in_order = log.sort_values(["card_id", "happened_at"])`, then `in_order.groupby("card_id").rolling(f"{hours}h", '
            'on="happened_at", closed="left")["amount_yuan"].count()`; its values belong to `in_order.index`.',
            '先 `in_order = log.sort_values(["card_id", "happened_at"])`，再 `in_order.groupby("card_id").rolling(f"{hours}h", '
            'on="happened_at", closed="left")["amount_yuan"].count()`；这些值对应 `in_order.index`。',
        ),
    )
    matters = Text(
        "A feature that can be computed at the till is worth something; one that cannot makes a model that shines in the "
        "report and is blind at the till.",
        "刷卡那一刻就能算出来的特征才有价值；算不出来的，只会造出一个报告里耀眼、收银台前失明的模型。",
    )
    mistakes = {
        "counts_itself": Text(
            "Every payment counts itself: nobody's window is ever empty. Which end of the window is open?",
            "每笔交易都把自己数了进去，所以没有一个窗口是空的。窗口的哪一端应当是开的？",
        ),
        "the_future": Text(
            "Your window reaches into the future: a payment at the beginning of a spree knows how the spree goes on.",
            "你的窗口伸到了未来：连刷的第一笔就已经知道后面还有几笔。",
        ),
        "other_cards": Text(
            "You count the payments of all cards. A shop full of customers is not a fast card.",
            "你数的是所有卡的交易。店里人多，不等于这张卡刷得快。",
        ),
        "calendar_day": Text(
            "You count since midnight. A window of hours also reaches back across midnight.",
            "你是从零点开始数的。按小时计的窗口会跨过零点往回看。",
        ),
        "wrong_order": Text(
            "The right numbers at the wrong rows: the result is sorted by card or time, the log is not. Bring it back to the log's index.",
            "数是对的，行却错位了：结果按卡或时间排过序，流水没有。请对回流水的索引。",
        ),
        "all_earlier": Text(
            "You count everything the card ever did before. Only the last `hours` belong in the window.",
            "你数的是这张卡以前的全部交易。窗口里只应有最近 `hours` 小时。",
        ),
    }

    def check(self, answer: Any, given: Given) -> Verdict:
        return compare.function(answer, [self._case(hours) for hours in WINDOWS])

    @staticmethod
    def _case(hours: int) -> tuple[tuple, Any]:
        log = invented_log(hours)
        return (log.copy(), hours), functools.partial(_judge, log, hours)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        def made(mistake: str) -> Any:
            return lambda log, hours: counts(log, hours, mistake)

        return {
            "counts_itself": made("counts_itself"),
            "the_future": made("the_future"),
            "other_cards": made("other_cards"),
            "calendar_day": made("calendar_day"),
            "wrong_order": lambda log, hours: counts(log.sort_values("happened_at"), hours).to_numpy(),
            "all_earlier": made("all_earlier"),
            "one_number": lambda log, hours: 2.0,
            "some_rows_only": lambda log, hours: counts(log, hours).head(10),
            "raises": lambda log: log,
        }


@functools.cache
def invented_log(hours: int) -> pd.DataFrame:
    """Six hundred payments of thirty cards in bursts, in no order, under an index of their own."""
    rng = np.random.default_rng(hours)
    burst_at = rng.integers(0, 20 * 24 * 3_600_000, 150)
    card = rng.integers(1, 31, 150)
    burst = np.repeat(np.arange(150), 4)
    spread = rng.integers(1, 4 * 3_600_000, 600) * np.where(rng.random(600) < 0.3, 6, 1)
    happened_at = pd.Timestamp("2025-03-01") + pd.to_timedelta(burst_at[burst] + spread, unit="ms")
    log = pd.DataFrame(
        {
            "card_id": card[burst] + 4_000,
            "happened_at": happened_at.astype("datetime64[ms]"),
            "amount_yuan": rng.integers(5, 900, 600) / 2,
        },
        index=rng.permutation(600) + 70_000,
    )
    return log.drop_duplicates(["happened_at"])


def counts(log: pd.DataFrame, hours: int, mistake: str = "") -> pd.Series:
    """Every row against every other; with ``mistake``, what that mistake leads to."""
    at, card = log["happened_at"].to_numpy(), log["card_id"].to_numpy()
    day = log["happened_at"].dt.normalize().to_numpy()
    ago = (at[:, None] - at[None, :]) / np.timedelta64(1, "h")
    inside = (ago > 0) & (ago <= hours)
    if mistake == "counts_itself":
        inside |= ago == 0
    if mistake == "the_future":
        inside = (ago != 0) & (np.abs(ago) <= hours)
    if mistake == "calendar_day":
        inside = (ago > 0) & (day[:, None] == day[None, :])
    if mistake == "all_earlier":
        inside = ago > 0
    if mistake != "other_cards":
        inside &= card[:, None] == card[None, :]
    return pd.Series(inside.sum(axis=1), log.index)


def _judge(log: pd.DataFrame, hours: int, result: Any) -> Verdict:
    given = _aligned(result, log)
    if given is None:
        return wrong(
            Text(
                "One number for each row of the log is wanted, in its order or under its index.",
                "要的是流水每行一个数，按流水的次序，或带着流水的索引。",
            )
        )
    expected = counts(log, hours)
    if given.equals(expected.astype(float)):
        return right()
    for name in ("counts_itself", "the_future", "other_cards", "calendar_day", "all_earlier"):
        if given.equals(counts(log, hours, name).astype(float)):
            return wrong(name)
    if (np.sort(given.to_numpy()) == np.sort(expected.to_numpy())).all():
        return wrong("wrong_order")
    ahead = (given > counts(log, hours, "the_future")).any() or (given - expected).max() > 1
    return wrong(
        compare.TOO_HIGH
        if ahead
        else compare.VALUES_DIFFER.fill(count=int((given != expected).sum()), total=len(log))
    )


def _aligned(result: Any, log: pd.DataFrame) -> pd.Series | None:
    """A Series of floats in the order of the log; None if the result is no number for each row."""
    if isinstance(result, pd.DataFrame) and result.shape[1] == 1:
        result = result.iloc[:, 0]
    if isinstance(result, (list, tuple, np.ndarray)) and np.shape(result) == (len(log),):
        result = pd.Series(np.asarray(result), log.index)
    if not isinstance(result, pd.Series) or len(result) != len(log) or not result.index.is_unique:
        return None
    if not pd.api.types.is_numeric_dtype(result) or pd.api.types.is_complex_dtype(result):
        return None
    if set(result.index) == set(log.index):
        result = result.reindex(log.index)
    return pd.Series(result.astype(float).fillna(0).to_numpy(), log.index)
