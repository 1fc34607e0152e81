"""Which typology the model misses, and why nobody could have found it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labkit.exercises import Exercise, Given, Text, Verdict, right, wrong

REASONS = ("too_rare", "reported_late", "small_amounts", "no_trace")


class MissedTypology(Exercise):
    name = "missed_typology"
    hints = (
        Text(
            "The first row of the table has the lowest share found. Compare its other numbers with those of the other rows.",
            "表的第一行找到的占比最低。把它的其他数字与别的行比一比。",
        ),
        Text(
            "Rare? Count cases, not payments: a spree is one case of twelve payments. Late? Small? Compare with `common_yuan`.",
            "太少？要数案件，不是数交易：一次连刷是一个案件、十来笔交易。更晚？更小？与 `common_yuan` 比一比。",
        ),
        Text(
            'Three of the explanations are refuted by the table. Write `("…", "…")`: the typology as in the table, and what is left.',
            '四种解释里有三种被表推翻。写成 `("…", "…")`：类型照表里的写法，再加上剩下的那种解释。',
        ),
    )
    matters = Text(
        "Knowing what cannot be found saves the money of looking for it. Disputes of this kind belong to people and evidence, not to a score.",
        "知道什么找不到，就省下了去找它的钱。这类争议要靠人和证据，而不是靠评分。",
    )
    mistakes = {
        "found_well": Text(
            "The model finds this typology among its alarms. Look for the lowest share found.",
            "这一类模型在预警里找得到。请看找到占比最低的那一行。",
        ),
        "too_rare": Text(
            "The right typology. But count its cases: are there really fewer than of the others?",
            "类型对了。可数一数案件：真的比别的类型少吗？",
        ),
        "reported_late": Text(
            "The right typology. But all kinds are reported after a week or so, and we have waited for the last report of each.",
            "类型对了。可各类型都是一周左右报案，而且我们等到了最后一笔报案。",
        ),
        "small_amounts": Text(
            "The right typology. But its typical amount is no smaller than an ordinary payment: size is not what hides it.",
            "类型对了。可它的典型金额并不比普通交易小：藏住它的不是金额。",
        ),
    }
    truths = ("fraud_typologies", "fraud_episodes")
    needs_truth = True

    def check(self, answer: Any, given: Given) -> Verdict:
        if not isinstance(answer, (tuple, list)) or len(answer) != 2:
            return wrong(_WANTED)
        if not all(isinstance(word, str) and len(word) < 100 for word in answer):
            return wrong(_WANTED)
        words = {word.strip().lower() for word in answer}
        planted = given.truth("fraud_typologies")
        named = words & set(planted["typology"].astype(str))
        reasons = words & set(REASONS)
        if len(named) != 1 or len(reasons) != 1:
            return wrong(_WANTED)
        without_pattern = set(planted.loc[~planted["has_pattern"], "typology"].astype(str))
        if not named <= without_pattern:
            return wrong("found_well")
        reason = reasons.pop()
        return right() if reason == "no_trace" else wrong(reason)

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        return {
            "found_well": ("merchant_bust_out", "too_rare"),
            "too_rare": ("friendly_fraud", "too_rare"),
            "reported_late": ("friendly_fraud", "reported_late"),
            "small_amounts": ["friendly_fraud", "small_amounts"],
            "typology_only": "friendly_fraud",
            "another_word": ("friendly_fraud", "bad_luck"),
        }


_WANTED = Text(
    "Two words are wanted: a typology of the table, and one of too_rare, reported_late, small_amounts, no_trace.",
    "这里要两个词：表中的一个类型，以及 too_rare、reported_late、small_amounts、no_trace 之一。",
)
