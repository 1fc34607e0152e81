"""Which numbers are no person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labkit.exercises import Exercise, Given, Text, Verdict, compare

from .network import machines, numbers


class NoPerson(Exercise):
    name = "no_person"
    hints = (
        Text(
            "Sort `numbers` by contacts and read the three other columns of the first thirty rows. What is always zero?",
            "把 `numbers` 按联系人数排序，看前三十行的另外三列。哪一列总是零？",
        ),
        Text(
            "Friends call back. But a person with three contacts may not have been called back yet, so ask for many contacts as well.",
            "朋友之间会回电。但只有三个联系人的人，也许只是还没有人回电，所以还要求联系人足够多。",
        ),
        Text(
            '`numbers.index[(numbers["contacts"] >= 20) & (numbers["both_ways"] == 0)]`.',
            '`numbers.index[(numbers["contacts"] >= 20) & (numbers["both_ways"] == 0)]`。',
        ),
    )
    matters = Text(
        "Twenty contacts and not one that goes both ways: no person lives like that. A rule on behaviour also finds the call centre "
        "that began yesterday and stands on no list.",
        "二十个联系人，却没有一个是双向的：没有人这样生活。按行为定规则，连昨天才开张、不在任何清单上的呼叫中心也逃不掉。",
    )
    mistakes = {
        "published_only": Text(
            "These are the published hotlines. Who telephones thousands of people and wants to stay unknown?",
            "这些是公开的热线。谁会给成千上万人打电话，却又不愿让人知道自己是谁？",
        ),
        "most_contacts": Text(
            "A cut by the number of contacts: very sociable people are on your list. And in a small region the quiet hotlines would be missing.",
            "这是按联系人数一刀切：名单里混进了人缘极好的真人；换成小一点的区域，还会漏掉冷清的热线。",
        ),
        "only_callers": Text(
            "You found those who only call. Others are only called.",
            "你找到的是只打不接的号码。还有只接不打的。",
        ),
        "no_minimum": Text(
            "You rule out everybody whom nobody has called back yet, quiet people among them. Ask for many contacts as well.",
            "凡是没有双向通话的，你都剔除了，其中有不少话少的真人。还要求联系人足够多。",
        ),
    }
    truths = ("call_decoys",)
    needs_truth = True

    def check(self, answer: Any, given: Given) -> Verdict:
        mistakes = {name: self._mistaken(given, name) for name in self.mistakes}
        return compare.labels(answer, machines(given), mistakes=mistakes)

    def _mistaken(self, given: Given, name: str) -> list:
        table = numbers(given)
        silent = table["both_ways"] == 0
        return {
            "published_only": given.table("service_numbers")["number_id"].tolist(),
            "most_contacts": table["contacts"].nlargest(20).index.tolist(),
            "only_callers": table.index[silent & (table["called"] >= 20)].tolist(),
            "no_minimum": table.index[silent].tolist(),
        }[name]

    def wrong_answers(self, given: Given) -> Mapping[str, Any]:
        return {
            "published_only": self._mistaken(given, "published_only"),
            "most_contacts": self._mistaken(given, "most_contacts"),
            "only_callers": self._mistaken(given, "only_callers"),
            "no_minimum": self._mistaken(given, "no_minimum"),
            "one_missing": sorted(machines(given))[1:],
            "a_count": len(machines(given)),
        }
