"""Write reports to a folder: read back before they are handed over, all of them or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from labkit.errors import LabkitError
from labkit.language import Text
from labkit.reports.html import to_html
from labkit.reports.pdf import to_pdf
from labkit.reports.proofreading import altered_numbers, typed_numbers
from labkit.reports.report import Report
from labkit.reports.word import to_word

FORMATS: dict[str, Callable[[Report], str | bytes]] = {"html": to_html, "pdf": to_pdf, "docx": to_word}
"""Ending of the file → who writes it."""


def rendered(report: Report, kind: str) -> bytes:
    """Return a report as a file of one kind, proofread.

    Raises
    ------
    LabkitError
        If a number was typed into a text, or the finished file does not say what the data say.
    """
    if typed := typed_numbers(report):
        raise LabkitError(
            Text("The report holds a number that somebody typed in.", "报告里有手工填写的数字。"),
            Text("It stands in: {text}", "出自：{text}").fill(text=typed[0]),
            Text(
                "Give it a name among the values, and leave a hole.",
                "请在 values 里给它取个名字，文字中留空位。",
            ),
        )
    made = FORMATS[kind](report)
    document = made.encode() if isinstance(made, str) else made
    if altered := altered_numbers(report, document):
        raise LabkitError(
            Text("The finished report does not say what the data say.", "成品报告与数据不一致。"),
            Text("It reads {found} instead of {expected}.", "写的是 {found}，应为 {expected}。").fill(
                found=altered[0].found or "–", expected=altered[0].expected or "–"
            ),
            Text("Render it anew, and do not edit it by hand.", "请重新生成，不要手工修改。"),
        )
    return document


def write_reports(
    folder: Path,
    reports: Iterable[tuple[str, Report]],
    formats: Sequence[str] = tuple(FORMATS),
    written: Callable[[Path], None] = lambda path: None,
) -> list[Path]:
    """Write each report in each format; return the files.

    Parameters
    ----------
    folder : Path
        Made if it is missing; files of the same names are replaced, others stay.
    reports : iterable of (str, Report)
        Name of the file without its ending, and the report.
    formats : sequence of str
        Of :data:`FORMATS`.
    written : callable
        Called with the future path of each file that is ready.

    Raises
    ------
    LabkitError
        If the folder cannot be written, or a report does not pass proofreading; then no file is new.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=folder))
    except OSError as error:
        raise cannot_write(folder, error) from None
    try:
        made = []
        for name, report in reports:
            for kind in formats:
                path = draft / f"{name}.{kind}"
                path.write_bytes(rendered(report, kind))
                made.append(folder / path.name)
                written(made[-1])
        for path in made:
            os.replace(draft / path.name, path)
    except OSError as error:
        raise cannot_write(folder, error) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return made


def cannot_write(folder: Path, error: OSError) -> LabkitError:
    """The folder is not there for us."""
    return LabkitError(
        Text("The reports cannot be written to {folder}.", "报告写不进 {folder}。").fill(folder=folder),
        Text("The system says: {why}.", "系统提示：{why}。").fill(why=error.strerror or type(error).__name__),
        Text(
            "Close files that are open there, or name another folder: --out",
            "请关闭其中已打开的文件，或换一个文件夹：--out",
        ),
    )
