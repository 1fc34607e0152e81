"""``labkit world``: make, check, list and describe the synthetic data."""

from __future__ import annotations

from typing import Annotated

import typer

from labkit.commands.console import LanguageOption, progress_bar, terminal
from labkit.language import Text

app = typer.Typer(help="The synthetic world · 虚拟世界", no_args_is_help=True)

ScaleOption = Annotated[str, typer.Option(help="tiny, lab, or a number of customers · tiny、lab 或客户数")]
SeedOption = Annotated[int, typer.Option(help="Which world · 哪一个世界")]

MAKING = Text("Making the world", "正在生成虚拟世界")
CHECKING = Text("Reading the world", "正在核对虚拟世界")
READY = Text("{customers:,} customers, seed {seed}: {folder}", "{customers:,} 位客户，种子 {seed}：{folder}")
SOUND = Text("sound", "完好")
DAMAGED = Text("damaged: {files}", "已损坏：{files}")
OUTDATED = Text("made by other code; it is made anew when it is needed", "由其他版本生成，用到时会重新生成")
NO_WORLD = Text(
    "No world has been made yet. Make one: labkit world make", "还没有虚拟世界。生成：labkit world make"
)
COLUMNS = (
    Text("column", "列"),
    Text("kind", "类型"),
    Text("unit", "单位"),
    Text("description", "说明"),
)
ROW = Text("One row: {row}", "一行表示：{row}")
KEY = Text("Key: {key}", "主键：{key}")


@app.command("make")
def make(
    scale: ScaleOption = "lab",
    seed: SeedOption = 2026,
    jobs: Annotated[int, typer.Option(help="Processes · 进程数", min=1)] = 1,
    lang: LanguageOption = None,
) -> None:
    """Make a world, or find that it is there · 生成虚拟世界"""
    from labkit.store.worlds import open_world

    with progress_bar(MAKING) as bar:
        world = open_world(scale, seed, jobs=jobs, progress=bar)
    line = READY.fill(customers=world.customers, seed=world.seed, folder=world.folder)
    terminal().print(str(line), markup=False)


@app.command("verify")
def verify(
    mend: Annotated[
        bool, typer.Option("--repair", help="Make damaged files anew · 重新生成损坏的文件")
    ] = False,
    lang: LanguageOption = None,
) -> None:
    """Compare every value of every world with its manifest · 逐值核对所有虚拟世界"""
    from labkit.store.worlds import list_worlds, repair
    from labkit.store.worlds import verify as faults_of

    console, damaged = terminal(), False
    for world in list_worlds():
        with progress_bar(CHECKING) as bar:
            faults = faults_of(world, bar)
        if faults and mend and world.is_current:
            repair(world, faults)
            faults = []
        damaged |= bool(faults)
        files = ", ".join(sorted(fault.file.path for fault in faults))
        verdict = DAMAGED.fill(files=files) if faults else SOUND
        console.print(f"{world.folder.name:<16} {verdict}", style="red" if faults else "green", markup=False)
    raise typer.Exit(1 if damaged else 0)


@app.command("list")
def list_(lang: LanguageOption = None) -> None:
    """List the worlds on this computer · 列出本机的虚拟世界"""
    from labkit.store.worlds import list_worlds

    console, worlds = terminal(), list_worlds()
    for world in worlds:
        line = READY.fill(customers=world.customers, seed=world.seed, folder=world.folder)
        outdated = "" if world.is_current else f" ({OUTDATED})"
        console.print(f"{world.size / 1e6:8.1f} MB  {line}{outdated}", markup=False)
    if not worlds:
        console.print(str(NO_WORLD), markup=False)


@app.command("describe")
def describe(
    table: Annotated[str | None, typer.Argument(help="Name of a table · 表名；不写则列出所有表")] = None,
    lang: LanguageOption = None,
) -> None:
    """Say what a table means, or which tables there are · 说明一张表，或列出所有表"""
    from rich.table import Table

    from labkit import catalogue

    console = terminal()
    grid = Table(box=None, pad_edge=False, header_style="bold")
    if table is None:
        grid.show_header = False
        for known in catalogue.tables():
            grid.add_row(known.name, str(known.title), str(known.row))
        console.print(grid)
        return
    chosen = catalogue.table(table)
    console.print(f"{chosen.name} · {chosen.title}", style="bold", markup=False)
    console.print(str(ROW.fill(row=chosen.row)), markup=False)
    console.print(str(KEY.fill(key=", ".join(chosen.key))), markup=False)
    for heading in COLUMNS:
        grid.add_column(str(heading))
    for column in chosen.columns:
        grid.add_row(column.name, column.kind, str(column.unit or ""), str(column.description))
    console.print(grid)
