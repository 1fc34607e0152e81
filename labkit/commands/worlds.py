"""``labkit world``: make, check, list and describe the synthetic data."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from labkit.commands.console import LanguageOption, progress_bar, terminal
from labkit.errors import LabkitError
from labkit.language import Text

if TYPE_CHECKING:
    from labkit.store.making import Engine, Estimate
    from labkit.store.worlds import World

app = typer.Typer(help="The synthetic world · 虚拟世界", no_args_is_help=True)

ScaleOption = Annotated[
    str | None,
    typer.Option(help="tiny, lab, or a number of customers · tiny、lab 或客户数", show_default="lab"),
]
CustomersOption = Annotated[
    str | None,
    typer.Option(help="Instead of a scale: a multiple of 2,000 · 代替规模：2,000 的倍数", show_default=False),
]
SeedOption = Annotated[int, typer.Option(help="Which world · 哪一个世界")]
JobsOption = Annotated[
    int | None,
    typer.Option(help="Processes · 进程数", min=1, show_default="by size and cores · 视规模与核数而定"),
]
EngineOption = Annotated[
    Literal["local", "spark"], typer.Option(help="This computer or Spark workers · 本机或 Spark 工作节点")
]
MasterOption = Annotated[
    str | None, typer.Option(help="Of Spark · Spark 主节点", show_default="local[*]", metavar="URL")
]

LONG_SECONDS = 10
MAKING = Text("Making the world", "正在生成虚拟世界")
ESTIMATE = Text(
    "Judging by the first blocks: about {time} more, and {size:,.0f} MB on disk.",
    "按最初几块推算：大约还需 {time}，占用磁盘 {size:,.0f} MB。",
)
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
    scale: ScaleOption = None,
    customers: CustomersOption = None,
    seed: SeedOption = 2026,
    jobs: JobsOption = None,
    engine: EngineOption = "local",
    master: MasterOption = None,
    lang: LanguageOption = None,
) -> None:
    """Make a world, or find that it is there · 生成虚拟世界"""
    if customers and scale:
        raise contradiction("--customers", "--scale")
    if master and engine == "local":
        raise contradiction("--master", "--engine local")
    if jobs and engine == "spark":
        raise contradiction("--jobs", "--engine spark")
    world = make_world(customers or scale or "lab", seed, chosen_engine(engine, jobs, master))
    line = READY.fill(customers=world.customers, seed=world.seed, folder=world.folder)
    terminal().print(str(line), markup=False)


def make_world(scale: str | int, seed: int = 2026, engine: Engine | None = None) -> World:
    """Make a world with a bar, and say beforehand what a large one takes.

    Without an engine, by as many processes as its size deserves.
    """
    from labkit.store.processes import suited_to
    from labkit.store.worlds import open_world, world_size

    with progress_bar(MAKING) as bar:
        engine = engine or suited_to(world_size(scale))
        return open_world(scale, seed, engine=engine, progress=bar, announce=say_estimate)


def chosen_engine(engine: str, jobs: int | None, master: str | None) -> Engine | None:
    """Return the engine that was asked for; None where nothing was said."""
    if engine == "spark":
        from labkit.store.spark import Spark

        return Spark(master or "local[*]")
    if jobs is not None:
        from labkit.store.processes import Processes

        return Processes(jobs)
    return None


def say_estimate(estimate: Estimate) -> None:
    """Say what a world takes, if somebody has to wait for it."""
    if estimate.seconds >= LONG_SECONDS:
        time = duration(estimate.seconds)
        print(ESTIMATE.fill(time=time, size=estimate.size / 1e6), file=sys.stderr)


def duration(seconds: float) -> Text:
    """Return a time as a person says it."""
    if seconds < 90:
        return Text(f"{seconds:.0f} s", f"{seconds:.0f} 秒")
    if seconds < 90 * 60:
        return Text(f"{seconds / 60:.0f} min", f"{seconds / 60:.0f} 分钟")
    return Text(f"{seconds / 3600:.1f} h", f"{seconds / 3600:.1f} 小时")


def contradiction(one: str, other: str) -> LabkitError:
    """Two options exclude each other."""
    return LabkitError(
        Text(f"{one} and {other} contradict each other.", f"{one} 与 {other} 相互矛盾。"),
        Text("Only one of them can decide.", "只能由其中一个决定。"),
        Text(f"Leave out {one}.", f"请去掉 {one}。"),
    )


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
