"""``labkit agenda``: the two days on paper, for the instructor's desk."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from labkit.commands.console import speak, terminal
from labkit.language import LANGUAGES, Text, current_language

WRITTEN = Text("written: {path}", "已写入：{path}")


def agenda(
    lang: Annotated[
        Literal["en", "zh", "all"] | None,
        typer.Option(callback=speak, help="Language of the sheet · 用时表的语言", show_default=False),
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder · 输出文件夹")] = Path("reports"),
) -> None:
    """Print the timing sheet of the two days: HTML and PDF · 生成两天课程的用时表"""
    from labkit.authoring.timing_sheet import write_sheets

    languages = LANGUAGES if lang == "all" else (lang or current_language(),)
    for path in write_sheets(out, languages):
        terminal().print(str(WRITTEN.fill(path=path)), markup=False)
