"""For trainees: open the labs, begin one afresh."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from labkit.commands.console import LanguageOption, chosen_language, default_scale, terminal
from labkit.commands.worlds import make_world
from labkit.language import Language, Text

if TYPE_CHECKING:
    from pathlib import Path

    from labkit.workbook import Refresh

COPIED = Text("{count} notebooks copied to {folder}", "已将 {count} 个笔记本复制到 {folder}")
OFFERED = Text(
    "You have changed {mine}; its newer edition is beside it as {beside}.",
    "你改动过 {mine}；新版本已放在旁边：{beside}。",
)
CLASS_WORLD = Text(
    "Your class has a world of its own, seed {seed}. Back to the course's own: labkit lab --class-seed {course}",
    "你们班有自己的虚拟世界，种子 {seed}。回到课程原来的世界：labkit lab --class-seed {course}",
)
FRESH = Text("Fresh copy: {path}", "已放入全新的副本：{path}")
KEPT = Text("Yours is kept as {path}", "你原来的笔记本保留为 {path}")


def lab(
    lang: LanguageOption = None,
    browser: Annotated[bool, typer.Option(help="Open the browser · 打开浏览器")] = True,
    port: Annotated[int | None, typer.Option(help="Exactly this port · 指定端口", min=1, max=65535)] = None,
    class_seed: Annotated[
        str | None,
        typer.Option(
            metavar="SEED", help="A world of the class's own, from now on · 从此使用班级专属的虚拟世界"
        ),
    ] = None,
) -> None:
    """Open the labs in JupyterLab · 在 JupyterLab 中打开实验"""
    from labkit import class_seed as seeds
    from labkit.jupyter.launch import run_jupyterlab
    from labkit.workbook import refresh, trainee_edition, workbook_dir, workbooks_dir

    language = chosen_language(lang)
    folder = workbook_dir(language)
    seed = seeds.class_seed_of(workbooks_dir()) if class_seed is None else seeds.read_class_seed(class_seed)
    tell(refresh(trainee_edition(language), folder), folder)
    if class_seed is not None:
        seeds.remember(workbooks_dir(), seed)
    if seed != seeds.COURSE_SEED:
        terminal().print(str(CLASS_WORLD.fill(seed=seed, course=seeds.COURSE_SEED)), markup=False)
    make_world(default_scale(), seed)
    show_standing(folder, language)
    raise typer.Exit(run_jupyterlab(folder, language, class_seed=seed, browser=browser, port=port))


def show_standing(folder: Path, language: Language) -> None:
    """Let the start page show today's standing when it opens; one that the trainee changed stays as it is."""
    from labkit.locations import START_NOTEBOOK
    from labkit.standing.start_page import show_on
    from labkit.workbook import is_unchanged, trainee_edition

    if is_unchanged(trainee_edition(language) / START_NOTEBOOK, folder / START_NOTEBOOK):
        show_on(folder / START_NOTEBOOK, language)


def tell(done: Refresh, folder: Path) -> None:
    """Say what happened to the workbook."""
    console = terminal()
    if done.copied:
        console.print(str(COPIED.fill(count=len(done.copied), folder=folder)), markup=False)
    for mine, beside in done.offered:
        line = OFFERED.fill(mine=mine.name, beside=beside.name)
        console.print(str(line), style="yellow", markup=False)


def reset(
    lab: Annotated[str, typer.Argument(metavar="ID", help="E.g. 3.3 · 例如 3.3")],
    lang: LanguageOption = None,
) -> None:
    """Begin a lab afresh, keeping yours beside it · 重做一个实验，原来的笔记本保留"""
    from labkit import workbook

    language = chosen_language(lang)
    fresh, kept = workbook.reset(lab, workbook.trainee_edition(language), workbook.workbook_dir(language))
    console = terminal()
    console.print(str(FRESH.fill(path=fresh)), markup=False)
    if kept is not None:
        console.print(str(KEPT.fill(path=kept.name)), markup=False)
