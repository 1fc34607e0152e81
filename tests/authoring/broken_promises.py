"""Reading what a gate reports, and cells to append to a lab that break a promise."""

import re


def sentences(faults, level="fault"):
    """What the faults say in English."""
    return [fault.sentence.en for fault in faults if fault.level == level]


def one(faults):
    """The only fault, which must speak both languages and stand on a line that exists."""
    (fault,) = faults
    assert fault.level == "fault"
    assert fault.sentence.en != fault.sentence.zh
    assert re.search("[\u4e00-\u9fff]", fault.sentence.zh)
    assert 1 <= fault.line <= fault.path.read_text("utf-8").count("\n") + 1
    assert re.search(rf"/{fault.path.name}:{fault.line}: .*\[{fault.gate}\]$", str(fault), re.DOTALL)
    return fault


def line_of(path, text):
    """The one line that holds a text."""
    (number,) = [i for i, line in enumerate(path.read_text("utf-8").split("\n"), 1) if text in line]
    return number


def prose(english, chinese):
    """A prose cell in both languages."""
    en, zh = (text.replace("\n", "\n# ") for text in (english, chinese))
    return f'\n# %% [markdown] id="more" lang="en"\n# {en}\n\n# %% [markdown] id="more" lang="zh"\n# {zh}\n'
