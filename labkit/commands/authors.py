"""For authors: build the editions, begin a lab, confirm a translation."""

from __future__ import annotations

from typing import Annotated

import typer

from labkit.commands.console import LanguageOption, terminal
from labkit.language import Text

WRITTEN = Text("written: {path}", "已写入：{path}")
STALE = Text("stale: {path}", "已过期：{path}")
SUMMARY = Text(
    "{written} written, {unchanged} unchanged, {stale} stale, {faults} faults",
    "写入 {written} 个，未变 {unchanged} 个，过期 {stale} 个，问题 {faults} 处",
)
ACCEPTED = Text("Lab {lab}: translation accepted: {cells}", "实验 {lab}：译文已确认：{cells}")
NOTHING_NEW = Text("Lab {lab}: every translation was accepted before.", "实验 {lab}：所有译文此前都已确认。")
BEGUN = Text("Begun: {path}", "已新建：{path}")


def build(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="IDS", help="Labs to build, all if none · 要构建的实验，不写则全部"),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing, fail if anything is stale · 只检查，不写入")
    ] = False,
    execute: Annotated[
        bool | None,
        typer.Option(
            help="Run the solutions always, or never · 总是运行答案版，或从不运行", show_default=False
        ),
    ] = None,
    accept_translation: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="Confirm this lab's Chinese cells; then IDS are cells · 确认该实验的译文（IDS 为单元格）",
        ),
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Build the notebooks from the sources · 由源文件构建笔记本"""
    if accept_translation is not None:
        accept(accept_translation, names or None)
        return
    from labkit.authoring.build import build as build_labs
    from labkit.authoring.courses import find_lab

    console = terminal()
    labs = [find_lab(name) for name in names] if names else None
    report = build_labs(
        labs,
        check=check,
        execute=execute,
        progress=lambda text: console.print(str(text), style="dim", markup=False),
    )
    for path in report.written:
        console.print(str(WRITTEN.fill(path=path)), markup=False)
    for path in report.stale:
        console.print(str(STALE.fill(path=path)), style="red", markup=False)
    for fault in report.faults:
        style = "yellow" if fault.level == "note" else "red"
        console.print(str(fault), style=style, markup=False)
    summary = SUMMARY.fill(
        written=len(report.written),
        unchanged=len(report.unchanged),
        stale=len(report.stale),
        faults=sum(fault.level == "fault" for fault in report.faults),
    )
    console.print(str(summary), style="green" if report.ok else "bold red", markup=False)
    raise typer.Exit(0 if report.ok else 1)


def accept(lab_id: str, cells: list[str] | None) -> None:
    """Write down that Chinese cells say what the English ones say now."""
    from labkit.authoring.translation import accept_translation

    changed = accept_translation(lab_id, cells)
    line = ACCEPTED.fill(lab=lab_id, cells=", ".join(changed)) if changed else NOTHING_NEW.fill(lab=lab_id)
    terminal().print(str(line), markup=False)


def new(
    lab: Annotated[str, typer.Argument(metavar="ID", help="E.g. 4.2 · 例如 4.2")],
    name: Annotated[str, typer.Argument(help="E.g. crawl_and_tag · 例如 crawl_and_tag")],
    table: Annotated[
        str | None, typer.Option(help="A table it begins with · 从哪张表开始", show_default=False)
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Begin a lab: a small source that builds · 新建一个实验的源文件"""
    from labkit.authoring.scaffold import scaffold

    terminal().print(str(BEGUN.fill(path=scaffold(lab, name, table=table))), markup=False)
