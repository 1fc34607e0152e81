"""``labkit live``: every live panel of the course on one page, for the projector."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Annotated

import typer

from labkit.commands.console import LanguageOption, chosen_language, default_scale, terminal
from labkit.commands.worlds import make_world
from labkit.language import Text

OPEN_AT = Text("Live panels: {address}", "现场演示：{address}")
ENDS = Text("Ctrl-C ends.", "按 Ctrl-C 结束。")
STEADY = {"OPENBLAS_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE"}
"""Small sums lose time to threads, and threads that wait by spinning take it from whatever else the computer shows."""


def live(
    lang: LanguageOption = None,
    scale: Annotated[
        str | None, typer.Option(help="tiny, lab, or a number of customers · tiny、lab 或客户数")
    ] = None,
    class_seed: Annotated[
        str | None, typer.Option(metavar="SEED", help="The class's own world · 班级自己的虚拟世界")
    ] = None,
    port: Annotated[int | None, typer.Option(help="Exactly this port · 指定端口", min=1, max=65535)] = None,
    browser: Annotated[bool, typer.Option(help="Open the browser · 打开浏览器")] = True,
    notebook: Annotated[
        bool, typer.Option("--notebook", help="As a notebook in JupyterLab · 在 JupyterLab 中打开")
    ] = False,
) -> None:
    """Every live panel on one page, for the projector · 全部现场演示面板，一页打开"""
    from labkit.class_seed import VARIABLE, class_seed_of, read_class_seed
    from labkit.stage.notebook import write_live_notebook
    from labkit.workbook import workbooks_dir

    language = chosen_language(lang)
    seed = class_seed_of(workbooks_dir()) if class_seed is None else read_class_seed(class_seed)
    size = scale or default_scale()
    customers = int(size) if size.isdigit() else size
    make_world(customers, seed)
    path = write_live_notebook(language, customers)
    os.environ |= {"LABKIT_LANGUAGE": language, VARIABLE: str(seed)}
    for name, value in STEADY.items():
        os.environ.setdefault(name, value)
    if scale:  # else the environment's own would win over what was asked for
        os.environ["LABKIT_SCALE"] = size
    if notebook:
        from labkit.jupyter.launch import run_jupyterlab

        raise typer.Exit(
            run_jupyterlab(
                path.parent, language, class_seed=seed, browser=browser, port=port, opens=path.name
            )
        )
    from labkit.stage.server import serve

    def announce(address: str) -> None:
        terminal().print(str(OPEN_AT.fill(address=address)), markup=False)
        terminal().print(str(ENDS), markup=False)

    with suppress(KeyboardInterrupt):  # while it still starts
        serve(path, language, port=port, browser=browser, announce=announce)
