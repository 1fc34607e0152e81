"""Nothing in a lab still says TODO."""

from __future__ import annotations

from labkit.authoring.faults import Fault
from labkit.authoring.passages import passages
from labkit.authoring.source import LabSource
from labkit.language import LANGUAGES, Text

TODO = Text("Still to be written: {text}", "尚待完成：{text}")


def finished(lab: LabSource) -> list[Fault]:
    """Report every line that a person would read and that still says TODO."""
    return [
        Fault("finished", passage.path, passage.line + offset, TODO.fill(text=line.strip()[:60]))
        for language in LANGUAGES
        for passage in passages(lab, language)
        for offset, line in enumerate(passage.text.split("\n"))
        if "TODO" in line
    ]
