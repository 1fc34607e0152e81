"""``labkit slides``: labs as reveal.js decks, one HTML file each, which need no network."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

import typer

from labkit.commands.console import default_scale, speak, terminal
from labkit.commands.running import (
    INTERRUPTED,
    chosen_class,
    chosen_labs,
    make_world,
    notebook_parameters,
    warm_up,
)
from labkit.language import Text, current_language, set_language

WRITTEN = Text("{file} · {pages} pages", "{file} · {pages} 页")
HOW = Text(
    "Open it in a browser. Arrow keys turn the pages, S opens the speaker's view with the notes.",
    "用浏览器打开即可。方向键翻页，按 S 打开带备注的讲师窗口。",
)


def slides(
    labs: Annotated[
        list[str], typer.Argument(metavar="IDS", help="3.3, a name, or a module · 编号、名称或模块号")
    ],
    lang: Annotated[
        Literal["en", "zh", "all"] | None,
        typer.Option(callback=speak, help="Language of the slides · 幻灯片的语言", show_default=False),
    ] = None,
    code: Annotated[
        bool, typer.Option(help="Show code, solutions and verdicts · 显示代码、答案和评判")
    ] = False,
    scale: Annotated[
        str | None, typer.Option(help="tiny, lab, or a number of customers · tiny、lab 或客户数")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="A class's own world · 班级自己的虚拟世界")] = None,
    kernel: Annotated[
        Literal["cold", "warm"], typer.Option(help="warm starts faster, not on Windows · warm 启动更快")
    ] = "cold",
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder · 输出文件夹")] = Path("slides"),
) -> None:
    """Make slides of labs, one file each · 生成幻灯片，每个实验一个文件"""
    from labkit.course import quizzes
    from labkit.running.many import Settings
    from labkit.running.screen import Screen
    from labkit.slides.deck import make_deck
    from labkit.slides.execution import executed_notebooks
    from labkit.slides.page import to_html
    from labkit.slides.writing import file_name, write_decks

    chosen = chosen_labs(labs, "solutions", lang)
    parameters = notebook_parameters(scale or default_scale(), seed, [], [])
    if kernel == "warm":
        warm_up()
    of_class = chosen_class(None, seed, "solutions")
    make_world(chosen, parameters, of_class)
    jobs = min(len(chosen), os.cpu_count() or 1)
    settings = Settings(
        parameters=parameters, kernel=kernel, jobs=jobs, must_be_right=True, class_seed=of_class
    )
    with Screen(terminal(), len(chosen)) as screen:
        notebooks = executed_notebooks(chosen, settings, screen)
    if notebooks is None:
        raise typer.Exit(INTERRUPTED)
    decks, pages, spoken = {}, {}, current_language()
    try:
        for lab, notebook in zip(chosen, notebooks, strict=True):
            set_language(lab.language)
            deck = make_deck(notebook, quizzes(lab.lab), current_language(), code=code)
            decks[file_name(lab)], pages[file_name(lab)] = to_html(deck, lab), len(deck.pages) + 1
    finally:
        set_language(spoken)
    for file in write_decks(out, decks):
        terminal().print(str(WRITTEN.fill(file=file, pages=pages[file.name])), markup=False)
    terminal().print(str(HOW), markup=False, style="dim")
