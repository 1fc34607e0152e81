"""``labkit run``: execute notebooks and say what they did."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from labkit.class_seed import COURSE_SEED
from labkit.commands import worlds
from labkit.commands.console import default_scale, speak, terminal
from labkit.errors import LabkitError
from labkit.language import LANGUAGES, Text, current_language

if TYPE_CHECKING:
    from labkit.running.notebooks import LabNotebook

INTERRUPTED = 130
REPORT = Text("Report: {path}", "报告：{path}")
NO_LABS = LabkitError(
    Text("There is no notebook to run.", "没有可运行的笔记本。"),
    Text("This edition holds no labs in this language.", "这一版本里没有该语言的实验。"),
    Text(
        "Run `labkit build` once, or name another --edition.",
        "请先运行一次 `labkit build`，或换一个 --edition。",
    ),
)
ABOUT = {
    "edition": Text("edition", "版本"),
    "scale": Text("customers", "客户规模"),
    "seed": Text("seed", "种子"),
    "class_seed": Text("class seed", "班级种子"),
    "kernel": Text("kernel", "内核"),
    "data": Text("own data", "自有数据"),
}

Edition = Literal["notebooks", "solutions", "workbook"]


def run(
    labs: Annotated[
        list[str] | None,
        typer.Argument(metavar="IDS", help="3.3, a name, or a module · 编号、名称或模块号；不写则全部"),
    ] = None,
    edition: Annotated[Edition, typer.Option(help="Which notebooks · 哪一版")] = "solutions",
    lang: Annotated[
        Literal["en", "zh", "all"] | None,
        typer.Option(callback=speak, help="Language of the edition · 笔记本的语言", show_default=False),
    ] = None,
    scale: Annotated[
        str | None, typer.Option(help="tiny, lab, or a number of customers · tiny、lab 或客户数")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Another world · 另一个虚拟世界")] = None,
    class_seed: Annotated[
        str | None,
        typer.Option(
            metavar="SEED", help="The worlds of a class, as labkit lab · 某个班的虚拟世界，同 labkit lab"
        ),
    ] = None,
    jobs: Annotated[int | None, typer.Option(help="Notebooks at a time · 同时运行几个", min=1)] = None,
    kernel: Annotated[
        Literal["cold", "warm"], typer.Option(help="warm starts faster, not on Windows · warm 启动更快")
    ] = "cold",
    data: Annotated[
        list[str] | None,
        typer.Option(metavar="TABLE=FILE", help="Your own file in place of a table · 用自己的文件代替一张表"),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=FILE_COLUMN", help="Its name for a column · 文件里的列名"),
    ] = None,
    timeout: Annotated[int, typer.Option(help="Seconds per cell · 每个单元格的秒数上限", min=1)] = 600,
    report: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write HTML, JUnit and notebooks · 输出报告和运行后的笔记本"),
    ] = None,
) -> None:
    """Run notebooks, without a browser · 在命令行运行实验"""
    from labkit.running.many import Settings, run_labs
    from labkit.running.screen import Screen, print_summary

    of_class = chosen_class(class_seed, seed, edition)
    chosen = chosen_labs(labs or [], edition, lang)
    parameters = notebook_parameters(scale, seed, data or [], columns or [])
    if kernel == "warm":
        warm_up()
    make_world(chosen, parameters, of_class)
    settings = Settings(
        parameters=parameters,
        kernel=kernel,
        jobs=jobs or min(len(chosen), os.cpu_count() or 1),
        timeout=timeout,
        must_be_right=edition == "solutions",
        in_place=edition == "workbook",
        class_seed=of_class,
    )
    console, began = terminal(), time.monotonic()
    with Screen(console, len(chosen)) as screen:
        results = run_labs(chosen, settings, screen)
    seconds = time.monotonic() - began
    print_summary(console, results, len(chosen), seconds)
    if report is not None:
        from labkit.running.report import write_report

        given = {"edition": edition, "kernel": kernel} | parameters
        if of_class != COURSE_SEED:
            given["class_seed"] = of_class
        about = {str(ABOUT[key]): value for key, value in given.items() if key in ABOUT}
        page = write_report(report, results, planned=len(chosen), seconds=seconds, about=about)
        console.print(str(REPORT.fill(path=page)), markup=False)
    if len(results) < len(chosen) or any(result.interrupted for result in results):
        raise typer.Exit(INTERRUPTED)
    raise typer.Exit(0 if all(result.passed for result in results) else 1)


def chosen_labs(wanted: Sequence[str], edition: Edition, lang: str | None) -> list[LabNotebook]:
    """Return the notebooks that are meant; LabkitError if there are none."""
    from labkit.locations import edition_dir
    from labkit.running.notebooks import choose, read_labs
    from labkit.workbook import workbook_dir

    found: list[LabNotebook] = []
    for language in LANGUAGES:
        if lang == "all" or language == (lang or current_language()):
            folder = workbook_dir(language) if edition == "workbook" else edition_dir(edition, language)
            found += read_labs(folder)
    if not found:
        raise NO_LABS
    return choose(found, wanted)


BETWEEN_MAPS = re.compile(r",(?=\s*[a-z_][a-z0-9_.]*=)")
"""A comma before the next ``column=``: a file's own name for a column may hold commas too."""


