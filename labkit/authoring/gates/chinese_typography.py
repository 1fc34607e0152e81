"""Chinese is set as Chinese: full-width punctuation, and a space between Chinese and Latin text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from labkit.authoring.faults import Fault
from labkit.authoring.passages import Passage, passages
from labkit.authoring.source import LabSource
from labkit.language import Text

HAN = r"[\u3400-\u4dbf\u4e00-\u9fff]"
FULL_WIDTH = dict(zip(",.;:!?()", "，。；：！？（）", strict=True))

NO_SPACE = Text(
    "A space belongs between Chinese and Latin text: {around}", "中文与西文之间要空一格：{around}"
)
HALF_WIDTH = Text("Chinese takes {right} here: {around}", "这里应使用全角标点 {right}：{around}")

CODE_OR_MATH = re.compile(r"(`+)[^\n]+?\1|\$\$?[^$\n]+\$\$?")
LINK_TARGET = re.compile(r"\]\([^)\n]*\)|https?://[^\s，。；）)]+|</?[a-zA-Z][^>\n]*>|&[a-z]+;")
EMPHASIS = re.compile(r"\*+|(?<![A-Za-z0-9_])_+|_+(?![A-Za-z0-9_])|~~")
LIST_MARK = re.compile(r"^\s*(?:>\s?)*(?:\[!\w+\]|#+ |[-+*] |\d+[.)] |\|)?")
NO_SPACE_BETWEEN = re.compile(rf"{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}")
PUNCTUATION = re.compile(
    rf"(?<={HAN})[,;:!?]|(?<!\")[,;!?](?= ?{HAN})|(?<={HAN})\.(?=\s|$|{HAN})"
    rf"|(?<={HAN}) ?\(|\((?={HAN})|(?<={HAN})\)|\)(?={HAN})"
)


def chinese_typography(lab: LabSource) -> list[Fault]:
    """Report half-width punctuation beside Chinese, and Chinese that touches Latin text or digits."""
    faults = []
    for passage in passages(lab, "zh"):
        for offset, line in _lines_outside_code(passage):
            for sentence in typography_faults(line):
                faults.append(Fault("chinese_typography", passage.path, passage.line + offset, sentence))
    return faults


def typography_faults(line: str) -> Iterator[Text]:
    """What is wrong with one line of Chinese; code, formulas, links' targets and HTML do not count."""
    plain = CODE_OR_MATH.sub("x", LIST_MARK.sub("", line))
    plain = EMPHASIS.sub("", LINK_TARGET.sub("]", plain).replace("[", "").replace("]", ""))
    for match in NO_SPACE_BETWEEN.finditer(plain):
        yield NO_SPACE.fill(around=_around(plain, match))
    for match in PUNCTUATION.finditer(plain):
        yield HALF_WIDTH.fill(right=FULL_WIDTH[match[0].strip()], around=_around(plain, match))


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 8) : match.end() + 8].strip()


def _lines_outside_code(passage: Passage) -> Iterator[tuple[int, str]]:
    """Lines of a passage with their offset, without fenced code blocks."""
    fenced = False
    for offset, line in enumerate(passage.text.split("\n")):
        if passage.kind == "prose" and line.lstrip("> ").startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced:
            yield offset, line
