"""``labkit progress`` and ``labkit certificate``: where a trainee stands, on the screen, in a file, on the wall."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from labkit.commands.console import LanguageOption, speak, terminal
from labkit.language import LANGUAGES, Text, current_language

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text as RichText

    from labkit.standing.standing import Counts, CourseStanding

BAR_WIDTH = 12
COLUMNS = ("labs", "right", "revealed", "tried", "quiz", "minutes")
"""What a terminal of 80 columns has room for; what is open, the bar shows."""
EXPORTED = Text("Progress written to {path}", "学习进度已写入 {path}")
MADE = Text("Your certificate: {path}", "你的证书：{path}")
FOREIGN_FONT = Text(
    "The course's font has no {signs}; the PDF shows it in a font of this computer, if it has one. Look at it before "
    "you print it.",
    "课程自带的字体里没有“{signs}”，PDF 会改用这台电脑上的字体（如果有的话）。打印前请先看一眼。",
)


def progress(
    lang: LanguageOption = None,
    export: Annotated[
        Path | None,
        typer.Option(metavar="FILE.json", help="Write it to a file to hand in · 写成文件以便提交"),
    ] = None,
) -> None:
    """Show how far you are in the course · 查看学习进度"""
    from labkit.standing.course_card import course_note
    from labkit.standing.export import export_progress
    from labkit.standing.reading import standing_here

    standing, console = standing_here(), terminal()
    if export is not None:
        export_progress(standing, export)
        console.print(str(EXPORTED.fill(path=export)), markup=False)
        return
    console.print(course_table(standing))
    console.print(course_note(standing), markup=False, style="dim", soft_wrap=False)


def course_table(standing: CourseStanding) -> Table:
    """The course as a table: a row for each module, and one for the whole."""
    from rich import box
    from rich.table import Table
    from rich.text import Text as RichText

    from labkit.standing.course_card import COLOURS, HEADS, WHOLE, course_title, lab_marks, module_name

    table = Table(
        title=course_title(standing),
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
    table.add_column(str(HEADS["module"]), overflow="fold", ratio=1)
    table.add_column(no_wrap=True)
    for key in COLUMNS:
        table.add_column(RichText(str(HEADS[key]), style=COLOURS.get(key, "")), justify="right", no_wrap=True)
    for module in standing.modules:
        name = RichText.assemble(module_name(module), "\n", (lab_marks(module.labs), "dim"))
        table.add_row(name, bar(module.counts), *row(module.counts))
    table.add_section()
    table.add_row(str(WHOLE), bar(standing.counts), *row(standing.counts), style="bold")
    return table


def bar(counts: Counts) -> RichText:
    """The exercises as a bar of one colour for each state."""
    from rich.text import Text as RichText

    from labkit.standing.course_card import COLOURS

    drawn, ends, passed = RichText(), 0, 0
    for state, colour in COLOURS.items():
        passed += getattr(counts, state)
        end = round(BAR_WIDTH * passed / (counts.exercises or 1))
        drawn.append("█" * (end - ends), style=colour)
        ends = end
    return drawn.append("░" * (BAR_WIDTH - ends), style="dim")


def row(counts: Counts) -> list[str]:
    """The numbers of a row, in the order of the columns."""
    from labkit.standing.course_card import shown

    return [shown(counts)[key] for key in COLUMNS]


def certificate(
    name: Annotated[str, typer.Option(help="The name to put on it · 证书上的姓名")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder · 输出文件夹")] = Path("certificate"),
    lang: Annotated[
        Literal["en", "zh", "all"] | None,
        typer.Option(callback=speak, help="Language · 语言", show_default=False),
    ] = None,
) -> None:
    """Make your certificate once the core labs are done · 完成必修实验后生成证书"""
    from datetime import date

    from labkit.standing.certificate import certificate as made_out
    from labkit.standing.certificate_pages import unwritable, write_certificate
    from labkit.standing.reading import standing_here

    document = made_out(standing_here(), name, date.today())
    languages = LANGUAGES if lang == "all" else (lang or current_language(),)
    console = terminal()
    for path in write_certificate(document, out, languages):
        console.print(str(MADE.fill(path=path)), markup=False)
    if signs := unwritable(document.holder):
        console.print(str(FOREIGN_FONT.fill(signs=signs)), style="yellow", markup=False)