def notebook_parameters(
    scale: str | None, seed: int | None, data: Sequence[str], columns: Sequence[str]
) -> dict[str, Any]:
    """Return what is given to each notebook: only what was asked for, the rest stays as it is written there."""
    given: dict[str, Any] = {}
    if scale is not None:
        given["scale"] = int(scale) if scale.isdigit() else scale
    if seed is not None:
        given["seed"] = seed
    if data:
        given["data"] = {
            table: str(Path(file).expanduser().absolute()) for table, file in pairs("--data", data)
        }
    if columns:
        given["columns"] = dict(pairs("--map", [one for text in columns for one in BETWEEN_MAPS.split(text)]))
    return given


def pairs(option: str, texts: Sequence[str]) -> list[tuple[str, str]]:
    """Split ``name=value``; LabkitError for what is not of that form."""
    split = [text.partition("=") for text in texts]
    for (name, sign, value), text in zip(split, texts, strict=True):
        if not (name.strip() and sign and value.strip()):
            raise LabkitError(
                Text(f"{option} {text} cannot be read.", f"无法识别 {option} {text}。"),
                Text("A name, an equals sign and a value belong there.", "这里要写成“名称=值”。"),
                Text("For example: --data baskets=my.csv", "例如：--data baskets=my.csv"),
            )
    return [(name.strip(), value.strip()) for name, _, value in split]


def warm_up() -> None:
    """Start the warm server while the world is made; LabkitError where there can be none."""
    from labkit.running.warm.starter import shared_server

    shared_server()


def chosen_class(class_seed: str | None, seed: int | None, edition: Edition) -> int:
    """Return the class seed to run with; an exact seed is of no class, a workbook of the trainee's own."""
    from labkit.class_seed import class_seed as of_environment
    from labkit.class_seed import class_seed_of, read_class_seed
    from labkit.workbook import workbooks_dir

    if seed is not None:
        if class_seed is not None:
            raise worlds.contradiction("--class-seed", "--seed")
        return COURSE_SEED
    if class_seed is not None:
        return read_class_seed(class_seed)
    return class_seed_of(workbooks_dir()) if edition == "workbook" else of_environment()


def make_world(labs: Sequence[LabNotebook], parameters: dict[str, Any], class_seed: int) -> None:
    """Make the world once, with a progress bar, instead of letting the first notebook keep the others waiting."""
    if not any("labkit.start(" in lab.path.read_text(encoding="utf-8") for lab in labs):
        return
    wanted: dict[str, Any] = {"scale": default_scale(), "seed": class_seed}
    wanted |= {key: parameters[key] for key in ("scale", "seed") if key in parameters}
    worlds.make_world(**wanted)
