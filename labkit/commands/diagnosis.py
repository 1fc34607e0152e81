"""``labkit doctor``: is everything here that the labs need?"""

from __future__ import annotations

import typer

from labkit.commands.console import LanguageOption, terminal
from labkit.language import Text

ALL_WELL = Text("Everything is ready: labkit lab", "一切就绪，可以运行：labkit lab")
MARKS = {"good": ("✓", "green"), "advice": ("!", "yellow"), "fault": ("✗", "red")}


def doctor(lang: LanguageOption = None) -> None:
    """Check this computer, and say how to repair what is missing · 检查本机环境并给出修复命令"""
    from labkit.doctor import examine

    console, sound = terminal(), True
    for finding in examine():
        mark, colour = MARKS[finding.level]
        console.print(f"[{colour}]{mark}[/] ", end="")
        console.print(str(finding.sentence), style=colour, markup=False)
        if finding.repair is not None:
            console.print(f"    → {finding.repair}", markup=False)
        sound = sound and finding.level != "fault"
    if sound:
        console.print(str(ALL_WELL), style="bold green", markup=False)
    raise typer.Exit(0 if sound else 1)
