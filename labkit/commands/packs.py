"""``labkit pack``: the course on a USB stick, for a room without internet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from labkit.commands.console import LanguageOption, progress_bar, terminal
from labkit.language import Text

FETCHING = Text("Collecting wheels", "正在收集安装包")
PACKED = Text("{files:,} files, {size:,.0f} MB: {folder}", "共 {files:,} 个文件，{size:,.0f} MB：{folder}")
FOR = Text("for {target}: {wheels} wheels, {size:,.0f} MB", "{target}：{wheels} 个安装包，{size:,.0f} MB")
LEFT_OUT = Text("left out {target}: no wheel of {packages}", "未包含 {target}：{packages} 没有可用的安装包")
WHOLE = Text("The pack is whole: {folder}", "安装包完好：{folder}")
DAMAGED = Text("missing or damaged: {file}", "缺失或损坏：{file}")


def pack(
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Make a pack here · 打包到此文件夹", show_default=False)
    ] = None,
    systems: Annotated[
        str, typer.Option(help="For which systems, with commas · 适用系统，用逗号分隔")
    ] = "linux,macos,windows",
    python: Annotated[
        list[str] | None,
        typer.Option(help="3.11, 3.12 or 3.13, again for more · Python 版本，可多次", show_default="3.12"),
    ] = None,
    seed: Annotated[
        list[int] | None,
        typer.Option(help="Which worlds, again for more · 哪些世界，可多次", show_default="2026"),
    ] = None,
    scale: Annotated[
        str, typer.Option(help="tiny, lab, or a number of customers · tiny、lab 或客户数")
    ] = "lab",
    site: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="A finished site to put in · 放入已生成的网站", show_default=False),
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Only check this pack · 只核对此安装包", show_default=False),
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Pack the course for rooms without internet · 把课程打包，供无网络的教室使用"""
    if (out is None) == (check is None):
        raise typer.BadParameter(
            str(Text("Name a folder: --out or --check", "请指定文件夹：--out 或 --check"))
        )
    if check is not None:
        say_whether_whole(check)
    if out is not None:
        make_pack(out, systems.split(","), python or ["3.12"], seed or [2026], scale, site)


def say_whether_whole(folder: Path) -> None:
    """Check a pack; exit code 1 if a file is missing or damaged."""
    from labkit.packing.manifest import check_pack

    damaged = check_pack(folder)
    for name in damaged:
        terminal().print(str(DAMAGED.fill(file=name)), style="red", markup=False)
    if damaged:
        raise typer.Exit(1)
    terminal().print(str(WHOLE.fill(folder=folder)), markup=False)


def make_pack(
    out: Path, systems: list[str], pythons: list[str], seeds: list[int], scale: str, site: Path | None
) -> None:
    """Make a pack and say what is in it."""
    from labkit.commands.worlds import make_world
    from labkit.packing.packing import Order, pack
    from labkit.packing.targets import targets

    order = Order(targets(systems, pythons), scale, seeds, site)
    with progress_bar(FETCHING) as bar:
        manifest = pack(out, order, lambda scale, seed: make_world(scale, seed).folder, bar)
    sizes = {entry["path"]: entry["size"] for entry in manifest["files"]}
    console = terminal()
    for target, names in manifest["wheels"].items():
        size = sum(sizes[f"wheels/{name}"] for name in names) / 1e6
        console.print(str(FOR.fill(target=target, wheels=len(names), size=size)), markup=False)
    for target, packages in manifest["left_out"].items():
        line = LEFT_OUT.fill(target=target, packages=", ".join(packages))
        console.print(str(line), style="yellow", markup=False)
    done = PACKED.fill(files=len(sizes), size=sum(sizes.values()) / 1e6, folder=out)
    console.print(str(done), style="green", markup=False)
