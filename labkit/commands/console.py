"""What all commands share: the option ``--lang``, the terminal, and how an error looks."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from labkit.errors import LabkitError
from labkit.language import Language, Text, current_language, set_language

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import TaskID


def speak(language: str | None) -> str | None:
    """Say everything from now on in the language that was asked for."""
    if language in ("en", "zh"):
        set_language(language)
    return language


LanguageOption = Annotated[
    Literal["en", "zh"] | None,
    typer.Option("--lang", callback=speak, help="English or Chinese · 英文或中文", show_default=False),
]


def chosen_language(language: Language | None) -> Language:
    """Return the language that was asked for, else the one that labkit speaks."""
    return language or current_language()


def terminal(*, stderr: bool = False) -> Console:
    """Return the terminal to write to."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=True)


def print_error(error: LabkitError) -> None:
    """Print what happened, why, and what to do."""
    from rich.markup import escape

    console = terminal(stderr=True)
    console.print(f"[bold red]{escape(str(error.what))}[/]")
    console.print(f"[red]{escape(str(error.why))}[/]")
    console.print(f"[red]→ {escape(str(error.do))}[/]")


def default_scale() -> str:
    """Return the scale of the world that labs open by themselves: ``LABKIT_SCALE``, or ``lab``."""
    return os.environ.get("LABKIT_SCALE") or "lab"


@contextmanager
def progress_bar(title: Text) -> Iterator[Callable[[int, int], None]]:
    """Show a bar that is called as ``bar(done, total)``; it appears with its first call."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    what, left, passed = TextColumn("{task.description}"), TimeRemainingColumn(), TimeElapsedColumn()
    columns = (what, BarColumn(), MofNCompleteColumn(), passed, left)
    console = terminal(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        tasks: list[TaskID] = []

        def show(done: int, total: int) -> None:
            if not tasks:
                tasks.append(progress.add_task(str(title), total=total))
            progress.update(tasks[0], completed=done, total=total)

        yield show
