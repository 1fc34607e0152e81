"""Both languages say the same: the same links, images, numbers and holes to be filled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from labkit.authoring.faults import Fault
from labkit.authoring.links import images_in, links_in
from labkit.authoring.numbers_in_text import different_numbers
from labkit.authoring.passages import Passage, twins
from labkit.authoring.source import LabSource
from labkit.language import Text

LINKS = Text("The languages link to different places{only}.", "两种语言的链接不一致{only}。")
IMAGES = Text("The languages show different images{only}.", "两种语言的图片不一致{only}。")
NUMBERS = Text("The languages give different numbers{only}.", "两种语言的数字不一致{only}。")
HOLES = Text(
    "The languages fill different values in: {en} and {zh}.", "两种语言填入的值不一致：{en} 和 {zh}。"
)
ONLY = Text("; only in {language}: {items}", "；只在{language}里有：{items}")
ENGLISH, CHINESE = Text("English", "英文"), Text("Chinese", "中文")


def same_links(lab: LabSource) -> list[Fault]:
    """Report prose whose languages link to different targets."""
    return _compare_prose(lab, "same_links", links_in, LINKS)


def same_images(lab: LabSource) -> list[Fault]:
    """Report prose whose languages show different images."""
    return _compare_prose(lab, "same_images", images_in, IMAGES)


def same_numbers(lab: LabSource) -> list[Fault]:
    """Report texts whose languages hold different numbers, however these are written."""
    faults = []
    for en, zh in twins(lab):
        only_en, only_zh = different_numbers(en.text, zh.text)
        if only_en or only_zh:
            faults.append(_fault("same_numbers", zh, NUMBERS, only_en, only_zh))
    return faults


def same_holes(lab: LabSource) -> list[Fault]:
    """Report texts whose languages would be filled with different values, or differently rounded ones."""
    faults = []
    for en, zh in twins(lab):
        if Counter(en.holes) != Counter(zh.holes):
            shown = HOLES.fill(en=", ".join(en.holes) or "–", zh=", ".join(zh.holes) or "–")
            faults.append(Fault("same_holes", zh.path, zh.line, shown))
    return faults


def _compare_prose(
    lab: LabSource, gate: str, items: Callable[[str], Counter[str]], sentence: Text
) -> list[Fault]:
    prose = [(items(en.text), items(zh.text), zh) for en, zh in twins(lab) if en.kind == "prose"]
    return [_fault(gate, place, sentence, en - zh, zh - en) for en, zh, place in prose if en != zh]


def _fault(gate: str, place: Passage, sentence: Text, en: Counter[str], zh: Counter[str]) -> Fault:
    only = Text("", "")
    for language, items in ((ENGLISH, en), (CHINESE, zh)):
        if items:
            more = ONLY.fill(language=language, items=", ".join(sorted(items.elements())))
            only = Text(only.en + more.en, only.zh + more.zh)
    return Fault(gate, place.path, place.line, sentence.fill(only=only))
