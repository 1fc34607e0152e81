"""``labkit report``: the course's own reports, for every region by one command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from labkit.commands.console import default_scale, progress_bar, speak, terminal
from labkit.errors import LabkitError
from labkit.language import LANGUAGES, Text, current_language, set_language

if TYPE_CHECKING:
    from labkit.reports import Report
    from labkit.reports.churn import ChurnMonth

app = typer.Typer(help="Reports as HTML, PDF and Word · 生成 HTML、PDF 和 Word 报告", no_args_is_help=True)

WRITING = Text("Writing reports", "正在生成报告")
WRITTEN = Text("{files} files, {reports} reports: {folder}", "共 {files} 个文件、{reports} 份报告：{folder}")


@app.callback()
def reports() -> None:
    """Reports as HTML, PDF and Word · 生成 HTML、PDF 和 Word 报告"""


@app.command("churn")
def churn(
    region: Annotated[
        list[str] | None,
        typer.Option(
            help="Code of a city, again for more; all of them otherwise · 城市代码，可多次；不写则全部"
        ),
    ] = None,
    month: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM", help="Month of leaving · 离网月份", show_default="2025-11"),
    ] = None,
    lang: Annotated[
        Literal["en", "zh", "all"] | None,
        typer.Option(callback=speak, help="Language of the reports · 报告的语言", show_default=False),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", help="html, pdf or docx; all of them otherwise · 格式；不写则全部"),
    ] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder · 输出文件夹")] = Path("reports"),
    scale: Annotated[
        str | None, typer.Option(help="tiny, lab, or a number of customers · tiny、lab 或客户数")
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(help="Which world · 哪一个世界", show_default="2026, or the class's · 2026 或班级种子"),
    ] = None,
) -> None:
    """One page on churn for each region · 各地区的离网月报"""
    from labkit.class_seed import class_seed
    from labkit.commands.worlds import make_world
    from labkit.reports import FORMATS, write_reports
    from labkit.reports.churn import churn_month
    from labkit.store import Dataset

    kinds = chosen(formats, list(FORMATS), "--format")
    wanted_scale = scale or default_scale()
    wanted_seed = class_seed() if seed is None else seed
    make_world(wanted_scale, wanted_seed)
    facts = churn_month(Dataset.open(wanted_scale, wanted_seed, stream_name="8.2"), month)
    regions = chosen(
        region, [str(city) for city in facts.cities["city"] if city in facts.regions.index], "--region"
    )
    languages = LANGUAGES if lang == "all" else (lang or current_language(),)
    total = len(regions) * len(languages) * len(kinds)
    with progress_bar(WRITING) as bar:
        ready: list[Path] = []

        def count(path: Path) -> None:
            ready.append(path)
            bar(len(ready), total)

        files = write_reports(out, churn_reports(facts, regions, languages), kinds, count)
    done = WRITTEN.fill(files=len(files), reports=len(regions) * len(languages), folder=out)
    terminal().print(str(done), markup=False)


def churn_reports(
    facts: ChurnMonth, regions: list[str], languages: tuple[str, ...]
) -> Iterator[tuple[str, Report]]:
    """Each region's report in each language, with the name of its file."""
    from labkit.reports.churn import churn_report

    spoken = current_language()
    try:
        for language in languages:
            for city in regions:
                set_language(language)
                yield f"churn-{facts.month:%Y-%m}-{city}-{language}", churn_report(facts.region(city))
    finally:
        set_language(spoken)


def chosen(wanted: list[str] | None, known: list[str], option: str) -> list[str]:
    """Return what was asked for, everything by default; LabkitError for what there is not."""
    if not wanted or wanted == ["all"]:
        return known
    if unknown := [name for name in wanted if name not in known]:
        raise LabkitError(
            Text("{option} {name} is not known.", "不认识 {option} {name}。").fill(
                option=option, name=unknown[0]
            ),
            Text("There are: {names}.", "可选的有：{names}。").fill(names=", ".join(known)),
            Text("Leave the option out to get them all.", "不写这个选项就是全部。"),
        )
    return list(dict.fromkeys(wanted))
