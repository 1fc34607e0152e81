"""``labkit grade``: a folder of submissions becomes one report on the class."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from labkit.commands.console import LanguageOption, default_scale, progress_bar, terminal
from labkit.language import Text

if TYPE_CHECKING:
    from labkit.grading.class_grading import ClassResult
    from labkit.grading.trusted import Trusted

INTERRUPTED = 130
MOST_JOBS = 8
"""Unless asked for more: each person takes some 400 MB."""
READING = Text("Reading submissions", "正在读取作业")
GRADING = Text("Grading", "正在批改")
PREPARING = Text(
    "Grading the official solutions of {labs} first, the same way.", "先按同样方式批改 {labs} 的参考答案。"
)
DONE = Text("{persons} people graded: {page}", "已批改 {persons} 人：{page}")
INTERRUPTED_WITH = Text(
    "Interrupted; {waiting} people are not graded yet. The same command goes on where it stopped.",
    "已中断，还有 {waiting} 人未批改。再运行同一条命令即可继续。",
)
NOT_HELD = Text("Not in force on this machine: {sentence}", "本机缺少这项防护：{sentence}")


def grade(
    submissions: Annotated[
        Path,
        typer.Argument(
            metavar="SUBMISSIONS", help="A folder per person, or notebooks named after persons · 作业文件夹"
        ),
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder of the report · 报告文件夹")] = Path(
        "class_report"
    ),
    seed: Annotated[int, typer.Option(help="The class's own world · 班级的种子")] = 2026,
    other_seed: Annotated[
        int | None,
        typer.Option(
            help="A second world that nobody has seen · 第二个世界的种子", show_default="made from --seed"
        ),
    ] = None,
    scale: Annotated[
        str | None, typer.Option(help="tiny, lab, or a number of customers · tiny、lab 或客户数")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(help="People at a time · 同时批改几人", min=1, show_default="one per core, at most 8"),
    ] = None,
    limit: Annotated[float, typer.Option(help="Seconds per cell · 每个单元格的秒数上限", min=1)] = 30,
    lang: LanguageOption = None,
) -> None:
    """Grade a class's notebooks · 批改全班作业"""
    from labkit.grading.class_grading import ClassGrading
    from labkit.grading.intake import labs_of, read_class
    from labkit.grading.jail import Limits
    from labkit.grading.report import About, check_writable, write_report
    from labkit.grading.results import ResultsStore
    from labkit.grading.trusted import Trusted, other_seed_of
    from labkit.store.worlds import checked_seed, world_size

    with progress_bar(READING) as bar:
        found = read_class(submissions, bar, out)
    check_writable(out)
    labs = labs_of(found)
    second = other_seed_of(checked_seed(seed)) if other_seed is None else checked_seed(other_seed)
    trusted = Trusted(scale or default_scale(), seed, second)
    make_worlds(trusted, labs)
    say_what_is_missing()
    limits = Limits(cell_seconds=limit, call_seconds=min(limit, 10), lab_seconds=4 * limit)
    grading = ClassGrading(trusted, ResultsStore(out), limits, jobs or min(os.cpu_count() or 1, MOST_JOBS))
    if labs:
        terminal(stderr=True).print(str(PREPARING.fill(labs=", ".join(labs))), markup=False)
    with progress_bar(GRADING) as bar:
        result = grading.grade(found, labs, bar)
    page = write_report(out, result, About(tuple(labs), seed, second, world_size(trusted.scale)))
    tell(result, page)


def make_worlds(trusted: Trusted, labs: Sequence[str]) -> None:
    """Make the worlds that are missing, each with a bar."""
    from labkit.commands.worlds import make_world

    for world_seed in trusted.seeds(labs):
        make_world(trusted.scale, world_seed)


def say_what_is_missing() -> None:
    """Say before anything runs what does not hold submissions back on this machine."""
    from labkit.grading.jail import protections

    for protection in protections():
        if not protection.in_force:
            line = NOT_HELD.fill(sentence=protection.sentence)
            terminal(stderr=True).print(str(line), style="yellow", markup=False)


def tell(result: ClassResult, page: Path) -> None:
    """Say where the report is, and what is left to do."""
    console = terminal()
    console.print(str(DONE.fill(persons=len(result.persons), page=page)), markup=False)
    if result.waiting:
        line = INTERRUPTED_WITH.fill(waiting=len(result.waiting))
        console.print(str(line), style="yellow", markup=False)
        raise typer.Exit(INTERRUPTED)
