"""The timing sheet: a page for each half day that hangs beside the instructor's screen, as HTML and PDF."""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from labkit import locations
from labkit.authoring.lab_parts import Part
from labkit.authoring.timetable import HalfDay, TimedLab, TimedSession, clock, read_timetable
from labkit.errors import LabkitError
from labkit.language import Language, Text
from labkit.page_template import page_template

TEMPLATES = Path(__file__).parent / "templates"

WORDS = {
    "title": Text("Timing sheet", "课堂用时表"),
    "done": Text("everybody does", "动手做"),
    "shown": Text("shown live", "现场演示"),
    "take_home": Text("taken home", "课后自己做"),
    "to_come": Text("not written yet", "尚未写成"),
    "kept": Text("this time is kept for it", "为它留出的时间"),
    "end_of_day": Text("End of the day", "当天结束"),
    "legend": Text(
        "A part is named after the section in which it ends. Dark in its bar: minutes of practice. "
        "Right: what to skip when time is short, and the minutes that it saves.",
        "各部分以其结束处的小节命名。条形深色部分：学员练习的分钟数。右栏：时间不够时可以省略的内容，以及能省下的分钟数。",
    ),
}
DAY = Text("Day {day} · {half}", "第 {day} 天 · {half}")
HALVES = {True: Text("morning", "上午"), False: Text("afternoon", "下午")}
MINUTES = Text("{minutes} min", "{minutes} 分钟")
CAN_SAVE = Text("up to {minutes} min can be saved", "最多可省 {minutes} 分钟")
SLACK = Text("{minutes} min to spare", "机动 {minutes} 分钟")
NO_SLACK = Text("Nothing to spare", "没有机动时间")
OVER = Text("{minutes} min too long", "超出 {minutes} 分钟")
WITH = Text("with {what}", "含{what}")
BREAK = Text("Break", "休息")
LUNCH = Text("Lunch", "午餐")
NO_AGENDA = Text("There is no timing sheet.", "没有可以打印的用时表。")
NO_SESSIONS = Text("The course has no agenda of two days.", "课程没有两天日程。")
WRITE_AGENDA = Text("Write one into course/agenda.toml.", "请写在 course/agenda.toml 里。")


def sheet_data(language: Language, course_dir: Path | None = None) -> dict[str, Any]:
    """Return what the sheet shows, as both templates read it: texts in one language, minutes as numbers.

    Raises
    ------
    LabkitError
        There is no agenda, or a source cannot be read.
    """
    half_days = read_timetable(course_dir or locations.course_dir(), language)
    if not half_days:
        raise LabkitError(NO_AGENDA, NO_SESSIONS, WRITE_AGENDA)

    def say(text: Text) -> str:
        return text.in_language(language)

    words = {name: say(text) for name, text in WORDS.items()}
    return {"language": language, "words": words, "pages": [_page(half, say) for half in half_days]}


def to_html(data: Mapping[str, Any]) -> str:
    """Return the sheet as one page that needs nothing else, and prints one half day on a page."""
    from labkit.charts.web_font import font_faces

    template = page_template("labkit.authoring", "timing_sheet.html.j2")
    page = template.render(data, fonts="")
    faces = font_faces(page)
    return template.render(data, fonts=Markup(faces))


def to_pdf(data: Mapping[str, Any]) -> bytes:
    """Return the sheet as a PDF on A4, one page for each half day."""
    from labkit.reports.pdf import NO_TIME, set_by_typst

    return set_by_typst(TEMPLATES / "timing_sheet.typ", data, format="pdf", timestamp=NO_TIME)


def write_sheets(folder: Path, languages: Sequence[Language]) -> list[Path]:
    """Write ``timing-sheet-en.html`` and ``timing-sheet-en.pdf``, and so for each language; return the files.

    Raises
    ------
    LabkitError
        There is no agenda, a source cannot be read, or the folder cannot be written; then no file is new.
    """
    from labkit.reports.writing import cannot_write

    made: dict[str, bytes] = {}
    for language in languages:
        data = sheet_data(language)
        made[f"timing-sheet-{language}.html"] = to_html(data).encode()
        made[f"timing-sheet-{language}.pdf"] = to_pdf(data)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".draft-", dir=folder) as draft:
            for name, content in made.items():
                (Path(draft) / name).write_bytes(content)
            for name in made:
                os.replace(Path(draft) / name, folder / name)
    except OSError as error:
        raise cannot_write(folder, error) from None
    return [folder / name for name in made]


Say = Callable[[Text], str]


def _page(half: HalfDay, say: Say) -> dict[str, Any]:
    sessions = half.sessions
    return {
        "title": say(DAY.fill(day=half.day, half=HALVES[half.is_morning])),
        "time": f"{clock(sessions[0].starts)}–{clock(sessions[-1].ends)}",
        "sessions": [_session(session, say) for session in sessions],
        "breaks": [_break(a.ends, b.starts, BREAK, say) for a, b in itertools.pairwise(sessions)],
        "ends": clock(sessions[-1].ends),
        "lunch": _break(sessions[-1].ends, half.back_at, LUNCH, say) if half.back_at is not None else None,
    }


def _break(ends: int, starts: int, what: Text, say: Say) -> dict[str, Any]:
    return {
        "time": f"{clock(ends)}–{clock(starts)}",
        "what": say(what),
        "minutes": say(MINUTES.fill(minutes=starts - ends)),
    }


def _session(timed: TimedSession, say: Say) -> dict[str, Any]:
    said = SLACK if timed.slack > 0 else OVER if timed.slack < 0 else NO_SLACK
    return {
        "title": say(timed.session.title),
        "time": f"{clock(timed.starts)}–{clock(timed.ends)}",
        "minutes": say(MINUTES.fill(minutes=timed.session.minutes)),
        "saves": say(CAN_SAVE.fill(minutes=timed.saves)) if timed.saves else "",
        "done": [_lab(lab, say) for lab in timed.done],
        "shown": [_lab(lab, say) for lab in timed.shown],
        "to_come": any(not lab.lab.exists for lab in timed.done),
        "slack": {
            "starts": clock(timed.ends - max(0, timed.slack)),
            "minutes": timed.slack,
            "said": say(said.fill(minutes=abs(timed.slack))),
        },
    }


def _lab(timed: TimedLab, say: Say) -> dict[str, Any]:
    return {
        "id": timed.lab.id,
        "title": say(timed.lab.title),
        "starts": clock(timed.starts),
        "minutes": say(MINUTES.fill(minutes=timed.minutes)),
        "saves": say(CAN_SAVE.fill(minutes=timed.saves)) if timed.saves else "",
        "exists": timed.lab.exists,
        "parts": [_part(starts, part, say) for starts, part in timed.timed_parts],
    }


def _part(starts: int, part: Part, say: Say) -> dict[str, Any]:
    return {
        "starts": clock(starts),
        "minutes": part.minutes,
        "practice": part.practice,
        "heading": part.heading,
        "includes": say(WITH.fill(what=part.includes)) if part.includes else "",
        "saves": part.saves,
        "skip": _runs(part.skip[:1].upper() + part.skip[1:]),
    }


def _runs(text: str) -> list[dict[str, Any]]:
    """Split a text at its backticks into plain words and code."""
    return [{"text": run, "is_code": place % 2 == 1} for place, run in enumerate(text.split("`")) if run]
