"""The command line: ``labkit lab``, ``labkit run``, ``labkit build`` and their neighbours.

Each command lives in :mod:`labkit.commands` and imports what it needs when it is called, so that
``labkit --help`` answers at once.
"""

from __future__ import annotations

import locale
import os
import sys

import typer

from labkit.commands import agenda, authors, diagnosis, grading, packs, reports, running, slides, worlds
from labkit.commands import live as instructors
from labkit.commands import progress as standings
from labkit.commands import workbook as trainees
from labkit.commands.console import print_error
from labkit.errors import LabkitError
from labkit.language import LANGUAGES, set_language

app = typer.Typer(
    name="labkit",
    help="Hands-on labs in data-driven banking and telecom · 数据驱动的银行与电信动手实验",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
app.command("lab")(trainees.lab)
app.command("reset")(trainees.reset)
app.command("progress")(standings.progress)
app.command("certificate")(standings.certificate)
app.command("doctor")(diagnosis.doctor)
app.command("live")(instructors.live)
app.command("slides")(slides.slides)
app.command("agenda")(agenda.agenda)
app.command("grade")(grading.grade)
app.command("pack")(packs.pack)
app.command("run")(running.run)
app.add_typer(worlds.app, name="world")
app.add_typer(reports.app, name="report")
app.command("build")(authors.build)
app.command("new")(authors.new)


def main() -> None:
    """Run the command line; an error that a person can meet ends it with three sentences and exit code 2."""
    speak_utf8()
    set_language(preferred_language())
    try:
        app()
    except LabkitError as error:
        print_error(error)
        sys.exit(2)


def preferred_language() -> str:
    """Return ``LABKIT_LANGUAGE``, else the system's language if that is Chinese, else English."""
    chosen = os.environ.get("LABKIT_LANGUAGE")
    if chosen in LANGUAGES:
        return chosen
    try:
        system = locale.setlocale(locale.LC_CTYPE, "") or ""
    except locale.Error:
        system = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh" if system.lower().startswith(("zh", "chinese")) else "en"


def speak_utf8() -> None:
    """Write UTF-8 even where the console's own code page knows no Chinese."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
